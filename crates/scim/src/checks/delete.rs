//! Deleting users: RFC 7644 section 3.6.

use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must};

use crate::answer::Answer;
use crate::user::{self, User};
use crate::verbs::Scim;

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
    ],
};

/// A user of its own, and the answer to its deletion.
fn deleted(cx: &mut Cx) -> Result<(User, Answer), Finding> {
    let user = user::own(cx)?;
    let answer = cx.delete(&user.path)?;
    Ok((user, answer))
}

/// A user that was deleted, for checks that look at what comes after.
fn gone(cx: &mut Cx) -> Result<User, Finding> {
    let (user, answer) = deleted(cx)?;
    if answer.is_success() {
        return Ok(user);
    }
    if answer.is_not_implemented() {
        // Okta deactivates and never deletes: many apps have no DELETE at all.
        return Err(Finding::NotOffered { what: format!("users cannot be deleted: {}", answer.described()) });
    }
    Err(Finding::blocked(format!("the user cannot be deleted: {}", answer.described())))
}
