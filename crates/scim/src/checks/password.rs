//! Passwords, which go in and never come out: RFC 7643 sections 4.1.1 and 7.

use std::sync::Arc;

use oinspect_core::Capability::{Filter, Password};
use oinspect_core::Document::Rfc7643;
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::kind::Kind;
use crate::user::{self, User};
use crate::verbs::{Scim, query, user_name_filter, user_name_query};

pub(crate) static GROUP: Group = Group {
    id: "scim.password",
    title: "Passwords",
    tags: &["users", "password", "security"],
    alone: false,
    checks: &[
        Check {
            id: "scim.password.is-in-no-list",
            title: "A password is not returned in a list",
            requirement: must(Rfc7643, "4.1.1", "neither a password nor its hash can be read back")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Password, Filter],
            pitfall: "A list has a serialiser of its own, which nobody told of the password.",
            fix: "Leave `password` out of every element of a list, too.",
            run: |cx| {
                let secret = with_password(cx)?;
                let found =
                    cx.get_when(&user_name_query(&secret.user.user_name), |found| lists(found, &secret))?;
                if !lists(&found, &secret) {
                    return Err(Finding::blocked("the user cannot be found by its userName"));
                }
                let shows = |one: &Value| at(one, "password").is_some_and(|value| !value.is_null());
                keeps_secret(&found, &secret, found.resources().iter().any(shows))
            },
        },
        Check {
            id: "scim.password.is-not-returned-when-asked-for",
            title: "A password is not returned to a client that asks for it",
            requirement: must(
                Rfc7643,
                "7",
                "what is never returned is not returned when it is asked for, either",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Password],
            pitfall: "`attributes=password` chooses a column of the table, and the hash is shown.",
            fix: "Leave out what is never returned after `attributes` has chosen.",
            run: |cx| {
                let secret = with_password(cx)?;
                let path = format!("{}?attributes=userName,password", secret.user.path);
                let read = cx.get_when(&path, |read| read.status() != 404)?;
                let shown = read.at("password").is_some_and(|value| !value.is_null());
                keeps_secret(&read, &secret, shown)
            },
        },
        Check {
            id: "scim.password.filter-does-not-spell-it-out",
            title: "A filter does not tell how a password begins",
            requirement: should(
                Rfc7643,
                "4.1.1",
                "a filter may test a password for equality, and for nothing else",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Password, Filter],
            pitfall: "The password is a text like any other to the filter, and `sw` finds it letter by letter.",
            fix: "Refuse filters on `password` with 400 and scimType invalidFilter, other than eq.",
            run: |cx| {
                let secret = with_password(cx)?;
                let begins = |text: &str| {
                    let name = user_name_filter(&secret.user.user_name);
                    query(Kind::User, &format!("{name} and password sw {}", Value::from(text)))
                };
                let start = secret.password.get(..8).unwrap_or_default();
                let found = cx.get(&begins(start))?;
                if !lists(&found, &secret) {
                    return Ok(());
                }
                let found = cx.get(&begins("oinspect-never"))?;
                if lists(&found, &secret) {
                    return Err(Finding::blocked("the filter finds the user whatever its password"));
                }
                Err(Finding::broken("no user, or a refusal", "the user, by the beginning of its password"))
            },
        },
        Check {
            id: "scim.password.is-in-no-error",
            title: "A refusal does not repeat the password",
            requirement: must(Rfc7643, "4.1.1", "neither a password nor its hash can be read back")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Password],
            pitfall: "The detail of the error quotes the body, and administrators read the password in Okta's log.",
            fix: "Name the attribute that is wrong in `detail`, never the body.",
            run: |cx| {
                user::shared(cx)?;
                let password = password(cx);
                let mut body = user::body_with(cx, &json!({ "password": password }))?;
                if let Some(members) = body.as_object_mut() {
                    members.shift_remove("userName");
                }
                let answer = cx.post_user(&body)?;
                if answer.is_success() {
                    return Err(Finding::blocked("a user without userName is not refused"));
                }
                if answer.text().contains(&password) {
                    return Err(Finding::broken(
                        "an error without the password",
                        "the password in the error",
                    ));
                }
                Ok(())
            },
        },
    ],
};

/// A user with a password.
#[derive(Debug)]
struct Secret {
    user: User,
    password: String,
}

fn password(cx: &mut Cx) -> String {
    format!("Aa1!{:016x}", cx.rng().u64(..))
}

fn with_password(cx: &mut Cx) -> Result<Arc<Secret>, Finding> {
    cx.once("user with a password", |cx| {
        let password = password(cx);
        let body = user::body_with(cx, &json!({ "password": password }))?;
        let user = user::create(cx, body)?;
        Ok(Secret { user, password })
    })
}

/// Whether a list holds the user.
fn lists(found: &Answer, secret: &Secret) -> bool {
    let id = Some(secret.user.id.as_str());
    found.resources().iter().any(|one| at(one, "id").and_then(Value::as_str) == id)
}

fn keeps_secret(answer: &Answer, secret: &Secret, shown: bool) -> Result<(), Finding> {
    if shown || answer.text().contains(&secret.password) {
        return Err(Finding::broken("no password", "the password, or something in its place"));
    }
    Ok(())
}
