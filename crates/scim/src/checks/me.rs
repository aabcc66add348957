//! The alias of whoever sends the request: RFC 7644 section 3.11.

use std::sync::Arc;

use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Method, must, should};
use serde_json::Value;

use crate::answer::{Answer, ERROR};
use crate::compare::differs;
use crate::user;
use crate::verbs::{Scim, user_path};

pub(crate) static GROUP: Group = Group {
    id: "scim.me",
    title: "The alias of the caller",
    tags: &["users", "me"],
    alone: false,
    checks: &[
        Check {
            id: "scim.me.absence-is-said",
            title: "A server without /Me says so",
            requirement: should(Rfc7644, "3.11", "a server without this feature answers 501"),
            needs: &[],
            pitfall: "The path falls through to the web application, which answers with a page or breaks.",
            fix: "Answer /Me with 501, or serve it.",
            run: |cx| {
                user::shared(cx)?;
                let answer = me(cx)?;
                // Whether 501 comes with a SCIM error is for `scim.observed` to say; of 403, 404 and 405 it
                // tells that SCIM's code has answered.
                let said = answer.status() == 501
                    || [403, 404, 405].contains(&answer.status()) && answer.has_schema(ERROR);
                let served = answer.status() == 200 && answer.text_at("id").is_some();
                let leads = [307, 308].contains(&answer.status()) && answer.header("location").is_some();
                if said || served || leads {
                    return Ok(());
                }
                Err(Finding::broken("the caller, or status 501", answer.described()))
            },
        },
        Check {
            id: "scim.me.alias-shows-the-user",
            title: "The alias /Me shows what the caller's own address shows",
            requirement: must(Rfc7644, "3.11", "the alias stands for the resource of the caller"),
            needs: &[],
            pitfall: "The alias is built apart from the users, and shows other attributes than they have.",
            fix: "Look up the caller's id, and answer as /Users/{id} would.",
            run: shows_the_user,
        },
        Check {
            id: "scim.me.location-is-permanent",
            title: "The Location of /Me is the permanent one",
            requirement: must(
                Rfc7644,
                "3.11",
                "the Location header is the permanent location of the resource",
            ),
            needs: &[],
            pitfall: "The Location header repeats the request's address, or is not there.",
            fix: "Send the resource's `meta.location` as the Location header.",
            run: |cx| {
                let answer = served(cx)?;
                let location = answer.header("location").unwrap_or_default();
                let path = location.split('?').next().unwrap_or_default().trim_end_matches('/');
                if !path.is_empty() && !path.to_lowercase().ends_with("/me") {
                    return Ok(());
                }
                Err(Finding::broken(
                    "a Location header with the user's own address",
                    format!("\"{location}\""),
                ))
            },
        },
    ],
};

/// What the alias is answered with.
fn me(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    cx.once("answer of the alias", |cx| cx.get("/Me"))
}

/// The same, where the server has the alias.
fn served(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    user::shared(cx)?;
    let answer = me(cx)?;
    if [403, 404, 405, 501].contains(&answer.status()) {
        return Err(Finding::NotOffered { what: format!("/Me is answered with status {}", answer.status()) });
    }
    if answer.status() == 200 || [307, 308].contains(&answer.status()) {
        return Ok(answer);
    }
    Err(Finding::blocked(format!("/Me cannot be read: {}", answer.described())))
}

fn shows_the_user(cx: &mut Cx) -> Result<(), Finding> {
    let answer = served(cx)?;
    if answer.status() != 200 {
        return leads_to_a_user(cx, &answer);
    }
    let id = answer.text_at("id").ok_or_else(|| Finding::broken("a user with an id", answer.described()))?;
    let read = cx.get(&user_path(id))?;
    if read.status() == 404 {
        return Err(Finding::NotVerified { why: "the caller is not a user that can be read".to_owned() });
    }
    read.expect_status(200).map_err(|one| one.as_obstacle("the caller's own address"))?;
    // Somebody else may change the caller meanwhile: the two are read once more before they differ.
    let again = cx.get("/Me")?;
    let (me, user) = (again.json()?, read.json()?);
    match differs(me, user, &["meta.lastModified", "meta.version"]) {
        None => Ok(()),
        Some(difference) => Err(Finding::broken(format!("what {} shows", user_path(id)), difference)),
    }
}

/// Follows a redirect within the server's own origin.
fn leads_to_a_user(cx: &mut Cx, answer: &Answer) -> Result<(), Finding> {
    let location = answer.header("location").unwrap_or_default();
    let base =
        url::Url::parse(&cx.target()?.base_url).map_err(|error| Finding::blocked(error.to_string()))?;
    let url = base
        .join(location)
        .map_err(|error| Finding::broken("a URL in the Location header", format!("{location} ({error})")))?;
    if url.origin() != base.origin() {
        return Err(Finding::NotVerified {
            why: format!("{location} is on another host and is not followed"),
        });
    }
    let mut request = cx.request(Method::Get, "")?;
    request.url = url.into();
    let read = cx.ask(&request)?;
    if read.is_success() && read.at("id").is_some_and(Value::is_string) {
        return Ok(());
    }
    Err(Finding::broken(format!("the caller at {location}"), read.described()))
}
