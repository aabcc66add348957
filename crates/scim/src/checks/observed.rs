//! What every answer of the run had to keep to: RFC 7644 sections 3.1 and 3.12, RFC 7643 section 3.

use oinspect_core::Capability::{Authentication, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, may, must, should};
use serde_json::json;

use crate::observed::{Observed, Rule};
use crate::user;
use crate::verbs::{Scim, user_path, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.observed",
    title: "What every answer has to keep to",
    tags: &["errors", "http"],
    // The tally is whole when nobody else asks any more.
    alone: true,
    checks: &[
        Check {
            id: "scim.observed.errors-are-scim-errors",
            title: "Every error has a SCIM error as its body",
            requirement: must(
                Rfc7644,
                "3.12",
                "errors are returned in the body, as JSON of the Error schema",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "Errors of the router, of the framework and of the gateway keep their own form.",
            fix: "Turn every error below the base URL into `schemas`, `status` and `detail` in one place.",
            run: |cx| judge(cx, Rule::ErrorEnvelope, "a body of the Error schema with every error"),
        },
        Check {
            id: "scim.observed.error-statuses-agree",
            title: "Every error repeats its status as a string",
            requirement: must(Rfc7644, "3.12", "`status` is the status code of the answer, as a JSON string"),
            needs: &[],
            pitfall: "The body is built apart from the answer, with another status or a number.",
            fix: "Fill `status` from the status that is sent, as a string.",
            run: |cx| judge(cx, Rule::ErrorStatus, "`status` as a string that equals the status code"),
        },
        Check {
            id: "scim.observed.errors-have-the-media-type",
            title: "Every error travels as application/scim+json",
            requirement: should(Rfc7644, "3.1", "SCIM's messages have the media type application/scim+json"),
            needs: &[],
            pitfall: "Successes have the media type, and errors go past the code that sets it.",
            fix: "Set `Content-Type: application/scim+json` for errors, too.",
            run: |cx| judge(cx, Rule::ErrorMediaType, "Content-Type application/scim+json"),
        },
        Check {
            id: "scim.observed.error-keywords-are-defined",
            title: "Every keyword in an error is one that SCIM defines",
            requirement: should(Rfc7644, "3.12", "scimType is a keyword of table 9"),
            needs: &[],
            pitfall: "Names of the program's exceptions stand in `scimType`.",
            fix: "Leave `scimType` out where no keyword of table 9 fits.",
            run: |cx| judge(cx, Rule::ErrorKeyword, "a scimType of RFC 7644's table, or none"),
        },
        Check {
            id: "scim.observed.errors-show-no-internals",
            title: "No error shows the inside of the program",
            // Both providers show the detail to whoever administers them.
            requirement: may(Rfc7644, "3.12", "the detail of an error is a message for people")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "The text of the exception is sent, with SQL or a stack trace in it.",
            fix: "Log the exception, and send a sentence of your own.",
            run: |cx| judge(cx, Rule::ErrorInternals, "no stack trace and no SQL in an error"),
        },
        Check {
            id: "scim.observed.answers-have-the-media-type",
            title: "Every answer travels as application/scim+json",
            requirement: should(Rfc7644, "3.1", "SCIM's messages have the media type application/scim+json")
                .entra(Level::Should),
            needs: &[],
            pitfall: "The framework's application/json, or text/html for lists.",
            fix: "Set `Content-Type: application/scim+json` for every answer with a body.",
            run: |cx| judge(cx, Rule::MediaType, "Content-Type application/scim+json"),
        },
        Check {
            id: "scim.observed.resources-name-their-schemas",
            title: "Every resource and every message names its schemas",
            requirement: must(Rfc7643, "3", "`schemas` is required in every representation, and not empty")
                .entra(Level::Should),
            needs: &[],
            pitfall: "Resources within lists, or answers to PATCH, are built without `schemas`.",
            fix: "Build every representation in one place, with `schemas`.",
            run: |cx| judge(cx, Rule::Schemas, "`schemas` in every resource and message"),
        },
        Check {
            id: "scim.observed.resources-have-an-id",
            title: "Every user and group that is shown has an id",
            requirement: must(Rfc7643, "3.1", "every representation of a resource has a non-empty id")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Answers to PATCH or PUT echo the request, which has no id.",
            fix: "Build every representation in one place, with `id`.",
            run: |cx| judge(cx, Rule::Id, "`id` in every user and group"),
        },
        Check {
            id: "scim.observed.credentials-are-not-echoed",
            title: "No answer holds the credential of its request",
            requirement: should(
                Rfc7644,
                "7.4",
                "whoever has a bearer token may use it, so that it is kept secret",
            ),
            needs: &[Authentication],
            pitfall: "The error says which token was wrong, and logs keep it.",
            fix: "Never put a credential into a body or a Location.",
            run: |cx| judge(cx, Rule::Credential, "no credential in a body or a Location"),
        },
    ],
};

/// Judges the whole tally. What it needs at least is asked for first, so that a run of this group alone
/// judges the same kinds of answers.
fn judge(cx: &mut Cx, rule: Rule, wanted: &str) -> Result<(), Finding> {
    cx.once("answers of every kind", provoke)?;
    cx.session().gathered::<Observed>().judge(rule, wanted)
}

/// Asks for one answer of every kind: a user, a list, a change, and errors of several layers.
fn provoke(cx: &mut Cx) -> Result<(), Finding> {
    let user = user::own(cx)?;
    cx.get(&user.path)?;
    cx.get("/Users?startIndex=1&count=2")?;
    if cx.offers(Patch) {
        let change = json!([{ "op": "replace", "path": "name.familyName", "value": "Oxen" }]);
        cx.patch(&user.path, change)?;
    }
    // Unknown to the store, to the router, and to the parser; and a method that the endpoint lacks.
    let unknown = user::unknown_id(cx, &user.id);
    cx.get(&user_path(&unknown))?;
    cx.get("/OinspectKnowsNone")?;
    let malformed = with_json(cx.request(Method::Post, "/Users")?, "{\"userName\": ".to_owned());
    cx.ask(&malformed)?;
    let misplaced = with_json(cx.request(Method::Post, "/ResourceTypes")?, json!({}).to_string());
    cx.ask(&misplaced)?;
    if cx.offers(Authentication) {
        let mut stranger = cx.request(Method::Get, "/Users?startIndex=1&count=1")?;
        stranger.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
        let stranger = stranger.header("Authorization", format!("Bearer oinspect-{:016x}", cx.rng().u64(..)));
        cx.ask(&stranger)?;
    }
    Ok(())
}
