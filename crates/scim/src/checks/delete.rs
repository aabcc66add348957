//! Deleting users: RFC 7644 section 3.6.

use std::sync::Arc;

use oinspect_core::Capability::{Filter, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::kind::Kind;
use crate::user::{self, User};
use crate::verbs::{Scim, remember_one, user_name_query, user_path};

pub(crate) static GROUP: Group = Group {
    id: "scim.delete",
    title: "Deleting users",
    tags: &["users", "delete"],
    alone: false,
    checks: &[
        Check {
            id: "scim.delete.answers-204",
            title: "Deleting a user answers 204",
            requirement: must(Rfc7644, "3.6", "a successful deletion is answered 204").entra(Level::Should),
            needs: &[],
            pitfall: "200 with the deleted user, or with a message.",
            fix: "Answer 204 without a body.",
            run: |cx| deleted(cx)?.1.expect_status(204).map(drop),
        },
        Check {
            id: "scim.delete.deleted-user-is-gone",
            title: "A deleted user is not found",
            requirement: must(Rfc7644, "3.6", "whatever is asked of a deleted resource is answered 404")
                .okta(Level::Should)
                .entra(Level::Must),
            needs: &[],
            pitfall: "The user is only marked, and reads do not look at the mark.",
            fix: "Answer 404 for a deleted user, however it is kept in the store.",
            run: |cx| {
                let user = gone(cx)?;
                let read = cx.get_when(&user.path, |read| read.status() == 404)?;
                read.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.delete.deleted-twice-is-404",
            title: "Deleting a user again is not found",
            requirement: must(Rfc7644, "3.6", "whatever is asked of a deleted resource is answered 404")
                .entra(Level::Should),
            needs: &[],
            pitfall: "The second deletion is answered 204 again, or fails with 500.",
            fix: "Answer 404 when no user has the id.",
            run: |cx| {
                let user = gone(cx)?;
                cx.delete(&user.path)?.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.delete.unknown-id-is-404",
            title: "Deleting a user that never was is not found",
            requirement: should(Rfc7644, "3.12", "a resource that does not exist is answered 404")
                .entra(Level::Should),
            needs: &[],
            pitfall: "The deletion of nothing succeeds in the database, and the server answers 204.",
            fix: "Answer 404 when no row was deleted.",
            run: |cx| {
                gone(cx)?;
                let known = user::shared(cx)?;
                let id = user::unknown_id(cx, &known.id);
                cx.delete(&user_path(&id))?.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.delete.deleted-user-is-not-found-by-a-filter",
            title: "A deleted user is in no search any more",
            requirement: must(Rfc7644, "3.6", "a deleted resource is left out of every later query")
                .okta(Level::Should)
                .entra(Level::Must),
            needs: &[Filter],
            pitfall: "The user is only marked, and searches do not look at the mark.",
            fix: "Leave deleted users out of /Users, with a filter and without.",
            run: |cx| {
                let user = user::own(cx)?;
                let query = user_name_query(&user.user_name);
                let lists = |found: &Answer| {
                    let id = Some(user.id.as_str());
                    found.resources().iter().any(|one| at(one, "id").and_then(Value::as_str) == id)
                };
                let before = cx.get_when(&query, lists)?;
                if !lists(&before) {
                    return Err(Finding::blocked("the user cannot be found while it is there"));
                }
                remove(cx, &user)?;
                let after = cx.get_when(&query, |found| !lists(found))?;
                if lists(&after) {
                    return Err(Finding::broken("no user of that id", after.described()));
                }
                Ok(())
            },
        },
        Check {
            id: "scim.delete.replacing-a-deleted-user-is-404",
            title: "Replacing a deleted user is not found",
            requirement: must(Rfc7644, "3.6", "whatever is asked of a deleted resource is answered 404")
                .entra(Level::Should),
            needs: &[],
            pitfall: "PUT finds the marked row and brings the user back to life.",
            fix: "Answer 404 to PUT of a deleted user.",
            run: |cx| {
                let user = user::own(cx)?;
                cx.put(&user.path, &user.sent)?
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("no user can be replaced"))?;
                remove(cx, &user)?;
                let answer = cx.put(&user.path, &user.sent)?;
                if answer.is_success() {
                    remember_one(cx, Kind::User, answer.text_at("id").unwrap_or(&user.id));
                }
                answer.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.delete.modifying-a-deleted-user-is-404",
            title: "Modifying a deleted user is not found",
            requirement: must(Rfc7644, "3.6", "whatever is asked of a deleted resource is answered 404")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "PATCH updates the marked row and answers 200, so that the client believes in the user.",
            fix: "Answer 404 to PATCH of a deleted user.",
            run: |cx| {
                let user = user::own(cx)?;
                let operations = json!([{ "op": "replace", "path": "displayName", "value": "Bea Ox" }]);
                cx.patch(&user.path, operations.clone())?
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("no user can be modified"))?;
                remove(cx, &user)?;
                let answer = cx.patch(&user.path, operations)?;
                if answer.is_success() {
                    remember_one(cx, Kind::User, &user.id);
                }
                answer.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.delete.user-name-is-free-again",
            title: "The userName of a deleted user is free again",
            requirement: should(
                Rfc7644,
                "3.6",
                "a deleted resource does not count when conflicts are looked for",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "The marked row still holds the name in the unique index.",
            fix: "Take deleted rows out of the unique index on userName.",
            run: |cx| {
                let again = made_again(cx)?;
                again.answer.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.delete.id-is-not-given-again",
            title: "The id of a deleted user is not given to another",
            requirement: must(Rfc7643, "3.1", "an id is never assigned to another resource"),
            needs: &[],
            pitfall: "Ids are made from userNames, or numbers are counted from what is there.",
            fix: "Make ids at random, or count in a sequence that never goes back.",
            run: |cx| {
                let again = made_again(cx)?;
                again
                    .answer
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("the name is not free"))?;
                match again.answer.text_at("id") {
                    Some(id) if id != again.deleted => Ok(()),
                    Some(id) => Err(Finding::broken("a new id", format!("the id {id} of the deleted user"))),
                    None => Err(Finding::blocked("the answer to the creation has no id")),
                }
            },
        },
    ],
};

/// What came of creating a user under the name of a deleted one.
#[derive(Debug)]
struct MadeAgain {
    /// The id of the one that was deleted.
    deleted: String,
    answer: Answer,
}

fn made_again(cx: &mut Cx) -> Result<Arc<MadeAgain>, Finding> {
    cx.once("user made again after its deletion", |cx| {
        let user = gone(cx)?;
        let answer = cx.post_user(&user.sent)?;
        Ok(MadeAgain { deleted: user.id, answer })
    })
}

/// A user of its own, and the answer to its deletion.
fn deleted(cx: &mut Cx) -> Result<(User, Answer), Finding> {
    let user = user::own(cx)?;
    let answer = cx.delete(&user.path)?;
    Ok((user, answer))
}

/// A user that was deleted, for checks that look at what comes after.
fn gone(cx: &mut Cx) -> Result<User, Finding> {
    let (user, answer) = deleted(cx)?;
    removed(&answer).map(|()| user)
}

/// Deletes a user, for checks that look at what comes after.
fn remove(cx: &mut Cx, user: &User) -> Result<(), Finding> {
    let answer = cx.delete(&user.path)?;
    removed(&answer)
}

fn removed(answer: &Answer) -> Result<(), Finding> {
    if answer.is_success() {
        return Ok(());
    }
    if answer.is_not_implemented() {
        // Okta deactivates and never deletes: many apps have no DELETE at all.
        return Err(Finding::NotOffered { what: format!("users cannot be deleted: {}", answer.described()) });
    }
    Err(Finding::blocked(format!("the user cannot be deleted: {}", answer.described())))
}
