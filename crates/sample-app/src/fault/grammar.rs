//! The faults of how filters are read: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of how filters are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GrammarFault {
    /// `and` in a filter means `or`.
    AndTakenForOr,
    /// `or` in a filter means `and`.
    OrTakenForAnd,
    /// `not` in a filter has no effect.
    NotReadOver,
    /// `and` and `or` are evaluated from the left to the right.
    LeftToRight,
    /// Brackets in a filter have no effect on the order of evaluation.
    BracketsReadOver,
    /// `not` applies to everything that follows it.
    NotSwallowsAnd,
    /// Of the conditions between `or`, only the first two are read.
    ThirdConditionLost,
    /// `and`, `or` and `not` are known in lower case only.
    WordsMindCase,
    /// `not` without a space behind it is refused.
    NotWantsSpace,
    /// Operators are known in lower case only.
    OperatorsMindCase,
    /// A filter knows attributes only as the schema writes them.
    AttributeNamesMindCase,
    /// A filter with the URN of the core schema is refused.
    CoreUrnUnknown,
    /// A filter knows a URN only as the schema writes it.
    UrnMindsCase,
    /// A condition on a part of `name` is always true.
    NamePartsNotCompared,
    /// Of an attribute with many values, a filter compares the first.
    OnlyFirstValueCompared,
    /// A comparison with `emails` itself finds nobody.
    ValuesWantTheirPart,
    /// A filter in square brackets is true of everybody who has the attribute.
    SquareBracketsReadOver,
    /// Each condition in square brackets may be met by another value.
    SquareBracketsMixValues,
    /// A filter on an attribute of an extension finds nobody.
    ExtensionsNotFiltered,
    /// A condition on `meta.resourceType` is always true.
    ResourceTypeNotCompared,
}

impl From<GrammarFault> for Fault {
    fn from(fault: GrammarFault) -> Self {
        Self::Grammar(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Grammar(GrammarFault::AndTakenForOr),
        id: "and-taken-for-or",
        says: "`and` in a filter means `or`.",
        breaks: &["scim.filter-logic.and-wants-both"],
        blocks: &[
            "scim.filter-operators.eq-wants-the-whole-value",
            "scim.filter-operators.ne-leaves-the-value-out",
            "scim.filter-operators.co-finds-a-part",
            "scim.filter-operators.sw-finds-a-beginning",
            "scim.filter-operators.ew-finds-an-end",
            "scim.filter-operators.gt-leaves-out-the-value-itself",
            "scim.filter-operators.ge-includes-the-value-itself",
            "scim.filter-operators.lt-leaves-out-the-value-itself",
            "scim.filter-operators.le-includes-the-value-itself",
            "scim.filter-operators.pr-wants-a-value",
            "scim.filter-logic.not-turns-round",
            "scim.filter-logic.and-goes-before-or",
            "scim.filter-logic.brackets-go-first",
            "scim.filter-logic.not-goes-before-and",
            "scim.filter-logic.more-than-two-conditions",
            "scim.filter-logic.words-in-any-case",
            "scim.filter-logic.not-wants-no-space",
            "scim.filter-paths.part-of-a-complex-attribute",
            "scim.filter-paths.resource-type",
            "scim.filter-values.text-ignores-case",
            "scim.filter-values.booleans-are-compared",
            "scim.filter-values.moments-have-offsets",
            "scim.filter-values.last-modified-is-compared",
            "scim.filter-values.null-is-no-value",
            "scim.filter-refusals.password-is-not-searched",
            "scim.sort.ascending",
            "scim.sort.ascending-by-default",
            "scim.sort.descending",
            "scim.sort.ignores-case",
            "scim.sort.missing-values-come-last",
            "scim.sort.missing-values-come-first-when-descending",
            "scim.sort.by-a-part-of-an-attribute",
            "scim.sort.by-time-of-creation",
            "scim.sort.by-the-primary-value",
            "scim.sort.names-in-any-case",
            "scim.sort.pages-follow-on",
        ],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::OrTakenForAnd),
        id: "or-taken-for-and",
        says: "`or` in a filter means `and`.",
        breaks: &["scim.filter-logic.or-wants-either"],
        blocks: &[
            "scim.filter-logic.and-goes-before-or",
            "scim.filter-logic.brackets-go-first",
            "scim.filter-logic.more-than-two-conditions",
            "scim.filter-logic.not-goes-before-and",
            "scim.filter-logic.not-wants-no-space",
            "scim.filter-logic.words-in-any-case",
            "scim.sort.by-the-primary-value",
            "scim.search.root-finds-every-kind",
        ],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::NotReadOver),
        id: "not-read-over",
        says: "`not` in a filter has no effect.",
        breaks: &["scim.filter-logic.not-turns-round"],
        blocks: &[
            "scim.filter-logic.not-goes-before-and",
            "scim.filter-logic.words-in-any-case",
            "scim.filter-logic.not-wants-no-space",
        ],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::LeftToRight),
        id: "left-to-right",
        says: "`and` and `or` are evaluated from the left to the right.",
        breaks: &["scim.filter-logic.and-goes-before-or"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::BracketsReadOver),
        id: "brackets-read-over",
        says: "Brackets in a filter have no effect on the order of evaluation.",
        breaks: &["scim.filter-logic.brackets-go-first"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::NotSwallowsAnd),
        id: "not-swallows-and",
        says: "`not` applies to everything that follows it.",
        breaks: &["scim.filter-logic.not-goes-before-and"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::ThirdConditionLost),
        id: "third-condition-lost",
        says: "Of the conditions between `or`, only the first two are read.",
        breaks: &["scim.filter-logic.more-than-two-conditions"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::WordsMindCase),
        id: "words-mind-case",
        says: "`and`, `or` and `not` are known in lower case only.",
        breaks: &["scim.filter-logic.words-in-any-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::NotWantsSpace),
        id: "not-wants-space",
        says: "`not` without a space behind it is refused.",
        breaks: &["scim.filter-logic.not-wants-no-space"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::OperatorsMindCase),
        id: "operators-mind-case",
        says: "Operators are known in lower case only.",
        breaks: &["scim.filter-operators.names-in-any-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::AttributeNamesMindCase),
        id: "attribute-names-mind-case",
        says: "A filter knows attributes only as the schema writes them.",
        breaks: &["scim.filter-paths.names-in-any-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::CoreUrnUnknown),
        id: "core-urn-unknown",
        says: "A filter with the URN of the core schema is refused.",
        breaks: &["scim.filter-paths.urn-names-a-core-attribute"],
        blocks: &["scim.filter-paths.urn-in-any-case"],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::UrnMindsCase),
        id: "urn-minds-case",
        says: "A filter knows a URN only as the schema writes it.",
        breaks: &["scim.filter-paths.urn-in-any-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::NamePartsNotCompared),
        id: "name-parts-not-compared",
        says: "A condition on a part of `name` is always true.",
        breaks: &["scim.filter-paths.part-of-a-complex-attribute"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::OnlyFirstValueCompared),
        id: "only-first-value-compared",
        says: "Of an attribute with many values, a filter compares the first.",
        breaks: &["scim.filter-paths.any-value-is-enough"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::ValuesWantTheirPart),
        id: "values-want-their-part",
        says: "A comparison with `emails` itself finds nobody.",
        breaks: &["scim.filter-paths.values-without-their-part"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::SquareBracketsReadOver),
        id: "square-brackets-read-over",
        says: "A filter in square brackets is true of everybody who has the attribute.",
        breaks: &["scim.filter-paths.value-path-finds"],
        blocks: &["scim.filter-paths.value-path-wants-one-value"],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::SquareBracketsMixValues),
        id: "square-brackets-mix-values",
        says: "Each condition in square brackets may be met by another value.",
        breaks: &["scim.filter-paths.value-path-wants-one-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::ExtensionsNotFiltered),
        id: "extensions-not-filtered",
        says: "A filter on an attribute of an extension finds nobody.",
        breaks: &["scim.filter-paths.enterprise-attribute"],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::ResourceTypeNotCompared),
        id: "resource-type-not-compared",
        says: "A condition on `meta.resourceType` is always true.",
        breaks: &["scim.filter-paths.resource-type"],
        blocks: &[],
    },
];
