//! What stands in front of SCIM's code and gets requests wrong: each fault refuses or fails one kind.

use axum::http::header;
use axum::http::request::Parts;
use serde_json::Value;

use crate::fault::{ErrorFault, HttpFault, LaterFault};
use crate::http::{Answer, Refusal};
use crate::switches::Switches;

/// The query parameters that SCIM defines.
const PARAMETERS: [&str; 8] =
    ["filter", "sortBy", "sortOrder", "startIndex", "count", "attributes", "excludedAttributes", "cursor"];
/// Deeper than any honest body.
const DEEP: usize = 100;

/// The answer of a picky server; `None` where no fault is on, or the request is none of its kind.
pub(super) fn answer(parts: &Parts, body: &[u8], switches: Switches) -> Option<Answer> {
    by_headers(parts, switches)
        .or_else(|| by_address(parts, switches))
        .or_else(|| by_body(parts, body, switches))
}

fn by_headers(parts: &Parts, switches: Switches) -> Option<Answer> {
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (accept, media_type) = (text(header::ACCEPT), text(header::CONTENT_TYPE));
    let is_plain = media_type == "application/json";
    let method = parts.method.as_str();
    let prefers_later = parts.headers.get("prefer").is_some();
    [
        (HttpFault::PlainAcceptRefused, accept == "application/json", 406),
        (HttpFault::AcceptWithCharsetRefused, accept.contains("charset"), 406),
        (HttpFault::AnyAcceptRefused, accept == "*/*", 406),
        (HttpFault::PlainPostRefused, is_plain && method == "POST", 415),
        (HttpFault::PlainPutRefused, is_plain && method == "PUT", 415),
        (HttpFault::PlainPatchRefused, is_plain && method == "PATCH", 415),
        (HttpFault::CharsetRefused, media_type.contains("charset"), 415),
        (HttpFault::OktaRefused, text(header::USER_AGENT).starts_with("Okta"), 403),
        (HttpFault::HeadFails, method == "HEAD", 500),
        (HttpFault::OptionsFails, method == "OPTIONS", 500),
    ]
    .into_iter()
    .find(|(fault, applies, _)| *applies && switches.has(*fault))
    .map(|(_, _, status)| refusal(status, switches))
    .or_else(|| {
        (prefers_later && switches.has(LaterFault::PreferenceRefused)).then(|| refusal(400, switches))
    })
    .or_else(|| {
        let is_form = media_type.starts_with("application/x-www-form-urlencoded");
        (is_form && switches.has(HttpFault::FormAccepted)).then(|| Answer::nothing(202))
    })
}

fn by_address(parts: &Parts, switches: Switches) -> Option<Answer> {
    let path = parts.uri.path();
    let unknown = parts.uri.query().is_some_and(|query| {
        query.split('&').any(|pair| !PARAMETERS.contains(&pair.split('=').next().unwrap_or_default()))
    });
    if unknown && switches.has(HttpFault::UnknownParameterRefused) {
        return Some(refusal(400, switches));
    }
    if path.ends_with('/') && switches.has(HttpFault::TrailingSlashRedirects) {
        return Some(Answer::nothing(302).with("location", "/login"));
    }
    if parts.method == "PUT" && path.ends_with("/Users") && switches.has(HttpFault::PutOnCollectionAccepted) {
        return Some(Answer::nothing(204));
    }
    let odd = ["%2F", "%27", "%22"].iter().any(|part| path.contains(part));
    (odd && switches.has(ErrorFault::OddIdFails)).then(|| refusal(500, switches))
}

fn by_body(parts: &Parts, body: &[u8], switches: Switches) -> Option<Answer> {
    if !matches!(parts.method.as_str(), "POST" | "PUT" | "PATCH") || !parts.uri.path().ends_with("/Users") {
        let malformed = serde_json::from_slice::<Value>(body).is_err();
        return match parts.method.as_str() {
            "PUT" if malformed && switches.has(ErrorFault::MalformedPutFails) => Some(refusal(500, switches)),
            "PATCH" if malformed && switches.has(ErrorFault::MalformedPatchFails) => {
                Some(refusal(500, switches))
            }
            _ => None,
        };
    }
    let text = String::from_utf8_lossy(body);
    [
        (ErrorFault::EmptyBodyFails, text.is_empty()),
        (ErrorFault::ArrayFails, text.starts_with('[')),
        (ErrorFault::TextFails, text.starts_with('"')),
        (ErrorFault::DeepNestingFails, text.contains(&"[".repeat(DEEP))),
        (ErrorFault::HugeNumberFails, text.contains("1e999")),
        (ErrorFault::DuplicateKeysFail, repeats_a_name(&text)),
        (ErrorFault::NulFails, text.contains("\\u0000")),
    ]
    .into_iter()
    .find(|(fault, applies)| *applies && switches.has(*fault))
    .map(|_| refusal(500, switches))
}

/// Whether an object has two members of the name `displayName`: reading it leaves one of them.
fn repeats_a_name(body: &str) -> bool {
    let count = |text: &str| text.matches("\"displayName\"").count();
    let read: Result<Value, _> = serde_json::from_str(body);
    read.is_ok_and(|read| count(&read.to_string()) < count(body))
}

fn refusal(status: u16, switches: Switches) -> Answer {
    Refusal::new(status, "the request could not be completed").answer(switches)
}
