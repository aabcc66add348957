//! Learns what a SCIM server offers, and falls back to what Okta takes for granted.

use std::collections::BTreeSet;

use oinspect_core::{Capability, Cx, Finding};
use serde_json::Value;

use crate::answer::{Answer, at};
use crate::user::USER;
use crate::verbs::Scim;

/// Learns what the server offers. Where its documents are missing or wrong, a feature is taken to be
/// offered: identity providers send it without asking, and a check finds out.
pub(crate) fn discover(cx: &mut Cx) -> Result<BTreeSet<Capability>, Finding> {
    let mut offered = BTreeSet::new();
    if cx.target()?.auth.is_some() {
        offered.insert(Capability::Authentication);
    }
    let config = look(cx, "/ServiceProviderConfig")?;
    let config =
        config.filter(|config| config.is_success() && config.any_json().is_some_and(Value::is_object));
    if config.is_some() {
        offered.insert(Capability::Discovery);
    } else {
        cx.note("/ServiceProviderConfig cannot be read: filter and PATCH are taken to be supported");
    }
    for (feature, capability) in [("filter", Capability::Filter), ("patch", Capability::Patch)] {
        let supported = config.as_ref().and_then(|config| config.at(&format!("{feature}.supported")));
        if supported != Some(&Value::Bool(false)) {
            offered.insert(capability);
        }
    }
    let schemas = look(cx, "/Schemas")?;
    offered.extend(from_user_schema(cx, schemas.as_ref()));
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

/// What follows from the schema of users.
fn from_user_schema(cx: &mut Cx, schemas: Option<&Answer>) -> BTreeSet<Capability> {
    let is_user = |schema: &&Value| at(schema, "id").and_then(Value::as_str) == Some(USER);
    let user = schemas.and_then(|schemas| schemas.resources().iter().find(is_user));
    let Some(attributes) = user.and_then(|user| at(user, "attributes")).and_then(Value::as_array) else {
        cx.note("/Schemas does not describe users: they are taken to be as RFC 7643 describes them");
        return BTreeSet::from([Capability::Active, Capability::Password, Capability::CaselessUserName]);
    };
    let attribute = |name: &str| {
        attributes.iter().find(|attribute| {
            at(attribute, "name").and_then(Value::as_str).is_some_and(|own| own.eq_ignore_ascii_case(name))
        })
    };
    let mut offered = BTreeSet::new();
    if attribute("active").is_some() {
        offered.insert(Capability::Active);
    }
    if attribute("password").is_some() {
        offered.insert(Capability::Password);
    }
    let exact = attribute("userName").and_then(|user_name| at(user_name, "caseExact"));
    if exact != Some(&Value::Bool(true)) {
        offered.insert(Capability::CaselessUserName);
    }
    offered
}
