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
    /// A filter behind another parameter of the query is ignored.
    FilterWantsFirstPlace,
    /// With `count=0` a filtered list says that nothing matches.
    CountZeroCountsNothing,
    /// A filter on `id` finds nobody.
    IdNotFiltered,
    /// A filter on `externalId` finds nobody.
    ExternalIdNotFiltered,
    /// A filter at /Groups is ignored: every group is listed.
    GroupFilterIgnored,
    /// A filter that matches no group answers 404.
    NoGroupAnswers404,
    /// A filter on the members of groups finds none.
    MembersNotFiltered,
    /// `excludedAttributes` has no effect on a list of groups.
    ExclusionIgnoredInGroupLists,
    /// A condition on an unknown attribute is left out of the filter.
    UnknownAttributeLeftOut,
    /// An order of booleans is answered with a list.
    BooleanOrdered,
    /// A refused filter is answered 400 without scimType.
    RefusalWithoutInvalidFilter,
    /// Brackets of a filter that do not match are left out.
    BracketsMended,
    /// An `and` or `or` without a second condition is left out.
    LooseEndsCutOff,
    /// What follows the first condition of a filter that cannot be parsed is left out.
    OnlyBeginningRead,
    /// A filter with a hundred nested brackets answers 500.
    DeepFilterAnswers500,
    /// A filter of more than two thousand letters answers 500.
    LongFilterAnswers500,
    /// A filter with a date that is none answers 500.
    ImpossibleMomentAnswers500,
    /// Passwords are kept in cleartext, and filters find parts of them.
    PasswordSearchable,
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
        blocks: &[
            "scim.list.items-are-whole-users",
            "scim.paging.walk-meets-everyone-once",
            "scim.paging.order-stays-the-same",
            "scim.paging.total-counts-all-matches",
            "scim.cursor.empty-cursor-begins-a-walk",
            "scim.cursor.walk-meets-everyone-once",
            "scim.cursor.last-page-has-no-next-cursor",
            "scim.cursor.first-page-has-no-previous-cursor",
            "scim.cursor.cursors-are-safe-in-urls",
            "scim.cursor.count-is-never-exceeded",
            "scim.cursor.invalid-cursor-is-refused",
            "scim.cursor.invalid-cursor-is-named",
            "scim.cursor.changed-count-is-refused",
            "scim.cursor.other-tenant-cannot-go-on",
            "scim.cursor.search-is-paged-too",
            "scim.partial.list-shows-only-what-was-asked-for",
            "scim.partial.list-leaves-out-what-was-excluded",
            "scim.search.filter-is-applied",
            "scim.search.sort-is-applied",
            "scim.search.root-finds-every-kind",
            "scim.version.listed-version-is-the-users",
        ],
    },
    Row {
        fault: Fault::Filter(FilterFault::NoMatchAnswers404),
        id: "no-match-answers-404",
        says: "A filter that matches nothing answers 404.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::FilterMindsCase),
        id: "filter-minds-case",
        says: "A filter on userName compares letter case.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::PlusNotDecoded),
        id: "plus-not-decoded",
        says: "A `+` in a query stays a plus instead of becoming a space.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::MalformedFilterIgnored),
        id: "malformed-filter-ignored",
        says: "A malformed filter is ignored: everything is listed.",
        breaks: &["scim.filter.malformed-filter-is-refused", "scim.filter.unknown-operator-is-refused"],
        blocks: &["scim.password.filter-does-not-spell-it-out"],
    },
    Row {
        fault: Fault::Filter(FilterFault::MalformedFilterAnswers500),
        id: "malformed-filter-answers-500",
        says: "A malformed filter answers 500.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::InactiveHiddenFromFilter),
        id: "inactive-hidden-from-filter",
        says: "A filter never finds a deactivated user.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::FilterWantsFirstPlace),
        id: "filter-wants-first-place",
        says: "A filter behind another parameter of the query is ignored.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::CountZeroCountsNothing),
        id: "count-zero-counts-nothing",
        says: "With `count=0` a filtered list says that nothing matches.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::IdNotFiltered),
        id: "id-not-filtered",
        says: "A filter on `id` finds nobody.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::ExternalIdNotFiltered),
        id: "external-id-not-filtered",
        says: "A filter on `externalId` finds nobody.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::GroupFilterIgnored),
        id: "group-filter-ignored",
        says: "A filter at /Groups is ignored: every group is listed.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::NoGroupAnswers404),
        id: "no-group-answers-404",
        says: "A filter that matches no group answers 404.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::MembersNotFiltered),
        id: "members-not-filtered",
        says: "A filter on the members of groups finds none.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::ExclusionIgnoredInGroupLists),
        id: "exclusion-ignored-in-group-lists",
        says: "`excludedAttributes` has no effect on a list of groups.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::UnknownAttributeLeftOut),
        id: "unknown-attribute-left-out",
        says: "A condition on an unknown attribute is left out of the filter.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::BooleanOrdered),
        id: "boolean-ordered",
        says: "An order of booleans is answered with a list.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::RefusalWithoutInvalidFilter),
        id: "refusal-without-invalid-filter",
        says: "A refused filter is answered 400 without scimType.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::BracketsMended),
        id: "brackets-mended",
        says: "Brackets of a filter that do not match are left out.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::LooseEndsCutOff),
        id: "loose-ends-cut-off",
        says: "An `and` or `or` without a second condition is left out.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::OnlyBeginningRead),
        id: "only-beginning-read",
        says: "What follows the first condition of a filter that cannot be parsed is left out.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::DeepFilterAnswers500),
        id: "deep-filter-answers-500",
        says: "A filter with a hundred nested brackets answers 500.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::LongFilterAnswers500),
        id: "long-filter-answers-500",
        says: "A filter of more than two thousand letters answers 500.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::ImpossibleMomentAnswers500),
        id: "impossible-moment-answers-500",
        says: "A filter with a date that is none answers 500.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::PasswordSearchable),
        id: "password-searchable",
        says: "Passwords are kept in cleartext, and filters find parts of them.",
        breaks: &[],
        blocks: &[],
    },
];
