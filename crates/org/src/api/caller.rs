//! Who calls the API: the holder of its token, or a service app with an access token.

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::ApiError;
use crate::state::{Org, Shared};
use crate::store::Party;

/// Who calls, as the log names them.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) Party);

/// Lets a request through that has a token which allows it.
pub(crate) async fn require(State(org): State<Shared>, mut request: Request, next: Next) -> Response {
    match caller(&org, &request) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(error) => {
            let bearer = scheme(&request).is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            let mut response = error.into_response();
            if bearer {
                response
                    .headers_mut()
                    .insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""));
            }
            response
        }
    }
}

fn caller(org: &Org, request: &Request) -> Result<Caller, ApiError> {
    let (scheme, token) = scheme(request).ok_or(ApiError::InvalidToken)?;
    if scheme.eq_ignore_ascii_case("ssws") {
        let known = token == org.identity.api_token;
        return if known { Ok(Caller(Party::administrator())) } else { Err(ApiError::InvalidToken) };
    }
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(ApiError::InvalidToken);
    }
    let now = org.now();
    let mut store = org.store();
    let access = store.access_token(token, now).ok_or(ApiError::InvalidToken)?;
    if !allows(&access.scopes, request.method(), request.uri().path()) {
        return Err(ApiError::Forbidden);
    }
    let app = store.app_of_client(&access.client_id).ok_or(ApiError::InvalidToken)?;
    Ok(Caller(Party::client(app)))
}

fn scheme(request: &Request) -> Option<(&str, &str)> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    Some((scheme, token.trim()))
}

/// Whether a scope such as `okta.users.manage` covers the first part of the path. Managing includes reading.
fn allows(scopes: &[String], method: &Method, path: &str) -> bool {
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    let resource = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let manage = format!("okta.{resource}.manage");
    let read = format!("okta.{resource}.read");
    scopes.iter().any(|scope| *scope == manage || (method == Method::GET && *scope == read))
}
