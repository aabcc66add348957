//! Who sent a request, by its cookies, and how somebody unknown gets to sign in and back.

use axum::http::header::{COOKIE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::state::Org;
use crate::store::{Session, User};

/// The path of the sign-in page.
pub(crate) const SIGN_IN: &str = "/login/login.htm";

/// The cookies that hold a session: Identity Engine's and the classic one. Either will do.
pub(crate) const COOKIES: [&str; 2] = ["idx", "sid"];

/// A user with a live session.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) user: User,
    pub(crate) session: Session,
}

/// The way to the sign-in page; as a response, a redirection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Detour(String);

impl IntoResponse for Detour {
    fn into_response(self) -> Response {
        redirect(&self.0)
    }
}

impl Org {
    /// The user whose session the cookies hold.
    pub(crate) fn signed_in(&self, headers: &HeaderMap) -> Option<SignedIn> {
        let now = self.now();
        let mut store = self.store();
        let session = session_cookies(headers).find_map(|cookie| store.session(cookie, now))?;
        let user = store.users.get(&session.user_id)?.clone();
        Some(SignedIn { user, session })
    }

    /// The signed-in user, or the way to the sign-in page and from there back to `from`: a path of the
    /// org with its query.
    pub(crate) fn require_sign_in(&self, headers: &HeaderMap, from: &str) -> Result<SignedIn, Detour> {
        self.signed_in(headers).ok_or_else(|| Detour(sign_in_path(from, false)))
    }

    /// The same for a page that demands that the user gives the password for it and now (`ForceAuthn`,
    /// `prompt=login`). Whoever comes back from the sign-in page with the same `from` is let through once.
    pub(crate) fn require_fresh_sign_in(&self, headers: &HeaderMap, from: &str) -> Result<SignedIn, Detour> {
        match self.signed_in(headers) {
            Some(signed_in) if self.store().take_fresh_sign_in(&signed_in.session.cookie, from) => {
                Ok(signed_in)
            }
            Some(_) | None => Err(Detour(sign_in_path(from, true))),
        }
    }

    /// A path of the org with its query, if this text is one or is an address of the org.
    pub(crate) fn own_path(&self, target: &str) -> Option<String> {
        let base = Url::parse(&self.base_url).ok()?;
        let url = base.join(target).ok()?;
        if url.origin() != base.origin() || !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        Some(match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        })
    }
}

/// The sign-in page, which leads back to `from`. `again` shows it to a signed-in user too.
pub(crate) fn sign_in_path(from: &str, again: bool) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("fromURI", from);
    if again {
        query.append_pair("prompt", "login");
    }
    format!("{SIGN_IN}?{}", query.finish())
}

/// A redirection that a browser follows with GET.
pub(crate) fn redirect(to: &str) -> Response {
    (StatusCode::FOUND, [(LOCATION, to.to_owned())]).into_response()
}

/// The values of the cookies that may hold a session.
pub(crate) fn session_cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| COOKIES.contains(name))
        .map(|(_, value)| value)
}
