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

impl From<FilterFault> for Fault {
    fn from(fault: FilterFault) -> Self {
        Self::Filter(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Filter(FilterFault::FilterIgnored),
        id: "filter-ignored",
        says: "A well-formed filter is ignored: everything is listed.",
        breaks: &["scim.filter.user-name-finds-exactly-one"],
        blocks: &[
            "scim.cursor.changed-count-is-refused",
            "scim.cursor.count-is-never-exceeded",
            "scim.cursor.cursors-are-safe-in-urls",
            "scim.cursor.empty-cursor-begins-a-walk",
            "scim.cursor.first-page-has-no-previous-cursor",
            "scim.cursor.invalid-cursor-is-named",
            "scim.cursor.invalid-cursor-is-refused",
            "scim.cursor.last-page-has-no-next-cursor",
            "scim.cursor.other-tenant-cannot-go-on",
            "scim.cursor.search-is-paged-too",
            "scim.cursor.walk-meets-everyone-once",
            "scim.delete.deleted-user-is-not-found-by-a-filter",
            "scim.filter-groups.member-finds-the-group",
            "scim.filter-groups.members-stay-out-on-request",
            "scim.filter-groups.name-finds-exactly-one",
            "scim.filter-groups.no-match-is-an-empty-list",
            "scim.filter-logic.and-goes-before-or",
            "scim.filter-logic.and-wants-both",
            "scim.filter-logic.brackets-go-first",
            "scim.filter-logic.more-than-two-conditions",
            "scim.filter-logic.not-goes-before-and",
            "scim.filter-logic.not-turns-round",
            "scim.filter-logic.not-wants-no-space",
            "scim.filter-logic.or-wants-either",
            "scim.filter-logic.words-in-any-case",
            "scim.filter-operators.co-finds-a-part",
            "scim.filter-operators.eq-wants-the-whole-value",
            "scim.filter-operators.every-operator-is-known",
            "scim.filter-operators.ew-finds-an-end",
            "scim.filter-operators.ge-includes-the-value-itself",
            "scim.filter-operators.gt-leaves-out-the-value-itself",
            "scim.filter-operators.le-includes-the-value-itself",
            "scim.filter-operators.lt-leaves-out-the-value-itself",
            "scim.filter-operators.names-in-any-case",
            "scim.filter-operators.ne-leaves-the-value-out",
            "scim.filter-operators.pr-wants-a-value",
            "scim.filter-operators.sw-finds-a-beginning",
            "scim.filter-paths.any-value-is-enough",
            "scim.filter-paths.enterprise-attribute",
            "scim.filter-paths.names-in-any-case",
            "scim.filter-paths.part-of-a-complex-attribute",
            "scim.filter-paths.resource-type",
            "scim.filter-paths.urn-in-any-case",
            "scim.filter-paths.urn-names-a-core-attribute",
            "scim.filter-paths.value-path-finds",
            "scim.filter-paths.value-path-wants-one-value",
            "scim.filter-paths.values-without-their-part",
            "scim.filter-refusals.boolean-has-no-order",
            "scim.filter-refusals.deep-nesting-never-fails",
            "scim.filter-refusals.impossible-moment-never-fails",
            "scim.filter-refusals.long-filter-never-fails",
            "scim.filter-refusals.malformed-filter-says-invalid-filter",
            "scim.filter-refusals.missing-condition",
            "scim.filter-refusals.password-is-not-searched",
            "scim.filter-refusals.text-behind-the-filter",
            "scim.filter-refusals.unbalanced-brackets",
            "scim.filter-refusals.unknown-attribute-is-not-ignored",
            "scim.filter-refusals.unknown-operator-says-invalid-filter",
            "scim.filter-texts.apostrophe",
            "scim.filter-texts.escaped-quotes",
            "scim.filter-texts.injection-finds-nobody",
            "scim.filter-texts.letters-of-all-scripts",
            "scim.filter-texts.percent-and-ampersand",
            "scim.filter-texts.plus-in-a-user-name",
            "scim.filter-texts.unicode-escapes",
            "scim.filter-texts.wildcards-are-characters",
            "scim.filter-values.booleans-are-compared",
            "scim.filter-values.external-id-minds-case",
            "scim.filter-values.id-minds-case",
            "scim.filter-values.last-modified-is-compared",
            "scim.filter-values.moments-have-offsets",
            "scim.filter-values.null-is-no-value",
            "scim.filter-values.text-ignores-case",
            "scim.filter.count-zero-still-counts",
            "scim.filter.external-id-finds-exactly-one",
            "scim.filter.id-finds-exactly-one",
            "scim.filter.parameters-in-any-order",
            "scim.list.items-are-whole-users",
            "scim.paging.order-stays-the-same",
            "scim.paging.total-counts-all-matches",
            "scim.paging.walk-meets-everyone-once",
            "scim.partial.list-leaves-out-what-was-excluded",
            "scim.partial.list-shows-only-what-was-asked-for",
            "scim.patch-whole.new-user-name-is-found",
            "scim.patch-whole.old-user-name-is-free",
            "scim.search.filter-is-applied",
            "scim.search.root-finds-every-kind",
            "scim.search.sort-is-applied",
            "scim.sort.ascending",
            "scim.sort.ascending-by-default",
            "scim.sort.by-a-part-of-an-attribute",
            "scim.sort.by-the-primary-value",
            "scim.sort.by-time-of-creation",
            "scim.sort.descending",
            "scim.sort.ignores-case",
            "scim.sort.missing-values-come-first-when-descending",
            "scim.sort.missing-values-come-last",
            "scim.sort.names-in-any-case",
            "scim.sort.pages-follow-on",
            "scim.version.listed-version-is-the-users",
            "scim.filter.deactivated-user-is-found",
            "scim.filter.no-match-is-an-empty-list",
            "scim.filter.plus-and-percent-agree",
            "scim.filter.user-name-ignores-case",
        ],
    },
    Row {
        fault: Fault::Filter(FilterFault::NoMatchAnswers404),
        id: "no-match-answers-404",
        says: "A filter that matches nothing answers 404.",
        breaks: &["scim.filter.no-match-is-an-empty-list", "scim.filter-groups.no-match-is-an-empty-list"],
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
        breaks: &[
            "scim.filter.malformed-filter-is-refused",
            "scim.filter.unknown-operator-is-refused",
            "scim.filter-refusals.unknown-attribute-is-not-ignored",
            "scim.filter-refusals.boolean-has-no-order",
            "scim.filter-refusals.unbalanced-brackets",
            "scim.filter-refusals.missing-condition",
            "scim.filter-refusals.text-behind-the-filter",
        ],
        blocks: &[
            "scim.password.filter-does-not-spell-it-out",
            "scim.filter-refusals.unknown-operator-says-invalid-filter",
            "scim.filter-refusals.malformed-filter-says-invalid-filter",
            "scim.filter-refusals.password-is-not-searched",
        ],
    },
    Row {
        fault: Fault::Filter(FilterFault::MalformedFilterAnswers500),
        id: "malformed-filter-answers-500",
        says: "A malformed filter answers 500.",
        breaks: &[
            "scim.filter.malformed-filter-is-refused",
            "scim.filter.unknown-operator-is-refused",
            "scim.filter-refusals.unknown-attribute-is-not-ignored",
            "scim.filter-refusals.boolean-has-no-order",
            "scim.filter-refusals.unbalanced-brackets",
            "scim.filter-refusals.missing-condition",
            "scim.filter-refusals.text-behind-the-filter",
            "scim.filter-refusals.deep-nesting-never-fails",
            "scim.filter-refusals.impossible-moment-never-fails",
            "scim.filter-refusals.password-is-not-searched",
        ],
        blocks: &[
            "scim.filter-refusals.unknown-operator-says-invalid-filter",
            "scim.filter-refusals.malformed-filter-says-invalid-filter",
        ],
    },
    Row {
        fault: Fault::Filter(FilterFault::InactiveHiddenFromFilter),
        id: "inactive-hidden-from-filter",
        says: "A filter never finds a deactivated user.",
        breaks: &["scim.filter.deactivated-user-is-found"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::FilterWantsFirstPlace),
        id: "filter-wants-first-place",
        says: "A filter behind another parameter of the query is ignored.",
        breaks: &["scim.filter.parameters-in-any-order"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::CountZeroCountsNothing),
        id: "count-zero-counts-nothing",
        says: "With `count=0` a filtered list says that nothing matches.",
        breaks: &["scim.filter.count-zero-still-counts"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::IdNotFiltered),
        id: "id-not-filtered",
        says: "A filter on `id` finds nobody.",
        breaks: &["scim.filter.id-finds-exactly-one"],
        blocks: &["scim.filter-values.id-minds-case"],
    },
    Row {
        fault: Fault::Filter(FilterFault::ExternalIdNotFiltered),
        id: "external-id-not-filtered",
        says: "A filter on `externalId` finds nobody.",
        breaks: &["scim.filter.external-id-finds-exactly-one"],
        blocks: &["scim.filter-values.external-id-minds-case"],
    },
    Row {
        fault: Fault::Filter(FilterFault::GroupFilterIgnored),
        id: "group-filter-ignored",
        says: "A filter at /Groups is ignored: every group is listed.",
        breaks: &["scim.filter-groups.name-finds-exactly-one"],
        blocks: &[
            "scim.filter-groups.no-match-is-an-empty-list",
            "scim.filter-groups.member-finds-the-group",
            "scim.filter-groups.members-stay-out-on-request",
        ],
    },
    Row {
        fault: Fault::Filter(FilterFault::NoGroupAnswers404),
        id: "no-group-answers-404",
        says: "A filter that matches no group answers 404.",
        breaks: &["scim.filter-groups.no-match-is-an-empty-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::MembersNotFiltered),
        id: "members-not-filtered",
        says: "A filter on the members of groups finds none.",
        breaks: &["scim.filter-groups.member-finds-the-group"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::ExclusionIgnoredInGroupLists),
        id: "exclusion-ignored-in-group-lists",
        says: "`excludedAttributes` has no effect on a list of groups.",
        breaks: &[
            "scim.filter-groups.members-stay-out-on-request",
            "scim.partial.groups-are-listed-without-members",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::UnknownAttributeLeftOut),
        id: "unknown-attribute-left-out",
        says: "A condition on an unknown attribute is left out of the filter.",
        breaks: &["scim.filter-refusals.unknown-attribute-is-not-ignored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::BooleanOrdered),
        id: "boolean-ordered",
        says: "An order of booleans is answered with a list.",
        breaks: &["scim.filter-refusals.boolean-has-no-order"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::RefusalWithoutInvalidFilter),
        id: "refusal-without-invalid-filter",
        says: "A refused filter is answered 400 without scimType.",
        breaks: &[
            "scim.filter-refusals.boolean-has-no-order",
            "scim.filter-refusals.unknown-operator-says-invalid-filter",
            "scim.filter-refusals.malformed-filter-says-invalid-filter",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::BracketsMended),
        id: "brackets-mended",
        says: "Brackets of a filter that do not match are left out.",
        breaks: &["scim.filter-refusals.unbalanced-brackets"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::LooseEndsCutOff),
        id: "loose-ends-cut-off",
        says: "An `and` or `or` without a second condition is left out.",
        breaks: &["scim.filter-refusals.missing-condition"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::OnlyBeginningRead),
        id: "only-beginning-read",
        says: "What follows the first condition of a filter that cannot be parsed is left out.",
        breaks: &["scim.filter-refusals.text-behind-the-filter"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::DeepFilterAnswers500),
        id: "deep-filter-answers-500",
        says: "A filter with a hundred nested brackets answers 500.",
        breaks: &["scim.filter-refusals.deep-nesting-never-fails"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::LongFilterAnswers500),
        id: "long-filter-answers-500",
        says: "A filter of more than two thousand letters answers 500.",
        breaks: &["scim.filter-refusals.long-filter-never-fails"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::ImpossibleMomentAnswers500),
        id: "impossible-moment-answers-500",
        says: "A filter with a date that is none answers 500.",
        breaks: &["scim.filter-refusals.impossible-moment-never-fails"],
        blocks: &[],
    },
    Row {
        fault: Fault::Filter(FilterFault::PasswordSearchable),
        id: "password-searchable",
        says: "Passwords are kept in cleartext, and filters find parts of them.",
        breaks: &[
            "scim.filter-refusals.password-is-not-searched",
            "scim.password.filter-does-not-spell-it-out",
        ],
        blocks: &[],
    },
];
