//! The life of a user in SCIM 1.1: its protocol's sections 3.1 to 3.3.

use oinspect_core::Capability::Patch;
use oinspect_core::Document::Scim11;
use oinspect_core::{Check, Cx, Finding, Group, Level, must, okta_demands};
use serde_json::{Value, json};

use super::resource::{Resource, new_user, own_user};
use super::verbs::{get, get_when, patch, post, put};
use crate::answer::{Answer, shown};
use crate::compare::lost;
use crate::kind::Kind;

pub(super) static GROUP: Group = Group {
    id: "scim11.users",
    title: "SCIM 1.1: the life of a user",
    tags: &["users"],
    alone: false,
    checks: &[
        Check {
            id: "scim11.users.create-answers-201-with-the-id",
            title: "A new user is answered 201 with its id",
            requirement: must(
                Scim11,
                "3.1",
                "a creation is answered 201 with the new resource, which has an id",
            )
            .okta(Level::Must),
            needs: &[],
            pitfall: "The answer to POST /Users is empty, and Okta says that it got an empty user.",
            fix: "Answer POST /Users with 201 and the whole user, including the `id` that you gave it.",
            run: |cx| {
                let body = new_user(cx)?;
                let answer = post(cx, Kind::User, &body)?;
                answer.expect_status(201)?.json()?;
                match answer.text_at("id") {
                    Some(id) if !id.is_empty() => Ok(()),
                    Some(_) | None => Err(Finding::broken("the new user's id", answer.described())),
                }
            },
        },
        Check {
            id: "scim11.users.duplicate-user-name-is-409",
            title: "A second user of the same userName is refused with 409",
            requirement: must(Scim11, "3.1", "a creation that conflicts with what exists is answered 409")
                .okta(Level::Must),
            needs: &[],
            pitfall: "The conflict is answered 400 or 500, or a second account is made.",
            fix: "Answer POST /Users with 409 when another user has the userName.",
            run: |cx| {
                let user = own_user(cx)?;
                post(cx, Kind::User, &user.sent)?.expect_status(409).map(drop)
            },
        },
        Check {
            id: "scim11.users.returns-what-was-created",
            title: "Reading a user returns what its creation answered",
            requirement: must(Scim11, "3.2.1", "a known resource is read by its id, and shown whole")
                .okta(Level::Must),
            needs: &[],
            pitfall: "Reading one user goes through other code than creating it and leaves attributes out.",
            fix: "Build the answers of POST /Users and GET /Users/{id} with the same function.",
            run: |cx| {
                let user = own_user(cx)?;
                let read = get_when(cx, &user.path, |read| read.status() == 200)?;
                read.expect_status(200)?.json()?;
                match lost(&without_metadata(&user.answer), read.any_json()) {
                    Some(difference) => Err(Finding::broken("the user that was created", difference)),
                    None => Ok(()),
                }
            },
        },
        Check {
            id: "scim11.users.put-replaces",
            title: "PUT changes the user to what was sent",
            requirement: must(Scim11, "3.3.1", "PUT replaces the resource and answers 200 with all of it")
                .okta(Level::Must),
            needs: &[],
            pitfall: "PUT is answered 200 before anything is stored, or refuses `id` and `meta`, which Okta \
                      sends back as it read them.",
            fix: "Store every writable attribute of PUT /Users/{id}, and ignore the others.",
            run: |cx| {
                let user = own_user(cx)?;
                let mut body = readable(cx, &user)?;
                body["name"] = json!({ "givenName": "Ann", "familyName": "Elk" });
                put(cx, &user.path, &body)?.expect_status(200)?;
                let is_elk = |read: &Answer| read.text_at("name.familyName") == Some("Elk");
                let read = get_when(cx, &user.path, is_elk)?;
                if is_elk(&read) {
                    return Ok(());
                }
                Err(Finding::broken("the familyName \"Elk\"", shown(read.at("name"))))
            },
        },
        Check {
            id: "scim11.users.patch-deactivates",
            title: "PATCH with active false deactivates a user",
            requirement: must(
                Scim11,
                "3.3.2",
                "the body of a PATCH is the part of the resource that changes",
            )
            .okta(Level::Must),
            needs: &[Patch],
            pitfall: "PATCH is understood as SCIM 2.0 has it, with operations, and a part of a user is \
                      answered 200 and forgotten.",
            fix: "Take every attribute in the body of PATCH /Users/{id} for its new value.",
            run: |cx| {
                let user = own_user(cx)?;
                patch(cx, &user.path, json!({ "id": user.id, "active": false }))?;
                let read = get_when(cx, &user.path, is_inactive)?;
                match read.status() {
                    _ if is_inactive(&read) => Ok(()),
                    404 => Err(Finding::blocked("the deactivated user cannot be read any more")),
                    _ => Err(Finding::broken("active false", format!("active {}", shown(read.at("active"))))),
                }
            },
        },
        Check {
            id: "scim11.users.patch-leaves-the-rest",
            title: "PATCH leaves what its body does not name",
            requirement: must(Scim11, "3.3.2", "attributes that a PATCH does not name stay as they are")
                .okta(Level::Must),
            needs: &[Patch],
            pitfall: "The part of a user is taken for the whole, and a deactivation clears name and e-mail.",
            fix: "Change only the attributes that are in the body of PATCH /Users/{id}.",
            run: |cx| {
                let user = own_user(cx)?;
                let mut before = readable(cx, &user)?;
                patch(cx, &user.path, json!({ "id": user.id, "displayName": "Bea Ox" }))
                    .map_err(|finding| finding.as_obstacle("the displayName could not be patched"))?;
                let is_bea = |read: &Answer| read.text_at("displayName") == Some("Bea Ox");
                let read = get_when(cx, &user.path, is_bea)?;
                if !is_bea(&read) {
                    return Err(Finding::blocked("a PATCH of displayName changed nothing that can be seen"));
                }
                before["displayName"] = Value::Null;
                match lost(&before, read.any_json()) {
                    Some(difference) => Err(Finding::broken("everything else as it was", difference)),
                    None => Ok(()),
                }
            },
        },
        Check {
            id: "scim11.users.deactivated-user-is-readable",
            title: "A deactivated user of SCIM 1.1 can still be read",
            requirement: okta_demands(
                "Deactivate user",
                "a deactivated user stays readable, with active false",
            ),
            needs: &[],
            pitfall: "Inactive users are treated as deleted and answered 404, so that Okta creates them anew.",
            fix: "Keep inactive users visible under GET /Users/{id}; 404 is for deleted ones.",
            run: |cx| {
                let user = own_user(cx)?;
                deactivate(cx, &user)
                    .map_err(|finding| finding.as_obstacle("nobody could be deactivated"))?;
                let read = get_when(cx, &user.path, is_inactive)?;
                read.expect_status(200)?;
                if is_inactive(&read) {
                    return Ok(());
                }
                Err(Finding::blocked("the user did not become inactive"))
            },
        },
    ],
};

fn is_inactive(read: &Answer) -> bool {
    read.at("active") == Some(&Value::Bool(false))
}

/// The user as the server shows it, to be changed and sent back.
fn readable(cx: &mut Cx, user: &Resource) -> Result<Value, Finding> {
    let read = get_when(cx, &user.path, |read| read.status() == 200)?;
    let shown = read.expect_status(200).map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
    match shown.any_json() {
        Some(Value::Object(members)) => {
            // What the server writes by itself changes with every change.
            let kept = members.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("meta"));
            Ok(Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect()))
        }
        Some(_) | None => Err(Finding::blocked("the user is not shown as a JSON object")),
    }
}

fn deactivate(cx: &mut Cx, user: &Resource) -> Result<(), Finding> {
    if cx.offers(Patch) {
        return patch(cx, &user.path, json!({ "id": user.id, "active": false }));
    }
    let mut body = match get(cx, &user.path)?.json()? {
        body @ Value::Object(_) => body.clone(),
        _ => user.sent.clone(),
    };
    body["active"] = json!(false);
    put(cx, &user.path, &body)?.expect_success().map(drop)
}

/// What a creation answered, without what changes or is never shown again.
fn without_metadata(answer: &Answer) -> Value {
    let mut shown = answer.any_json().cloned().unwrap_or_default();
    if let Value::Object(members) = &mut shown {
        members.retain(|name, _| !["meta", "password"].iter().any(|own| name.eq_ignore_ascii_case(own)));
    }
    shown
}
