//! The start of a sign-in by SAML.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::redirect;
use super::request::AuthnRequest;
use crate::fault::SamlFault;
use crate::http::Answer;
use crate::portal::{BROWSER, Portal, Refused, Visit, browser_cookie, own_page, post_page};
use crate::random;
use crate::variant::Variant;

/// An AuthnRequest that waits for its answer.
#[derive(Debug, Clone)]
pub(crate) struct SentRequest {
    /// What was sent along, to be sent back.
    pub(super) relay_state: Option<String>,
    /// The path to go to afterwards.
    pub(super) page: Option<String>,
    /// The session id that the browser had.
    pub(super) session_before: Option<String>,
    /// What a request remembered in a cookie needs to be found.
    pub(super) browser: Option<String>,
}

impl Portal {
    /// Sends the browser to the identity provider with a fresh AuthnRequest.
    pub(crate) fn start_saml(&self, visit: &Visit<'_>) -> Result<Answer, Refused> {
        let Some(idp) = self.memory().saml.clone() else {
            return Err(Refused { status: 404, reason: "Sign-in by SAML is not set up.".to_owned() });
        };
        let posts = self.switches.is(Variant::SamlPostRequest) && idp.post_url.is_some();
        let posts = posts || idp.redirect_url.is_none();
        let destination = if posts { &idp.post_url } else { &idp.redirect_url };
        let destination = destination.as_deref().unwrap_or_default();
        let request = AuthnRequest::new(destination, &self.saml, self.switches);
        let relay_state = if self.switches.has(SamlFault::RelayStateLong) {
            Some(random::hex().repeat(7).chars().take(200).collect())
        } else {
            (!self.switches.is(Variant::SamlNoRelayState)).then(random::hex)
        };
        let in_cookie = self.switches.has(SamlFault::PendingInLaxCookie);
        let browser = in_cookie.then(random::hex);
        let sent = SentRequest {
            relay_state: relay_state.clone(),
            page: visit.asked("return_to").and_then(|wanted| own_page(&self.home, wanted)),
            session_before: self.session_id(visit),
            browser: browser.clone(),
        };
        let key = self.pending(&request.id, relay_state.as_deref());
        self.memory().requests.put(key, sent);
        let signed =
            !self.switches.is(Variant::SamlUnsignedRequest) && !self.switches.has(SamlFault::RequestUnsigned);
        let answer = if posts {
            let xml = if signed { request.signed() } else { request.written() };
            let message = STANDARD.encode(xml);
            let mut fields = vec![("SAMLRequest", message.as_str())];
            fields.extend(relay_state.as_deref().map(|state| ("RelayState", state)));
            post_page(destination, &fields)
        } else {
            let relay_state = relay_state.as_deref();
            let url = redirect::url(destination, &request.written(), relay_state, signed, self.switches);
            Answer::nothing(302).with("location", url).with("cache-control", "no-store")
        };
        Ok(match browser {
            Some(browser) => {
                answer.with("set-cookie", browser_cookie(&browser, &self.path, self.is_secure()))
            }
            None => answer,
        })
    }

    /// Under what a request waits for its answer.
    fn pending(&self, id: &str, relay_state: Option<&str>) -> String {
        // Where every request has the same ID, something else must tell them apart.
        let repeats = self.switches.has(SamlFault::RequestIdRepeats);
        format!("{id}{}", relay_state.filter(|_| repeats).unwrap_or_default())
    }

    /// Takes the request that a response answers; each is answered once.
    pub(super) fn answered(&self, visit: &Visit<'_>, id: &str) -> Option<SentRequest> {
        let key = self.pending(id, visit.posted("RelayState"));
        let sent = self.memory().requests.take(&key)?;
        let found = match sent.browser.as_deref() {
            Some(browser) => visit.cookie(BROWSER) == Some(browser),
            None => true,
        };
        found.then_some(sent)
    }
}
