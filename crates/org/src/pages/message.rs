//! Pages that only say something: that an app is not the user's, that a request is wrong.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::page;
use crate::access::SignedIn;
use crate::state::Org;
use crate::store::{Event, Instance, Party};

#[derive(Template)]
#[template(path = "message.html")]
struct Message<'a> {
    /// What a browser's test finds the page by.
    kind: &'a str,
    title: &'a str,
    text: &'a str,
}

/// What a signed-in user sees who is not assigned to the app. The attempt is logged; the app hears nothing.
pub(crate) fn not_assigned(org: &Org, who: &SignedIn, app: &Instance) -> Response {
    let event = Event::of(
        "app.generic.unauth_app_access_attempt",
        Party::user(&who.user),
        vec![Party::app(app), Party::user(&who.user)],
    );
    org.record(event.failed("User attempted unauthorized access to app").in_session(&who.session.id));
    let text = "Your account is not assigned to this app. Ask your administrator for access.";
    let title = "You do not have access to this app";
    page(StatusCode::FORBIDDEN, &Message { kind: "app-access-denied", title, text })
}

/// What a browser sees that looks for an app where there is none.
pub(crate) fn no_such_app(text: &str) -> Response {
    let title = "404: there is no such app";
    page(StatusCode::NOT_FOUND, &Message { kind: "error-404", title, text })
}

/// What a browser sees that brought a request the org cannot answer by sending it on, such as one for an
/// unknown client.
pub(crate) fn bad_request(text: &str) -> Response {
    let title = "400: this request cannot be answered";
    page(StatusCode::BAD_REQUEST, &Message { kind: "error-400", title, text })
}

/// What a browser sees at an address where there is nothing.
pub(super) fn not_found() -> Response {
    let title = "404: there is no such page";
    let text = "Nothing is at this address. The link may be old, or the app it led to may be gone.";
    page(StatusCode::NOT_FOUND, &Message { kind: "error-404", title, text })
}
