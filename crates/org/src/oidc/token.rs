//! The token endpoint: codes, refresh tokens and a service's own credentials for tokens.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use oinspect_oidc::code_challenge;
use serde_json::{Value, json};

use super::client::{Client, authenticated};
use super::code_grant::{access_token, id_token, signed_access};
use super::provider::{ACCESS_LIFETIME, Code, Grant, Redeemed};
use super::refusal::Refusal;
use super::scope::{has, joined};
use crate::app::SignOn;
use crate::parameters::Parameters;
use crate::state::{Org, Shared};
use crate::store::{AccessToken, Event, Party, User, UserStatus};

/// `POST /oauth2/v1/token`.
pub(super) async fn endpoint(State(org): State<Shared>, headers: HeaderMap, body: String) -> Response {
    let form = Parameters::read(&body);
    match answer(&org, &headers, &form) {
        Ok(tokens) => ([(CACHE_CONTROL, "no-cache, no-store")], Json(tokens)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

fn answer(org: &Org, headers: &HeaderMap, form: &Parameters) -> Result<Value, Refusal> {
    let client = authenticated(org, headers, form, &org.url("/oauth2/v1/token"))
        .inspect_err(|refusal| failed(org, None, form, refusal))?;
    let result = match form.get("grant_type") {
        None => Err(Refusal::of("invalid_request", "The grant_type is missing.")),
        Some("authorization_code") => of_code(org, &client, form),
        Some("refresh_token") => of_refresh_token(org, &client, form),
        Some("client_credentials") => of_service(org, &client, form),
        Some(_) => Err(Refusal::of("unsupported_grant_type", "The grant type is not supported.")),
    };
    result.inspect_err(|refusal| failed(org, Some(&client), form, refusal))
}

fn of_code(org: &Org, client: &Client, form: &Parameters) -> Result<Value, Refusal> {
    let code = form.get("code").ok_or_else(|| Refusal::of("invalid_request", "The code is missing."))?;
    let now = org.now();
    let client_id = &client.app.ids.client_id;
    let redeemed = org.provider.memory().redeem(code, client_id, now, |code| complaint(code, form));
    let code = match redeemed {
        Redeemed::Good(code) => code,
        Redeemed::Refused => {
            return Err(Refusal::of("invalid_grant", "The authorization code is invalid or has expired."));
        }
        Redeemed::Unfit(why) => return Err(Refusal::of("invalid_grant", why)),
    };
    tokens(org, client, form, &code.grant, None)
}

fn complaint(code: &Code, form: &Parameters) -> Option<&'static str> {
    if form.get("redirect_uri") != Some(code.redirect_uri.as_str()) {
        return Some("The 'redirect_uri' is not the one of the authorization request.");
    }
    match (code.challenge.as_deref(), form.get("code_verifier")) {
        (None, None) => None,
        (Some(challenge), Some(verifier)) if code_challenge(verifier) == challenge => None,
        (Some(_) | None, _) => Some("PKCE verification failed."),
    }
}

fn of_refresh_token(org: &Org, client: &Client, form: &Parameters) -> Result<Value, Refusal> {
    let token = form
        .get("refresh_token")
        .ok_or_else(|| Refusal::of("invalid_request", "The refresh_token is missing."))?;
    let found = org.provider.memory().refresh(token, org.now());
    let grant = found
        .filter(|grant| grant.client_id == client.app.ids.client_id)
        .ok_or_else(|| Refusal::of("invalid_grant", "The refresh token is invalid or expired."))?;
    let scopes: Vec<String> = match form.get("scope") {
        None => grant.scopes.clone(),
        Some(narrower) => narrower.split_whitespace().map(str::to_owned).collect(),
    };
    if scopes.iter().any(|scope| !has(&grant.scopes, scope)) {
        return Err(Refusal::of("invalid_scope", "The scope is wider than what was granted."));
    }
    tokens(org, client, form, &Grant { scopes, nonce: None, ..grant }, Some(token))
}

fn tokens(
    org: &Org,
    client: &Client,
    form: &Parameters,
    grant: &Grant,
    refresh: Option<&str>,
) -> Result<Value, Refusal> {
    let user = org.store().users.get(&grant.user_id).cloned();
    let user = user
        .filter(|user| user.status == UserStatus::Active)
        .filter(|user| org.is_assigned(&user.id, &client.app.ids.app_id))
        .ok_or_else(|| Refusal::of("invalid_grant", "The user is no longer assigned to the client."))?;
    let access = access_token(org, &user, grant);
    let mut answer = json!({
        "token_type": "Bearer",
        "expires_in": ACCESS_LIFETIME.as_secs(),
        "access_token": access,
        "scope": joined(&grant.scopes),
    });
    if has(&grant.scopes, "offline_access") {
        let token = match refresh {
            Some(token) => token.to_owned(),
            None => org.provider.memory().new_refresh(grant, org.now()),
        };
        answer["refresh_token"] = json!(token);
    }
    granted(org, client, form, &user, grant, "app.oauth2.token.grant.access_token");
    if has(&grant.scopes, "openid") {
        answer["id_token"] = json!(id_token(org, &user, grant, Some(&access), None));
        granted(org, client, form, &user, grant, "app.oauth2.token.grant.id_token");
    }
    Ok(answer)
}

fn of_service(org: &Org, client: &Client, form: &Parameters) -> Result<Value, Refusal> {
    let SignOn::Service(service) = &client.app.app.sign_on else {
        return Err(Refusal::of("unauthorized_client", "The client may not use this grant type."));
    };
    let scopes: Vec<String> =
        form.get("scope").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    if scopes.is_empty() || scopes.iter().any(|scope| !has(&service.scopes, scope)) {
        let why = "One or more scopes are not granted to the service app.";
        return Err(Refusal::of("invalid_scope", why));
    }
    let client_id = client.app.ids.client_id.clone();
    let token = signed_access(org, &client_id, &scopes, &[("sub", json!(client_id))]);
    let now = org.now();
    let expires = now.checked_add(ACCESS_LIFETIME).unwrap_or(now);
    let scope = joined(&scopes);
    org.store().accept_access_token(&token, AccessToken { client_id, scopes, expires });
    let event = Event::of(
        "app.oauth2.token.grant.access_token",
        Party::client(&client.app),
        vec![Party::app(&client.app)],
    );
    org.record(described(event, Some(client), form).with("grantedScopes", scope.as_str()));
    Ok(json!({
        "token_type": "Bearer",
        "expires_in": ACCESS_LIFETIME.as_secs(),
        "access_token": token,
        "scope": scope,
    }))
}

fn granted(org: &Org, client: &Client, form: &Parameters, user: &User, grant: &Grant, kind: &'static str) {
    let targets = vec![Party::app(&client.app), Party::user(user)];
    let event = described(Event::of(kind, Party::client(&client.app), targets), Some(client), form)
        .with("requestedScopes", joined(&grant.scopes))
        .with("grantedScopes", joined(&grant.scopes));
    org.record(event.in_session(&grant.session_id));
}

fn failed(org: &Org, client: Option<&Client>, form: &Parameters, refusal: &Refusal) {
    let actor = client.map_or_else(
        || Party::unknown(form.get("client_id").unwrap_or("unknown")),
        |client| Party::client(&client.app),
    );
    let targets = client.map(|client| Party::app(&client.app)).into_iter().collect();
    let event = Event::of("app.oauth2.token.grant.access_token", actor, targets).failed(refusal.code);
    org.record(described(event, client, form).with("errorDescription", refusal.description.as_str()));
}

fn described(event: Event, client: Option<&Client>, form: &Parameters) -> Event {
    let verifier = if form.get("code_verifier").is_some() { "present" } else { "absent" };
    event
        .with("clientAuthType", client.map_or("unknown", |client| client.method.name()))
        .with("grantType", form.get("grant_type").unwrap_or_default())
        .with("redirectUri", form.get("redirect_uri").unwrap_or_default())
        .with("codeVerifier", verifier)
}
