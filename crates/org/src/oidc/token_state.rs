//! Whether a token is good, and ending it before its time.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::client::authenticated;
use super::provider::Grant;
use super::refusal::Refusal;
use super::scope::joined;
use crate::parameters::Parameters;
use crate::state::{Org, Shared};

/// `POST /oauth2/v1/introspect`.
pub(super) async fn introspect(State(org): State<Shared>, headers: HeaderMap, body: String) -> Response {
    match introspected(&org, &headers, &Parameters::read(&body)) {
        Ok(state) => Json(state).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// `POST /oauth2/v1/revoke`.
pub(super) async fn revoke(State(org): State<Shared>, headers: HeaderMap, body: String) -> Response {
    let form = Parameters::read(&body);
    match asked_about(&org, &headers, &form, "revoke") {
        Ok((client_id, token)) => {
            org.provider.memory().revoke(&token, &client_id);
            StatusCode::OK.into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn introspected(org: &Org, headers: &HeaderMap, form: &Parameters) -> Result<Value, Refusal> {
    let (client_id, token) = asked_about(org, headers, form, "introspect")?;
    let now = org.now();
    let (access, refresh) = {
        let memory = org.provider.memory();
        (memory.access(&token, now), memory.refresh(&token, now))
    };
    let own = |grant: &Grant| grant.client_id == client_id;
    let found = access
        .filter(own)
        .map(|grant| (grant, "Bearer"))
        .or_else(|| refresh.filter(own).map(|grant| (grant, "refresh_token")));
    let Some((grant, kind)) = found else { return Ok(json!({ "active": false })) };
    let login = org.store().users.get(&grant.user_id).map(|user| user.login().to_owned());
    Ok(json!({
        "active": true,
        "token_type": kind,
        "scope": joined(&grant.scopes),
        "client_id": grant.client_id,
        "username": login,
        "exp": grant.expires.as_second(),
        "sub": login,
        "iss": org.base_url,
        "aud": org.base_url,
        "uid": grant.user_id,
    }))
}

/// The client that asks, and the token that it asks about.
fn asked_about(
    org: &Org,
    headers: &HeaderMap,
    form: &Parameters,
    endpoint: &str,
) -> Result<(String, String), Refusal> {
    let client = authenticated(org, headers, form, &org.url(&format!("/oauth2/v1/{endpoint}")))?;
    let token = form.get("token").ok_or_else(|| Refusal::of("invalid_request", "The token is missing."))?;
    Ok((client.app.ids.client_id, token.to_owned()))
}
