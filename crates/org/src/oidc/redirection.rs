//! How an answer gets from the authorization endpoint to the app: query, fragment or form.

use axum::http::header::{CACHE_CONTROL, HeaderValue, REFERRER_POLICY};
use axum::response::Response;
use url::form_urlencoded::Serializer;

use super::discovery::RESPONSE_TYPES;
use crate::access::redirect;
use crate::self_posting::self_posting;

/// Where parameters of an answer stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

impl ResponseMode {
    /// The mode that a request names; for one that names none, what its response type means.
    pub(super) fn of(name: Option<&str>, response_type: &str) -> Option<Self> {
        match name {
            // An answer to a response type that is not known holds no tokens.
            None if response_type == "code" || !RESPONSE_TYPES.contains(&response_type) => Some(Self::Query),
            None | Some("fragment") => Some(Self::Fragment),
            Some("query") => Some(Self::Query),
            Some("form_post") => Some(Self::FormPost),
            Some(_) => None,
        }
    }
}

/// An answer on its way.
pub(super) struct Redirection<'a> {
    pub(super) redirect_uri: &'a str,
    pub(super) mode: ResponseMode,
    pub(super) state: Option<&'a str>,
}

impl Redirection<'_> {
    /// Sends the parameters and the request's state.
    pub(super) fn with(&self, parameters: &[(&str, &str)]) -> Response {
        let mut all = parameters.to_vec();
        if let Some(state) = self.state {
            all.push(("state", state));
        }
        let uri = self.redirect_uri;
        let encoded = || Serializer::new(String::new()).extend_pairs(&all).finish();
        let mut response = match self.mode {
            ResponseMode::Query => {
                redirect(&format!("{uri}{}{}", if uri.contains('?') { '&' } else { '?' }, encoded()))
            }
            ResponseMode::Fragment => redirect(&format!("{uri}#{}", encoded())),
            ResponseMode::FormPost => self_posting(uri, &all),
        };
        let headers = response.headers_mut();
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store"));
        response
    }

    /// Sends an error.
    pub(super) fn error(&self, code: &str, description: &str) -> Response {
        self.with(&[("error", code), ("error_description", description)])
    }
}
