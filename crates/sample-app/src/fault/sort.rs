//! The faults of the order of lists: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of the order of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortFault {
    /// `sortBy` has no effect.
    SortIgnored,
    /// Without `sortOrder` a list is sorted in descending order.
    DescendingByDefault,
    /// `sortOrder` has no effect.
    SortOrderIgnored,
    /// Capitals come before small letters in a sorted list.
    SortMindsCase,
    /// In ascending order, resources without a value come first.
    MissingComesFirst,
    /// In descending order, resources without a value come last.
    MissingComesLast,
    /// Sorting by a part of `name` has no effect.
    NamePartsNotSorted,
    /// Sorting by a part of `meta` has no effect.
    MetaNotSorted,
    /// Of many values, the first one decides the order.
    FirstValueSorted,
    /// `sortBy` knows attributes only as the schema writes them.
    SortNamesMindCase,
    /// A page is cut before it is sorted.
    PagesSortedOneByOne,
    /// Asking for an order answers 500.
    SortAnswers500,
    /// Sorting by an unknown attribute answers 500.
    UnknownSortAnswers500,
}

impl From<SortFault> for Fault {
    fn from(fault: SortFault) -> Self {
        Self::Sort(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Sort(SortFault::SortIgnored),
        id: "sort-ignored",
        says: "`sortBy` has no effect.",
        breaks: &["scim.sort.ascending", "scim.sort.descending"],
        blocks: &[
            "scim.search.sort-is-applied",
            "scim.sort.ascending-by-default",
            "scim.sort.by-a-part-of-an-attribute",
            "scim.sort.by-the-primary-value",
            "scim.sort.by-time-of-creation",
            "scim.sort.ignores-case",
            "scim.sort.missing-values-come-first-when-descending",
            "scim.sort.missing-values-come-last",
            "scim.sort.names-in-any-case",
            "scim.sort.pages-follow-on",
        ],
    },
    Row {
        fault: Fault::Sort(SortFault::DescendingByDefault),
        id: "descending-by-default",
        says: "Without `sortOrder` a list is sorted in descending order.",
        breaks: &["scim.sort.ascending-by-default"],
        blocks: &[],
    },
    Row {
        fault: Fault::Sort(SortFault::SortOrderIgnored),
        id: "sort-order-ignored",
        says: "`sortOrder` has no effect.",
        breaks: &["scim.sort.descending"],
        blocks: &[
            "scim.search.sort-is-applied",
            "scim.sort.by-a-part-of-an-attribute",
            "scim.sort.by-time-of-creation",
            "scim.sort.ignores-case",
            "scim.sort.missing-values-come-first-when-descending",
            "scim.sort.names-in-any-case",
            "scim.sort.pages-follow-on",
        ],
    },
    Row {
        fault: Fault::Sort(SortFault::SortMindsCase),
        id: "sort-minds-case",
        says: "Capitals come before small letters in a sorted list.",
        breaks: &["scim.sort.ignores-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Sort(SortFault::MissingComesFirst),
        id: "missing-comes-first",
        says: "In ascending order, resources without a value come first.",
        breaks: &["scim.sort.missing-values-come-last"],
        blocks: &[],
    },
    Row {
        fault: Fault::Sort(SortFault::MissingComesLast),
        id: "missing-comes-last",
        says: "In descending order, resources without a value come last.",
        breaks: &["scim.sort.missing-values-come-first-when-descending"],
        blocks: &[],
    },
    Row {
        fault: Fault::Sort(SortFault::NamePartsNotSorted),
        id: "name-parts-not-sorted",
        says: "Sorting by a part of `name` has no effect.",
        breaks: &["scim.sort.by-a-part-of-an-attribute"],
        blocks: &["scim.sort.ignores-case"],
    },
    Row {
        fault: Fault::Sort(SortFault::MetaNotSorted),
        id: "meta-not-sorted",
        says: "Sorting by a part of `meta` has no effect.",
        breaks: &["scim.sort.by-time-of-creation"],
        blocks: &[],
    },
    Row {
        fault: Fault::Sort(SortFault::FirstValueSorted),
        id: "first-value-sorted",
        says: "Of many values, the first one decides the order.",
        breaks: &["scim.sort.by-the-primary-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Sort(SortFault::SortNamesMindCase),
        id: "sort-names-mind-case",
        says: "`sortBy` knows attributes only as the schema writes them.",
        breaks: &["scim.sort.names-in-any-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Sort(SortFault::PagesSortedOneByOne),
        id: "pages-sorted-one-by-one",
        says: "A page is cut before it is sorted.",
        breaks: &["scim.sort.pages-follow-on"],
        blocks: &[],
    },
    Row {
        fault: Fault::Sort(SortFault::SortAnswers500),
        id: "sort-answers-500",
        says: "Asking for an order answers 500.",
        breaks: &[
            "scim.sort.ascending",
            "scim.sort.descending",
            "scim.sort.never-fails",
            "scim.sort.unknown-attribute-never-fails",
        ],
        blocks: &[
            "scim.search.sort-is-applied",
            "scim.sort.ascending-by-default",
            "scim.sort.by-a-part-of-an-attribute",
            "scim.sort.by-the-primary-value",
            "scim.sort.by-time-of-creation",
            "scim.sort.ignores-case",
            "scim.sort.missing-values-come-first-when-descending",
            "scim.sort.missing-values-come-last",
            "scim.sort.names-in-any-case",
            "scim.sort.pages-follow-on",
        ],
    },
    Row {
        fault: Fault::Sort(SortFault::UnknownSortAnswers500),
        id: "unknown-sort-answers-500",
        says: "Sorting by an unknown attribute answers 500.",
        breaks: &["scim.sort.unknown-attribute-never-fails"],
        blocks: &[],
    },
];
