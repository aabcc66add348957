//! What a client writes, checked against the schemas and put under canonical names.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::representation::ENTERPRISE;
use crate::http::Refusal;
use crate::schema::{Attribute, DataType, Mutability, ResourceType, extension_named};
use crate::switches::Switches;
use crate::variant::Variant;

/// Reads a whole resource, as POST and PUT send it. What only the server writes and what no schema
/// knows is left out; null and empty arrays are no value (RFC 7643, section 2.5).
pub(crate) fn resource(
    kind: ResourceType,
    switches: Switches,
    body: &Map<String, Value>,
) -> Result<Map<String, Value>, Refusal> {
    check_schemas(kind, switches, body)?;
    let mut read = Map::new();
    for (name, value) in body {
        if let Some(schema) = extension_named(kind, switches, name) {
            if let Some(extension) = extension(schema.attributes, name, value)? {
                read.insert(schema.urn.to_owned(), extension);
            }
        } else if let Some(attribute) = kind.attribute(name) {
            if attribute.mutability == Mutability::ReadOnly || attribute.name == "schemas" {
                continue;
            }
            if let Some(value) = attribute_value(attribute, value)? {
                read.insert(attribute.name.to_owned(), value);
            }
        } else if switches.is(Variant::UnknownMembersRefused) && !switches.is(Variant::LeanUsers) {
            return Err(Refusal::invalid_syntax(format!("{name} is no attribute of a {}", kind.name())));
        }
    }
    Ok(read)
}

/// Refuses a resource that lacks an attribute it must have.
pub(crate) fn check_required(kind: ResourceType, read: &Map<String, Value>) -> Result<(), Refusal> {
    for attribute in kind.schema().attributes.iter().filter(|attribute| attribute.required) {
        let blank = match read.get(attribute.name) {
            Some(Value::String(text)) => text.trim().is_empty(),
            Some(_) => false,
            None => true,
        };
        if blank {
            return Err(Refusal::invalid_value(format!("{} is required", attribute.name)));
        }
    }
    Ok(())
}

/// The values of an extension.
pub(crate) fn extension(
    attributes: &'static [Attribute],
    urn: &str,
    value: &Value,
) -> Result<Option<Value>, Refusal> {
    match value {
        Value::Null => Ok(None),
        Value::Object(members) => parts(attributes, members),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(Refusal::invalid_value(format!("{urn} must be an object")))
        }
    }
}

/// An attribute's value or values; `None` when there is none.
pub(crate) fn attribute_value(attribute: &Attribute, value: &Value) -> Result<Option<Value>, Refusal> {
    if !attribute.multi_valued {
        return element(attribute, value);
    }
    match value {
        Value::Null => Ok(None),
        Value::Array(values) => {
            let mut elements: Vec<Value> = Vec::with_capacity(values.len());
            let mut seen = std::collections::HashSet::with_capacity(values.len());
            for value in values {
                if let Some(read) = element(attribute, value)?
                    && seen.insert(identity(&read))
                {
                    elements.push(read);
                }
            }
            if elements.iter().filter(|element| is_primary(element)).count() > 1 {
                return Err(Refusal::invalid_value(format!("{} has two primary values", attribute.name)));
            }
            Ok((!elements.is_empty()).then_some(Value::Array(elements)))
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(Refusal::invalid_value(format!("{} must be an array", attribute.name)))
        }
    }
}

/// One value of an attribute.
pub(crate) fn element(attribute: &Attribute, value: &Value) -> Result<Option<Value>, Refusal> {
    let wrong = |wanted: &str| Err(Refusal::invalid_value(format!("{} must be {wanted}", attribute.name)));
    match (attribute.data_type, value) {
        (_, Value::Null) => Ok(None),
        (DataType::Complex, Value::Object(members)) => parts(attribute.parts, members),
        (DataType::Complex, _) => wrong("an object"),
        (DataType::Boolean, Value::Bool(_)) => Ok(Some(value.clone())),
        (DataType::Boolean, _) => wrong("true or false"),
        (DataType::Binary, Value::String(text)) if STANDARD.decode(text).is_err() => wrong("base64"),
        (DataType::DateTime, Value::String(text)) if text.parse::<jiff::Timestamp>().is_err() => {
            wrong("a date and time with a zone")
        }
        (
            DataType::String | DataType::Reference | DataType::Binary | DataType::DateTime,
            Value::String(_),
        ) => Ok(Some(value.clone())),
        (DataType::String | DataType::Reference | DataType::Binary | DataType::DateTime, _) => {
            wrong("a string")
        }
    }
}

/// Whether an element is the preferred one.
pub(crate) fn is_primary(element: &Value) -> bool {
    element.get("primary") == Some(&Value::Bool(true))
}

/// What makes two elements the same: value and type where there is a value (RFC 7643, section 2.4).
pub(crate) fn identity(element: &Value) -> String {
    match element.get("value") {
        Some(value) => format!("{value} {}", element.get("type").unwrap_or(&Value::Null)),
        None => element.to_string(),
    }
}

fn parts(attributes: &'static [Attribute], members: &Map<String, Value>) -> Result<Option<Value>, Refusal> {
    let mut read = Map::new();
    for (name, value) in members {
        let known = attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
        let Some(attribute) = known else { continue };
        if attribute.mutability == Mutability::ReadOnly {
            continue;
        }
        if let Some(value) = attribute_value(attribute, value)? {
            read.insert(attribute.name.to_owned(), value);
        }
    }
    Ok((!read.is_empty()).then_some(Value::Object(read)))
}

fn check_schemas(kind: ResourceType, switches: Switches, body: &Map<String, Value>) -> Result<(), Refusal> {
    let schemas = member(body, "schemas").and_then(Value::as_array);
    let Some(schemas) = schemas.filter(|schemas| !schemas.is_empty()) else {
        return Err(Refusal::invalid_value("`schemas` must name the schemas of the resource"));
    };
    let mut core = false;
    for schema in schemas {
        let urn = schema.as_str().unwrap_or_default();
        let is_core = urn.eq_ignore_ascii_case(kind.schema().urn);
        let is_known = is_core || extension_named(kind, switches, urn).is_some();
        let is_overlooked = switches.is(Variant::LeanUsers) && urn.eq_ignore_ascii_case(ENTERPRISE);
        if !is_known && !is_overlooked {
            return Err(Refusal::invalid_value(format!("{schema} is no schema of a {}", kind.name())));
        }
        core |= is_core;
    }
    if core {
        Ok(())
    } else {
        Err(Refusal::invalid_value(format!("`schemas` must name {}", kind.schema().urn)))
    }
}

/// A member by name, in any letter case.
pub(crate) fn member<'a>(body: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    body.get(name)
        .or_else(|| body.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}
