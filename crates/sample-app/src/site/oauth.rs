//! The token endpoint: client credentials for an access token (RFC 6749, section 4.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::authorization::Tokens;
use crate::http::{Answer, Query};
use crate::switches::Switches;

/// Answers a request of the token endpoint.
pub(super) fn token(
    method: &str,
    media_type: Option<&str>,
    authorization: Option<&str>,
    body: &[u8],
    tokens: &mut Tokens,
) -> Answer {
    if method != "POST" {
        return error(405, "invalid_request").with("allow", "POST");
    }
    let is_form = media_type
        .and_then(|media_type| media_type.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    let form = std::str::from_utf8(body).ok().filter(|_| is_form);
    let Some(form) = form.and_then(|form| Query::parse(form, Switches::default()).ok()) else {
        return error(400, "invalid_request");
    };
    let (id, secret) = match authorization.and_then(basic) {
        Some(credentials) => credentials,
        None => (
            form.get("client_id").unwrap_or_default().to_owned(),
            form.get("client_secret").unwrap_or_default().to_owned(),
        ),
    };
    let Some(tenant) = tokens.client(&id, &secret) else {
        return error(401, "invalid_client").with("www-authenticate", "Basic realm=\"OAuth\"");
    };
    match form.get("grant_type") {
        Some("client_credentials") => {
            let (token, seconds) = tokens.issue(tenant);
            Answer::json(200, json!({ "access_token": token, "token_type": "Bearer", "expires_in": seconds }))
        }
        Some(_) => error(400, "unsupported_grant_type"),
        None => error(400, "invalid_request"),
    }
}

fn basic(authorization: &str) -> Option<(String, String)> {
    let (scheme, encoded) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

fn error(status: u16, keyword: &str) -> Answer {
    Answer::json(status, json!({ "error": keyword }))
}
