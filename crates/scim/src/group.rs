//! The groups that checks create: their bodies, and the one that several checks share.

use std::sync::Arc;

use oinspect_core::{Capability, Cx, Finding};
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::kind::Kind;
use crate::user::{self, User};
use crate::verbs::{Scim, await_shown, is_ours};

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

/// Creates a group from this body, and waits until it can be read where the server shows changes late.
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
    let path = Kind::Group.path(&id);
    await_shown(cx, &path)?;
    Ok(Group { path, id, name, sent: body, answer })
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

/// How many people there are to put into groups.
const PEOPLE: usize = 3;

/// Users that any check may put into groups of its own, and that nobody changes otherwise.
///
/// # Errors
/// Blocked, where one of them cannot be created.
pub(crate) fn people(cx: &mut Cx) -> Result<Arc<[User; PEOPLE]>, Finding> {
    cx.once("people to put into groups", |cx| {
        let mut make = || {
            let body = user::new_body(cx)?;
            user::create(cx, body)
        };
        Ok([make()?, make()?, make()?])
    })
}

/// A group for one check alone that certainly has these members, whichever way it got them.
///
/// # Errors
/// Blocked, where it cannot be created or does not show them.
pub(crate) fn with_members(cx: &mut Cx, ids: &[&str]) -> Result<Group, Finding> {
    let group = own(cx, ids)?;
    if is_set(&members(&group.answer), ids) {
        return Ok(group);
    }
    let read = cx.get_when(&group.path, |read| is_set(&members(read), ids))?;
    if is_set(&members(&read), ids) {
        return Ok(group);
    }
    if cx.offers(Capability::Patch) {
        let value: Vec<Value> = ids.iter().map(|id| json!({ "value": id })).collect();
        patch(cx, &group, json!([{ "op": "add", "path": "members", "value": value }]))?;
    }
    expect_members(cx, &group, ids).map_err(|finding| finding.as_obstacle("no group could be filled"))?;
    Ok(group)
}

/// Modifies a group, whatever comes of it.
///
/// # Errors
/// Not offered, where the server has no PATCH; broken, where it says that it has.
pub(crate) fn patch(cx: &mut Cx, group: &Group, operations: Value) -> Result<Answer, Finding> {
    let answer = cx.patch(&group.path, operations)?;
    if !answer.is_not_implemented() {
        return Ok(answer);
    }
    if cx.offers(Capability::Discovery) {
        let wanted = "PATCH, which /ServiceProviderConfig says is supported";
        return Err(Finding::broken(wanted, answer.described()));
    }
    Err(Capability::Patch.missing())
}

/// Judges that a group has these members, each once, and nobody else.
///
/// # Errors
/// Broken, where it has others; blocked, where it cannot be read.
pub(crate) fn expect_members(cx: &mut Cx, group: &Group, ids: &[&str]) -> Result<(), Finding> {
    let read = read_when(cx, group, |read| is_set(&members(read), ids))?;
    let found = members(&read);
    if is_set(&found, ids) {
        return Ok(());
    }
    Err(Finding::broken(format!("the members {}", listed(ids)), format!("the members {}", listed(&found))))
}

/// Reads a group until something holds.
///
/// # Errors
/// Blocked, where it cannot be read.
pub(crate) fn read_when(
    cx: &mut Cx,
    group: &Group,
    holds: impl Fn(&Answer) -> bool,
) -> Result<Answer, Finding> {
    let read = cx.get_when(&group.path, holds)?;
    let unreadable = |finding: Finding| finding.as_obstacle("the group cannot be read");
    read.expect_success().map_err(unreadable)?;
    read.json().map_err(unreadable)?;
    Ok(read)
}

/// Whether these are the same ids, each once, in any order.
pub(crate) fn is_set(found: &[&str], wanted: &[&str]) -> bool {
    found.len() == wanted.len() && wanted.iter().all(|id| found.contains(id))
}

fn listed(ids: &[&str]) -> String {
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

/// The ids of a group's members, as an answer shows them.
pub(crate) fn members(answer: &Answer) -> Vec<&str> {
    let members = answer.at("members").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    members.iter().filter_map(|member| at(member, "value")?.as_str()).collect()
}
