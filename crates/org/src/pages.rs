//! The pages that people and browsers see.

mod dashboard;
mod destination;
mod hand_over;
mod home;
mod message;
mod sign_in;
mod stay;

use askama::Template;
use axum::Router;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::access::{DASHBOARD, SIGN_IN, redirect};
use crate::api::ApiError;
use crate::state::Shared;

pub(crate) use hand_over::adopt_session_token;
pub(crate) use message::{bad_request, no_such_app, not_assigned};

/// `/login/...`, `/home/...`, the dashboard.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(async || redirect(DASHBOARD)))
        .route(SIGN_IN, get(sign_in::show).post(sign_in::submit))
        .route(stay::PATH, get(stay::show).post(stay::submit))
        .route("/login/signout", get(sign_in::sign_out))
        .route("/login/sessionCookieRedirect", get(hand_over::session_cookie_redirect))
        .route(DASHBOARD, get(dashboard::show))
        .route("/app/user-home", get(dashboard::show))
        .route("/home/{name}/{id}/{link}", get(home::open))
        .route("/assets/org.css", get(style))
}

/// What there is not.
pub(crate) async fn nothing(request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return ApiError::Unsupported.into_response();
    }
    message::not_found()
}

/// Headers for every answer that does not bring its own: nothing is kept, framed or guessed.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (CACHE_CONTROL, "no-cache, no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

async fn style() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "max-age=3600")];
    (headers, include_str!("../templates/org.css"))
}

/// A page with this status. It runs no script. Where its forms lead is left open: browsers hold a
/// `form-action` also against the redirections that follow, and those lead to apps.
fn page(status: StatusCode, template: &impl Template) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
    match template.render() {
        Ok(html) => {
            let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
            (status, headers, html).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
