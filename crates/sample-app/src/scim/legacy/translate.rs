//! The documents of SCIM 1.1 and those of SCIM 2.0, one made of the other.

use serde_json::{Map, Value, json};

use crate::schema::ResourceType;
use crate::scim::representation::ENTERPRISE;

/// The schema URN of everything in SCIM 1.1's core.
pub(super) const CORE: &str = "urn:scim:schemas:core:1.0";
const LEGACY_ENTERPRISE: &str = "urn:scim:schemas:extension:enterprise:1.0";

/// A resource as a client of 1.1 writes it. Extensions that nobody here knows are left out.
pub(super) fn to_2_0(kind: ResourceType, mut body: Map<String, Value>) -> Value {
    let is_core =
        body.get("schemas").and_then(Value::as_array).is_some_and(|urns| urns.contains(&json!(CORE)));
    if is_core {
        let mut urns = vec![json!(kind.schema().urn)];
        if kind == ResourceType::User && body.contains_key(LEGACY_ENTERPRISE) {
            urns.push(json!(ENTERPRISE));
        }
        body.insert("schemas".to_owned(), Value::Array(urns));
    }
    if let Some(extension) = body.shift_remove(LEGACY_ENTERPRISE) {
        body.insert(ENTERPRISE.to_owned(), extension);
    }
    Value::Object(body)
}

/// A resource or a list of them as a client of 1.1 reads it.
pub(super) fn to_1_1(document: Value) -> Value {
    let Value::Object(mut members) = document else { return document };
    if let Some(urns) = members.get_mut("schemas").and_then(Value::as_array_mut) {
        let has_enterprise = urns.contains(&json!(ENTERPRISE));
        *urns = vec![json!(CORE)];
        if has_enterprise {
            urns.push(json!(LEGACY_ENTERPRISE));
        }
    }
    if let Some(extension) = members.shift_remove(ENTERPRISE) {
        members.insert(LEGACY_ENTERPRISE.to_owned(), extension);
    }
    if let Some(meta) = members.get_mut("meta").and_then(Value::as_object_mut) {
        meta.shift_remove("resourceType");
    }
    if let Some(Value::Array(resources)) = members.shift_remove("Resources") {
        members.insert("Resources".to_owned(), resources.into_iter().map(to_1_1).collect());
    }
    Value::Object(members)
}

/// A refusal of 2.0 as one of 1.1.
pub(super) fn errors(status: u16, document: &Value) -> Value {
    let detail = document.get("detail").and_then(Value::as_str).unwrap_or("the request was refused");
    json!({ "Errors": [{ "description": detail, "code": status.to_string() }] })
}
