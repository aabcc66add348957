//! Reading one user, and how errors look: RFC 7644 sections 3.4.1 and 3.12.

use std::sync::Arc;

use oinspect_core::Capability::{Active, Filter};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must, okta_demands, should};
use serde_json::Value;

use crate::answer::{Answer, at, shown};
use crate::checks::auth::scim_error;
use crate::checks::create::{addresses, other_case};
use crate::user;
use crate::verbs::{Scim, user_name_query, user_path};

/// What has to be the same when a user is read again.
const KEPT: [&str; 7] =
    ["id", "userName", "externalId", "displayName", "name.givenName", "name.familyName", "active"];

pub(crate) static GROUP: Group = Group {
    id: "scim.read",
    title: "Reading users",
    tags: &["users", "read"],
    alone: false,
    checks: &[
        Check {
            id: "scim.read.returns-what-was-created",
            title: "A user is read as it was created",
            requirement: must(Rfc7644, "3.4.1", "a known resource is answered 200 with its representation")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "Lists, single reads and creations each build the representation in a place of their own.",
            fix: "Build the representation of a user in one place, for every endpoint.",
            run: |cx| {
                let user = user::shared(cx)?;
                let read = cx.get_when(&user.path, Answer::is_success)?;
                read.expect_status(200)?.json()?;
                let created = user.answer.any_json().unwrap_or(&user.sent);
                same_user(created, &read)
            },
        },
        Check {
            id: "scim.read.deactivated-user-is-readable",
            title: "A deactivated user can still be read",
            requirement: okta_demands(
                "Deactivate user",
                "a deactivated user stays readable, with active false",
            ),
            needs: &[Active],
            pitfall: "Inactive users are treated as deleted and answered 404, so that Okta creates them anew.",
            fix: "Keep inactive users visible to SCIM; 404 is for deleted ones.",
            run: |cx| {
                let user = user::deactivated(cx)?;
                let read = cx.get_when(&user.path, |read| read.at("active") == Some(&Value::Bool(false)))?;
                read.expect_status(200)?;
                match read.text_at("id") {
                    Some(id) if id == user.id => Ok(()),
                    _ => Err(Finding::broken(format!("the user {}", user.id), read.described())),
                }
            },
        },
        Check {
            id: "scim.read.unknown-id-is-404",
            title: "A user that does not exist is not found",
            requirement: should(Rfc7644, "3.12", "a resource that does not exist is answered 404")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "The lookup fails with an exception, or an empty answer is sent with 200.",
            fix: "Answer 404 with a SCIM error when no user has the id.",
            run: |cx| not_found(cx)?.expect_status(404).map(drop),
        },
        Check {
            id: "scim.read.error-is-a-scim-error",
            title: "An error has a SCIM error as its body",
            requirement: must(
                Rfc7644,
                "3.12",
                "an error has a JSON body of the Error schema that repeats the status",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[],
            pitfall: "The framework's own error page is sent.",
            fix: "Answer every error with `schemas`, `status` (a string) and `detail`, as application/scim+json.",
            run: |cx| scim_error(&*error(cx)?),
        },
        Check {
            id: "scim.read.id-is-compared-exactly",
            title: "An id in another case is not found",
            requirement: must(Rfc7643, "3.1", "the id is compared with case"),
            needs: &[],
            pitfall: "The database compares texts without case, so that two spellings of an id mean one user.",
            fix: "Give the column of the ids a binary collation, and answer 404 for the other spelling.",
            run: |cx| {
                let user = user::shared(cx)?;
                let other = other_case(&user.id);
                if other == user.id {
                    cx.note("the server's ids have no letters, and so no case");
                    return Ok(());
                }
                let answer = cx.get(&user_path(&other))?;
                if answer.is_refusal() {
                    return Ok(());
                }
                answer
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("an unknown id is not refused"))?;
                Err(Finding::broken("status 404", answer.described()))
            },
        },
        Check {
            id: "scim.read.reading-changes-nothing",
            title: "Reading a user does not change it",
            requirement: must(Rfc7643, "3.1", "lastModified is when the resource was last changed")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Each access is counted in the user's row, which a trigger then dates anew.",
            fix: "Change meta.lastModified and meta.version only when an attribute changes.",
            run: |cx| {
                let user = user::shared(cx)?;
                let first = cx.get_when(&user.path, Answer::is_success)?;
                first.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
                let second = cx.get(&user.path)?;
                for path in ["meta.lastModified", "meta.version"] {
                    let (was, is) = (first.at(path), second.at(path));
                    if was != is {
                        return Err(Finding::broken(
                            format!("{path} {}, as before", shown(was)),
                            format!("{path} {}", shown(is)),
                        ));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.read.user-name-keeps-its-case",
            title: "A userName is shown in the case in which it was sent",
            requirement: may(
                Rfc7643,
                "7",
                "a server may change the case of a value that is compared without it",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "The name is folded for the unique index, and the folded copy is all that is stored.",
            fix: "Store userName as it was sent, and compare a folded copy.",
            run: |cx| {
                let mut body = user::new_body(cx)?;
                let sent = capitalised(at(&body, "userName").and_then(Value::as_str).unwrap_or_default());
                body["userName"] = Value::from(sent.as_str());
                let user =
                    user::create(cx, body).map_err(|finding| finding.as_obstacle("no user in capitals"))?;
                let read = cx.get_when(&user.path, Answer::is_success)?;
                read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
                match read.text_at("userName") {
                    Some(kept) if kept == sent => Ok(()),
                    kept => Err(Finding::broken(format!("userName {sent}"), kept.unwrap_or("none"))),
                }
            },
        },
        Check {
            id: "scim.read.created-user-is-found",
            title: "A user that was looked for in vain is found once it is there",
            requirement: must(Rfc7644, "3.4.2.2", "a query returns the resources that match its filter")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Filter],
            pitfall: "The empty answer is kept in a cache: Okta asks, creates, and asks again.",
            fix: "Do not cache answers to filters, or forget them when a user is created.",
            run: |cx| {
                let body = user::new_body(cx)?;
                let query =
                    user_name_query(at(&body, "userName").and_then(Value::as_str).unwrap_or_default());
                cx.get(&query)?;
                let user = user::create(cx, body).map_err(|finding| finding.as_obstacle("no user"))?;
                let is_there = |found: &Answer| {
                    let id = Some(user.id.as_str());
                    found.resources().iter().any(|one| at(one, "id").and_then(Value::as_str) == id)
                };
                let found = cx.get_when(&query, is_there)?;
                if is_there(&found) {
                    return Ok(());
                }
                Err(Finding::broken(format!("the user {}", user.id), found.described()))
            },
        },
        Check {
            id: "scim.read.error-status-is-a-string",
            title: "The status in an error's body is a string",
            requirement: must(Rfc7644, "3.12", "the body repeats the status code as a JSON string"),
            needs: &[],
            pitfall: "The number is serialised as a number.",
            fix: "Write `\"status\": \"404\"`, with quotes.",
            run: |cx| {
                let error = error(cx)?;
                match error.at("status") {
                    Some(Value::String(_)) => Ok(()),
                    None => Err(Finding::blocked("the error's body has no status at all")),
                    status => Err(Finding::broken("a string", shown(status))),
                }
            },
        },
    ],
};

/// The answer to an id that no user has.
pub(crate) fn not_found(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let known = user::shared(cx)?;
    cx.once("answer to an unknown id", |cx| {
        let id = user::unknown_id(cx, &known.id);
        cx.get(&user_path(&id))
    })
}

/// An error answer of any kind, to look at its form.
fn error(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let answer = not_found(cx)?;
    if answer.status() < 400 {
        return Err(Finding::blocked(format!("an unknown id is no error: {}", answer.described())));
    }
    Ok(answer)
}

/// Compares attribute by attribute; what only one side has in other spellings or order does not count.
fn same_user(created: &Value, read: &Answer) -> Result<(), Finding> {
    for path in KEPT {
        let (was, is) = (at(created, path).filter(|was| !was.is_null()), read.at(path));
        if was.is_some() && was != is {
            return Err(Finding::broken(format!("{path} {}", shown(was)), format!("{path} {}", shown(is))));
        }
    }
    let (was, is) = (addresses(at(created, "emails")), addresses(read.at("emails")));
    if was.iter().all(|address| is.contains(address)) {
        return Ok(());
    }
    Err(Finding::broken(format!("emails with {}", was.join(", ")), shown(read.at("emails"))))
}

/// The first letter in upper case: a name that people write so.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
