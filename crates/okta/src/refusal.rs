//! What the org refuses, in one sentence that says what to do.

use oinspect_core::{Finding, Method, Response};
use serde_json::Value;

use crate::api::text;
use crate::org::{Credential, Org};

/// The finding for an answer that is no success.
pub(crate) fn refusal(org: &Org, method: Method, url: &str, answer: &Response) -> Finding {
    let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let code = text(&said, "errorCode");
    let causes = said.get("errorCauses").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let causes: Vec<String> = causes.iter().map(|cause| text(cause, "errorSummary")).take(5).collect();
    let summary = match (text(&said, "errorSummary"), causes.is_empty()) {
        (summary, true) if summary.is_empty() => "no reason given".to_owned(),
        (summary, true) => summary,
        (summary, false) => format!("{summary} ({})", causes.join("; ")),
    };
    let code = if code.is_empty() { String::new() } else { format!("{code} ") };
    let path = url::Url::parse(url).map_or_else(|_| url.to_owned(), |url| url.path().to_owned());
    let todo = advice(org, code.trim(), answer.status);
    let todo = if todo.is_empty() { String::new() } else { format!("; {todo}") };
    Finding::blocked(format!("the org refuses {method} {path} with {}: {code}{summary}{todo}", answer.status))
}

fn advice(org: &Org, code: &str, status: u16) -> &'static str {
    let is_token = matches!(org.credential, Credential::Ssws(_));
    match (code, status) {
        ("E0000011" | "E0000004", _) | (_, 401) if is_token => {
            "the API token is wrong or has expired (tokens expire after 30 days without use): set org.token to a new one"
        }
        ("E0000011" | "E0000004", _) | (_, 401) => {
            "the access token is not accepted: check org.client_id, its key, and that DPoP is not required of it"
        }
        ("E0000006" | "E0000005", _) | (_, 403) if is_token => {
            "the admin whose token org.token is may not do this: give the role, or use another admin's token"
        }
        ("E0000006" | "E0000005", _) | (_, 403) => {
            "grant the service app the scope and give it an admin role that covers this"
        }
        ("E0000007", _) | (_, 404) => {
            "it is not in this org: check org.base_url and the id or label in the settings"
        }
        ("E0000001" | "E0000003", _) | (_, 400) => "the org's rules for such objects do not allow this",
        ("E0000022", _) | (_, 405) => "this org does not have this part of the API",
        _ => "",
    }
}
