//! Who may speak to the server: RFC 7644 section 2.

use std::sync::Arc;

use oinspect_core::Capability::Authentication;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, Request, must, should};
use serde_json::json;

use crate::answer::{Answer, ERROR};
use crate::checks::create::other_case;
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, user_path, with_json};

/// A question that every server answers, and that costs it little.
const QUESTION: &str = "/Users?startIndex=1&count=1";

pub(crate) static GROUP: Group = Group {
    id: "scim.auth",
    title: "Who may speak to the server",
    tags: &["auth", "security"],
    alone: false,
    checks: &[
        Check {
            id: "scim.auth.no-token-is-refused",
            title: "A request without credentials is refused",
            requirement: must(Rfc7644, "2", "a client is authenticated before it is given resources")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication],
            pitfall: "The middleware checks the token only if there is one.",
            fix: "Refuse every request without an Authorization header with 401, before anything else happens.",
            run: |cx| {
                let_in(cx)?;
                let mut request = cx.request(Method::Get, QUESTION)?;
                request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
                refused(&cx.ask(&request)?)
            },
        },
        Check {
            id: "scim.auth.wrong-token-is-refused",
            title: "A request with wrong credentials is refused",
            requirement: must(Rfc7644, "2", "only credentials that the server issued give access")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication],
            pitfall: "Any token is taken, or only its form is checked.",
            fix: "Compare the token with the one you issued, and answer 401 if it is another.",
            run: |cx| refused(&*refusal(cx)?),
        },
        Check {
            id: "scim.auth.refusal-is-401",
            title: "Wrong credentials are answered 401",
            requirement: should(Rfc7644, "3.12", "a missing or invalid Authorization header is answered 401")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication],
            pitfall: "The framework answers 403, a redirect to a login page, or 500.",
            fix: "Answer 401 for a missing or wrong token; keep 403 for clients you know and do not allow.",
            run: |cx| the_refusal(cx)?.expect_status(401).map(drop),
        },
        Check {
            id: "scim.auth.refusal-names-a-scheme",
            title: "A refusal says how to authenticate",
            requirement: must(Rfc7644, "2", "a refusal names the supported schemes in WWW-Authenticate"),
            needs: &[Authentication],
            pitfall: "The status is set by hand and the header forgotten.",
            fix: "Send `WWW-Authenticate: Bearer` (or the scheme you use) with every 401.",
            run: |cx| {
                let refusal = the_refusal(cx)?;
                match refusal.header("www-authenticate") {
                    Some(scheme) if !scheme.trim().is_empty() => Ok(()),
                    _ => Err(Finding::broken("a WWW-Authenticate header", refusal.described())),
                }
            },
        },
        Check {
            id: "scim.auth.refusal-is-a-scim-error",
            title: "A refusal has a SCIM error as its body",
            requirement: must(
                Rfc7644,
                "3.12",
                "an error has a JSON body of the Error schema that repeats the status",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[Authentication],
            pitfall: "The framework or a gateway answers before the SCIM code does, with HTML or its own JSON.",
            fix: "Let the authentication layer write the same error envelope as the rest of the SCIM API.",
            run: |cx| scim_error(&*the_refusal(cx)?),
        },
        Check {
            id: "scim.auth.half-a-token-is-refused",
            title: "The beginning of a good token is refused",
            requirement: must(Rfc7644, "2", "only credentials that the server issued give access"),
            needs: &[Authentication],
            pitfall: "The token is looked up by its beginning, or compared as far as it goes.",
            fix: "Compare the whole token, in constant time.",
            run: |cx| {
                the_refusal(cx)?;
                let half = |secret: &str| secret.get(..secret.len() / 2).unwrap_or_default().to_owned();
                refused(&ask_with(cx, half)?)
            },
        },
        Check {
            id: "scim.auth.token-minds-case",
            title: "A good token in other letter case is refused",
            requirement: must(Rfc7644, "2", "only credentials that the server issued give access"),
            needs: &[Authentication],
            pitfall: "The token is looked up in a column whose collation ignores case.",
            fix: "Compare tokens byte by byte.",
            run: |cx| {
                the_refusal(cx)?;
                refused(&ask_with(cx, other_case)?)
            },
        },
        Check {
            id: "scim.auth.empty-token-is-refused",
            title: "A scheme without a token is refused",
            requirement: must(Rfc7644, "2", "only credentials that the server issued give access"),
            needs: &[Authentication],
            pitfall: "An empty token equals the token of a client that has none.",
            fix: "Answer 401 for an Authorization header that holds a scheme alone.",
            run: |cx| {
                the_refusal(cx)?;
                refused(&ask_with(cx, |_| String::new())?)
            },
        },
        Check {
            id: "scim.auth.scheme-ignores-case",
            title: "The scheme of a credential may be written in any case",
            requirement: must(Rfc7644, "2", "authentication is that of HTTP, whose scheme names ignore case"),
            needs: &[Authentication],
            pitfall: "The header is compared with `Bearer ` letter by letter.",
            fix: "Compare the scheme without regard to case, and the token exactly.",
            run: |cx| {
                the_refusal(cx)?;
                let target = cx.target()?;
                let Some((scheme, secret)) = target.auth.as_deref().and_then(|auth| auth.split_once(' '))
                else {
                    return Err(Finding::NotOffered {
                        what: "the configured credential has no scheme".to_owned(),
                    });
                };
                let request = with_credential(
                    cx.request(Method::Get, QUESTION)?,
                    &format!("{} {secret}", other_case(scheme)),
                );
                cx.ask(&request)?.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.auth.refusal-tells-nothing",
            title: "Without credentials nobody learns which users exist",
            requirement: should(Rfc7644, "2", "a client is authenticated before anything is done for it"),
            needs: &[Authentication],
            pitfall: "The user is looked up before the credential is, and 404 or 401 tells what there is.",
            fix: "Check the credential before anything else, and answer the same whatever is asked for.",
            run: |cx| {
                the_refusal(cx)?;
                let known = user::shared(cx)?;
                let unknown = user_path(&user::unknown_id(cx, &known.id));
                let mut statuses = Vec::new();
                for path in [&known.path, &unknown] {
                    let request =
                        with_credential(cx.request(Method::Get, path)?, "Bearer oinspect-knows-none");
                    statuses.push(cx.ask(&request)?.status());
                }
                match statuses.as_slice() {
                    [known, unknown] if known != unknown => Err(Finding::broken(
                        "one status for both",
                        format!("{known} for a user that exists, {unknown} for one that does not"),
                    )),
                    _ => Ok(()),
                }
            },
        },
        Check {
            id: "scim.auth.anonymous-writes-change-nothing",
            title: "Writing without credentials is refused",
            requirement: must(Rfc7644, "2", "a client is authenticated before it may update resources")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Authentication],
            pitfall: "The check of the token stands in front of reads only.",
            fix: "Put the authentication in front of every method and every endpoint.",
            run: anonymous_writes,
        },
    ],
};

/// The question with the configured scheme and a secret made from the good one.
fn ask_with(cx: &mut Cx, bend: impl Fn(&str) -> String) -> Result<Answer, Finding> {
    let target = cx.target()?;
    let auth = target.auth.as_deref().unwrap_or_default();
    let (scheme, secret) = auth.split_once(' ').unwrap_or(("", auth));
    let bent = bend(secret);
    if bent == secret {
        return Err(Finding::NotOffered { what: "the configured credential has no letters".to_owned() });
    }
    let request = with_credential(cx.request(Method::Get, QUESTION)?, format!("{scheme} {bent}").trim());
    cx.ask(&request)
}

/// The request with another Authorization header; an empty one is none.
fn with_credential(mut request: Request, credential: &str) -> Request {
    request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
    if credential.is_empty() { request } else { request.header("Authorization", credential) }
}

/// POST, PUT and DELETE without credentials; the user is looked at in the end.
fn anonymous_writes(cx: &mut Cx) -> Result<(), Finding> {
    let user = user::own(cx)?;
    let body = user::new_body(cx)?;
    let name = body["userName"].as_str().map(str::to_owned);
    let request = with_json(cx.request(Method::Post, "/Users")?, body.to_string());
    let created = cx.send_creation(Kind::User, name.as_deref(), &with_credential(request, ""))?;
    refused(&created)?;
    let mut sent = user.sent.clone();
    sent["name"] = json!({ "givenName": "Ann", "familyName": "Intruder" });
    let request = with_json(cx.request(Method::Put, &user.path)?, sent.to_string());
    refused(&cx.ask(&with_credential(request, ""))?)?;
    let request = cx.request(Method::Delete, &user.path)?;
    refused(&cx.ask(&with_credential(request, ""))?)?;
    let read = cx.get_when(&user.path, Answer::is_success)?;
    if read.is_success() && read.text_at("name.familyName") != Some("Intruder") {
        return Ok(());
    }
    Err(Finding::broken("the user as it was", read.described()))
}

/// The right credentials are let in: whoever refuses everybody refuses wrong ones, too.
fn let_in(cx: &mut Cx) -> Result<(), Finding> {
    cx.once("answer to the right credentials", |cx| cx.get(QUESTION)?.expect_success().map(drop)).map(drop)
}

/// The answer to wrong credentials.
fn refusal(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let_in(cx)?;
    cx.once("answer to wrong credentials", |cx| {
        let mut request = cx.request(Method::Get, QUESTION)?;
        let wrong = format!("oinspect-wrong-{:016x}", cx.rng().u64(..));
        for (name, value) in &mut request.headers {
            if name.eq_ignore_ascii_case("authorization") {
                // The scheme stays: only the credential is wrong.
                *value = match value.split_once(' ') {
                    Some((scheme, _)) => format!("{scheme} {wrong}"),
                    None => wrong.clone(),
                };
            }
        }
        cx.ask(&request)
    })
}

/// The same, for checks that look at how the refusal is worded.
pub(crate) fn the_refusal(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let answer = refusal(cx)?;
    if answer.is_success() {
        return Err(Finding::blocked("wrong credentials are not refused"));
    }
    Ok(answer)
}

/// Judges that resources were kept back, whatever the status.
fn refused(answer: &Answer) -> Result<(), Finding> {
    if answer.is_success() || answer.status() >= 500 {
        return Err(Finding::broken("a refusal (status 401)", answer.described()));
    }
    Ok(())
}

/// Judges the envelope of an error. Whether `status` is a string is a requirement of its own.
pub(crate) fn scim_error(answer: &Answer) -> Result<(), Finding> {
    answer.json()?;
    let status = answer.at("status");
    let status = status.and_then(|status| status.as_u64().or_else(|| status.as_str()?.parse().ok()));
    if !answer.has_schema(ERROR) {
        return Err(Finding::broken(format!("`schemas` with {ERROR}"), answer.described()));
    }
    if status == Some(u64::from(answer.status())) {
        return Ok(());
    }
    Err(Finding::broken(format!("`status` {} in the body", answer.status()), answer.described()))
}
