//! Several clients that create users at the same moment: RFC 7643 section 4.1.1, RFC 7644 section 3.3.

use std::sync::Arc;

use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, Request, must, should};
use serde_json::Value;

use crate::answer::{Answer, at};
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, remember, with_json};

/// How many clients there are.
const RIVALS: usize = 5;

pub(crate) static GROUP: Group = Group {
    id: "scim.concurrency",
    title: "Creating users at the same moment",
    tags: &["users", "create", "concurrency"],
    // What else is created meanwhile would blur what the requests of one moment do to each other.
    alone: true,
    checks: &[
        Check {
            id: "scim.concurrency.one-of-many-creations-succeeds",
            title: "Of several creations of one user at the same moment, one succeeds",
            requirement: must(Rfc7643, "4.1.1", "userName is unique among all users")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The code looks whether the name is taken and stores the user later: two requests pass in between.",
            fix: "Let a unique index of the database decide, not a query before the insertion.",
            run: |cx| {
                let race = race(cx)?;
                let winners = race.iter().filter(|answer| answer.is_success()).count();
                if winners == 1 {
                    return Ok(());
                }
                Err(Finding::broken(
                    format!("1 of {RIVALS} creations to succeed"),
                    format!("{winners} succeeded ({})", statuses(&race)),
                ))
            },
        },
        Check {
            id: "scim.concurrency.the-others-conflict",
            title: "Of several creations of one user at the same moment, the others are conflicts",
            requirement: must(
                Rfc7644,
                "3.3",
                "a creation that conflicts with another resource is answered 409",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "The unique index stops the second user, and its exception surfaces as 500.",
            fix: "Turn the violation of the index into 409 with scimType uniqueness, not only the query before it.",
            run: |cx| {
                let race = race(cx)?;
                let winners = race.iter().filter(|answer| answer.is_success()).count();
                if winners != 1 {
                    return Err(Finding::blocked(format!("{winners} of the creations succeeded")));
                }
                match race.iter().find(|answer| !answer.is_success() && answer.status() != 409) {
                    None => Ok(()),
                    Some(other) => Err(Finding::broken("status 409 for the others", other.described())),
                }
            },
        },
        Check {
            id: "scim.concurrency.list-is-readable-during-creations",
            title: "The list can be read while users are created",
            requirement: should(
                Rfc7644,
                "3.12",
                "a request that is in order does not end in an internal error",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "The list is read without a transaction, and a row that is only half there breaks it.",
            fix: "Read a page of /Users from one consistent snapshot.",
            run: |cx| {
                user::shared(cx)?;
                let mut requests = vec![cx.request(Method::Get, "/Users?count=2")?; 2];
                for _ in 0..RIVALS {
                    let body = user::new_body(cx)?;
                    requests.push(with_json(cx.request(Method::Post, "/Users")?, body.to_string()));
                }
                let answers = together(cx, &requests)?;
                let (lists, created) = answers.split_at(2);
                if let Some(failed) = created.iter().find(|answer| !answer.is_success()) {
                    return Err(Finding::blocked(format!(
                        "a user could not be created: {}",
                        failed.described()
                    )));
                }
                for list in lists {
                    list.expect_status(200)?;
                    if list.total().is_none() && list.at("Resources").is_none() {
                        return Err(Finding::broken("a list", list.described()));
                    }
                }
                Ok(())
            },
        },
    ],
};

/// The answers to several creations of one user at the same moment. A server that creates nobody at
/// all has not been raced.
fn race(cx: &mut Cx) -> Result<Arc<Vec<Answer>>, Finding> {
    user::shared(cx)?;
    cx.once("race for one userName", |cx| {
        let body = user::new_body(cx)?.to_string();
        let request = with_json(cx.request(Method::Post, "/Users")?, body);
        together(cx, &vec![request; RIVALS])
    })
}

/// Sends at the same moment what may create users; whoever comes of it is removed at the end.
fn together(cx: &mut Cx, requests: &[Request]) -> Result<Vec<Answer>, Finding> {
    let redactor = Arc::clone(&cx.session().redactor);
    // What is not sent creates nobody.
    for request in requests {
        cx.may_send(request)?;
    }
    let responses = cx.send_all(requests);
    let mut answers = Vec::with_capacity(responses.len());
    for (request, response) in requests.iter().zip(responses) {
        let answer = response.map(|response| Answer::new(response, Arc::clone(&redactor)));
        if request.method == Method::Post {
            let body = request.body.as_deref().and_then(|body| serde_json::from_slice::<Value>(body).ok());
            let name = body.as_ref().and_then(|body| at(body, "userName")?.as_str());
            remember(cx, Kind::User, name, answer.as_ref().ok());
        }
        answers.push(answer);
    }
    answers.into_iter().collect()
}

fn statuses(answers: &[Answer]) -> String {
    answers.iter().map(|answer| answer.status().to_string()).collect::<Vec<_>>().join(", ")
}
