//! Discovery documents as servers get them wrong: each fault bends one of them.

use serde_json::{Value, json};

use super::super::house::is_lean;
use crate::fault::{CursorFault, DiscoveryFault, LaterFault, SchemaFault};
use crate::switches::Switches;
use crate::variant::Variant;

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// The service provider's configuration.
pub(super) fn config(mut config: Value, switches: Switches) -> Value {
    let remove = |config: &mut Value, feature: &str, names: &[&str]| {
        if let Some(members) = config.get_mut(feature).and_then(Value::as_object_mut) {
            members.retain(|name, _| !names.contains(&name.as_str()));
        }
    };
    if switches.has(DiscoveryFault::ConfigOmitsSort)
        && let Some(members) = config.as_object_mut()
    {
        members.shift_remove("sort");
    }
    if switches.is(Variant::NoCursors)
        && let Some(members) = config.as_object_mut()
    {
        members.shift_remove("pagination");
    }
    if switches.has(CursorFault::PaginationOmitsIndex) {
        remove(&mut config, "pagination", &["index"]);
    }
    if switches.has(DiscoveryFault::BulkWithoutLimits) {
        remove(&mut config, "bulk", &["maxOperations", "maxPayloadSize"]);
    }
    if switches.has(DiscoveryFault::FilterWithoutLimit) {
        remove(&mut config, "filter", &["maxResults"]);
    }
    for scheme in config["authenticationSchemes"].as_array_mut().into_iter().flatten() {
        if switches.has(DiscoveryFault::SchemesUndescribed) {
            scheme["description"] = Value::Null;
        }
        if switches.has(DiscoveryFault::SchemeTypesInvented) {
            scheme["type"] = json!("Bearer");
        }
        if switches.has(DiscoveryFault::SchemeInUseNotListed) {
            scheme["type"] = json!("httpbasic");
        }
    }
    if switches.has(SchemaFault::UnpromisedPasswordChangeFails) {
        config["changePassword"]["supported"] = json!(false);
    }
    if switches.has(LaterFault::AsyncModeInvented) {
        config["securityEvents"]["asyncRequest"] = json!("supported");
    }
    if switches.has(LaterFault::EventsAsText) {
        config["securityEvents"]["eventUris"] = json!("asyncresp");
    }
    config
}

/// One resource type.
pub(super) fn resource_type(mut document: Value, switches: Switches, base: &str) -> Value {
    let is_user = document["id"] == "User";
    if switches.has(DiscoveryFault::TypeWithoutEndpoint) && !is_user {
        document["endpoint"] = Value::Null;
    }
    if switches.has(DiscoveryFault::EndpointsAbsolute) {
        let endpoint = document["endpoint"].as_str().unwrap_or_default();
        document["endpoint"] = json!(format!("{base}{endpoint}"));
    }
    for extension in document["schemaExtensions"].as_array_mut().into_iter().flatten() {
        if switches.has(DiscoveryFault::ExtensionsWithoutRequired) {
            extension["required"] = Value::Null;
        }
        if switches.has(SchemaFault::ExtensionCalledRequired) {
            extension["required"] = json!(true);
        }
    }
    if switches.has(SchemaFault::ExtensionUndeclared) {
        document["schemaExtensions"] = json!([]);
    }
    if switches.has(SchemaFault::TypeNamedAfterClass) && is_user {
        document["name"] = json!("UserEntity");
    }
    document
}

/// What the list of resource types holds beside those that are served.
pub(super) fn more_types(switches: Switches) -> Option<Value> {
    switches.has(DiscoveryFault::UnservedTypeListed).then(|| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": "Device",
            "name": "Device",
            "endpoint": "/Devices",
            "schema": GROUP,
        })
    })
}

/// One schema.
pub(super) fn schema(mut document: Value, switches: Switches) -> Value {
    if document["id"] != USER {
        return document;
    }
    describe_house(&mut document, switches);
    for attribute in document["attributes"].as_array_mut().into_iter().flatten() {
        let name = attribute["name"].as_str().unwrap_or_default().to_owned();
        for (fault, of, characteristic, value) in [
            (SchemaFault::AttributeUntyped, "nickName", "type", Value::Null),
            (SchemaFault::CharacteristicInvented, "nickName", "mutability", json!("writable")),
            (SchemaFault::RequiredLeftOut, "nickName", "required", Value::Null),
            (SchemaFault::ComplexWithoutParts, "ims", "subAttributes", json!([])),
            (SchemaFault::UserNameNotRequired, "userName", "required", json!(false)),
            (SchemaFault::UserNameNotUnique, "userName", "uniqueness", json!("none")),
            (SchemaFault::PasswordDescribedAsReadable, "password", "returned", json!("default")),
            (SchemaFault::ShownAttributeDescribedAsHidden, "displayName", "returned", json!("request")),
            (SchemaFault::GroupsDescribedAsWritable, "groups", "mutability", json!("readWrite")),
        ] {
            if name == of && switches.has(fault) {
                attribute[characteristic] = value;
            }
        }
        if name == "ims"
            && switches.has(SchemaFault::ComplexNested)
            && let Some(part) = attribute["subAttributes"].get_mut(0)
        {
            part["type"] = json!("complex");
            part["subAttributes"] =
                json!([{ "name": "server", "type": "string", "multiValued": false, "required": false }]);
        }
    }
    document
}

/// What users of this house lack, or must have, beside what the specifications say.
fn describe_house(document: &mut Value, switches: Switches) {
    let Some(attributes) = document["attributes"].as_array_mut() else { return };
    attributes.retain(|attribute| {
        let name = attribute["name"].as_str().unwrap_or_default();
        !(name == "groups" && switches.is(Variant::NoUserGroups)
            || switches.is(Variant::LeanUsers) && !is_lean(name))
    });
    for (variant, of, part, characteristic, value) in [
        (Variant::EmailsRequired, "emails", None, "required", json!(true)),
        (Variant::EmailsUnique, "emails", Some("value"), "uniqueness", json!("server")),
        (Variant::NamesRequired, "name", None, "required", json!(true)),
        (Variant::NamesRequired, "name", Some("givenName"), "required", json!(true)),
        (Variant::NamesRequired, "name", Some("familyName"), "required", json!(true)),
        (Variant::FormattedNameComputed, "name", Some("formatted"), "mutability", json!("readOnly")),
    ] {
        let named = |one: &&mut Value, name: &str| one["name"] == name;
        let described = attributes.iter_mut().find(|one| switches.is(variant) && named(one, of));
        let described = match (described, part) {
            (Some(described), Some(part)) => {
                let parts = described["subAttributes"].as_array_mut();
                parts.and_then(|parts| parts.iter_mut().find(|one| named(one, part)))
            }
            (described, _) => described,
        };
        if let Some(described) = described {
            described[characteristic] = value;
        }
    }
}
