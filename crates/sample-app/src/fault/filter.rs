//! The faults of filters: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterFault {
    /// A well-formed filter is ignored: everything is listed.
    FilterIgnored,
    /// A filter that matches nothing answers 404.
    NoMatchAnswers404,
    /// A filter on userName compares letter case.
    FilterMindsCase,
    /// A `+` in a query stays a plus instead of becoming a space.
    PlusNotDecoded,
    /// A malformed filter is ignored: everything is listed.
    MalformedFilterIgnored,
    /// A malformed filter answers 500.
    MalformedFilterAnswers500,
    /// A filter never finds a deactivated user.
    InactiveHiddenFromFilter,
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Filter(FilterFault::FilterIgnored),
        id: "filter-ignored",
        says: "A well-formed filter is ignored: everything is listed.",
        breaks: &[
            "scim.filter.user-name-finds-exactly-one",
            "scim.filter.no-match-is-an-empty-list",
            "scim.filter.user-name-ignores-case",
            "scim.filter.plus-and-percent-agree",
            "scim.filter.deactivated-user-is-found",
        ],
        blocks: &["scim.patch-whole.new-user-name-is-found", "scim.patch-whole.old-user-name-is-free"],
    },
    Row {
        fault: Fault::Filter(FilterFault::NoMatchAnswers404),
        id: "no-match-answers-404",
        says: "A filter that matches nothing answers 404.",
        breaks: &["scim.filter.no-match-is-an-empty-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::FilterMindsCase),
        id: "filter-minds-case",
        says: "A filter on userName compares letter case.",
        breaks: &["scim.filter.user-name-ignores-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::PlusNotDecoded),
        id: "plus-not-decoded",
        says: "A `+` in a query stays a plus instead of becoming a space.",
        breaks: &["scim.filter.plus-and-percent-agree"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::MalformedFilterIgnored),
        id: "malformed-filter-ignored",
        says: "A malformed filter is ignored: everything is listed.",
        breaks: &["scim.filter.malformed-filter-is-refused", "scim.filter.unknown-operator-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::MalformedFilterAnswers500),
        id: "malformed-filter-answers-500",
        says: "A malformed filter answers 500.",
        breaks: &["scim.filter.malformed-filter-is-refused", "scim.filter.unknown-operator-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::InactiveHiddenFromFilter),
        id: "inactive-hidden-from-filter",
        says: "A filter never finds a deactivated user.",
        breaks: &["scim.filter.deactivated-user-is-found"],
        blocks: &[],
    },
];
