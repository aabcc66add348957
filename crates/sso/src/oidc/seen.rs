//! OpenID Connect messages on their way through the browser.

use oinspect_core::{Cx, Finding, Passage};
use oinspect_oidc::AuthorizationRequest;
use url::{Url, form_urlencoded};

use crate::beginnings::beginnings;
use crate::protocol::Protocol;
use crate::stage::stage;

/// An authorization request as it passed by.
#[derive(Debug, Clone)]
pub(crate) struct SentRequest {
    /// The address with its parameters.
    pub(crate) url: Url,
    /// What it asks for.
    pub(crate) request: AuthorizationRequest,
}

/// The authorization requests of two beginnings, in order.
pub(crate) fn requests(cx: &mut Cx) -> Result<Vec<SentRequest>, Finding> {
    let org = stage(cx)?.org.base_url.clone();
    let beginnings = beginnings(cx, Protocol::Oidc)?;
    Ok(beginnings.0.iter().filter_map(|passages| request(passages, &org)).collect())
}

/// The first authorization request to this org among what a user agent sent.
pub(crate) fn request(passages: &[Passage], org: &Url) -> Option<SentRequest> {
    passages.iter().find_map(|passage| {
        let mut url = Url::parse(&passage.request.url).ok()?;
        if url.origin() != org.origin() {
            return None;
        }
        // A request may also be posted: its parameters are the same.
        if let Some(form) = passage.request.body.as_deref().filter(|_| url.query().is_none()) {
            let pairs: Vec<(String, String)> = form_urlencoded::parse(form).into_owned().collect();
            url.query_pairs_mut().extend_pairs(pairs);
        }
        let is_request =
            url.path().ends_with("/authorize") && url.query_pairs().any(|(name, _)| name == "client_id");
        is_request.then(|| SentRequest { request: AuthorizationRequest::from_url(&url), url })
    })
}

/// What came back to the app: where, with which parameters, and what the app answered.
pub(crate) struct Returned {
    /// The address, without parameters.
    pub(crate) place: String,
    /// The parameters.
    pub(crate) parameters: Vec<(String, String)>,
    /// What the app answered.
    pub(crate) status: Option<u16>,
}

impl Returned {
    /// A parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The last return to one of these redirect URIs.
pub(crate) fn returned(passages: &[Passage], redirect_uris: &[String]) -> Option<Returned> {
    passages.iter().rev().find_map(|passage| {
        let url = Url::parse(&passage.request.url).ok()?;
        let place = url.as_str().split(['?', '#']).next().unwrap_or_default().to_owned();
        let is_callback =
            redirect_uris.iter().any(|uri| uri.split(['?', '#']).next() == Some(place.as_str()));
        let mut parameters: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        parameters
            .extend(form_urlencoded::parse(passage.request.body.as_deref().unwrap_or_default()).into_owned());
        let returns = parameters.iter().any(|(name, _)| name == "code" || name == "error");
        (is_callback && returns).then(|| Returned {
            place,
            parameters,
            status: passage.response.as_ref().map(|answer| answer.status),
        })
    })
}
