//! References to resources that a bulk request makes, written `bulkId:` and the bulkId (RFC 7644,
//! section 3.7.2).

use std::collections::HashMap;

use serde_json::{Map, Value};

const PREFIX: &str = "bulkId:";

/// The bulkId that a text refers to.
pub(super) fn named_by(text: &str) -> Option<&str> {
    text.strip_prefix(PREFIX)
}

/// Every bulkId that a document refers to.
pub(super) fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.extend(named_by(text).map(str::to_owned)),
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, found)),
        Value::Object(members) => members.values().for_each(|member| collect(member, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Puts ids in the place of references; the error is the first bulkId without one.
pub(super) fn resolved(value: &Value, ids: &HashMap<&str, String>) -> Result<Value, String> {
    match value {
        Value::String(text) => match named_by(text) {
            None => Ok(value.clone()),
            Some(bulk_id) => {
                ids.get(bulk_id).map(|id| Value::String(id.clone())).ok_or_else(|| bulk_id.to_owned())
            }
        },
        Value::Array(elements) => {
            Ok(Value::Array(elements.iter().map(|element| resolved(element, ids)).collect::<Result<_, _>>()?))
        }
        Value::Object(members) => Ok(Value::Object(
            members
                .iter()
                .map(|(name, member)| Ok((name.clone(), resolved(member, ids)?)))
                .collect::<Result<Map<_, _>, String>>()?,
        )),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
    }
}

/// The document without what refers to an open bulkId; an object that loses a part goes whole, up
/// to the resource itself.
pub(super) fn without(value: &Value, is_open: &dyn Fn(&str) -> bool) -> Option<Value> {
    let open = |value: &Value| {
        let mut found = Vec::new();
        collect(value, &mut found);
        found.iter().any(|bulk_id| is_open(bulk_id))
    };
    match value {
        Value::Object(members) => Some(Value::Object(
            members
                .iter()
                .filter_map(|(name, member)| {
                    let kept = match member {
                        Value::Array(elements) => {
                            Value::Array(elements.iter().filter(|element| !open(element)).cloned().collect())
                        }
                        Value::Object(_) => without(member, is_open)?,
                        scalar if open(scalar) => return None,
                        scalar => scalar.clone(),
                    };
                    Some((name.clone(), kept))
                })
                .collect(),
        )),
        other => (!open(other)).then(|| other.clone()),
    }
}
