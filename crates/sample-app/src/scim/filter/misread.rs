//! How a faulty app misreads a filter: its text before it is parsed, and its conditions afterwards.

use std::borrow::Cow;

use scim_v2::filter::{AttrPath, CompValue, CompareOp};

use super::{Place, Test};
use crate::fault::{ComparisonFault, FilterFault, GrammarFault};
use crate::http::{Refusal, percent_decoded};
use crate::schema::{DataType, Path, ResourceType};
use crate::switches::Switches;

/// The text that the parser is given.
pub(super) fn text(text: &str, switches: Switches) -> Result<Cow<'_, str>, Refusal> {
    let fails = switches.has(FilterFault::DeepFilterAnswers500) && text.matches('(').count() >= 100
        || switches.has(FilterFault::LongFilterAnswers500) && text.len() > 2000
        || switches.has(ComparisonFault::ApostropheAnswers500) && text.contains('\'');
    if fails {
        return Err(Refusal::internal());
    }
    if let Some(word) = text.split(' ').find(|word| is_unknown(word, switches)) {
        return Err(Refusal::invalid_filter(format!("{word} is unknown")));
    }
    if switches.has(ComparisonFault::InjectionListsEverybody) && text.contains("' or '") {
        return Ok(Cow::Borrowed("id pr"));
    }
    if switches.has(ComparisonFault::EscapedQuotesKept) {
        return Ok(Cow::Owned(text.replace("\\\"", "\\\\\\\"")));
    }
    if switches.has(ComparisonFault::UnicodeEscapesKept) {
        return Ok(Cow::Owned(text.replace("\\u", "\\\\u")));
    }
    if switches.has(ComparisonFault::OnlyAsciiKept) {
        return Ok(Cow::Owned(text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect()));
    }
    if switches.has(ComparisonFault::PlusDecodedTwice) {
        return Ok(Cow::Owned(text.replace('+', " ")));
    }
    if switches.has(ComparisonFault::PercentDecodedTwice) {
        return Ok(percent_decoded(text, false).map_or(Cow::Borrowed(text), Cow::Owned));
    }
    Ok(Cow::Borrowed(text))
}

fn is_unknown(word: &str, switches: Switches) -> bool {
    let lower = word.to_lowercase();
    let known = match lower.trim_end_matches('(') {
        "and" | "or" | "not" => !switches.has(GrammarFault::WordsMindCase),
        "eq" | "ne" | "co" | "sw" | "ew" | "pr" | "gt" | "ge" | "lt" | "le" => {
            !switches.has(GrammarFault::OperatorsMindCase)
        }
        _ => true,
    };
    lower != word && !known || word.starts_with("not(") && switches.has(GrammarFault::NotWantsSpace)
}

/// What is made of a text that cannot be parsed.
pub(super) fn mended(text: &str, switches: Switches) -> Option<String> {
    if switches.has(FilterFault::BracketsMended) {
        return Some(text.replace(['(', ')'], ""));
    }
    if switches.has(FilterFault::LooseEndsCutOff) {
        let text = text.strip_suffix(" and").unwrap_or(text);
        return Some(text.strip_prefix("or ").unwrap_or(text).to_owned());
    }
    if switches.has(FilterFault::OnlyBeginningRead) {
        let (end, _) = text.match_indices('"').nth(1)?;
        let (condition, rest) = text.split_at(end + 1);
        let goes_on = rest.starts_with(' ') && !rest.trim_start().starts_with("and");
        return goes_on.then(|| condition.to_owned());
    }
    None
}

/// A condition whose meaning a fault decides.
pub(super) fn condition(
    place: Place,
    op: &CompareOp,
    wanted: &CompValue,
    switches: Switches,
) -> Option<Result<Test, Refusal>> {
    let Place::Resource(path) = place else { return None };
    let (attribute, leaf) = (path.attribute.name, path.leaf());
    let ordering = matches!(op, CompareOp::Gt | CompareOp::Ge | CompareOp::Lt | CompareOp::Le);
    let boolean = leaf.data_type == DataType::Boolean;
    let whole = path.part.is_none() && leaf.data_type == DataType::Complex;
    let impossible = leaf.data_type == DataType::DateTime
        && matches!(wanted, CompValue::Str(text) if text.parse::<jiff::Timestamp>().is_err());
    if switches.has(FilterFault::ImpossibleMomentAnswers500) && impossible {
        return Some(Err(Refusal::internal()));
    }
    if switches.has(ComparisonFault::OnlyEqKnown) && !matches!(op, CompareOp::Eq) {
        return Some(Err(Refusal::invalid_filter("only eq is supported")));
    }
    let nobody = switches.has(FilterFault::BooleanOrdered) && boolean && ordering
        || switches.has(ComparisonFault::NullFindsNobody) && matches!(wanted, CompValue::Null)
        || switches.has(FilterFault::IdNotFiltered) && attribute == "id"
        || switches.has(FilterFault::ExternalIdNotFiltered) && attribute == "externalId"
        || switches.has(FilterFault::MembersNotFiltered) && attribute == "members"
        || switches.has(GrammarFault::ValuesWantTheirPart) && whole;
    if nobody {
        return Some(Ok(Test::Any(Vec::new())));
    }
    let everybody = switches.has(ComparisonFault::BooleansNotCompared) && boolean && !ordering
        || switches.has(ComparisonFault::LastModifiedNotCompared) && leaf.name == "lastModified"
        || switches.has(GrammarFault::ResourceTypeNotCompared) && leaf.name == "resourceType"
        || switches.has(GrammarFault::NamePartsNotCompared) && attribute == "name";
    everybody.then(|| Ok(Test::All(Vec::new())))
}

/// Why a name that is known is refused all the same.
pub(super) fn refused_name(path: &AttrPath, known: Path, kind: ResourceType, switches: Switches) -> bool {
    let core = kind.schema().urn;
    switches.has(GrammarFault::AttributeNamesMindCase) && path.name != known.attribute.name
        || path.uri.as_deref().is_some_and(|urn| {
            switches.has(GrammarFault::CoreUrnUnknown) && urn.eq_ignore_ascii_case(core)
                || switches.has(GrammarFault::UrnMindsCase) && urn != core && known.extension.is_none()
        })
}

/// What `and` makes of its conditions.
pub(super) fn all(mut tests: Vec<Test>, switches: Switches) -> Test {
    if switches.has(GrammarFault::AndTakenForOr) {
        return Test::Any(tests);
    }
    if switches.has(GrammarFault::BracketsReadOver) && matches!(tests.first(), Some(Test::Any(_))) {
        let Test::Any(mut options) = tests.remove(0) else { return Test::All(tests) };
        tests.splice(0..0, options.pop());
        options.push(Test::All(tests));
        return Test::Any(options);
    }
    if switches.has(GrammarFault::NotSwallowsAnd) && matches!(tests.first(), Some(Test::Not(_))) {
        let Test::Not(first) = tests.remove(0) else { return Test::All(tests) };
        tests.insert(0, *first);
        return Test::Not(Box::new(Test::All(tests)));
    }
    Test::All(tests)
}

/// What `or` makes of its conditions.
pub(super) fn any(mut tests: Vec<Test>, switches: Switches) -> Test {
    if switches.has(GrammarFault::OrTakenForAnd) {
        return Test::All(tests);
    }
    if switches.has(GrammarFault::ThirdConditionLost) {
        tests.truncate(2);
    }
    if switches.has(GrammarFault::LeftToRight) && matches!(tests.last(), Some(Test::All(_))) {
        let Some(Test::All(mut last)) = tests.pop() else { return Test::Any(tests) };
        tests.extend(last.drain(..1.min(last.len())));
        last.insert(0, Test::Any(tests));
        return Test::All(last);
    }
    Test::Any(tests)
}

/// What `not` makes of its condition.
pub(super) fn not(test: Test, switches: Switches) -> Test {
    if switches.has(GrammarFault::NotReadOver) { test } else { Test::Not(Box::new(test)) }
}
