//! Giving entitlements and roles to users: RFC 7643 section 4.1.2.

use oinspect_core::Capability::{Entitlements, Patch, Roles};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Level, must};
use serde_json::{Value, json};

use super::filled;
use crate::answer::{Answer, at, shown};
use crate::checks::replace;
use crate::discover::{ENTITLEMENT, ROLE};
use crate::kind::Kind;
use crate::schema;
use crate::user::{self, User};
use crate::verbs::Scim;

pub(super) const ENTITLEMENT_BY_PATCH: Check = Check {
    id: "scim.entitlement.patch-gives-an-entitlement",
    title: "A user gets an entitlement by PATCH",
    requirement: must(Rfc7644, "3.5.2.1", "adding to an attribute with many values adds one more")
        .okta(Level::Must),
    needs: &[Entitlements, Patch],
    pitfall: "The attribute is accepted and belongs to nothing in the app.",
    fix: "Store `entitlements` of a user, and show them with `value`.",
    run: |cx| by_patch(cx, ENTITLEMENT, "entitlements"),
};

pub(super) const ENTITLEMENT_BY_PUT: Check = Check {
    id: "scim.entitlement.put-gives-an-entitlement",
    title: "A user gets an entitlement by PUT",
    requirement: must(Rfc7644, "3.5.1", "the values sent replace the values stored").okta(Level::Must),
    needs: &[Entitlements],
    pitfall: "`entitlements` are only read by PATCH.",
    fix: "Store `entitlements` from PUT /Users/{id}, too.",
    run: |cx| by_put(cx, ENTITLEMENT, "entitlements"),
};

pub(super) const ROLE_BY_PATCH: Check = Check {
    id: "scim.entitlement.patch-gives-a-role",
    title: "A user gets a role by PATCH",
    requirement: must(Rfc7644, "3.5.2.1", "adding to an attribute with many values adds one more")
        .okta(Level::Must),
    needs: &[Roles, Patch],
    pitfall: "The attribute is accepted and belongs to nothing in the app.",
    fix: "Store `roles` of a user, and show them with `value`.",
    run: |cx| by_patch(cx, ROLE, "roles"),
};

pub(super) const ROLE_BY_PUT: Check = Check {
    id: "scim.entitlement.put-gives-a-role",
    title: "A user gets a role by PUT",
    requirement: must(Rfc7644, "3.5.1", "the values sent replace the values stored").okta(Level::Must),
    needs: &[Roles],
    pitfall: "`roles` are only read by PATCH.",
    fix: "Store `roles` from PUT /Users/{id}, too.",
    run: |cx| by_put(cx, ROLE, "roles"),
};

fn by_patch(cx: &mut Cx, schema: &'static str, attribute: &str) -> Result<(), Finding> {
    let (user, given) = chosen(cx, schema, attribute)?;
    let operations = json!([{ "op": "add", "path": attribute, "value": [given] }]);
    cx.patch(&user.path, operations)?.expect_success()?;
    expect_given(cx, &user, attribute, &given)
}

fn by_put(cx: &mut Cx, schema: &'static str, attribute: &str) -> Result<(), Finding> {
    let (user, given) = chosen(cx, schema, attribute)?;
    let mut body = user.sent.clone();
    body[attribute] = json!([given]);
    cx.put(&user.path, &body)?.expect_success()?;
    expect_given(cx, &user, attribute, &given).or_else(|finding| {
        replace::works(cx)?;
        Err(finding)
    })
}

/// A new user, and one of the things that the server lists, as a user carries it.
fn chosen(cx: &mut Cx, schema: &'static str, attribute: &str) -> Result<(User, Value), Finding> {
    schema::need(cx, Kind::User, attribute)?;
    let page = filled(cx, schema)?;
    let entry = page.first()?;
    let Some(id) = at(entry, "id").and_then(Value::as_str) else {
        return Err(Finding::blocked(format!("an entry has no id: {entry}")));
    };
    let mut given = json!({ "value": id });
    for (name, listed) in [("display", "displayName"), ("type", "type")] {
        if let Some(text) = at(entry, listed).filter(|listed| listed.is_string()) {
            given[name] = text.clone();
        }
    }
    Ok((user::own(cx)?, given))
}

fn expect_given(cx: &mut Cx, user: &User, attribute: &str, given: &Value) -> Result<(), Finding> {
    let is_there = |read: &Answer| {
        let values = read.at(attribute).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        values.iter().any(|one| at(one, "value") == given.get("value"))
    };
    let read = cx.get_when(&user.path, is_there)?;
    if is_there(&read) {
        return Ok(());
    }
    Err(Finding::broken(format!("{attribute} with {given}"), shown(read.at(attribute))))
}
