//! Users in known versions, and requests that depend on them.

use std::sync::Arc;

use oinspect_core::Capability::Patch;
use oinspect_core::{Cx, Finding, Method, Request};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::{PATCH_OP, Scim, with_json};

/// Two looks at a user that nobody changes, and that no other check puts into a group.
pub(super) struct Looks {
    pub(super) user: User,
    pub(super) one: Answer,
    pub(super) other: Answer,
}

/// A user, its version before a change and the one behind it.
pub(super) struct Versions {
    pub(super) user: User,
    pub(super) old: String,
    pub(super) new: String,
}

pub(super) fn tag(answer: &Answer) -> Option<&str> {
    answer.header("etag").map(str::trim).filter(|tag| !tag.is_empty())
}

pub(super) fn no_tag() -> Finding {
    Finding::blocked("the user has no ETag header")
}

/// The form of RFC 9110, 8.8.3.
pub(super) fn is_entity_tag(tag: &str) -> bool {
    let opaque = tag.strip_prefix("W/").unwrap_or(tag);
    let inner = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| inner.chars().all(|c| c != '"' && c > ' ' && c != '\u{7f}'))
}

pub(super) fn looks(cx: &mut Cx) -> Result<Arc<Looks>, Finding> {
    cx.once("two looks at a user", |cx| {
        let body = user::new_body(cx)?;
        let user = user::create(cx, body)?;
        let one = cx.get_when(&user.path, Answer::is_success)?;
        let other = cx.get(&user.path)?;
        Ok(Looks { user, one, other })
    })
}

/// The user that nobody changes, and its entity tag.
///
/// # Errors
/// Blocked, where it has none or another one at every look.
pub(super) fn steady(cx: &mut Cx) -> Result<(User, String), Finding> {
    let looks = looks(cx)?;
    match (tag(&looks.one), tag(&looks.other)) {
        (Some(one), Some(other)) if one == other => Ok((looks.user.clone(), one.to_owned())),
        (Some(_), Some(_)) => Err(Finding::blocked("the version changes at every look")),
        _ => Err(no_tag()),
    }
}

/// A user of this check alone, and its entity tag.
pub(super) fn fresh(cx: &mut Cx) -> Result<(User, String), Finding> {
    steady(cx)?;
    let user = user::own(cx)?;
    let read = cx.get_when(&user.path, Answer::is_success)?;
    let tag = tag(&read).ok_or_else(no_tag)?.to_owned();
    Ok((user, tag))
}

/// A user that was changed, and its two versions, whether they differ or not.
fn change(cx: &mut Cx) -> Result<Versions, Finding> {
    need(cx, Kind::User, "displayName")?;
    let body = user::new_body(cx)?;
    let user = user::create(cx, body)?;
    let read = cx.get_when(&user.path, Answer::is_success)?;
    let old = tag(&read).ok_or_else(no_tag)?.to_owned();
    let answer = if cx.offers(Patch) {
        cx.patch(&user.path, json!([{ "op": "replace", "path": "displayName", "value": "Bea Ox" }]))?
    } else {
        let mut body = user.sent.clone();
        body["displayName"] = Value::from("Bea Ox");
        cx.put(&user.path, &body)?
    };
    answer.expect_success()?;
    let has_changed = |read: &Answer| read.text_at("displayName") == Some("Bea Ox");
    let read = cx.get_when(&user.path, has_changed)?;
    if !has_changed(&read) {
        return Err(Finding::blocked("the user does not change"));
    }
    let new = tag(&read).ok_or_else(no_tag)?.to_owned();
    Ok(Versions { user, old, new })
}

/// A changed user that nobody changes any more.
pub(super) fn versions(cx: &mut Cx) -> Result<Arc<Versions>, Finding> {
    cx.once("versions of a user that was changed", change)
}

/// The same, where the versions differ.
pub(super) fn changed(cx: &mut Cx) -> Result<Arc<Versions>, Finding> {
    let pair = versions(cx)?;
    if pair.old == pair.new { Err(same_version()) } else { Ok(pair) }
}

/// A changed user of this check alone.
pub(super) fn outdated(cx: &mut Cx) -> Result<Versions, Finding> {
    steady(cx)?;
    changed(cx)?;
    let pair = change(cx).map_err(|finding| finding.as_obstacle("no user could be changed"))?;
    if pair.old == pair.new { Err(same_version()) } else { Ok(pair) }
}

fn same_version() -> Finding {
    Finding::blocked("a change leaves the version as it was, so that none is stale")
}

/// What refuses every condition has not refused a stale one.
pub(super) fn control(answer: &Answer) -> Result<(), Finding> {
    answer.expect_success().map(drop).map_err(|one| one.as_obstacle("the current version is refused too"))
}

pub(super) fn ask_if(
    cx: &mut Cx,
    condition: &str,
    tag: &str,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> Result<Answer, Finding> {
    let request: Request = cx.request(method, path)?.header(condition, tag);
    let request = match body {
        Some(body) => with_json(request, body.to_string()),
        None => request,
    };
    let answer = cx.ask(&request)?;
    if method == Method::Delete && answer.is_success() {
        cx.forget(&request.url);
    }
    Ok(answer)
}

pub(super) fn replace_if(cx: &mut Cx, user: &User, tag: &str) -> Result<Answer, Finding> {
    let mut body = user.sent.clone();
    body["displayName"] = Value::from("Cleo Ox");
    let answer = ask_if(cx, "If-Match", tag, Method::Put, &user.path, Some(&body))?;
    if answer.is_not_implemented() {
        return Err(Finding::NotOffered { what: "users cannot be replaced".to_owned() });
    }
    Ok(answer)
}

pub(super) fn patch_if(cx: &mut Cx, user: &User, tag: &str) -> Result<Answer, Finding> {
    let operations = json!([{ "op": "replace", "path": "displayName", "value": "Cleo Ox" }]);
    let body = json!({ "schemas": [PATCH_OP], "Operations": operations });
    ask_if(cx, "If-Match", tag, Method::Patch, &user.path, Some(&body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_tag_is_quoted_weak_or_strong() {
        assert!(is_entity_tag("W/\"1\"") && is_entity_tag("\"a-b\"") && is_entity_tag("\"\""));
        for wrong in ["1", "W/1", "\"1", "w/\"1\"", "\"a b\"", "\"a\"b\"", "\""] {
            assert!(!is_entity_tag(wrong), "{wrong}");
        }
    }
}
