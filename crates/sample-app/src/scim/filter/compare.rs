//! One comparison of a filter, by the attribute's type and its letter-case rule.

use std::cmp::Ordering;

use jiff::Timestamp;
use scim_v2::filter::{CompValue, CompareOp};
use serde_json::{Map, Value};

use super::{Place, is_assigned};
use crate::fault::FilterFault;
use crate::schema::{Attribute, DataType};
use crate::switches::Switches;

/// Whether any value at the place compares as wanted. What has no value differs from every value.
pub(super) fn matches(
    place: Place,
    subject: &Map<String, Value>,
    op: &CompareOp,
    wanted: &CompValue,
    switches: Switches,
) -> bool {
    let values = place.values(subject);
    let attribute = match place {
        Place::Resource(path) => path.leaf(),
        Place::Element(attribute) => attribute,
        Place::Nowhere => return matches!(op, CompareOp::Ne) != matches!(wanted, CompValue::Null),
    };
    let assigned = values.iter().any(|value| is_assigned(value));
    match (wanted, op) {
        (CompValue::Null, CompareOp::Ne) => assigned,
        (CompValue::Null, _) => !assigned,
        (_, CompareOp::Ne) if values.is_empty() => true,
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
                && let (Ok(value), Ok(wanted)) = (value.parse::<Timestamp>(), wanted.parse::<Timestamp>())
            {
                return by_order(op, value.cmp(&wanted));
            }
            if attribute.case_exact || minds_case(attribute, switches) {
                by_text(op, value, wanted)
            } else {
                by_text(op, &value.to_lowercase(), &wanted.to_lowercase())
            }
        }
        _ => matches!(op, CompareOp::Ne),
    }
}

fn minds_case(attribute: &Attribute, switches: Switches) -> bool {
    attribute.name == "userName" && switches.has(FilterFault::FilterMindsCase)
}

fn by_text(op: &CompareOp, value: &str, wanted: &str) -> bool {
    match op {
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
