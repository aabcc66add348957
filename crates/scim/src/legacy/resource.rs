//! The users and groups that the checks of SCIM 1.1 create, and those that several of them share.

use std::sync::Arc;

use oinspect_core::{Capability, Cx, Finding};
use serde_json::{Value, json};

use super::verbs::{CORE, post};
use crate::answer::Answer;
use crate::kind::Kind;
use crate::user;
use crate::verbs::{await_shown, is_ours};

/// A user or a group that this run created.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    /// The server's id.
    pub(super) id: String,
    /// The path below the base URL.
    pub(super) path: String,
    /// What was sent.
    pub(super) sent: Value,
    /// What the server answered.
    pub(super) answer: Answer,
}

/// The body of a new user: the same attributes as in SCIM 2.0 under the schema URN of 1.1.
pub(super) fn new_user(cx: &mut Cx) -> Result<Value, Finding> {
    let mut body = user::new_body(cx)?;
    let schemas = body.get_mut("schemas").and_then(Value::as_array_mut);
    if let Some(first) = schemas.and_then(|schemas| schemas.first_mut()) {
        *first = json!(CORE);
    }
    Ok(body)
}

/// The body of a new group; without members it has no `members`, as Okta sends it.
fn new_group(cx: &mut Cx, members: &[&str]) -> Value {
    let mut body = json!({ "schemas": [CORE], "displayName": cx.name() });
    if !members.is_empty() {
        body["members"] = members.iter().map(|id| json!({ "value": id })).collect();
    }
    body
}

/// Creates a resource from this body.
///
/// # Errors
/// Broken, where the server does not answer with its id; not offered, where it has no groups.
fn create(cx: &mut Cx, kind: Kind, body: Value) -> Result<Resource, Finding> {
    let answer = post(cx, kind, &body)?;
    if kind == Kind::Group && matches!(answer.status(), 404 | 405 | 501) {
        return Err(Capability::Groups.missing());
    }
    answer.expect_success()?;
    if answer.text_at(kind.naming()).is_some() && !is_ours(cx, &answer) {
        // Whatever is done to it later would be done to somebody else.
        return Err(Finding::broken(format!("the {} that was sent", kind.noun()), answer.described()));
    }
    let id = answer
        .text_at("id")
        .filter(|id| !id.is_empty())
        .ok_or_else(|| Finding::broken(format!("the new {}'s id", kind.noun()), answer.described()))?
        .to_owned();
    await_shown(cx, &kind.path(&id))?;
    Ok(Resource { path: kind.path(&id), id, sent: body, answer })
}

/// A user for one check alone, which may do with it what it likes.
///
/// # Errors
/// Blocked, where it cannot be created.
pub(super) fn own_user(cx: &mut Cx) -> Result<Resource, Finding> {
    let body = new_user(cx)?;
    create(cx, Kind::User, body).map_err(|finding| finding.as_obstacle("no user could be created"))
}

/// A user that all checks may read and none may change.
///
/// # Errors
/// Blocked, where it cannot be created.
pub(super) fn shared_user(cx: &mut Cx) -> Result<Arc<Resource>, Finding> {
    cx.once("SCIM 1.1 user to read", |cx| {
        let body = new_user(cx)?;
        create(cx, Kind::User, body)
    })
}

/// The ids of two users who may be members of anything.
///
/// # Errors
/// Blocked, where they cannot be created.
pub(super) fn two_users(cx: &mut Cx) -> Result<Arc<[String; 2]>, Finding> {
    cx.once("two users of SCIM 1.1", |cx| {
        let first = shared_user(cx)?.id.clone();
        let body = new_user(cx)?;
        Ok([first, create(cx, Kind::User, body)?.id])
    })
}

/// A group with these members for one check alone.
///
/// # Errors
/// Blocked, where it cannot be created.
pub(super) fn own_group(cx: &mut Cx, members: &[&str]) -> Result<Resource, Finding> {
    let body = new_group(cx, members);
    create(cx, Kind::Group, body).map_err(|finding| finding.as_obstacle("no group could be created"))
}
