//! How a SCIM 1.1 server refuses: its protocol's section 3.9.

use oinspect_core::Capability::Authentication;
use oinspect_core::Document::Scim11;
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, must, should};
use serde_json::Value;

use super::resource::shared_user;
use super::verbs::{get, get_when, request};
use crate::answer::{Answer, at, shown};
use crate::kind::Kind;
use crate::user::unknown_id;
use crate::verbs::Scim;

/// What Okta asks when the credentials are tried.
const QUESTION: &str = "/Users?startIndex=1&count=2";

pub(super) static GROUP: Group = Group {
    id: "scim11.errors",
    title: "SCIM 1.1: refusals",
    tags: &["errors"],
    alone: false,
    checks: &[
        Check {
            id: "scim11.errors.no-token-is-401",
            title: "A request of SCIM 1.1 without credentials is answered 401",
            requirement: should(Scim11, "3.9", "a request that is not authorised is answered 401")
                .okta(Level::Must),
            needs: &[Authentication],
            pitfall: "The middleware checks the token only if there is one, or only under the paths of 2.0.",
            fix: "Refuse every request without an Authorization header with 401, before anything else happens.",
            run: |cx| {
                let question = request(cx, Method::Get, QUESTION)?;
                let known = cx.ask(&question)?;
                known
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("the configured credentials are refused"))?;
                let mut stranger = question;
                stranger.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
                cx.ask(&stranger)?.expect_status(401).map(drop)
            },
        },
        Check {
            id: "scim11.errors.unknown-id-is-404",
            title: "A user of SCIM 1.1 that does not exist is answered 404",
            requirement: should(Scim11, "3.9", "a resource that does not exist is answered 404")
                .okta(Level::Should),
            needs: &[],
            pitfall: "The lookup fails with an exception that nobody catches, and is answered 500.",
            fix: "Answer GET /Users/{id} with 404 when no user has the id.",
            run: |cx| ask_for_nobody(cx)?.expect_status(404).map(drop),
        },
        Check {
            id: "scim11.errors.refusal-lists-its-errors",
            title: "A refusal of SCIM 1.1 lists its errors",
            requirement: must(
                Scim11,
                "3.9",
                "the body of a refusal has `Errors`, each with a description and the status as its code",
            )
            .okta(Level::Should),
            needs: &[],
            pitfall: "Errors have the form of SCIM 2.0 or of the web framework, and Okta's administrator reads \
                      nothing but a status.",
            fix: "Answer every refusal with {\"Errors\": [{\"description\": \"...\", \"code\": \"404\"}]}.",
            run: |cx| {
                let refusal = ask_for_nobody(cx)?;
                if refusal.status() < 400 {
                    return Err(Finding::blocked(
                        "an unknown id is not refused, so that there is no refusal",
                    ));
                }
                let errors = refusal.json()?.get("Errors").and_then(Value::as_array);
                let Some(error) = errors.and_then(|errors| errors.first()) else {
                    return Err(Finding::broken("a list of `Errors`", refusal.described()));
                };
                let code = at(error, "code");
                let says = match code {
                    Some(Value::String(text)) => text.trim().parse().ok(),
                    Some(other) => other.as_u64(),
                    None => None,
                };
                if says != Some(u64::from(refusal.status())) {
                    return Err(Finding::broken(format!("the code {}", refusal.status()), shown(code)));
                }
                match at(error, "description").and_then(Value::as_str) {
                    Some(text) if !text.trim().is_empty() => Ok(()),
                    Some(_) | None => Err(Finding::broken("a description", shown(Some(error)))),
                }
            },
        },
    ],
};

/// Reads a user whom nobody has, of a server that shows those it has.
fn ask_for_nobody(cx: &mut Cx) -> Result<Answer, Finding> {
    let known = shared_user(cx)?;
    let read = get_when(cx, &known.path, |read| read.status() == 200)?;
    read.expect_status(200).map_err(|finding| finding.as_obstacle("no user can be read"))?;
    let id = unknown_id(cx, &known.id);
    get(cx, &Kind::User.path(&id))
}
