//! Requests that are answered later: RFC 9967 sections 2.5.1, 3 and 4.

use std::sync::Arc;

use oinspect_core::Capability::{AsyncRequests, Discovery};
use oinspect_core::Document::Rfc9967;
use oinspect_core::{Check, Cx, Finding, Group, Method, must, should};
use serde_json::Value;

use crate::answer::{Answer, shown};
use crate::user;
use crate::verbs::{Scim, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.async",
    title: "Requests that are answered later",
    tags: &["async"],
    alone: false,
    checks: &[
        Check {
            id: "scim.async.mode-is-defined",
            title: "The configuration says in a defined word whether requests are answered later",
            requirement: must(Rfc9967, "4", "securityEvents.asyncRequest is none, long or request"),
            needs: &[Discovery],
            pitfall: "A boolean is served, or a word of the server's own.",
            fix: "Serve `securityEvents.asyncRequest` as none, long or request.",
            run: |cx| {
                let mode = security_events(cx)?;
                match mode.get("asyncRequest") {
                    Some(Value::String(word))
                        if ["none", "long", "request"]
                            .iter()
                            .any(|known| known.eq_ignore_ascii_case(word)) =>
                    {
                        Ok(())
                    }
                    other => Err(Finding::broken("none, long or request", shown(other))),
                }
            },
        },
        Check {
            id: "scim.async.events-are-uris",
            title: "The configuration lists the URIs of its events",
            requirement: must(Rfc9967, "4", "securityEvents.eventUris is a list of event URIs"),
            needs: &[Discovery],
            pitfall: "Events are listed by short names, or as one string.",
            fix: "Serve `securityEvents.eventUris` as an array of URIs such as urn:ietf:params:scim:event:misc:asyncresp.",
            run: |cx| {
                let events = security_events(cx)?;
                let is_uri = |one: &Value| one.as_str().is_some_and(|text| text.contains(':'));
                match events.get("eventUris") {
                    None | Some(Value::Null) => Ok(()),
                    Some(Value::Array(uris)) if uris.iter().all(is_uri) => Ok(()),
                    other => Err(Finding::broken("an array of URIs", shown(other))),
                }
            },
        },
        Check {
            id: "scim.async.preference-is-no-error",
            title: "A client that prefers a later answer is not refused",
            requirement: must(Rfc9967, "2.5.1.1", "the answer is a normal one, or 202"),
            needs: &[],
            pitfall: "A header that the server does not know is answered 400.",
            fix: "Ignore `Prefer: respond-async` where you always answer at once.",
            run: |cx| preferring(cx)?.expect_success().map(drop),
        },
        Check {
            id: "scim.async.accepted-request-names-its-transaction",
            title: "A request that is answered later gets the name of its transaction",
            requirement: must(Rfc9967, "3", "a 202 without a body has a Set-Txn header"),
            needs: &[AsyncRequests],
            pitfall: "202 is sent alone, and the client never finds the event that belongs to it.",
            fix: "Send `Set-Txn` with every 202, and the same value as `txn` in the event.",
            run: |cx| transaction(&*accepted(cx)?).map(drop),
        },
        Check {
            id: "scim.async.accepted-answer-has-no-body",
            title: "The answer that a request was accepted has no body",
            requirement: must(Rfc9967, "2.5.1.1", "a 202 has no body"),
            needs: &[AsyncRequests],
            pitfall: "The resource is sent as it was before the change.",
            fix: "Send 202 without a body.",
            run: |cx| {
                let answer = accepted(cx)?;
                if answer.is_empty() { Ok(()) } else { Err(Finding::broken("no body", answer.described())) }
            },
        },
        Check {
            id: "scim.async.accepted-answer-says-what-was-applied",
            title: "The answer that a request was accepted says that the preference was applied",
            requirement: should(Rfc9967, "2.5.1.1", "a 202 has Preference-Applied: respond-async"),
            needs: &[AsyncRequests],
            pitfall: "The header is forgotten, and the client cannot tell the preference from chance.",
            fix: "Send `Preference-Applied: respond-async` with every 202.",
            run: |cx| {
                let answer = accepted(cx)?;
                match answer.header("preference-applied") {
                    Some(applied) if applied.to_ascii_lowercase().contains("respond-async") => Ok(()),
                    other => {
                        Err(Finding::broken("Preference-Applied: respond-async", other.unwrap_or("none")))
                    }
                }
            },
        },
        Check {
            id: "scim.async.transactions-differ",
            title: "Every request that is answered later is a transaction of its own",
            requirement: must(Rfc9967, "3", "the value of Set-Txn is unique"),
            needs: &[AsyncRequests],
            pitfall: "The transaction is named after the user or the session.",
            fix: "Make a new identifier for every request.",
            run: |cx| {
                let first = accepted(cx)?;
                let obstacle = |finding: Finding| finding.as_obstacle("no transaction");
                let first = transaction(&first).map_err(obstacle)?.to_owned();
                let second = preferring(cx)?;
                if second.status() != 202 {
                    return Err(Finding::blocked(format!(
                        "the second was not accepted: {}",
                        second.described()
                    )));
                }
                if transaction(&second).map_err(obstacle)? != first {
                    return Ok(());
                }
                Err(Finding::broken("two transactions", format!("{first} twice")))
            },
        },
    ],
};

/// What the configuration says of events.
fn security_events(cx: &mut Cx) -> Result<serde_json::Map<String, Value>, Finding> {
    let config = cx.get("/ServiceProviderConfig")?;
    config.expect_success().map_err(|finding| finding.as_obstacle("no configuration"))?;
    match config.at("securityEvents") {
        Some(Value::Object(events)) => Ok(events.clone()),
        _ => {
            Err(Finding::NotOffered { what: "the configuration says nothing of security events".to_owned() })
        }
    }
}

/// The answer to a PUT that may be answered later.
fn preferring(cx: &mut Cx) -> Result<Answer, Finding> {
    let user = user::own(cx)?;
    let request = cx.request(Method::Put, &user.path)?.header("Prefer", "respond-async");
    let preferring = cx.ask(&with_json(request, user.sent.to_string()))?;
    if !preferring.is_success() {
        let usual = cx.put(&user.path, &user.sent)?;
        usual.expect_success().map_err(|finding| finding.as_obstacle("users cannot be replaced"))?;
    }
    Ok(preferring)
}

/// An answer 202; a server may answer at once all the same.
fn accepted(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let answer = cx.once("answer to a request that may be answered later", preferring)?;
    match answer.status() {
        202 => Ok(answer),
        200 | 204 => Err(Finding::NotOffered { what: "this request is answered at once".to_owned() }),
        _ => Err(Finding::blocked(format!("no answer 202: {}", answer.described()))),
    }
}

fn transaction(answer: &Answer) -> Result<&str, Finding> {
    match answer.header("set-txn") {
        Some(transaction) if !transaction.trim().is_empty() => Ok(transaction),
        _ => Err(Finding::broken("a Set-Txn header", "none")),
    }
}
