//! Who sent a request, by its cookies, and how somebody unknown gets to sign in and back.

use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::state::Org;
use crate::store::{Event, Party, Session, User};

/// The path of the sign-in page.
pub(crate) const SIGN_IN: &str = "/login/login.htm";

/// The path of the dashboard.
pub(crate) const DASHBOARD: &str = "/app/UserHome";

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

impl Detour {
    /// The way to the sign-in page and back to `from`.
    pub(crate) fn to_sign_in(from: &str) -> Self {
        Self(sign_in_path(from, false))
    }
}

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
        self.signed_in(headers).ok_or_else(|| Detour::to_sign_in(from))
    }

    /// The same for a page that demands that the user gives the password for it and now (`ForceAuthn`,
    /// `prompt=login`). Whoever comes back from the sign-in page with the same `from` is let through once.
    pub(crate) fn require_fresh_sign_in(&self, headers: &HeaderMap, from: &str) -> Result<SignedIn, Detour> {
        let page = self.own_path(from).unwrap_or_else(|| from.to_owned());
        match self.signed_in(headers) {
            Some(signed_in) if self.store().take_fresh_sign_in(&signed_in.session.cookie, &page) => {
                Ok(signed_in)
            }
            Some(_) | None => Err(Detour(sign_in_path(from, true))),
        }
    }

    /// Ends the session that the cookies hold. Says whether there was one.
    pub(crate) fn sign_out(&self, headers: &HeaderMap) -> bool {
        let Some(SignedIn { user, session }) = self.signed_in(headers) else { return false };
        let now = self.now();
        let mut store = self.store();
        store.end_session(&session.cookie);
        let party = Party::user(&user);
        store.log(Event::of("user.session.end", party.clone(), vec![party]).in_session(&session.id), now);
        true
    }

    /// Starts a session for a user who gave the password, on the way to a page of the org.
    pub(crate) fn begin_session(&self, user: &User, for_page: Option<&str>) -> Session {
        let now = self.now();
        let mut store = self.store();
        let session = store.start_session(&user.id, for_page, now);
        let party = Party::user(user);
        for kind in ["policy.evaluate_sign_on", "user.session.start"] {
            let event = Event::of(kind, party.clone(), vec![party.clone()]);
            store.log(event.in_session(&session.id), now);
        }
        session
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

/// The headers that make a browser keep a session.
pub(crate) fn cookies(org: &Org, session: &Session) -> HeaderMap {
    set_cookies(org, &session.cookie, "")
}

/// The headers that make a browser forget its session.
pub(crate) fn no_cookies(org: &Org) -> HeaderMap {
    set_cookies(org, "", "; Max-Age=0")
}

fn set_cookies(org: &Org, value: &str, more: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    // Browsers keep SameSite=None only with Secure, and Secure only over https.
    let site = if org.is_https() { "SameSite=None; Secure" } else { "SameSite=Lax" };
    for name in COOKIES {
        if let Ok(cookie) = HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; {site}{more}"))
        {
            headers.append(SET_COOKIE, cookie);
        }
    }
    headers
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
