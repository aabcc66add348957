//! An answer, before it becomes bytes.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::{Map, Value};

use crate::switches::Switches;
use crate::variant::Variant;

/// Status, headers and content of an answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub content: Content,
}

/// What an answer carries.
#[derive(Debug)]
pub(crate) enum Content {
    Nothing,
    Scim(Value),
    Json(Value),
    Html(String),
    SamlMetadata(String),
    /// Bytes that were bent after they were written.
    Bytes {
        media_type: &'static str,
        bytes: Vec<u8>,
    },
}

impl Answer {
    pub(crate) fn scim(status: u16, document: Value) -> Self {
        Self { status, headers: Vec::new(), content: Content::Scim(document) }
    }

    pub(crate) fn json(status: u16, document: Value) -> Self {
        Self {
            status,
            headers: vec![("cache-control", "no-store".to_owned())],
            content: Content::Json(document),
        }
    }

    pub(crate) fn html(status: u16, page: String) -> Self {
        Self { status, headers: Vec::new(), content: Content::Html(page) }
    }

    pub(crate) fn nothing(status: u16) -> Self {
        Self { status, headers: Vec::new(), content: Content::Nothing }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The answer as the server sends it.
    pub(crate) fn response(self, switches: Switches) -> Response<Body> {
        let charset = if switches.is(Variant::CharsetInContentType) { "; charset=utf-8" } else { "" };
        let (media_type, body) = match self.content {
            Content::Nothing => (None, Body::empty()),
            Content::Scim(document) => {
                let document =
                    if switches.is(Variant::ReversedOrder) { reversed(document) } else { document };
                (Some(format!("application/scim+json{charset}")), Body::from(document.to_string()))
            }
            Content::Json(document) => {
                (Some("application/json".to_owned()), Body::from(document.to_string()))
            }
            Content::Html(page) => (Some("text/html; charset=utf-8".to_owned()), Body::from(page)),
            Content::SamlMetadata(xml) => (Some("application/samlmetadata+xml".to_owned()), Body::from(xml)),
            Content::Bytes { media_type, bytes } => (Some(media_type.to_owned()), Body::from(bytes)),
        };
        let mut response = Response::new(body);
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        if let Some(value) = media_type.and_then(|media_type| HeaderValue::try_from(media_type).ok()) {
            headers.insert(header::CONTENT_TYPE, value);
        }
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        for (name, value) in self.headers {
            match HeaderValue::try_from(value) {
                // An answer may set several cookies; of everything else there is one.
                Ok(value) if name == "set-cookie" => {
                    headers.append(header::SET_COOKIE, value);
                }
                Ok(value) => {
                    headers.insert(HeaderName::from_static(name), value);
                }
                Err(_) => {}
            }
        }
        response
    }
}

/// The same document with the members of its objects in the opposite order.
fn reversed(document: Value) -> Value {
    match document {
        Value::Object(members) => Value::Object(
            members.into_iter().rev().map(|(name, value)| (name, reversed(value))).collect::<Map<_, _>>(),
        ),
        Value::Array(elements) => Value::Array(elements.into_iter().map(reversed).collect()),
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => scalar,
    }
}
