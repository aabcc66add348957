//! What a PATCH of SCIM 1.1 means: a part of a resource put into the whole (its section 3.3.2).

use serde_json::{Map, Value};

use super::translate::to_2_0;
use crate::fault::LegacyFault;
use crate::schema::ResourceType;
use crate::switches::Switches;

/// The whole with the part in it: first what `meta.attributes` names is cleared, then single values are
/// replaced, and values of lists are added or, with the operation `delete`, removed.
pub(super) fn merged(
    kind: ResourceType,
    switches: Switches,
    mut whole: Map<String, Value>,
    mut part: Map<String, Value>,
) -> Map<String, Value> {
    let has = |fault: LegacyFault| switches.has(fault);
    let cleared = part.shift_remove("meta").filter(|_| !has(LegacyFault::MetaAttributesIgnored));
    if has(LegacyFault::ActiveIgnored) {
        part.shift_remove("active");
    }
    if kind == ResourceType::User && has(LegacyFault::PatchClearsTheRest) {
        whole.retain(|name, _| ["schemas", "userName", "active"].contains(&name.as_str()));
    }
    if part.contains_key("displayName") && has(LegacyFault::RenameDropsMembers) {
        whole.shift_remove("members");
    }
    let names = cleared.as_ref().and_then(|meta| meta.get("attributes")).and_then(Value::as_array);
    for name in names.into_iter().flatten().filter_map(Value::as_str) {
        clear(&mut whole, name);
    }
    part.shift_remove("id");
    let Value::Object(mut part) = to_2_0(kind, part) else { return whole };
    part.shift_remove("schemas");
    for (name, value) in part {
        if name == "members" && has(LegacyFault::MembersReplaced) && !deletes(&value) {
            whole.shift_remove("members");
        }
        put(switches, &mut whole, name, value);
    }
    whole
}

fn clear(whole: &mut Map<String, Value>, name: &str) {
    match name.split_once('.') {
        Some((name, part)) => {
            if let Some(Value::Object(parts)) = whole.get_mut(name) {
                parts.shift_remove(part);
            }
        }
        None => {
            whole.shift_remove(name);
        }
    }
}

fn put(switches: Switches, whole: &mut Map<String, Value>, name: String, value: Value) {
    match (whole.get_mut(&name), value) {
        (Some(Value::Object(known)), Value::Object(parts)) => {
            for (name, value) in parts {
                put(switches, known, name, value);
            }
        }
        (Some(Value::Array(known)), Value::Array(elements)) => {
            for element in elements {
                let is_leaver = is_deletion(&element);
                if is_leaver && switches.has(LegacyFault::MemberDeletionIgnored) {
                    continue;
                }
                known.retain(|one| one.get("value") != element.get("value"));
                if !is_leaver {
                    known.push(element);
                }
            }
        }
        (_, Value::Array(elements)) => {
            let stay = elements.into_iter().filter(|element| !is_deletion(element)).collect();
            whole.insert(name, Value::Array(stay));
        }
        (_, value) => {
            whole.insert(name, value);
        }
    }
}

fn is_deletion(element: &Value) -> bool {
    element.get("operation").and_then(Value::as_str) == Some("delete")
}

fn deletes(value: &Value) -> bool {
    value.as_array().is_some_and(|elements| elements.iter().any(is_deletion))
}
