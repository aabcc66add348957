//! Learns what a SCIM server offers, and falls back to what Okta takes for granted.

use std::collections::BTreeSet;

use oinspect_core::{Capability, Cx, Finding};
use serde_json::Value;

use crate::answer::{Answer, at};
use crate::group::GROUP;
use crate::kind::Kind;
use crate::schema::{ENTERPRISE, Schemas, schemas};
use crate::verbs::Scim;

/// What is offered only where `ServiceProviderConfig` says so.
const OPTIONAL: [(&str, Capability); 5] = [
    ("sort.supported", Capability::Sort),
    ("etag.supported", Capability::EntityTags),
    ("bulk.supported", Capability::Bulk),
    ("changePassword.supported", Capability::ChangePassword),
    ("pagination.cursor", Capability::Cursors),
];

/// What Okta reads as entitlements and as roles.
pub(crate) const ENTITLEMENT: &str = "urn:okta:scim:schemas:core:1.0:Entitlement";
pub(crate) const ROLE: &str = "urn:okta:scim:schemas:core:1.0:Role";

/// Learns what the server offers. Where its documents are missing or wrong, what identity providers
/// send without asking is taken to be offered, and a check finds out.
pub(crate) fn discover(cx: &mut Cx) -> Result<BTreeSet<Capability>, Finding> {
    let mut offered = BTreeSet::new();
    let target = cx.target()?;
    if target.auth.is_some() {
        offered.insert(Capability::Authentication);
    }
    if target.other_auth.is_some() {
        offered.insert(Capability::SecondTenant);
    }
    let config = look(cx, "/ServiceProviderConfig")?;
    let config =
        config.filter(|config| config.is_success() && config.any_json().is_some_and(Value::is_object));
    if config.is_some() {
        offered.insert(Capability::Discovery);
    } else {
        cx.note("/ServiceProviderConfig cannot be read: filter and PATCH are taken to be supported");
    }
    offered.extend(from_config(config.as_ref()));
    let schemas = schemas(cx)?;
    let types = look(cx, "/ResourceTypes")?;
    let types: &[Value] = types.as_ref().filter(|types| types.is_success()).map_or(&[], Answer::resources);
    offered.extend(from_resource_types(cx, types, &schemas));
    offered.extend(from_user_schema(cx, &schemas));
    Ok(offered)
}

/// A document of the server, if it has it. One that breaks the connection has none.
fn look(cx: &mut Cx, path: &str) -> Result<Option<Answer>, Finding> {
    match cx.get(path) {
        Ok(answer) => Ok(Some(answer)),
        Err(Finding::Broken { .. }) => Ok(None),
        Err(obstacle) => Err(obstacle),
    }
}

fn from_config(config: Option<&Answer>) -> BTreeSet<Capability> {
    let says = |path: &str| config.and_then(|config| config.at(path));
    let mut offered = BTreeSet::new();
    for (feature, capability) in
        [("filter.supported", Capability::Filter), ("patch.supported", Capability::Patch)]
    {
        if says(feature) != Some(&Value::Bool(false)) {
            offered.insert(capability);
        }
    }
    for (feature, capability) in OPTIONAL {
        if says(feature) == Some(&Value::Bool(true)) {
            offered.insert(capability);
        }
    }
    let asynchronous = says("securityEvents.asyncRequest").and_then(Value::as_str);
    if asynchronous.is_some_and(|word| ["long", "request"].contains(&word)) {
        offered.insert(Capability::AsyncRequests);
    }
    offered
}

/// What follows from the list of resource types. Without one, there are users and groups.
fn from_resource_types(cx: &mut Cx, types: &[Value], schemas: &Schemas) -> BTreeSet<Capability> {
    let has = |urn: &str| {
        types.iter().any(|one| {
            at(one, "schema").and_then(Value::as_str).is_some_and(|schema| schema.eq_ignore_ascii_case(urn))
        })
    };
    let mut offered = BTreeSet::new();
    if types.is_empty() {
        cx.note("/ResourceTypes lists nothing: the server is taken to have users and groups");
    }
    for (urn, capability) in
        [(GROUP, Capability::Groups), (ENTITLEMENT, Capability::Entitlements), (ROLE, Capability::Roles)]
    {
        if has(urn) || types.is_empty() && capability == Capability::Groups {
            offered.insert(capability);
        }
    }
    let extends = types.iter().filter_map(|one| at(one, "schemaExtensions")?.as_array()).flatten();
    let mut extensions = extends.filter_map(|extension| at(extension, "schema")?.as_str());
    let extended = extensions.any(|urn| urn.eq_ignore_ascii_case(ENTERPRISE));
    // A schema that no resource type names extends nothing (RFC 7643, section 6): unless users are not
    // listed at all, so that nothing is said of what extends them.
    if extended || !has(Kind::User.schema()) && schemas.schema(ENTERPRISE).is_some() {
        offered.insert(Capability::Enterprise);
    }
    offered
}

/// What follows from the schema of users.
fn from_user_schema(cx: &mut Cx, schemas: &Schemas) -> BTreeSet<Capability> {
    if !schemas.describes(Kind::User) {
        cx.note("/Schemas does not describe users: they are taken to be as RFC 7643 describes them");
    }
    let mut offered = BTreeSet::new();
    for (attribute, capability) in [("active", Capability::Active), ("password", Capability::Password)] {
        if schemas.has(Kind::User, attribute) {
            offered.insert(capability);
        }
    }
    if !schemas.attribute(Kind::User, "userName").is_some_and(|user_name| user_name.case_exact) {
        offered.insert(Capability::CaselessUserName);
    }
    offered
}
