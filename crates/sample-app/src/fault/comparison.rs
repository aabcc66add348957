//! The faults of comparisons in filters: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of comparisons in filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ComparisonFault {
    /// Every operator but `eq` is refused.
    OnlyEqKnown,
    /// `eq` finds a text inside of a longer one.
    EqFindsParts,
    /// `ne` matches every value.
    NeFindsEverybody,
    /// `co` matches the beginning of a value only.
    CoFindsBeginnings,
    /// `sw` matches a part anywhere in a value.
    SwFindsAnyPart,
    /// `ew` matches a part anywhere in a value.
    EwFindsAnyPart,
    /// `gt` matches the value itself, too.
    GtTakenForGe,
    /// `ge` does not match the value itself.
    GeTakenForGt,
    /// `lt` matches the value itself, too.
    LtTakenForLe,
    /// `le` does not match the value itself.
    LeTakenForLt,
    /// `pr` matches users who have no value.
    PrFindsEverybody,
    /// A filter on `id` ignores letter case.
    IdIgnoresCase,
    /// A filter on `externalId` ignores letter case.
    ExternalIdIgnoresCase,
    /// A filter compares the letter case of every text but userName.
    TextsMindCase,
    /// A condition on a boolean is always true.
    BooleansNotCompared,
    /// A filter compares dates as texts.
    MomentsComparedAsTexts,
    /// A condition on `meta.lastModified` is always true.
    LastModifiedNotCompared,
    /// A comparison with null finds nobody.
    NullFindsNobody,
    /// The backslash in front of a quote stays in the text.
    EscapedQuotesKept,
    /// An escaped letter in a filter stays escaped.
    UnicodeEscapesKept,
    /// Letters of a filter that are not ASCII become question marks.
    OnlyAsciiKept,
    /// An encoded plus in a filter becomes a space.
    PlusDecodedTwice,
    /// Percent escapes in a filter are decoded twice.
    PercentDecodedTwice,
    /// A filter with an apostrophe answers 500.
    ApostropheAnswers500,
    /// A text that closes a quote of SQL lists everybody.
    InjectionListsEverybody,
    /// Percent sign, underscore and asterisk in a displayName match anything.
    WildcardsInEq,
}

impl From<ComparisonFault> for Fault {
    fn from(fault: ComparisonFault) -> Self {
        Self::Comparison(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Comparison(ComparisonFault::OnlyEqKnown),
        id: "only-eq-known",
        says: "Every operator but `eq` is refused.",
        breaks: &["scim.filter-operators.every-operator-is-known"],
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
            "scim.filter-operators.co-finds-a-part",
            "scim.filter-operators.eq-wants-the-whole-value",
            "scim.filter-operators.ew-finds-an-end",
            "scim.filter-operators.ge-includes-the-value-itself",
            "scim.filter-operators.gt-leaves-out-the-value-itself",
            "scim.filter-operators.le-includes-the-value-itself",
            "scim.filter-operators.lt-leaves-out-the-value-itself",
            "scim.filter-operators.ne-leaves-the-value-out",
            "scim.filter-operators.pr-wants-a-value",
            "scim.filter-operators.sw-finds-a-beginning",
            "scim.filter-values.last-modified-is-compared",
            "scim.filter-values.moments-have-offsets",
            "scim.filter-values.null-is-no-value",
            "scim.filter-values.text-ignores-case",
            "scim.paging.order-stays-the-same",
            "scim.paging.total-counts-all-matches",
            "scim.paging.walk-meets-everyone-once",
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
        ],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::EqFindsParts),
        id: "eq-finds-parts",
        says: "`eq` finds a text inside of a longer one.",
        breaks: &["scim.filter-operators.eq-wants-the-whole-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::NeFindsEverybody),
        id: "ne-finds-everybody",
        says: "`ne` matches every value.",
        breaks: &["scim.filter-operators.ne-leaves-the-value-out"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::CoFindsBeginnings),
        id: "co-finds-beginnings",
        says: "`co` matches the beginning of a value only.",
        breaks: &["scim.filter-operators.co-finds-a-part"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::SwFindsAnyPart),
        id: "sw-finds-any-part",
        says: "`sw` matches a part anywhere in a value.",
        breaks: &["scim.filter-operators.sw-finds-a-beginning"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::EwFindsAnyPart),
        id: "ew-finds-any-part",
        says: "`ew` matches a part anywhere in a value.",
        breaks: &["scim.filter-operators.ew-finds-an-end"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::GtTakenForGe),
        id: "gt-taken-for-ge",
        says: "`gt` matches the value itself, too.",
        breaks: &["scim.filter-operators.gt-leaves-out-the-value-itself"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::GeTakenForGt),
        id: "ge-taken-for-gt",
        says: "`ge` does not match the value itself.",
        breaks: &["scim.filter-operators.ge-includes-the-value-itself"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::LtTakenForLe),
        id: "lt-taken-for-le",
        says: "`lt` matches the value itself, too.",
        breaks: &["scim.filter-operators.lt-leaves-out-the-value-itself"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::LeTakenForLt),
        id: "le-taken-for-lt",
        says: "`le` does not match the value itself.",
        breaks: &["scim.filter-operators.le-includes-the-value-itself"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::PrFindsEverybody),
        id: "pr-finds-everybody",
        says: "`pr` matches users who have no value.",
        breaks: &["scim.filter-operators.pr-wants-a-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::IdIgnoresCase),
        id: "id-ignores-case",
        says: "A filter on `id` ignores letter case.",
        breaks: &["scim.filter-values.id-minds-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::ExternalIdIgnoresCase),
        id: "external-id-ignores-case",
        says: "A filter on `externalId` ignores letter case.",
        breaks: &["scim.filter-values.external-id-minds-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::TextsMindCase),
        id: "texts-mind-case",
        says: "A filter compares the letter case of every text but userName.",
        breaks: &["scim.filter-values.text-ignores-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::BooleansNotCompared),
        id: "booleans-not-compared",
        says: "A condition on a boolean is always true.",
        breaks: &["scim.filter-values.booleans-are-compared"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::MomentsComparedAsTexts),
        id: "moments-compared-as-texts",
        says: "A filter compares dates as texts.",
        breaks: &["scim.filter-values.moments-have-offsets"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::LastModifiedNotCompared),
        id: "last-modified-not-compared",
        says: "A condition on `meta.lastModified` is always true.",
        breaks: &["scim.filter-values.last-modified-is-compared"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::NullFindsNobody),
        id: "null-finds-nobody",
        says: "A comparison with null finds nobody.",
        breaks: &["scim.filter-values.null-is-no-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::EscapedQuotesKept),
        id: "escaped-quotes-kept",
        says: "The backslash in front of a quote stays in the text.",
        breaks: &["scim.filter-texts.escaped-quotes"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::UnicodeEscapesKept),
        id: "unicode-escapes-kept",
        says: "An escaped letter in a filter stays escaped.",
        breaks: &["scim.filter-texts.unicode-escapes"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::OnlyAsciiKept),
        id: "only-ascii-kept",
        says: "Letters of a filter that are not ASCII become question marks.",
        breaks: &["scim.filter-texts.letters-of-all-scripts"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::PlusDecodedTwice),
        id: "plus-decoded-twice",
        says: "An encoded plus in a filter becomes a space.",
        breaks: &["scim.filter-texts.plus-in-a-user-name"],
        blocks: &["scim.filter-values.moments-have-offsets"],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::PercentDecodedTwice),
        id: "percent-decoded-twice",
        says: "Percent escapes in a filter are decoded twice.",
        breaks: &["scim.filter-texts.percent-and-ampersand"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::ApostropheAnswers500),
        id: "apostrophe-answers-500",
        says: "A filter with an apostrophe answers 500.",
        breaks: &["scim.filter-texts.apostrophe", "scim.filter-texts.injection-finds-nobody"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::InjectionListsEverybody),
        id: "injection-lists-everybody",
        says: "A text that closes a quote of SQL lists everybody.",
        breaks: &["scim.filter-texts.injection-finds-nobody"],
        blocks: &[],
    },
    Row {
        fault: Fault::Comparison(ComparisonFault::WildcardsInEq),
        id: "wildcards-in-eq",
        says: "Percent sign, underscore and asterisk in a displayName match anything.",
        breaks: &["scim.filter-texts.wildcards-are-characters"],
        blocks: &[],
    },
];
