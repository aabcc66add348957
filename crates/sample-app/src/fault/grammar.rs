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
    /// A filter on an attribute of an extension is refused.
    ExtensionsNotFiltered,
    /// A condition on `meta.resourceType` is always true.
    ResourceTypeNotCompared,
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Grammar(GrammarFault::AndTakenForOr),
        id: "and-taken-for-or",
        says: "`and` in a filter means `or`.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::OrTakenForAnd),
        id: "or-taken-for-and",
        says: "`or` in a filter means `and`.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::NotReadOver),
        id: "not-read-over",
        says: "`not` in a filter has no effect.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::LeftToRight),
        id: "left-to-right",
        says: "`and` and `or` are evaluated from the left to the right.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::BracketsReadOver),
        id: "brackets-read-over",
        says: "Brackets in a filter have no effect on the order of evaluation.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::NotSwallowsAnd),
        id: "not-swallows-and",
        says: "`not` applies to everything that follows it.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::ThirdConditionLost),
        id: "third-condition-lost",
        says: "Of the conditions between `or`, only the first two are read.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::WordsMindCase),
        id: "words-mind-case",
        says: "`and`, `or` and `not` are known in lower case only.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::NotWantsSpace),
        id: "not-wants-space",
        says: "`not` without a space behind it is refused.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::OperatorsMindCase),
        id: "operators-mind-case",
        says: "Operators are known in lower case only.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::AttributeNamesMindCase),
        id: "attribute-names-mind-case",
        says: "A filter knows attributes only as the schema writes them.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::CoreUrnUnknown),
        id: "core-urn-unknown",
        says: "A filter with the URN of the core schema is refused.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::UrnMindsCase),
        id: "urn-minds-case",
        says: "A filter knows a URN only as the schema writes it.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::NamePartsNotCompared),
        id: "name-parts-not-compared",
        says: "A condition on a part of `name` is always true.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::OnlyFirstValueCompared),
        id: "only-first-value-compared",
        says: "Of an attribute with many values, a filter compares the first.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::ValuesWantTheirPart),
        id: "values-want-their-part",
        says: "A comparison with `emails` itself finds nobody.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::SquareBracketsReadOver),
        id: "square-brackets-read-over",
        says: "A filter in square brackets is true of everybody who has the attribute.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::SquareBracketsMixValues),
        id: "square-brackets-mix-values",
        says: "Each condition in square brackets may be met by another value.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::ExtensionsNotFiltered),
        id: "extensions-not-filtered",
        says: "A filter on an attribute of an extension is refused.",
        breaks: &[],
        blocks: &[],
    },
    Row {
        fault: Fault::Grammar(GrammarFault::ResourceTypeNotCompared),
        id: "resource-type-not-compared",
        says: "A condition on `meta.resourceType` is always true.",
        breaks: &[],
        blocks: &[],
    },
];
