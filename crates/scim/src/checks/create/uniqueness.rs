//! One userName, one user, whoever asks how often: RFC 7643 section 4.1.1, RFC 7644 section 3.3.

use std::sync::Arc;

use oinspect_core::Capability::{Active, Filter, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must};
use serde_json::{Value, json};

use crate::answer::{Answer, at, shown};
use crate::kind::Kind;
use crate::user::{self, User};
use crate::verbs::{Scim, remember_one, user_name_query};

pub(crate) static GROUP: Group = Group {
    id: "scim.uniqueness",
    title: "One user for one userName",
    tags: &["users", "create", "uniqueness"],
    alone: false,
    checks: &[
        Check {
            id: "scim.uniqueness.repeated-creation-makes-no-second-user",
            title: "A creation that is sent again makes no second user",
            requirement: must(Rfc7643, "4.1.1", "userName is unique among all users").okta(Level::Must),
            needs: &[Filter],
            pitfall: "The second user is stored and the conflict is noticed after it: Okta repeats what got no answer.",
            fix: "Store nothing when POST /Users is answered 409: do all of it in one transaction.",
            run: |cx| {
                let taken = repeated(cx)?;
                let found = cx.get_when(&user_name_query(&taken.user.user_name), |found| {
                    !found.resources().is_empty()
                })?;
                found
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("the user cannot be searched"))?;
                let same = |one: &&Value| {
                    let name = at(one, "userName").and_then(Value::as_str);
                    name.is_some_and(|name| name.eq_ignore_ascii_case(&taken.user.user_name))
                };
                let ids: Vec<&str> =
                    found.resources().iter().filter(same).filter_map(|one| at(one, "id")?.as_str()).collect();
                for id in ids.iter().filter(|id| **id != taken.user.id) {
                    remember_one(cx, Kind::User, id);
                }
                match ids.len() {
                    0 => Err(Finding::blocked("the user cannot be found by its userName")),
                    1 => Ok(()),
                    many => Err(Finding::broken("1 user of that name", format!("{many} users"))),
                }
            },
        },
        Check {
            id: "scim.uniqueness.conflict-changes-nothing",
            title: "A creation that conflicts leaves the other user as it was",
            requirement: must(
                Rfc7644,
                "3.3",
                "a creation that conflicts is refused: it creates and changes nothing",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "POST is an upsert: the user who has the name gets the new one's attributes.",
            fix: "Insert only in POST /Users, and leave what is there alone.",
            run: |cx| {
                let taken = repeated(cx)?;
                let read = cx.get_when(&taken.user.path, Answer::is_success)?;
                read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
                match read.text_at("displayName") {
                    Some("Bea Fox") => {
                        Err(Finding::broken("displayName \"Ann Ox\", as before", "\"Bea Fox\""))
                    }
                    Some(_) => Ok(()),
                    None => Err(Finding::blocked("the user's displayName is not shown")),
                }
            },
        },
        Check {
            id: "scim.uniqueness.deactivated-user-is-not-taken-over",
            title: "Creating a user anew after its deactivation does not hand out its account",
            requirement: must(
                Rfc7643,
                "3.1",
                "an id stands for one resource for ever and is never assigned to another",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Active],
            pitfall: "POST finds the deactivated account by its name, revives it and answers 201 with its id.",
            fix: "Answer 409 as long as the name is held, or make a new account with an id of its own.",
            run: |cx| {
                let left = user::own(cx)?;
                deactivate(cx, &left)?;
                let again = cx.post_user(&left.sent)?;
                match again.text_at("id") {
                    _ if again.is_refusal() => Ok(()),
                    Some(id) if again.is_success() && id != left.id => Ok(()),
                    _ => Err(Finding::broken("status 409, or an id of its own", again.described())),
                }
            },
        },
        Check {
            id: "scim.uniqueness.shared-external-id-is-answered",
            title: "A second user of one externalId does not make the server fail",
            requirement: may(
                Rfc7643,
                "3.1",
                "the client sees to it that an externalId is unique; the server need not enforce it",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "A unique index on externalId, whose exception nobody catches.",
            fix: "Accept the second user, or answer 409 with scimType uniqueness.",
            run: |cx| {
                let external = json!({ "externalId": cx.name() });
                let first = user::with(cx, &external)?;
                let mut body = user::new_body(cx)?;
                body["externalId"] = first.sent["externalId"].clone();
                let second = cx.post_user(&body)?;
                if second.is_success() || second.is_refusal() {
                    return Ok(());
                }
                Err(Finding::broken("status 201 or 409", second.described()))
            },
        },
    ],
};

/// A user whose creation was sent a second time, with other attributes.
#[derive(Debug)]
struct Repeated {
    user: User,
}

fn repeated(cx: &mut Cx) -> Result<Arc<Repeated>, Finding> {
    cx.once("user whose creation was sent again", |cx| {
        let body = user::new_body(cx)?;
        let user = user::create(cx, body)?;
        let mut body = user.sent.clone();
        body["displayName"] = json!("Bea Fox");
        cx.post_user(&body)?;
        Ok(Repeated { user })
    })
}

fn deactivate(cx: &mut Cx, user: &User) -> Result<(), Finding> {
    let answer = if cx.offers(Patch) {
        cx.patch(&user.path, json!([{ "op": "replace", "path": "active", "value": false }]))?
    } else {
        let mut body = user.sent.clone();
        body["active"] = Value::Bool(false);
        cx.put(&user.path, &body)?
    };
    answer.expect_success().map_err(|finding| finding.as_obstacle("no user can be deactivated"))?;
    match answer.at("active") {
        Some(Value::Bool(true)) => {
            Err(Finding::blocked(format!("the user stays active: {}", shown(answer.at("active")))))
        }
        _ => Ok(()),
    }
}
