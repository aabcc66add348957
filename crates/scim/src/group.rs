//! The groups that checks create: their bodies, and the one that several checks share.

use std::sync::Arc;

use oinspect_core::{Cx, Finding};
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::kind::Kind;
use crate::verbs::{Scim, is_ours};

/// The schema URN of a group.
pub(crate) const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// A group that this run created.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The server's id.
    pub(crate) id: String,
    /// The path below the base URL.
    pub(crate) path: String,
    /// The displayName under which it was created.
    pub(crate) name: String,
    /// What was sent.
    pub(crate) sent: Value,
    /// What the server answered.
    pub(crate) answer: Answer,
}

/// The body of a new group with these users' ids as members, as Okta sends it: a member is a `value`.
pub(crate) fn new_body(cx: &mut Cx, members: &[&str]) -> Value {
    let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
    json!({ "schemas": [GROUP], "displayName": cx.name(), "members": members })
}

/// Creates a group from this body.
///
/// # Errors
/// Broken, where the server does not answer with the group's id; not offered, where it has no groups.
pub(crate) fn create(cx: &mut Cx, body: Value) -> Result<Group, Finding> {
    let answer = cx.post(Kind::Group, &body)?;
    answer.expect_success()?;
    if answer.text_at("displayName").is_some() && !is_ours(cx, &answer) {
        // Whatever is done to this group later would be done to somebody else's.
        return Err(Finding::broken("the group that was sent", answer.described()));
    }
    let id = answer
        .text_at("id")
        .filter(|id| !id.is_empty())
        .ok_or_else(|| Finding::broken("the new group's id", answer.described()))?
        .to_owned();
    let name = at(&body, "displayName").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Group { path: Kind::Group.path(&id), id, name, sent: body, answer })
}

/// A group for one check alone, which may do with it what it likes.
///
/// # Errors
/// Blocked, where it cannot be created.
pub(crate) fn own(cx: &mut Cx, members: &[&str]) -> Result<Group, Finding> {
    let body = new_body(cx, members);
    create(cx, body).map_err(|finding| finding.as_obstacle("no group could be created"))
}

/// A group without members that all checks may read and none may change.
///
/// # Errors
/// Blocked, where it cannot be created.
pub(crate) fn shared(cx: &mut Cx) -> Result<Arc<Group>, Finding> {
    cx.once("group to read", |cx| {
        let body = new_body(cx, &[]);
        create(cx, body)
    })
}

/// The ids of a group's members, as an answer shows them.
pub(crate) fn members(answer: &Answer) -> Vec<&str> {
    let members = answer.at("members").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    members.iter().filter_map(|member| at(member, "value")?.as_str()).collect()
}
