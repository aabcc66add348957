//! Reading a request's JSON object, bounded and without trust.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Map, Value};

use super::error::ApiError;

/// The body's members. An empty body has none.
#[derive(Debug)]
pub(crate) struct Members(pub(crate) Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for Members {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
                _ => ApiError::Malformed,
            }
        })?;
        if bytes.is_empty() {
            return Ok(Self(Map::new()));
        }
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            Ok(_) | Err(_) => Err(ApiError::Malformed),
        }
    }
}

impl Members {
    /// The object of this name; none when it is absent or null.
    pub(crate) fn object(&self, name: &str) -> Result<Option<&Map<String, Value>>, ApiError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(object)) => Ok(Some(object)),
            Some(_) => Err(ApiError::Malformed),
        }
    }

    /// The text at this path of members.
    pub(crate) fn text(&self, path: &[&str]) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        let start = self.0.get(*first)?;
        rest.iter().try_fold(start, |value, name| value.get(*name))?.as_str()
    }
}
