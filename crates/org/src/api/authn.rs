//! `/api/v1/authn`: signing in with user name and password, for a session token.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::body::Members;
use super::error::ApiError;
use crate::clock::written;
use crate::sign_in::{Attempt, attempt};
use crate::state::Shared;

/// A session token for the right password.
pub(crate) async fn authenticate(State(org): State<Shared>, body: Members) -> Result<Json<Value>, ApiError> {
    let name = body.text(&["username"]).unwrap_or_default();
    let password = body.text(&["password"]).unwrap_or_default();
    let now = org.now();
    let mut store = org.store();
    let user = match attempt(&mut store, name, password, now) {
        Attempt::SignedIn(user) => user,
        Attempt::LockedOut => {
            return Ok(Json(json!({
                "status": "LOCKED_OUT",
                "_embedded": {},
                "_links": { "next": { "name": "unlock", "href": org.url("/api/v1/authn/recovery/unlock") } },
            })));
        }
        Attempt::Refused => return Err(ApiError::AuthenticationFailed),
    };
    let (token, expires) = store.new_session_token(&user.id, now);
    Ok(Json(json!({
        "expiresAt": written(expires),
        "status": "SUCCESS",
        "sessionToken": token,
        "_embedded": {
            "user": {
                "id": user.id,
                "passwordChanged": user.password_changed.map(written),
                "profile": {
                    "login": user.login(),
                    "firstName": user.text("firstName"),
                    "lastName": user.text("lastName"),
                    "locale": "en_US",
                    "timeZone": "America/Los_Angeles",
                },
            },
        },
        "_links": {
            "cancel": {
                "href": org.url("/api/v1/authn/cancel"),
                "hints": { "allow": ["POST"] },
            },
        },
    })))
}
