//! A page whose form sends itself: how messages reach an app through the browser.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

#[derive(Template)]
#[template(path = "self-posting.html")]
struct SelfPosting<'a> {
    action: &'a str,
    fields: &'a [(&'a str, &'a str)],
}

/// Posts these fields to this address as soon as a browser shows it.
pub(crate) fn self_posting(action: &str, fields: &[(&str, &str)]) -> Response {
    match (SelfPosting { action, fields }).render() {
        Ok(html) => {
            let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-cache, no-store")];
            (StatusCode::OK, headers, html).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
