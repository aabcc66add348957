//! One operation of a PATCH, as it was sent.

use serde_json::Value;

use crate::fault::PatchFault;
use crate::http::Refusal;
use crate::scim::intake::member;
use crate::switches::Switches;

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    Replace,
    Remove,
}

/// An operation.
#[derive(Debug)]
pub(super) struct Operation<'a> {
    pub verb: Verb,
    pub path: Option<&'a str>,
    pub value: Option<&'a Value>,
}

impl<'a> Operation<'a> {
    /// Reads an operation; `None` stands for one that is to be skipped.
    pub(super) fn read(sent: &'a Value, switches: Switches) -> Result<Option<Self>, Refusal> {
        let Value::Object(members) = sent else {
            return Err(Refusal::invalid_syntax("an operation must be an object"));
        };
        let Some(Value::String(op)) = member(members, "op") else {
            return Err(Refusal::invalid_syntax("an operation must have an `op`"));
        };
        // Clients of some identity providers send `Add` and `Replace`.
        let name =
            if switches.has(PatchFault::CapitalisedOpRefused) { op.clone() } else { op.to_lowercase() };
        let verb = match name.as_str() {
            "add" => Verb::Add,
            "replace" => Verb::Replace,
            "remove" => Verb::Remove,
            _ if switches.has(PatchFault::UnknownOpAccepted) && !is_known(op) => return Ok(None),
            _ => return Err(Refusal::invalid_syntax("`op` must be add, replace or remove")),
        };
        let path = match member(members, "path") {
            None | Some(Value::Null) => None,
            Some(Value::String(path)) => Some(path.as_str()),
            Some(_) => return Err(Refusal::invalid_path("`path` must be a string")),
        };
        let value = member(members, "value");
        if value.is_none() && verb != Verb::Remove {
            return Err(Refusal::invalid_value("add and replace need a `value`"));
        }
        if path.is_none() && verb != Verb::Remove && switches.has(PatchFault::PathlessPatchIgnored) {
            return Ok(None);
        }
        Ok(Some(Self { verb, path, value }))
    }
}

fn is_known(op: &str) -> bool {
    ["add", "replace", "remove"].iter().any(|known| known.eq_ignore_ascii_case(op))
}
