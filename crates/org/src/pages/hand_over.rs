//! Session tokens become sessions: at an address of their own, or on the way to an app.

use axum::extract::{RawQuery, Request, State};
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use url::form_urlencoded::{Serializer, parse};

use super::message::bad_request;
use crate::access::{COOKIES, Detour, cookies, redirect};
use crate::state::{Org, Shared};
use crate::store::{Session, UserStatus};

/// The parameters that hold a session token on the way to an app.
const TOKENS: [&str; 2] = ["sessionToken", "onetimetoken"];

/// `/login/sessionCookieRedirect?token=...&redirectUrl=...`: only pages of the org are led to.
pub(super) async fn session_cookie_redirect(
    State(org): State<Shared>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let value = |wanted: &str| {
        parse(query.as_bytes())
            .find(|(name, _)| name == wanted)
            .map_or_else(String::new, |(_, value)| value.into())
    };
    let Some(target) = org.own_path(&value("redirectUrl")) else {
        return bad_request("The redirectUrl is no page of this org.");
    };
    match redeem(&org, &value("token"), &target) {
        Some(session) => (cookies(&org, &session), redirect(&target)).into_response(),
        None => Detour::to_sign_in(&target).into_response(),
    }
}

/// A session token in the query of a page that leads to an app works as if the session had been there.
pub(crate) async fn adopt_session_token(
    State(org): State<Shared>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some((token, rest)) = token_in(request.uri()) else { return next.run(request).await };
    let Ok(uri) = rest.parse::<Uri>() else { return next.run(request).await };
    *request.uri_mut() = uri;
    let page = org.own_path(&rest).unwrap_or(rest);
    let Some(session) = redeem(&org, &token, &page) else { return next.run(request).await };
    let own = COOKIES.iter().map(|name| format!("{name}={}", session.cookie)).collect::<Vec<_>>().join("; ");
    if let Ok(own) = HeaderValue::from_str(&own) {
        request.headers_mut().insert(COOKIE, own);
    }
    let mut response = next.run(request).await;
    let brought: HeaderMap = cookies(&org, &session);
    response.headers_mut().extend(brought);
    response
}

/// The token, and the address without it.
fn token_in(uri: &Uri) -> Option<(String, String)> {
    let path = uri.path();
    let leads = path == "/oauth2/v1/authorize" || path.starts_with("/app/") || path.starts_with("/home/");
    let query = uri.query().filter(|_| leads)?;
    let (_, token) = parse(query.as_bytes()).find(|(name, _)| TOKENS.contains(&name.as_ref()))?;
    let mut rest = Serializer::new(String::new());
    rest.extend_pairs(parse(query.as_bytes()).filter(|(name, _)| !TOKENS.contains(&name.as_ref())));
    Some((token.into_owned(), format!("{path}?{}", rest.finish())))
}

fn redeem(org: &Org, token: &str, page: &str) -> Option<Session> {
    let now = org.now();
    let user = {
        let mut store = org.store();
        let id = store.redeem_session_token(token, now)?;
        store.users.get(&id).filter(|user| user.status == UserStatus::Active).cloned()?
    };
    Some(org.begin_session(&user, Some(page)))
}
