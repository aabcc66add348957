//! One comparison of a filter, by the attribute's type and its letter-case rule.

use std::cmp::Ordering;

use jiff::Timestamp;
use scim_v2::filter::{CompValue, CompareOp};
use serde_json::{Map, Value};

use super::{Place, is_assigned};
use crate::fault::{ComparisonFault, FilterFault, GrammarFault};
use crate::schema::{Attribute, DataType};
use crate::switches::Switches;
use crate::variant::Variant;

/// Whether any value at the place compares as wanted. What has no value differs from every value.
pub(super) fn matches(
    place: Place,
    subject: &Map<String, Value>,
    op: &CompareOp,
    wanted: &CompValue,
    switches: Switches,
) -> bool {
    let mut values = place.values(subject);
    if switches.has(GrammarFault::OnlyFirstValueCompared) {
        values.truncate(1);
    }
    let attribute = match place {
        Place::Resource(path) => path.leaf(),
        Place::Element(attribute) => attribute,
        Place::Nowhere => return matches!(op, CompareOp::Ne) != matches!(wanted, CompValue::Null),
    };
    let assigned = values.iter().any(|value| is_assigned(value));
    match (wanted, op) {
        (CompValue::Null, CompareOp::Ne) => assigned,
        (CompValue::Null, _) => !assigned,
        (_, CompareOp::Ne) if values.is_empty() => !switches.is(Variant::NeWantsAValue),
        _ => values.into_iter().any(|value| compares(attribute, value, op, wanted, switches)),
    }
}

fn compares(
    attribute: &Attribute,
    value: &Value,
    op: &CompareOp,
    wanted: &CompValue,
    switches: Switches,
) -> bool {
    match (value, wanted) {
        (Value::Bool(value), CompValue::True | CompValue::False) => {
            let same = *value == matches!(wanted, CompValue::True);
            same != matches!(op, CompareOp::Ne)
        }
        (Value::String(value), CompValue::Str(wanted)) => {
            if attribute.data_type == DataType::DateTime
                && !switches.has(ComparisonFault::MomentsComparedAsTexts)
                && let (Ok(value), Ok(wanted)) = (value.parse::<Timestamp>(), wanted.parse::<Timestamp>())
            {
                return by_order(op, value.cmp(&wanted));
            }
            if attribute.name == "displayName"
                && matches!(op, CompareOp::Eq)
                && switches.has(ComparisonFault::WildcardsInEq)
                && let Some((start, _)) = wanted.split_once(['%', '*', '_'])
            {
                return value.starts_with(start);
            }
            if minds_case(attribute, switches) {
                by_text(op, value, wanted, switches)
            } else {
                by_text(op, &value.to_lowercase(), &wanted.to_lowercase(), switches)
            }
        }
        _ => matches!(op, CompareOp::Ne),
    }
}

fn minds_case(attribute: &Attribute, switches: Switches) -> bool {
    match attribute.name {
        "userName" => switches.has(FilterFault::FilterMindsCase),
        "id" => !switches.has(ComparisonFault::IdIgnoresCase),
        "externalId" => !switches.has(ComparisonFault::ExternalIdIgnoresCase),
        _ => attribute.case_exact || switches.has(ComparisonFault::TextsMindCase),
    }
}

fn by_text(op: &CompareOp, value: &str, wanted: &str, switches: Switches) -> bool {
    match op {
        CompareOp::Eq if switches.has(ComparisonFault::EqFindsParts) => value.contains(wanted),
        CompareOp::Ne if switches.has(ComparisonFault::NeFindsEverybody) => true,
        CompareOp::Co if switches.has(ComparisonFault::CoFindsBeginnings) => value.starts_with(wanted),
        CompareOp::Sw if switches.has(ComparisonFault::SwFindsAnyPart) => value.contains(wanted),
        CompareOp::Ew if switches.has(ComparisonFault::EwFindsAnyPart) => value.contains(wanted),
        CompareOp::Gt if switches.has(ComparisonFault::GtTakenForGe) => value >= wanted,
        CompareOp::Ge if switches.has(ComparisonFault::GeTakenForGt) => value > wanted,
        CompareOp::Lt if switches.has(ComparisonFault::LtTakenForLe) => value <= wanted,
        CompareOp::Le if switches.has(ComparisonFault::LeTakenForLt) => value < wanted,
        CompareOp::Co => value.contains(wanted),
        CompareOp::Sw => value.starts_with(wanted),
        CompareOp::Ew => value.ends_with(wanted),
        CompareOp::Eq | CompareOp::Ne | CompareOp::Gt | CompareOp::Ge | CompareOp::Lt | CompareOp::Le => {
            by_order(op, value.cmp(wanted))
        }
    }
}

fn by_order(op: &CompareOp, order: Ordering) -> bool {
    match op {
        CompareOp::Eq => order.is_eq(),
        CompareOp::Ne => order.is_ne(),
        CompareOp::Gt => order.is_gt(),
        CompareOp::Ge => order.is_ge(),
        CompareOp::Lt => order.is_lt(),
        CompareOp::Le => order.is_le(),
        CompareOp::Co | CompareOp::Sw | CompareOp::Ew => false,
    }
}
