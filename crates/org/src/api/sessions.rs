//! Sessions, by cookie and by user.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::caller::Caller;
use super::error::ApiError;
use crate::access::{self, SignedIn};
use crate::clock::written;
use crate::state::{Org, Shared};
use crate::store::{Event, Party};

/// `DELETE /users/{id}/sessions`: ends all sessions of a user.
pub(crate) async fn clear(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let now = org.now();
    let mut store = org.store();
    let user = store.user(&id).ok_or_else(|| ApiError::no("User", &id))?;
    let (id, party) = (user.id.clone(), Party::user(user));
    store.end_sessions_of(&id);
    store.log(Event::of("user.session.clear", actor, vec![party]), now);
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /sessions/me`: the session of the request's cookies.
pub(crate) async fn mine(State(org): State<Shared>, headers: HeaderMap) -> Result<Json<Value>, ApiError> {
    let signed_in = org.signed_in(&headers).ok_or_else(|| ApiError::no("Session", "me"))?;
    Ok(Json(shape(&org, &signed_in)))
}

/// `DELETE /sessions/me`: signs out.
pub(crate) async fn end_mine(State(org): State<Shared>, headers: HeaderMap) -> Result<Response, ApiError> {
    if !org.sign_out(&headers) {
        return Err(ApiError::no("Session", "me"));
    }
    Ok((StatusCode::NO_CONTENT, access::no_cookies(&org)).into_response())
}

fn shape(org: &Org, SignedIn { user, session }: &SignedIn) -> Value {
    json!({
        "id": session.id,
        "userId": user.id,
        "login": user.login(),
        "createdAt": written(session.authenticated),
        "expiresAt": written(session.expires),
        "status": "ACTIVE",
        "lastPasswordVerification": written(session.authenticated),
        "lastFactorVerification": null,
        "amr": ["pwd"],
        "idp": { "id": org.identity.org_id(), "type": "OKTA" },
        "mfaActive": false,
        "_links": {
            "self": {
                "href": org.url("/api/v1/sessions/me"),
                "hints": { "allow": ["GET", "DELETE"] },
            },
            "user": { "name": user.full_name(), "href": org.url(&format!("/api/v1/users/{}", user.id)) },
        },
    })
}
