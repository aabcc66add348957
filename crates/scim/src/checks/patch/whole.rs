//! What holds of every PATCH of a user, whatever it changes: RFC 7644 section 3.5.2.

use oinspect_core::Capability::{Filter, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use serde_json::{Value, json};

use super::patched;
use crate::answer::{Answer, at, shown};
use crate::compare::differs;
use crate::keeping::{SECOND, expect_shown, is_whole, moment, same_moment};
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::{Scim, let_settle, user_name_query};

pub(crate) static GROUP: Group = Group {
    id: "scim.patch-whole",
    title: "What holds of every PATCH of a user",
    tags: &["users", "patch"],
    alone: false,
    checks: &[
        Check {
            id: "scim.patch-whole.answers-200-with-the-user-or-204",
            title: "A PATCH is answered 200 with the user, or 204 without a body",
            requirement: must(
                Rfc7644,
                "3.5.2",
                "success is 200 with the whole resource, or 204 without a body",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "200 without a body, or with `{\"success\": true}`.",
            fix: "Answer PATCH with 200 and the user as a GET shows it, or with 204 and no body at all.",
            run: |cx| {
                let user = user::own(cx)?;
                let answer = patched(cx, &user.path, rename("Elk"))?;
                let sound = match answer.status() {
                    200 => answer.text_at("id") == Some(&user.id) && answer.has_schema(user::USER),
                    204 => answer.is_empty(),
                    _ => false,
                };
                if sound {
                    return Ok(());
                }
                Err(Finding::broken(
                    format!("status 200 with the user {}, or status 204 without a body", user.id),
                    answer.described(),
                ))
            },
        },
        Check {
            id: "scim.patch-whole.answer-shows-what-a-read-shows",
            title: "The answer to a PATCH shows the user as the next read does",
            requirement: must(Rfc7644, "3.5.2", "the body of the answer is the whole changed resource")
                .okta(Level::Should),
            needs: &[Patch],
            pitfall: "The answer is the user as it was before, or the request sent back.",
            fix: "Load the user again after the change, and answer with that.",
            run: |cx| {
                let user = user::own(cx)?;
                let answer = patched(cx, &user.path, rename("Elk"))?;
                if answer.is_empty() {
                    return Ok(());
                }
                let read = cx.get_when(&user.path, |read| family_name(read) == Some("Elk"))?;
                agree(&answer, &read)
            },
        },
        Check {
            id: "scim.patch-whole.attributes-bring-a-body",
            title: "A PATCH that names attributes is answered 200 with them",
            requirement: must(
                Rfc7644,
                "3.5.2",
                "with the parameter `attributes` the answer is 200, never 204",
            ),
            needs: &[Patch],
            pitfall: "The query of a PATCH is never read, and the answer is always 204.",
            fix: "Answer 200 with a body when a PATCH has the parameter `attributes`.",
            run: |cx| {
                let user = user::own(cx)?;
                let answer = patched(cx, &format!("{}?attributes=name", user.path), rename("Elk"))?;
                answer.expect_status(200)?.json()?;
                if answer.at("name").is_some() {
                    return Ok(());
                }
                Err(Finding::broken("a body with a name", answer.described()))
            },
        },
        Check {
            id: "scim.patch-whole.operations-are-applied-in-order",
            title: "Operations are applied in the order in which they are sent",
            requirement: must(Rfc7644, "3.5.2", "each operation works on what the one before it left")
                .entra(Level::Must),
            needs: &[Patch],
            pitfall: "Operations are sorted by kind, or the first one on an attribute wins.",
            fix: "Walk through `Operations` from the first to the last, on one copy of the user.",
            run: |cx| {
                let user = user::own(cx)?;
                let operations = json!([rename("Elk")[0], rename("Fox")[0]]);
                patched(cx, &user.path, operations)?;
                let decided = |read: &Answer| family_name(read) == Some("Fox");
                let read = cx.get_when(&user.path, decided)?;
                match family_name(&read) {
                    Some("Ox") => Err(Finding::blocked("a PATCH with two operations changed nothing")),
                    _ if decided(&read) => Ok(()),
                    _ => Err(Finding::broken("familyName \"Fox\"", shown(read.at("name")))),
                }
            },
        },
        Check {
            id: "scim.patch-whole.every-operation-is-applied",
            title: "Every operation of a PATCH is applied",
            requirement: must(
                Rfc7644,
                "3.5.2",
                "operations are carried out until the last one has succeeded",
            )
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Only the first operation is looked at: Microsoft Entra sends all of its changes in one PATCH.",
            fix: "Apply every element of `Operations`.",
            run: |cx| {
                need(cx, Kind::User, "displayName")?;
                let user = user::own(cx)?;
                let display = json!({ "op": "replace", "path": "displayName", "value": "Bea Elk" });
                patched(cx, &user.path, json!([display, rename("Elk")[0]]))?;
                let wanted = json!({ "displayName": "Bea Elk", "name": { "familyName": "Elk" } });
                expect_shown(cx, &user, &wanted).map(drop)
            },
        },
        Check {
            id: "scim.patch-whole.last-modified-advances",
            title: "A PATCH that changes a user advances lastModified",
            requirement: must(Rfc7643, "3.1", "lastModified is the moment of the latest change"),
            needs: &[Patch],
            pitfall: "`meta.lastModified` is set at creation and never again, or only by PUT.",
            fix: "Set `meta.lastModified` whenever a PATCH has changed something.",
            run: |cx| {
                let user = user::own(cx)?;
                let new = readable(cx, &user)?;
                if is_whole(moment(&new, "meta.lastModified")?) {
                    cx.pause(SECOND);
                }
                patched(cx, &user.path, rename("Elk"))
                    .map_err(|finding| finding.as_obstacle("no sound PATCH succeeds"))?;
                let renamed = |read: &Answer| family_name(read) == Some("Elk");
                let read = cx.get_when(&user.path, renamed)?;
                expect_advanced(&new, &read)
            },
        },
        Check {
            id: "scim.patch-whole.created-is-kept",
            title: "A PATCH leaves the moment of creation as it was",
            requirement: must(Rfc7643, "3.1", "created is the moment at which the resource was added"),
            needs: &[Patch],
            pitfall: "The whole row is written anew, and its creation date with it.",
            fix: "Set `meta.created` once, when the user is created.",
            run: |cx| {
                let user = user::own(cx)?;
                let before = moment(&readable(cx, &user)?, "meta.created")?;
                if is_whole(before) {
                    cx.pause(SECOND);
                }
                patched(cx, &user.path, rename("Elk"))
                    .map_err(|finding| finding.as_obstacle("no sound PATCH succeeds"))?;
                let_settle(cx)?;
                let after = moment(&cx.get(&user.path)?, "meta.created")?;
                if same_moment(before, after) {
                    return Ok(());
                }
                Err(Finding::broken(format!("created {before}"), format!("created {after}")))
            },
        },
        Check {
            id: "scim.patch-whole.new-user-name-is-found",
            title: "A user with a new userName is found under it",
            requirement: must(Rfc7644, "3.4.2.2", "a filter is applied to the values as they are now")
                .okta(Level::Should)
                .entra(Level::Must),
            needs: &[Patch, Filter],
            pitfall: "A search index or a cache still has the old name, and the identity provider creates a second account.",
            fix: "Update whatever answers filters in the same transaction as the user.",
            run: |cx| {
                filters_tell_apart(cx)?;
                let (user, new_name) = renamed(cx)?;
                let found = |list: &Answer| lists(list, &user.id);
                let list = cx.get_when(&user_name_query(&new_name), found)?;
                if found(&list) {
                    return Ok(());
                }
                Err(Finding::broken(format!("the user {} under its new name", user.id), list.described()))
            },
        },
        Check {
            id: "scim.patch-whole.old-user-name-is-free",
            title: "A user with a new userName is not found under the old one",
            requirement: must(Rfc7644, "3.4.2.2", "only resources whose present values match are returned")
                .okta(Level::Should)
                .entra(Level::Must),
            needs: &[Patch, Filter],
            pitfall: "The old name still leads to the account, and its next bearer is linked to somebody else.",
            fix: "Take the old name out of whatever answers filters.",
            run: |cx| {
                filters_tell_apart(cx)?;
                let (user, _) = renamed(cx)?;
                let free = |list: &Answer| !lists(list, &user.id);
                let list = cx.get_when(&user_name_query(&user.user_name), free)?;
                if free(&list) {
                    return Ok(());
                }
                Err(Finding::broken("nobody under the old name", list.described()))
            },
        },
    ],
};

fn family_name(read: &Answer) -> Option<&str> {
    read.text_at("name.familyName")
}

/// A sound list of operations.
fn rename(family_name: &str) -> Value {
    json!([{ "op": "replace", "path": "name.familyName", "value": family_name }])
}

/// The user as a read shows it.
fn readable(cx: &mut Cx, user: &User) -> Result<Answer, Finding> {
    let read = cx.get_when(&user.path, Answer::is_success)?;
    read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
    Ok(read)
}

/// Judges that the moment of the latest change is later than that of a new user.
pub(in crate::checks) fn expect_advanced(new: &Answer, read: &Answer) -> Result<(), Finding> {
    let (before, after) = (moment(new, "meta.lastModified")?, moment(read, "meta.lastModified")?);
    if after > before {
        return Ok(());
    }
    // What lies ahead of its own creation was wrong before anything changed.
    if after < before && moment(new, "meta.created").is_ok_and(|created| !same_moment(created, before)) {
        return Err(Finding::blocked(format!("a new user is shown as last modified at {before}")));
    }
    Err(Finding::broken(format!("a moment after {before}"), format!("lastModified {after}")))
}

/// Judges that an answer and a read say the same of what both of them show.
pub(in crate::checks) fn agree(answer: &Answer, read: &Answer) -> Result<(), Finding> {
    let (Some(Value::Object(mut answered)), Some(Value::Object(mut read))) =
        (answer.any_json().cloned(), read.any_json().cloned())
    else {
        return Err(Finding::broken("the user as JSON", answer.described()));
    };
    // What a read leaves out for no reason is found out elsewhere.
    answered.retain(|name, _| read.contains_key(name));
    read.retain(|name, _| answered.contains_key(name));
    match differs(&read.into(), &answered.into(), &["meta"]) {
        None => Ok(()),
        Some(difference) => Err(Finding::broken("the user as the next read shows it", difference)),
    }
}

/// A filter for a name that nobody has brings up no user of this run: whoever returns everybody has
/// found nobody under any name.
fn filters_tell_apart(cx: &mut Cx) -> Result<(), Finding> {
    let user = user::shared(cx)?;
    cx.once("filter that tells users apart", |cx| {
        let nobody = cx.target()?.user_name.replace("{name}", &cx.name());
        let list = cx.get(&user_name_query(&nobody))?;
        if lists(&list, &user.id) || list.resources().len() > 1 {
            return Err(Finding::broken("nobody", list.described()));
        }
        let list = cx.get_when(&user_name_query(&user.user_name), |list| lists(list, &user.id))?;
        if lists(&list, &user.id) { Ok(()) } else { Err(Finding::broken("a user", list.described())) }
    })
    .map(drop)
}

fn lists(list: &Answer, id: &str) -> bool {
    list.resources().iter().any(|one| at(one, "id").and_then(Value::as_str) == Some(id))
}

/// A user whose userName was changed by PATCH, and its new name.
fn renamed(cx: &mut Cx) -> Result<(User, String), Finding> {
    let user = user::own(cx)?;
    let new_name = cx.target()?.user_name.replace("{name}", &cx.name());
    let operation = json!({ "op": "replace", "path": "userName", "value": new_name });
    patched(cx, &user.path, json!([operation]))
        .map_err(|finding| finding.as_obstacle("the userName cannot be changed"))?;
    Ok((user, new_name))
}
