//! SAML messages on their way through the browser.

use jiff::Timestamp;
use oinspect_core::{Cx, Finding, Method, Passage};
use oinspect_saml::{
    AuthnRequest, Binding, DetachedSignature, ReadResponse, read_post, read_redirect, read_response, verify,
    verify_detached,
};
use url::{Url, form_urlencoded};

use crate::beginnings::beginnings;
use crate::protocol::Protocol;

/// An AuthnRequest as it passed by.
#[derive(Debug, Clone)]
pub(crate) struct SentRequest {
    /// How it travelled.
    pub(crate) binding: Binding,
    /// What it asks for, or why it cannot be read.
    pub(crate) decoded: Result<AuthnRequest, String>,
    /// The message; empty where it cannot be unpacked.
    pub(crate) xml: String,
    /// Whether it has a document type, for which it is not read.
    pub(crate) has_doctype: bool,
    /// The relay state beside it.
    pub(crate) relay_state: Option<String>,
    /// The signature beside it.
    pub(crate) detached: Option<DetachedSignature>,
    /// The address that it was sent to, without the query.
    pub(crate) sent_to: String,
    /// When.
    pub(crate) seen_at: Timestamp,
}

impl SentRequest {
    /// The algorithm of its signature, wherever that is.
    pub(crate) fn signature_algorithm(&self) -> Result<Option<String>, Finding> {
        if let Some(detached) = &self.detached {
            return Ok(Some(detached.algorithm.clone()));
        }
        match &self.decoded {
            Ok(request) => Ok(request.embedded_signature.clone()),
            Err(why) => Err(Finding::blocked(format!("the AuthnRequest cannot be decoded: {why}"))),
        }
    }

    /// Whether its signature is by one of these certificates.
    pub(crate) fn verify(&self, certificates: &[&str]) -> Result<(), String> {
        match &self.detached {
            Some(detached) => verify_detached(detached, certificates).map_err(|error| error.to_string()),
            None => verify(&self.xml, certificates).map(drop).map_err(|error| error.to_string()),
        }
    }
}

/// The AuthnRequests of two beginnings, in order.
pub(crate) fn requests(cx: &mut Cx) -> Result<Vec<SentRequest>, Finding> {
    let beginnings = beginnings(cx, Protocol::Saml)?;
    Ok(beginnings.0.iter().filter_map(|passages| request(passages)).collect())
}

/// The first AuthnRequest among what a user agent sent.
pub(crate) fn request(passages: &[Passage]) -> Option<SentRequest> {
    passages.iter().find_map(|passage| {
        let url = Url::parse(&passage.request.url).ok()?;
        let seen_at = passage.started;
        if url.query_pairs().any(|(name, _)| name == "SAMLRequest") {
            return Some(unpacked(Binding::Redirect, read_redirect(&url), &url, seen_at));
        }
        let form = form(passage)?;
        let message = value(&form, "SAMLRequest")?;
        Some(unpacked(Binding::Post, read_post(message, value(&form, "RelayState")), &url, seen_at))
    })
}

fn unpacked(
    binding: Binding,
    read: Result<oinspect_saml::Incoming, oinspect_saml::DecodeError>,
    url: &Url,
    seen_at: Timestamp,
) -> SentRequest {
    let sent_to = url.as_str().split(['?', '#']).next().unwrap_or_default().to_owned();
    match read {
        Ok(incoming) => SentRequest {
            binding,
            decoded: Ok(incoming.request),
            xml: incoming.xml,
            has_doctype: false,
            relay_state: incoming.relay_state,
            detached: incoming.signature,
            sent_to,
            seen_at,
        },
        Err(error) => SentRequest {
            binding,
            decoded: Err(error.to_string()),
            xml: String::new(),
            has_doctype: matches!(error, oinspect_saml::DecodeError::Doctype),
            relay_state: None,
            detached: None,
            sent_to,
            seen_at,
        },
    }
}

/// A Response as it was posted to the app.
pub(crate) struct PostedResponse {
    /// What it says.
    pub(crate) response: ReadResponse,
    /// The relay state beside it.
    pub(crate) relay_state: Option<String>,
    /// The address that it was posted to.
    pub(crate) posted_to: String,
    /// What the app answered.
    pub(crate) status: Option<u16>,
}

/// The last Response among what a user agent sent.
pub(crate) fn response(passages: &[Passage]) -> Option<PostedResponse> {
    passages.iter().rev().find_map(|passage| {
        let form = form(passage)?;
        let response = read_response(value(&form, "SAMLResponse")?).ok()?;
        Some(PostedResponse {
            response,
            relay_state: value(&form, "RelayState").map(str::to_owned),
            posted_to: passage.request.url.clone(),
            status: passage.response.as_ref().map(|answer| answer.status),
        })
    })
}

fn form(passage: &Passage) -> Option<Vec<(String, String)>> {
    if passage.request.method != Method::Post {
        return None;
    }
    Some(form_urlencoded::parse(passage.request.body.as_deref()?).into_owned().collect())
}

fn value<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
