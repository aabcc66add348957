//! What a PUT of a user leaves alone, and what it refuses: RFC 7644 section 3.5.1.

use std::sync::Arc;

use oinspect_core::Capability::Groups;
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::{Value, json};

use super::{replaced, replacing};
use crate::answer::{Answer, shown};
use crate::checks::patch::expect_scim_type;
use crate::checks::patch::whole::expect_advanced;
use crate::compare::{differs, is_nothing};
use crate::keeping::{SECOND, is_whole, moment, same_moment};
use crate::kind::Kind;
use crate::schema::need;
use crate::user;
use crate::verbs::{Scim, let_settle};

pub(crate) static GROUP: Group = Group {
    id: "scim.replace-limits",
    title: "What a PUT of a user leaves alone or refuses",
    tags: &["users", "put"],
    alone: false,
    checks: &[
        Check {
            id: "scim.replace-limits.other-id-changes-nothing",
            title: "Another id in the body of a PUT does not change the user's id",
            requirement: must(Rfc7644, "3.5.1", "a read-only value that is sent does not take effect"),
            needs: &[],
            pitfall: "The user has a new id afterwards, and every link to the account is dead.",
            fix: "Take the id from the path, and never look at that of the body.",
            run: |cx| {
                let user = replacing(cx)?;
                let mut body = user.sent.clone();
                body["id"] = Value::from(user::unknown_id(cx, &user.id));
                // The RFC has an example that refuses it, too.
                let answer = cx.put(&user.path, &body)?;
                if !answer.is_refusal() {
                    answer.expect_success()?;
                }
                let same = |read: &Answer| read.text_at("id") == Some(&user.id);
                let read = cx.get_when(&user.path, same)?;
                if same(&read) {
                    return Ok(());
                }
                Err(Finding::broken(format!("the user {}", user.id), read.described()))
            },
        },
        Check {
            id: "scim.replace-limits.sent-meta-is-ignored",
            title: "A moment of creation in the body of a PUT is ignored",
            requirement: must(Rfc7643, "3.1", "`meta` is ignored when a client sends it").okta(Level::Should),
            needs: &[],
            pitfall: "`meta` is stored as it was sent.",
            fix: "Drop `meta` from the body of every request.",
            run: |cx| {
                let user = user::own(cx)?;
                let mut body = user.sent.clone();
                body["meta"] = json!({ "created": "2001-01-01T00:00:00Z", "resourceType": "User" });
                cx.put(&user.path, &body)?.expect_success()?;
                let_settle(cx)?;
                let created = moment(&cx.get(&user.path)?, "meta.created")?;
                if created.as_second() > 1_000_000_000 {
                    return Ok(());
                }
                Err(Finding::broken("the moment of creation", format!("created {created}, as it was sent")))
            },
        },
        Check {
            id: "scim.replace-limits.sent-groups-are-ignored",
            title: "Groups in the body of a PUT are ignored",
            requirement: must(Rfc7644, "3.5.1", "`groups` is read-only, and what is sent for it is ignored")
                .okta(Level::Must),
            needs: &[Groups],
            pitfall: "400, so that Okta cannot update anybody; or the user gets into groups this way.",
            fix: "Ignore `groups` in the body of a PUT.",
            run: |cx| {
                let user = user::own(cx)?;
                let mut body = user.sent.clone();
                body["groups"] = json!([{ "value": "oinspect", "display": "oinspect" }]);
                let answer = cx.put(&user.path, &body)?;
                if answer.is_refusal() {
                    // What no schema knows may be refused.
                    need(cx, Kind::User, "groups")?;
                }
                answer.expect_success()?;
                let_settle(cx)?;
                let read = cx.get(&user.path)?;
                let groups = read.at("groups").filter(|groups| !is_nothing(groups));
                if groups.is_some_and(|groups| groups.to_string().contains("\"oinspect\"")) {
                    return Err(Finding::broken(
                        "no group of that name",
                        format!("groups {}", shown(groups)),
                    ));
                }
                Ok(())
            },
        },
        Check {
            id: "scim.replace-limits.created-is-kept",
            title: "A PUT leaves the moment of creation as it was",
            requirement: must(Rfc7643, "3.1", "created is the moment at which the resource was added"),
            needs: &[],
            pitfall: "The user is deleted and inserted again inside, with a new date.",
            fix: "Set `meta.created` once, when the user is created.",
            run: |cx| {
                let user = user::own(cx)?;
                let before = moment(&cx.get_when(&user.path, Answer::is_success)?, "meta.created")?;
                if is_whole(before) {
                    cx.pause(SECOND);
                }
                let (_, read) = replaced(cx, &user, user.sent.clone())?;
                let after = moment(&read, "meta.created")?;
                if same_moment(before, after) {
                    return Ok(());
                }
                Err(Finding::broken(format!("created {before}"), format!("created {after}")))
            },
        },
        Check {
            id: "scim.replace-limits.last-modified-advances",
            title: "A PUT that changes a user advances lastModified",
            requirement: must(Rfc7643, "3.1", "lastModified is the moment of the latest change"),
            needs: &[],
            pitfall: "`meta.lastModified` is set at creation and never again, or only by PATCH.",
            fix: "Set `meta.lastModified` whenever a PUT has changed something.",
            run: |cx| {
                let user = user::own(cx)?;
                let new = cx.get_when(&user.path, Answer::is_success)?;
                if is_whole(moment(&new, "meta.lastModified")?) {
                    cx.pause(SECOND);
                }
                let (_, read) = replaced(cx, &user, user.sent.clone())?;
                expect_advanced(&new, &read)
            },
        },
        Check {
            id: "scim.replace-limits.same-body-twice-is-the-same-user",
            title: "The same PUT sent twice leaves the same user",
            requirement: must(Rfc7644, "3.5.1", "values that are there already are replaced by themselves")
                .okta(Level::Should),
            needs: &[],
            pitfall: "Lists grow with each repetition: Okta sends everything with every change.",
            fix: "Replace lists; do not insert rows beside those that are there.",
            run: |cx| {
                let user = user::own(cx)?;
                let (_, once) = replaced(cx, &user, user.sent.clone())?;
                let (_, twice) = replaced(cx, &user, user.sent.clone())?;
                let count = |read: &Answer| read.at("emails").and_then(Value::as_array).map_or(0, Vec::len);
                let (Some(one), Some(other)) = (once.any_json(), twice.any_json()) else {
                    return Err(Finding::blocked("the user cannot be read"));
                };
                match differs(one, other, &["meta"]) {
                    Some(difference) => Err(Finding::broken("the user as after the first PUT", difference)),
                    None if count(&once) == count(&twice) => Ok(()),
                    None => Err(Finding::broken(
                        format!("{} e-mail addresses", count(&once)),
                        format!("{}", count(&twice)),
                    )),
                }
            },
        },
        Check {
            id: "scim.replace-limits.missing-user-name-is-refused",
            title: "A PUT without a userName is refused",
            requirement: should(Rfc7644, "3.12", "a body that lacks a required attribute is answered 400"),
            needs: &[],
            pitfall: "The account loses its name, or the database fails with 500.",
            fix: "Answer 400 with scimType invalidValue when a required attribute is missing.",
            run: |cx| {
                let user = replacing(cx)?;
                let mut body = user.sent.clone();
                if let Some(members) = body.as_object_mut() {
                    members.shift_remove("userName");
                }
                cx.put(&user.path, &body)?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.replace-limits.wrong-type-is-refused",
            title: "A PUT with a value of the wrong type is refused",
            requirement: should(Rfc7644, "3.12", "a body that violates the schema is answered 400"),
            needs: &[],
            pitfall: "The name is lost, because it is no object; or the code that reads it fails with 500.",
            fix: "Answer 400 with scimType invalidValue when a value has not the type of its attribute.",
            run: |cx| {
                let user = replacing(cx)?;
                let mut body = user.sent.clone();
                body["name"] = Value::from("oinspect");
                cx.put(&user.path, &body)?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.replace-limits.taken-user-name-is-refused",
            title: "A PUT with the userName of another user is refused",
            requirement: must(Rfc7643, "4.1.1", "a userName is unique")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Uniqueness is only looked at when a user is created; or the constraint fails with 500.",
            fix: "Answer 409 with scimType uniqueness when a PUT would give a user the name of another.",
            run: |cx| {
                let answer = take_name(cx)?;
                answer.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.replace-limits.taken-user-name-says-uniqueness",
            title: "The refusal of a PUT with a taken userName says uniqueness",
            requirement: should(Rfc7644, "3.12", "the scimType is uniqueness where a value is in use")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "A 409 or 400 without scimType, so that the client cannot tell why.",
            fix: "Set scimType to uniqueness.",
            run: |cx| {
                let answer = take_name(cx)?;
                answer.expect_refusal().map_err(|finding| finding.as_obstacle("it is not refused"))?;
                expect_scim_type(&answer, "uniqueness")
            },
        },
    ],
};

/// The answer to a PUT with the userName of another user.
fn take_name(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    cx.once("answer to a PUT with a userName that another user has", |cx| {
        let user = replacing(cx)?;
        let taken = user::own(cx)?;
        let mut body = user.sent.clone();
        body["userName"] = Value::from(taken.user_name.as_str());
        let answer = cx.put(&user.path, &body)?;
        // Who leaves every userName as it is has given nobody a name that is taken.
        let kept =
            answer.text_at("userName").is_some_and(|name| !name.eq_ignore_ascii_case(&taken.user_name));
        if answer.is_success() && kept {
            return Err(Finding::blocked("a PUT does not change a userName"));
        }
        Ok(answer)
    })
}
