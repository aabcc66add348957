//! Schemas and resource types as JSON (RFC 7643, sections 6 and 7).

use serde_json::{Map, Value, json};

use super::attribute::{Attribute, DataType, Mutability, Returned, Schema};
use super::resource_type::ResourceType;
use crate::switches::Switches;

/// A schema as `/Schemas` serves it.
pub(crate) fn schema_document(schema: &Schema, base: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": schema.urn,
        "name": schema.name,
        "description": schema.says,
        "attributes": schema.attributes.iter().map(attribute_document).collect::<Vec<_>>(),
        "meta": { "resourceType": "Schema", "location": format!("{base}/Schemas/{}", schema.urn) },
    })
}

/// A resource type as `/ResourceTypes` serves it.
pub(crate) fn resource_type_document(kind: ResourceType, switches: Switches, base: &str) -> Value {
    let extensions: Vec<Value> = kind
        .extensions(switches)
        .iter()
        .map(|schema| json!({ "schema": schema.urn, "required": false }))
        .collect();
    type_document(kind.name(), kind.endpoint(), kind.schema(), &extensions, base)
}

/// The resource type of this name at this endpoint.
pub(crate) fn type_document(
    name: &str,
    endpoint: &str,
    schema: &Schema,
    extensions: &[Value],
    base: &str,
) -> Value {
    let mut document = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": name,
        "name": name,
        "description": schema.says,
        "endpoint": format!("/{endpoint}"),
        "schema": schema.urn,
        "meta": {
            "resourceType": "ResourceType",
            "location": format!("{base}/ResourceTypes/{name}"),
        },
    });
    if !extensions.is_empty() {
        document["schemaExtensions"] = json!(extensions);
    }
    document
}

fn attribute_document(attribute: &Attribute) -> Value {
    let mut document = Map::new();
    let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
    put("name", json!(attribute.name));
    put("type", json!(type_name(attribute.data_type)));
    put("multiValued", json!(attribute.multi_valued));
    put("description", json!(attribute.says));
    put("required", json!(attribute.required));
    put("caseExact", json!(attribute.case_exact));
    put("mutability", json!(mutability_name(attribute.mutability)));
    put("returned", json!(returned_name(attribute.returned)));
    put("uniqueness", json!(if attribute.unique { "server" } else { "none" }));
    if !attribute.canonical.is_empty() {
        put("canonicalValues", json!(attribute.canonical));
    }
    if attribute.data_type == DataType::Reference {
        put("referenceTypes", json!(attribute.refers_to));
    }
    if attribute.data_type == DataType::Complex {
        put("subAttributes", attribute.parts.iter().map(attribute_document).collect());
    }
    Value::Object(document)
}

fn type_name(data_type: DataType) -> &'static str {
    match data_type {
        DataType::String => "string",
        DataType::Boolean => "boolean",
        DataType::DateTime => "dateTime",
        DataType::Reference => "reference",
        DataType::Binary => "binary",
        DataType::Complex => "complex",
    }
}

fn mutability_name(mutability: Mutability) -> &'static str {
    match mutability {
        Mutability::ReadOnly => "readOnly",
        Mutability::ReadWrite => "readWrite",
        Mutability::Immutable => "immutable",
        Mutability::WriteOnly => "writeOnly",
    }
}

fn returned_name(returned: Returned) -> &'static str {
    match returned {
        Returned::Always => "always",
        Returned::Never => "never",
        Returned::Default => "default",
        Returned::Request => "request",
    }
}
