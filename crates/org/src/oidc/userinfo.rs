//! What an app may know of the user, asked for with an access token.

use axum::Json;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use oinspect_oidc::userinfo_claims;
use serde_json::json;

use super::code_grant::profile;
use super::scope::has;
use crate::parameters::Parameters;
use crate::state::{Org, Shared};
use crate::store::UserStatus;

/// `GET /oauth2/v1/userinfo`.
pub(super) async fn asked(State(org): State<Shared>, headers: HeaderMap) -> Response {
    answer(&org, bearer(&headers))
}

/// `POST /oauth2/v1/userinfo`.
pub(super) async fn posted(State(org): State<Shared>, headers: HeaderMap, body: String) -> Response {
    let form = Parameters::read(&body);
    answer(&org, bearer(&headers).or(form.get("access_token")))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn answer(org: &Org, token: Option<&str>) -> Response {
    let grant = token.and_then(|token| org.provider.memory().access(token, org.now()));
    let Some(grant) = grant else {
        let why = "The access token is invalid or has expired.";
        return refused(StatusCode::UNAUTHORIZED, "invalid_token", why);
    };
    if !has(&grant.scopes, "openid") {
        let why = "The access token must provide access to the scope openid.";
        return refused(StatusCode::FORBIDDEN, "insufficient_scope", why);
    }
    let user = org.store().users.get(&grant.user_id).cloned();
    match user.filter(|user| user.status == UserStatus::Active) {
        Some(user) => {
            let claims = userinfo_claims(&profile(org, &user), &grant.scopes);
            org.provider.outbox.has_left(user.login(), "userinfo", claims.clone());
            Json(claims).into_response()
        }
        None => refused(StatusCode::UNAUTHORIZED, "invalid_token", "The user is not active."),
    }
}

fn refused(status: StatusCode, code: &str, description: &str) -> Response {
    let challenge = format!("Bearer realm=\"org\", error=\"{code}\", error_description=\"{description}\"");
    let body = Json(json!({ "error": code, "error_description": description }));
    (status, [(WWW_AUTHENTICATE, challenge)], body).into_response()
}
