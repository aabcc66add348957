//! The sign-in page, with the names that Okta's widget gives its parts, and signing out.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use url::form_urlencoded;

use super::destination::app_at;
use super::{page, stay};
use crate::access::{self, DASHBOARD, SIGN_IN, redirect};
use crate::sign_in::{Attempt, attempt};
use crate::state::{Org, Shared};
use crate::store::{Event, Party};

/// What the widget says to a user without the app. The app's name for it is `idx.error.user.not.assigned.to.app`.
const NOT_ASSIGNED: &str = "User is not assigned to this application.";
/// What it says to everybody else whom it does not let in.
const REFUSED: &str = "Unable to sign in";

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Widget<'a> {
    /// Where the user goes afterwards.
    from: &'a str,
    /// Shown in the field, or above the password once it is settled.
    identifier: &'a str,
    step: Step,
    error: Option<&'a str>,
    action: &'static str,
    /// The first page again.
    back: String,
}

/// What the page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Both,
    Identifier,
    Password,
}

/// The values of a query or a form.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn of(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Where to go afterwards: a page of the org, whatever was asked for.
    fn destination(&self, org: &Org) -> String {
        match self.get("fromURI") {
            "" => DASHBOARD.to_owned(),
            target => org.own_path(target).unwrap_or_else(|| DASHBOARD.to_owned()),
        }
    }
}

/// The page. Somebody who is signed in goes on at once, unless the password is wanted again.
pub(super) async fn show(
    State(org): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let fields = Fields::of(query.unwrap_or_default().as_bytes());
    let from = fields.destination(&org);
    if fields.get("prompt") != "login" && org.signed_in(&headers).is_some() {
        return redirect(&from);
    }
    let step = if org.sign_in.password_on_second_page { Step::Identifier } else { Step::Both };
    let identifier = fields.get("login_hint");
    page(StatusCode::OK, &widget(&from, identifier, step, None))
}

/// What the page's form sends.
pub(super) async fn submit(State(org): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let fields = Fields::of(&body);
    let from = fields.destination(&org);
    let first = if org.sign_in.password_on_second_page { Step::Identifier } else { Step::Both };
    // The second page does not ask for the name again: it brings it along.
    let settled = fields.get("settledIdentifier");
    let (identifier, step) =
        if settled.is_empty() { (fields.get("identifier").trim(), first) } else { (settled, Step::Password) };
    let refuse = |status, step, error| page(status, &widget(&from, identifier, step, Some(error)));
    if identifier.is_empty() {
        return refuse(StatusCode::BAD_REQUEST, first, "Enter your username.");
    }
    if is_elsewhere(&org, identifier, &from) {
        return refuse(StatusCode::BAD_REQUEST, first, NOT_ASSIGNED);
    }
    let password = fields.get("credentials.passcode");
    if password.is_empty() {
        return match step {
            Step::Identifier => page(StatusCode::OK, &widget(&from, identifier, Step::Password, None)),
            Step::Both | Step::Password => refuse(StatusCode::BAD_REQUEST, step, "Enter your password."),
        };
    }
    let now = org.now();
    let judged = attempt(&mut org.store(), identifier, password, now);
    match judged {
        Attempt::SignedIn(user) => {
            // Whoever was signed in before in this browser is not any more.
            org.sign_out(&headers);
            let session = org.begin_session(&user, Some(&from));
            let next = if org.sign_in.asks_to_stay_signed_in { stay::path(&from) } else { from };
            (access::cookies(&org, &session), redirect(&next)).into_response()
        }
        Attempt::LockedOut | Attempt::Refused => {
            let step = if step == Step::Identifier { Step::Password } else { step };
            refuse(StatusCode::UNAUTHORIZED, step, REFUSED)
        }
    }
}

fn widget<'a>(from: &'a str, identifier: &'a str, step: Step, error: Option<&'a str>) -> Widget<'a> {
    Widget { from, identifier, step, error, action: SIGN_IN, back: access::sign_in_path(from, false) }
}

/// Ends the session and shows the sign-in page, or another page of the org.
pub(super) async fn sign_out(
    State(org): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let fields = Fields::of(query.unwrap_or_default().as_bytes());
    org.sign_out(&headers);
    let next = match fields.get("fromURI") {
        "" => SIGN_IN.to_owned(),
        _ => fields.destination(&org),
    };
    (access::no_cookies(&org), redirect(&next)).into_response()
}

/// Whether there is such a user, on the way to an app that is not theirs. The attempt is logged.
fn is_elsewhere(org: &Org, login: &str, from: &str) -> bool {
    let now = org.now();
    let mut store = org.store();
    let (Some(user), Some(app)) = (store.user_of_login(login), app_at(&store, from)) else { return false };
    if store.is_assigned(&user.id, &app.ids.app_id) {
        return false;
    }
    let party = Party::user(user);
    let targets = vec![Party::app(app), party.clone()];
    let event = Event::of("app.generic.unauth_app_access_attempt", party, targets);
    store.log(event.failed("User attempted unauthorized access to app"), now);
    true
}
