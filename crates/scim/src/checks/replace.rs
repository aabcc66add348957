//! Replacing users: RFC 7644 section 3.5.1.

pub(crate) mod limits;
pub(crate) mod values;

use oinspect_core::Capability::Active;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use serde_json::Value;

use crate::answer::{Answer, shown};
use crate::user::{self, User};
use crate::verbs::{Scim, is_ours, user_path};

pub(crate) static GROUP: Group = Group {
    id: "scim.replace",
    title: "Replacing users with PUT",
    tags: &["users", "put"],
    alone: false,
    checks: &[
        Check {
            id: "scim.replace.new-values-are-kept",
            title: "Replacing a user changes what is read afterwards",
            requirement: must(Rfc7644, "3.5.1", "the values sent replace the values stored")
                .okta(Level::Must)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The answer is built from the request, and the store is never written.",
            fix: "Store the new values before answering, and answer with what was stored.",
            run: |cx| {
                let user = user::own(cx)?;
                let mut body = user.sent.clone();
                body["name"]["givenName"] = Value::from("Bea");
                cx.put(&user.path, &body)?.expect_success()?;
                let changed = |read: &Answer| read.text_at("name.givenName") == Some("Bea");
                let read = cx.get_when(&user.path, changed)?;
                if changed(&read) {
                    return Ok(());
                }
                Err(Finding::broken("name.givenName \"Bea\"", shown(read.at("name"))))
            },
        },
        Check {
            id: "scim.replace.own-representation-is-accepted",
            title: "A user as the server shows it can be put back",
            requirement: must(Rfc7644, "3.5.1", "read-only values in a replacement are ignored, not refused")
                .okta(Level::Must)
                .entra(Level::Should),
            needs: &[],
            pitfall: "`id`, `meta` or `groups` in the body are refused; Okta always sends back what it read.",
            fix: "Ignore read-only and unknown attributes in the body of a PUT.",
            run: |cx| {
                let user = user::own(cx)?;
                let body = echo(cx, &user)?;
                cx.put(&user.path, &body)?.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.replace.unknown-id-is-404",
            title: "Replacing a user that does not exist creates none",
            requirement: must(Rfc7644, "3.5.1", "PUT never creates a resource").okta(Level::Should),
            needs: &[],
            pitfall: "An upsert: the client's URL becomes the new user's id.",
            fix: "Answer 404 when no user has the id.",
            run: |cx| {
                let known = user::shared(cx)?;
                let id = user::unknown_id(cx, &known.id);
                let body = user::new_body(cx)?;
                let answer = cx.put(&user_path(&id), &body)?;
                if answer.is_success() {
                    let created = answer.text_at("id").unwrap_or(&id).to_owned();
                    if is_ours(cx, &answer) {
                        cx.delete(&user_path(&created))?;
                    }
                    return Err(Finding::broken("status 404", answer.described()));
                }
                answer.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.replace.deactivates",
            title: "Replacing a user with active false deactivates it",
            requirement: must(
                Rfc7644,
                "3.5.1",
                "the values sent replace the values stored, `active` among them",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[Active],
            pitfall: "`active` is only read at creation, or only from PATCH.",
            fix: "Treat `active` as any other attribute of a PUT: Okta's wizard-made apps deactivate this way.",
            run: |cx| {
                let user = user::own(cx)?;
                let mut body = user.sent.clone();
                body["active"] = Value::Bool(false);
                cx.put(&user.path, &body)?.expect_success()?;
                user::expect_inactive(cx, &user)
            },
        },
    ],
};

/// The user as the server shows it.
fn echo(cx: &mut Cx, user: &User) -> Result<Value, Finding> {
    let read = cx.get_when(&user.path, Answer::is_success)?;
    let body = read.json().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
    if !read.is_success() {
        return Err(Finding::blocked(format!("the user cannot be read: {}", read.described())));
    }
    Ok(body.clone())
}

/// Replaces a user by this body with another given name, which shows whether the PUT was stored at all;
/// the answer, and a read after it.
///
/// # Errors
/// Blocked, where the PUT is refused or not stored: that is for checks of its own.
fn replaced(cx: &mut Cx, user: &User, mut body: Value) -> Result<(Answer, Answer), Finding> {
    body["name"]["givenName"] = Value::from("Bea");
    let answer = cx.put(&user.path, &body)?;
    answer.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be replaced"))?;
    let stored = |read: &Answer| read.text_at("name.givenName") == Some("Bea");
    let read = cx.get_when(&user.path, stored)?;
    if stored(&read) {
        return Ok((answer, read));
    }
    Err(Finding::blocked(format!("the PUT was not stored: name {}", shown(read.at("name")))))
}

/// A user for one PUT that has to be refused. Sound ones are stored.
fn replacing(cx: &mut Cx) -> Result<User, Finding> {
    works(cx)?;
    user::own(cx)
}

/// A sound PUT is stored, as is found out once in a run: what it should have done besides can be judged.
///
/// # Errors
/// Blocked, where it is not.
pub(in crate::checks) fn works(cx: &mut Cx) -> Result<(), Finding> {
    cx.once("PUT that is stored", |cx| {
        let user = user::own(cx)?;
        replaced(cx, &user, user.sent.clone()).map(drop)
    })
    .map(drop)
}
