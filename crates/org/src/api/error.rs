//! The API's refusals, each with Okta's code and status.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::random;

/// Why the API refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ApiError {
    /// A value is missing, wrong or taken: the field, and what is wrong with it.
    Invalid { field: String, cause: String },
    /// The body is no JSON object.
    Malformed,
    /// The body is larger than the org reads.
    TooLarge,
    /// User name and password do not belong together.
    AuthenticationFailed,
    /// The token does not allow this.
    Forbidden,
    /// There is no such thing: its id and kind.
    NotFound { id: String, kind: &'static str },
    /// No token, or none of the org's.
    InvalidToken,
    /// The user is active already.
    AlreadyActive,
    /// There is no such endpoint, or not with this method.
    Unsupported,
    /// A search or filter that cannot be read.
    BadCriteria(String),
    /// The user is not locked out.
    NotLocked,
    /// The user's status does not allow this.
    WrongStatus,
    /// An app in use cannot be deleted.
    AppInUse,
    /// A built-in group stays as it is.
    BuiltIn,
    /// Too many calls.
    TooMany,
}

impl ApiError {
    /// A wrong value.
    pub(crate) fn invalid(field: &str, cause: impl Into<String>) -> Self {
        Self::Invalid { field: field.to_owned(), cause: cause.into() }
    }

    /// Something that is not there.
    pub(crate) fn no(kind: &'static str, id: &str) -> Self {
        Self::NotFound { id: id.to_owned(), kind }
    }

    fn code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Invalid { .. } => (StatusCode::BAD_REQUEST, "E0000001"),
            Self::Malformed => (StatusCode::BAD_REQUEST, "E0000003"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "E0000003"),
            Self::AuthenticationFailed => (StatusCode::UNAUTHORIZED, "E0000004"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "E0000006"),
            Self::NotFound { .. } => (StatusCode::NOT_FOUND, "E0000007"),
            Self::InvalidToken => (StatusCode::UNAUTHORIZED, "E0000011"),
            Self::AlreadyActive => (StatusCode::FORBIDDEN, "E0000016"),
            Self::Unsupported => (StatusCode::METHOD_NOT_ALLOWED, "E0000022"),
            Self::BadCriteria(_) => (StatusCode::BAD_REQUEST, "E0000031"),
            Self::NotLocked => (StatusCode::FORBIDDEN, "E0000032"),
            Self::WrongStatus => (StatusCode::FORBIDDEN, "E0000038"),
            Self::AppInUse => (StatusCode::FORBIDDEN, "E0000056"),
            Self::BuiltIn => (StatusCode::NOT_IMPLEMENTED, "E0000060"),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, "E0000047"),
        }
    }

    fn summary(&self) -> String {
        match self {
            Self::Invalid { field, .. } => format!("Api validation failed: {field}"),
            Self::Malformed => "The request body was not well-formed.".to_owned(),
            Self::TooLarge => "The request body is too large.".to_owned(),
            Self::AuthenticationFailed => "Authentication failed".to_owned(),
            Self::Forbidden => "You do not have permission to perform the requested action".to_owned(),
            Self::NotFound { id, kind } => format!("Not found: Resource not found: {id} ({kind})"),
            Self::InvalidToken => "Invalid token provided".to_owned(),
            Self::AlreadyActive => "Activation failed because the user is already active".to_owned(),
            Self::Unsupported => "The endpoint does not support the provided HTTP method".to_owned(),
            Self::BadCriteria(why) => format!("Invalid search criteria. {why}"),
            Self::NotLocked => "Unlock is not allowed for this user.".to_owned(),
            Self::WrongStatus => "This operation is not allowed in the user's current status.".to_owned(),
            Self::AppInUse => "Delete application forbidden.".to_owned(),
            Self::BuiltIn => "Unsupported operation.".to_owned(),
            Self::TooMany => "API call exceeded rate limit due to too many requests.".to_owned(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.code();
        let causes = match &self {
            Self::Invalid { field, cause } => vec![json!({ "errorSummary": format!("{field}: {cause}") })],
            _ => Vec::new(),
        };
        let body = json!({
            "errorCode": code,
            "errorSummary": self.summary(),
            "errorLink": code,
            "errorId": format!("oae{}", random::token(22)),
            "errorCauses": causes,
        });
        (status, Json(body)).into_response()
    }
}
