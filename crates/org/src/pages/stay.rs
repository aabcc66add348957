//! The page that asks whether to stay signed in, where the org is set to ask.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use url::form_urlencoded::{Serializer, parse};

use super::page;
use crate::access::{DASHBOARD, redirect};
use crate::state::{Org, Shared};

/// Where the page is.
pub(super) const PATH: &str = "/login/stay-signed-in";

#[derive(Template)]
#[template(path = "stay.html")]
struct Question<'a> {
    from: &'a str,
    action: &'static str,
}

/// The page's address, on the way to another one.
pub(super) fn path(from: &str) -> String {
    format!("{PATH}?{}", Serializer::new(String::new()).append_pair("fromURI", from).finish())
}

/// The question.
pub(super) async fn show(
    State(org): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let from = from_uri(&org, query.unwrap_or_default().as_bytes());
    match org.require_sign_in(&headers, &from) {
        Ok(_) => page(StatusCode::OK, &Question { from: &from, action: PATH }),
        Err(detour) => axum::response::IntoResponse::into_response(detour),
    }
}

/// Either answer leads on.
pub(super) async fn submit(State(org): State<Shared>, body: Bytes) -> Response {
    redirect(&from_uri(&org, &body))
}

fn from_uri(org: &Org, encoded: &[u8]) -> String {
    parse(encoded)
        .find(|(name, _)| name == "fromURI")
        .and_then(|(_, target)| org.own_path(&target))
        .unwrap_or_else(|| DASHBOARD.to_owned())
}
