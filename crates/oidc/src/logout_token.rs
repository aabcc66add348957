//! The logout token of OpenID Connect Back-Channel Logout.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::jwt::sign;
use crate::key::SigningKey;

/// A signed logout token about `sub` for `client_id`, good for two minutes.
pub fn logout_token(
    issuer: &str,
    client_id: &str,
    sub: &str,
    now: Timestamp,
    token_id: &str,
    key: &SigningKey,
) -> String {
    let issued = now.as_second();
    let event = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
    let claims: Map<String, Value> = [
        ("iss", json!(issuer)),
        ("sub", json!(sub)),
        ("aud", json!(client_id)),
        ("iat", json!(issued)),
        ("exp", json!(issued + 120)),
        ("jti", json!(token_id)),
        ("events", event),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    sign(&claims, key, &[("typ", "logout+jwt")])
}
