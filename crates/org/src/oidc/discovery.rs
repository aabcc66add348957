//! What the provider says of itself, and its keys.

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use oinspect_oidc::jwks;
use serde_json::{Value, json};

use super::scope::SCOPES;
use crate::state::{Org, Shared};

/// What can be asked for; the code flow is what apps of the integration network use.
pub(super) const RESPONSE_TYPES: [&str; 6] =
    ["code", "id_token", "code id_token", "code token", "id_token token", "code id_token token"];

const CLIENT_AUTHENTICATION: [&str; 5] =
    ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"];

/// `GET /.well-known/openid-configuration`.
pub(super) async fn configuration(State(org): State<Shared>) -> Response {
    ([(CACHE_CONTROL, "max-age=86400, must-revalidate")], Json(described(&org))).into_response()
}

/// `GET /oauth2/v1/keys`.
pub(super) async fn keys(State(org): State<Shared>) -> Response {
    let set = jwks(&org.provider.published());
    ([(CACHE_CONTROL, "max-age=3600, must-revalidate")], Json(set)).into_response()
}

fn described(org: &Org) -> Value {
    let at = |path: &str| org.url(&format!("/oauth2/v1/{path}"));
    let mut document = json!({
        "issuer": org.base_url,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("keys"),
        "response_types_supported": RESPONSE_TYPES,
        "response_modes_supported": ["query", "fragment", "form_post", "okta_post_message"],
        "grant_types_supported": [
            "authorization_code", "implicit", "refresh_token", "password",
            "urn:ietf:params:oauth:grant-type:device_code",
        ],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": SCOPES,
        "token_endpoint_auth_methods_supported": CLIENT_AUTHENTICATION,
        "claims_supported": [
            "iss", "ver", "sub", "aud", "iat", "exp", "jti", "auth_time", "amr", "idp", "nonce", "name",
            "preferred_username", "given_name", "family_name", "email", "email_verified", "zoneinfo",
            "locale", "updated_at", "at_hash", "c_hash",
        ],
        "code_challenge_methods_supported": ["S256"],
        "introspection_endpoint": at("introspect"),
        "introspection_endpoint_auth_methods_supported": CLIENT_AUTHENTICATION,
        "revocation_endpoint": at("revoke"),
        "revocation_endpoint_auth_methods_supported": CLIENT_AUTHENTICATION,
        "end_session_endpoint": at("logout"),
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
    });
    if let (true, Some(document)) = (org.logout_channels, document.as_object_mut()) {
        for name in ["backchannel_logout_supported", "frontchannel_logout_supported"] {
            document.insert(name.to_owned(), json!(true));
        }
    }
    document
}
