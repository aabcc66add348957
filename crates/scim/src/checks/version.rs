//! Versions of resources and requests that depend on them: RFC 7644 section 3.14.

use std::sync::Arc;

use oinspect_core::Capability::{EntityTags, Filter, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Method, Request, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at, shown};
use crate::checks::list::only_item;
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::{PATCH_OP, Scim, user_name_query, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.version",
    title: "Versions and entity tags",
    tags: &["users", "etag"],
    alone: false,
    checks: &[
        Check {
            id: "scim.version.read-has-an-etag",
            title: "Reading a user answers with an ETag header",
            requirement: must(Rfc7644, "3.14", "entity tags are sent as an HTTP header"),
            needs: &[EntityTags],
            pitfall: "The version is in the body alone.",
            fix: "Send the version of the user as the ETag header of GET.",
            run: |cx| {
                let looks = looks(cx)?;
                looks.one.expect_success().map_err(|one| one.as_obstacle("the user cannot be read"))?;
                tag(&looks.one).map(drop).ok_or_else(|| Finding::broken("an ETag header", "none"))
            },
        },
        Check {
            id: "scim.version.create-has-an-etag",
            title: "Creating a user answers with an ETag header",
            requirement: must(Rfc7644, "3.14", "entity tags are sent as an HTTP header"),
            needs: &[EntityTags],
            pitfall: "The header is added to GET alone, and a client has to read what it has just created.",
            fix: "Send the ETag header with every answer that shows a user.",
            run: |cx| {
                let looks = looks(cx)?;
                tag(&looks.user.answer).map(drop).ok_or_else(|| Finding::broken("an ETag header", "none"))
            },
        },
        Check {
            id: "scim.version.meta-has-the-version",
            title: "A user shows its version in meta",
            requirement: should(Rfc7644, "3.14", "the entity tag is given in meta.version as well"),
            needs: &[EntityTags],
            pitfall: "The version is a header alone, which lists and bulk answers cannot carry.",
            fix: "Write the entity tag into `meta.version`.",
            run: |cx| {
                let looks = looks(cx)?;
                looks.one.expect_success().map_err(|one| one.as_obstacle("the user cannot be read"))?;
                match looks.one.text_at("meta.version") {
                    Some(_) => Ok(()),
                    None => Err(Finding::broken("meta.version", shown(looks.one.at("meta")))),
                }
            },
        },
        Check {
            id: "scim.version.meta-version-is-the-etag",
            title: "The version in meta is the ETag header",
            requirement: must(Rfc7643, "3.1", "meta.version is the same as the ETag header"),
            needs: &[EntityTags],
            pitfall: "A counter is in the body and a hash in the header, or the quotation marks are missing in one of them.",
            fix: "Compute the entity tag once, and write it to both places, W/ and quotation marks included.",
            run: |cx| {
                let looks = looks(cx)?;
                let (Some(tag), Some(version)) = (tag(&looks.one), looks.one.text_at("meta.version")) else {
                    return Err(Finding::blocked("the version is not given in both places"));
                };
                if tag == version {
                    Ok(())
                } else {
                    Err(Finding::broken(format!("meta.version {tag}"), version))
                }
            },
        },
        Check {
            id: "scim.version.etag-is-well-formed",
            title: "The entity tag is a quoted text",
            requirement: must(Rfc7643, "3.1", "a version is an entity tag of HTTP, weak or strong"),
            needs: &[EntityTags],
            pitfall: "The quotation marks are left out, and proxies and clients drop the header.",
            fix: "Write ETag: W/\"1\" or ETag: \"1\", with the quotation marks.",
            run: |cx| {
                let looks = looks(cx)?;
                let Some(tag) = tag(&looks.one) else { return Err(no_tag()) };
                if is_entity_tag(tag) { Ok(()) } else { Err(Finding::broken("W/\"...\" or \"...\"", tag)) }
            },
        },
        Check {
            id: "scim.version.unchanged-user-is-not-sent-again",
            title: "A user that the client holds already is answered 304",
            requirement: should(
                Rfc7644,
                "3.14",
                "If-None-Match with the current version is answered 304 without a body",
            ),
            needs: &[EntityTags],
            pitfall: "The header is not read, or compared without its W/.",
            fix: "Compare If-None-Match with the current entity tag, and answer 304 where they agree.",
            run: |cx| {
                let (user, tag) = steady(cx)?;
                let answer = ask_if(cx, "If-None-Match", &tag, Method::Get, &user.path, None)?;
                answer.expect_status(304)?;
                if answer.is_empty() { Ok(()) } else { Err(Finding::broken("no body", answer.described())) }
            },
        },
        Check {
            id: "scim.version.changed-user-is-sent-again",
            title: "A user that has changed is sent again",
            requirement: must(Rfc7644, "3.14", "304 is the answer only where nothing has changed"),
            needs: &[EntityTags],
            pitfall: "Any If-None-Match is answered 304, and clients never see a change.",
            fix: "Answer 200 with the user unless the header names the current entity tag.",
            run: |cx| {
                let changed = changed(cx)?;
                let answer =
                    ask_if(cx, "If-None-Match", &changed.old, Method::Get, &changed.user.path, None)?;
                answer.expect_status(200).map(drop)
            },
        },
        Check {
            id: "scim.version.version-changes-with-the-user",
            title: "A user that has changed has another version",
            requirement: must(Rfc7644, "3.14", "a version stands for one state of the resource"),
            needs: &[EntityTags],
            pitfall: "The tag is made from the id or from the time of creation.",
            fix: "Make the entity tag from what changes: a counter, or a hash of the representation.",
            run: |cx| {
                let pair = versions(cx)?;
                if pair.old != pair.new {
                    return Ok(());
                }
                Err(Finding::broken(
                    "another version after a change",
                    format!("{} before and after", pair.old),
                ))
            },
        },
        Check {
            id: "scim.version.reading-keeps-the-version",
            title: "Reading a user leaves its version alone",
            requirement: should(Rfc7644, "3.14", "the version stays while the resource does"),
            needs: &[EntityTags],
            pitfall: "The tag is made from the present time, and no condition ever holds.",
            fix: "Make the entity tag from the stored resource alone.",
            run: |cx| {
                let looks = looks(cx)?;
                match (tag(&looks.one), tag(&looks.other)) {
                    (Some(one), Some(other)) if one == other => Ok(()),
                    (Some(one), Some(other)) => Err(Finding::broken(one, other)),
                    _ => Err(no_tag()),
                }
            },
        },
        Check {
            id: "scim.version.current-version-may-be-replaced",
            title: "A replacement of the current version succeeds",
            requirement: must(
                Rfc7644,
                "3.14",
                "If-Match lets a request through that names the current version",
            ),
            needs: &[EntityTags],
            pitfall: "Weak tags are compared strongly, and no condition ever holds.",
            fix: "Compare the tags as they are: W/\"1\" in the request is W/\"1\" on the server.",
            run: |cx| {
                let (user, tag) = fresh(cx)?;
                replace_if(cx, &user, &tag)?.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.version.stale-replace-is-refused",
            title: "A replacement of a version that is gone is refused",
            requirement: should(Rfc7644, "3.14", "a PUT with If-Match succeeds only on that version"),
            needs: &[EntityTags],
            pitfall: "If-Match is not read, and the last writer wins.",
            fix: "Compare If-Match with the current entity tag in the transaction that writes, and answer 412.",
            run: |cx| {
                let pair = outdated(cx)?;
                replace_if(cx, &pair.user, &pair.old)?.expect_status(412)?;
                control(&replace_if(cx, &pair.user, &pair.new)?)
            },
        },
        Check {
            id: "scim.version.stale-patch-is-refused",
            title: "A PATCH of a version that is gone is refused",
            requirement: should(Rfc7644, "3.14", "a PATCH with If-Match succeeds only on that version"),
            needs: &[EntityTags, Patch],
            pitfall: "If-Match is read for PUT alone.",
            fix: "Compare If-Match with the current entity tag in the transaction that writes, and answer 412.",
            run: |cx| {
                let pair = outdated(cx)?;
                patch_if(cx, &pair.user, &pair.old)?.expect_status(412)?;
                control(&patch_if(cx, &pair.user, &pair.new)?)
            },
        },
        Check {
            id: "scim.version.stale-delete-is-refused",
            title: "A deletion of a version that is gone is refused",
            requirement: should(Rfc7644, "3.12", "412 says that a DELETE was meant for another version"),
            needs: &[EntityTags],
            pitfall: "If-Match is read for PUT and PATCH alone, and somebody's change is deleted unseen.",
            fix: "Compare If-Match with the current entity tag before a DELETE too, and answer 412.",
            run: |cx| {
                let pair = outdated(cx)?;
                let path = &pair.user.path;
                ask_if(cx, "If-Match", &pair.old, Method::Delete, path, None)?.expect_status(412)?;
                control(&ask_if(cx, "If-Match", &pair.new, Method::Delete, path, None)?)
            },
        },
        Check {
            id: "scim.version.listed-version-is-the-users",
            title: "A list shows the version that the user has",
            requirement: must(
                Rfc7643,
                "3.1",
                "meta.version is the resource's entity tag, wherever it is shown",
            ),
            needs: &[EntityTags, Filter],
            pitfall: "The tag is a hash of the answer, which differs between a list and a single read.",
            fix: "Make the entity tag from the stored resource, and show it everywhere.",
            run: |cx| {
                let (user, tag) = steady(cx)?;
                let item = only_item(cx, &user_name_query(&user.user_name), &user)?;
                match at(&item, "meta.version").and_then(Value::as_str) {
                    None => Err(Finding::blocked("a list shows no versions")),
                    Some(version) if version == tag => Ok(()),
                    Some(version) => Err(Finding::broken(tag, version)),
                }
            },
        },
    ],
};

/// Two looks at a user that nobody changes, and that no other check puts into a group.
struct Looks {
    user: User,
    one: Answer,
    other: Answer,
}

/// A user, its version before a change and the one behind it.
struct Versions {
    user: User,
    old: String,
    new: String,
}

fn tag(answer: &Answer) -> Option<&str> {
    answer.header("etag").map(str::trim).filter(|tag| !tag.is_empty())
}

fn no_tag() -> Finding {
    Finding::blocked("the user has no ETag header")
}

/// The form of RFC 9110, 8.8.3.
fn is_entity_tag(tag: &str) -> bool {
    let opaque = tag.strip_prefix("W/").unwrap_or(tag);
    let inner = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| inner.chars().all(|c| c != '"' && c > ' ' && c != '\u{7f}'))
}

fn looks(cx: &mut Cx) -> Result<Arc<Looks>, Finding> {
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
fn steady(cx: &mut Cx) -> Result<(User, String), Finding> {
    let looks = looks(cx)?;
    match (tag(&looks.one), tag(&looks.other)) {
        (Some(one), Some(other)) if one == other => Ok((looks.user.clone(), one.to_owned())),
        (Some(_), Some(_)) => Err(Finding::blocked("the version changes at every look")),
        _ => Err(no_tag()),
    }
}

/// A user of this check alone, and its entity tag.
fn fresh(cx: &mut Cx) -> Result<(User, String), Finding> {
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
fn versions(cx: &mut Cx) -> Result<Arc<Versions>, Finding> {
    cx.once("versions of a user that was changed", change)
}

/// The same, where the versions differ.
fn changed(cx: &mut Cx) -> Result<Arc<Versions>, Finding> {
    let pair = versions(cx)?;
    if pair.old == pair.new { Err(same_version()) } else { Ok(pair) }
}

/// A changed user of this check alone.
fn outdated(cx: &mut Cx) -> Result<Versions, Finding> {
    steady(cx)?;
    changed(cx)?;
    let pair = change(cx).map_err(|finding| finding.as_obstacle("no user could be changed"))?;
    if pair.old == pair.new { Err(same_version()) } else { Ok(pair) }
}

fn same_version() -> Finding {
    Finding::blocked("a change leaves the version as it was, so that none is stale")
}

/// What refuses every condition has not refused a stale one.
fn control(answer: &Answer) -> Result<(), Finding> {
    answer.expect_success().map(drop).map_err(|one| one.as_obstacle("the current version is refused too"))
}

fn ask_if(
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

fn replace_if(cx: &mut Cx, user: &User, tag: &str) -> Result<Answer, Finding> {
    let mut body = user.sent.clone();
    body["displayName"] = Value::from("Cleo Ox");
    ask_if(cx, "If-Match", tag, Method::Put, &user.path, Some(&body))
}

fn patch_if(cx: &mut Cx, user: &User, tag: &str) -> Result<Answer, Finding> {
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
