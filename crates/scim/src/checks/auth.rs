//! Who may speak to the server: RFC 7644 section 2.

use std::sync::Arc;

use oinspect_core::Capability::Authentication;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, must, should};

use crate::answer::{Answer, ERROR};
use crate::verbs::Scim;

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
    ],
};

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
fn the_refusal(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
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
