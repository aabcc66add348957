//! Choosing what lists and changes answer with: RFC 7644 sections 3.4.2.5, 3.5.2 and 3.9.

use std::sync::Arc;

use oinspect_core::Capability::{Filter, Groups, Patch};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, must};
use serde_json::{Value, json};

use crate::answer::{Answer, at, outlined};
use crate::checks::list::only_item;
use crate::checks::projection::shows;
use crate::compare::is_nothing;
use crate::group;
use crate::kind::Kind;
use crate::schema::need;
use crate::user;
use crate::verbs::{PATCH_OP, Scim, query, user_name_query, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.partial",
    title: "Choosing what lists and changes answer with",
    tags: &["users", "groups", "attributes"],
    alone: false,
    checks: &[
        Check {
            id: "scim.partial.list-shows-only-what-was-asked-for",
            title: "A list shows only the attributes that were asked for",
            requirement: must(Rfc7644, "3.4.2.5", "`attributes` is supported by queries"),
            needs: &[Filter],
            pitfall: "The parameter is read for single users and not for lists.",
            fix: "Apply `attributes` to each resource of a list.",
            run: |cx| {
                let item = listed_with(cx, "attributes=userName")?;
                if has(&item, "userName") && !has(&item, "displayName") {
                    return Ok(());
                }
                Err(Finding::broken("userName, and no displayName", outlined(Some(&item))))
            },
        },
        Check {
            id: "scim.partial.list-leaves-out-what-was-excluded",
            title: "A list leaves out what was excluded",
            requirement: must(Rfc7644, "3.4.2.5", "`excludedAttributes` is supported by queries"),
            needs: &[Filter],
            pitfall: "The parameter is read for single users and not for lists.",
            fix: "Apply `excludedAttributes` to each resource of a list.",
            run: |cx| {
                let item = listed_with(cx, "excludedAttributes=displayName")?;
                if has(&item, "userName") && !has(&item, "displayName") {
                    return Ok(());
                }
                Err(Finding::broken("userName, and no displayName", outlined(Some(&item))))
            },
        },
        Check {
            id: "scim.partial.create-shows-only-what-was-asked-for",
            title: "The answer to a creation shows only what was asked for",
            requirement: must(
                Rfc7644,
                "3.9",
                "`attributes` counts for every operation that returns a resource",
            ),
            needs: &[],
            pitfall: "The parameter is read by GET alone.",
            fix: "Apply `attributes` wherever a representation is built.",
            run: |cx| {
                need(cx, Kind::User, "displayName")?;
                let body = user::new_body(cx)?;
                let name = at(&body, "userName").and_then(Value::as_str).map(str::to_owned);
                let request =
                    with_json(cx.request(Method::Post, "/Users?attributes=userName")?, body.to_string());
                let answer = cx.send_creation(Kind::User, name.as_deref(), &request)?;
                narrowed(&answer, "no user could be created with `attributes`")
            },
        },
        Check {
            id: "scim.partial.replace-shows-only-what-was-asked-for",
            title: "The answer to a replacement shows only what was asked for",
            requirement: must(
                Rfc7644,
                "3.9",
                "`attributes` counts for every operation that returns a resource",
            ),
            needs: &[],
            pitfall: "The parameter is read by GET alone.",
            fix: "Apply `attributes` wherever a representation is built.",
            run: |cx| {
                need(cx, Kind::User, "displayName")?;
                let user = user::own(cx)?;
                let answer = cx.put(&format!("{}?attributes=userName", user.path), &user.sent)?;
                narrowed(&answer, "no user could be replaced with `attributes`")
            },
        },
        Check {
            id: "scim.partial.patch-shows-only-what-was-asked-for",
            title: "The answer to a PATCH shows only what was asked for",
            requirement: must(
                Rfc7644,
                "3.9",
                "`attributes` counts for every operation that returns a resource",
            ),
            needs: &[Patch],
            pitfall: "The parameter is read by GET alone.",
            fix: "Apply `attributes` wherever a representation is built.",
            run: |cx| narrowed(&*patched(cx)?, "no PATCH with `attributes` succeeds"),
        },
        Check {
            id: "scim.partial.group-is-read-without-members",
            title: "A group can be read without its members",
            requirement: must(
                Rfc7644,
                "3.9",
                "`excludedAttributes` is taken away from what is returned by default",
            )
            .entra(Level::Should),
            needs: &[Groups],
            pitfall: "Members are sent whatever is asked for, and a group of 100,000 takes minutes each time that Microsoft Entra looks.",
            fix: "Leave out `members`, and do not even read them, where they are excluded.",
            run: |cx| {
                let group = peopled(cx)?;
                let answer = cx.get(&format!("{}?excludedAttributes=members", group.path))?;
                answer.expect_status(200)?.json()?;
                if shows(&answer, "members") {
                    return Err(Finding::broken("a group without members", outlined(answer.any_json())));
                }
                Ok(())
            },
        },
        Check {
            id: "scim.partial.groups-are-listed-without-members",
            title: "Groups can be listed without their members",
            requirement: must(Rfc7644, "3.4.2.5", "`excludedAttributes` is supported by queries")
                .entra(Level::Should),
            needs: &[Groups, Filter],
            pitfall: "Members are sent whatever is asked for: Microsoft Entra looks for groups in no other way.",
            fix: "Apply `excludedAttributes` to each resource of a list.",
            run: |cx| {
                let group = peopled(cx)?;
                let filter = format!("displayName eq {}", Value::from(group.name.as_str()));
                let path = format!("{}&excludedAttributes=members", query(Kind::Group, &filter));
                let list = cx.get_when(&path, |list| !list.resources().is_empty())?;
                list.expect_status(200).map_err(|one| one.as_obstacle("no group is found by its name"))?;
                let found = list
                    .resources()
                    .iter()
                    .find(|one| at(one, "id") == Some(&Value::from(group.id.as_str())));
                match found {
                    Some(found) if has(found, "members") => {
                        Err(Finding::broken("a group without members", outlined(Some(found))))
                    }
                    Some(_) => Ok(()),
                    None => Err(Finding::blocked(format!(
                        "the group is not found by its name: {}",
                        list.described()
                    ))),
                }
            },
        },
    ],
};

fn has(resource: &Value, path: &str) -> bool {
    at(resource, path).is_some_and(|value| !is_nothing(value))
}

/// The user that all checks read, as a list shows it with these parameters.
fn listed_with(cx: &mut Cx, parameters: &str) -> Result<Value, Finding> {
    need(cx, Kind::User, "displayName")?;
    let user = user::shared(cx)?;
    let path = user_name_query(&user.user_name);
    let whole = only_item(cx, &path, &user)?;
    if !has(&whole, "displayName") {
        return Err(Finding::blocked("a list shows no displayName that could be left out"));
    }
    only_item(cx, &format!("{path}&{parameters}"), &user)
}

/// Judges that an answer shows the userName and no displayName.
fn narrowed(answer: &Answer, obstacle: &str) -> Result<(), Finding> {
    answer.expect_success().map_err(|one| one.as_obstacle(obstacle))?;
    if answer.is_empty() {
        return Err(Finding::blocked("the answer has no body that could be narrowed"));
    }
    if shows(answer, "userName") && !shows(answer, "displayName") {
        return Ok(());
    }
    Err(Finding::broken("userName, and no displayName", outlined(answer.any_json())))
}

/// The answer to a PATCH that asks for the userName alone.
fn patched(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    need(cx, Kind::User, "displayName")?;
    cx.once("answer to a PATCH with attributes", |cx| {
        let body = user::new_body(cx)?;
        let user = user::create(cx, body)?;
        let operations = json!([{ "op": "replace", "path": "displayName", "value": "Bea Ox" }]);
        let body = json!({ "schemas": [PATCH_OP], "Operations": operations });
        let path = format!("{}?attributes=userName", user.path);
        let request = with_json(cx.request(Method::Patch, &path)?, body.to_string());
        cx.ask(&request)
    })
}

/// A group that shows its one member.
fn peopled(cx: &mut Cx) -> Result<Arc<group::Group>, Finding> {
    cx.once("group with a member", |cx| {
        // Membership shows in a user too: the one that all checks read stays out of it.
        let body = user::new_body(cx)?;
        let user = user::create(cx, body)?;
        let body = group::new_body(cx, &[&user.id]);
        let group = group::create(cx, body)?;
        let read = cx.get_when(&group.path, |read| shows(read, "members"))?;
        if group::members(&read).contains(&user.id.as_str()) {
            return Ok(group);
        }
        Err(Finding::broken("a group with its member", read.described()))
    })
}
