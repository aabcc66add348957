//! Errors of the endpoints that programs call, as JSON.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An OAuth error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) description: String,
}

impl Refusal {
    pub(super) fn of(code: &'static str, description: impl Into<String>) -> Self {
        Self { code, description: description.into() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": self.code, "error_description": self.description }));
        if self.code == "invalid_client" {
            let challenge = [(WWW_AUTHENTICATE, "Basic realm=\"org\""), (CACHE_CONTROL, "no-store")];
            (StatusCode::UNAUTHORIZED, challenge, body).into_response()
        } else {
            (StatusCode::BAD_REQUEST, [(CACHE_CONTROL, "no-store")], body).into_response()
        }
    }
}
