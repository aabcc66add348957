//! The start of a sign-in by OpenID Connect: by the app, or asked for by the provider.

use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};
use url::Url;

use super::authorization::spoiled;
use super::provider::Provider;
use crate::fault::OidcFault;
use crate::http::Answer;
use crate::portal::{BROWSER, Portal, Refused, Visit, browser_cookie, own_page};
use crate::random;
use crate::trust::OidcTrust;

/// An authorization request that waits for its answer.
#[derive(Debug, Clone)]
pub(crate) struct Login {
    /// The browser that it was given to.
    pub(super) browser: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    /// The path to go to afterwards.
    pub(super) page: Option<String>,
    /// The session id that the browser had.
    pub(super) session_before: Option<String>,
}

impl Portal {
    /// Sends the browser to the provider with a fresh authorization request.
    pub(crate) fn start_oidc(&self, visit: &Visit<'_>) -> Result<Answer, Refused> {
        if self.switches.has(OidcFault::StartMissing) {
            return Err(Refused { status: 404, reason: "There is no such page here.".to_owned() });
        }
        let (trust, provider) = self.provider(false)?;
        let page = visit.asked("return_to").and_then(|wanted| own_page(&self.home, wanted));
        let fresh = self.fresh(visit, page);
        self.send(visit, &trust, &provider, fresh, None)
    }

    /// Starts a sign-in because the provider's dashboard asks for it (OpenID Connect Core, section 4).
    pub(crate) fn initiate(&self, visit: &Visit<'_>) -> Result<Answer, Refused> {
        let demands_session = self.switches.has(OidcFault::InitiateDemandsSession);
        if demands_session && self.session_id(visit).is_none() {
            return Ok(Answer::nothing(302).with("location", format!("{}/login", self.path)));
        }
        let Some(trust) = self.memory().oidc.clone() else {
            return Err(Refused {
                status: 404,
                reason: "Sign-in by OpenID Connect is not set up.".to_owned(),
            });
        };
        let iss = visit.asked("iss").unwrap_or_default();
        let elsewhere = self.switches.has(OidcFault::InitiateForeignIss) && iss != trust.issuer;
        if iss != trust.issuer && !elsewhere {
            return Err(Refused::because("This sign-in comes from an identity provider that is not yours."));
        }
        let (trust, provider) = self.provider(false)?;
        let page = visit.asked("target_link_uri").and_then(|wanted| own_page(&self.home, wanted));
        let login = self.fresh(visit, page);
        self.send(visit, &trust, &provider, login, Some(iss).filter(|_| elsewhere))
    }

    /// State, nonce and verifier that nobody has seen, tied to this browser.
    fn fresh(&self, visit: &Visit<'_>, page: Option<String>) -> (String, Login) {
        let on = |fault: OidcFault| self.switches.has(fault);
        let browser = visit.cookie(BROWSER).map_or_else(random::hex, str::to_owned);
        let once = on(OidcFault::StateConstant);
        let fresh = || if once { browser.clone() } else { random::hex() };
        let nonce = if on(OidcFault::NonceConstant) { "nonce".to_owned() } else { fresh() };
        let (state, verifier) = (fresh(), format!("{}{}", fresh(), fresh()));
        let login = Login { browser, nonce, verifier, page, session_before: self.session_id(visit) };
        (state, login)
    }

    fn send(
        &self,
        visit: &Visit<'_>,
        trust: &OidcTrust,
        provider: &Provider,
        (state, login): (String, Login),
        elsewhere: Option<&str>,
    ) -> Result<Answer, Refused> {
        let party = self.party(trust, provider)?;
        let (sent_state, sent_nonce) = (CsrfToken::new(state.clone()), Nonce::new(login.nonce.clone()));
        let verifier = PkceCodeVerifier::new(login.verifier.clone());
        let (url, _, _) = party
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || sent_state, move || sent_nonce)
            .add_scope(Scope::new("profile".to_owned()))
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        let mut url = spoiled(&url, trust, &login.verifier, self.switches);
        if let Some(issuer) = elsewhere {
            let mut other = Url::parse(issuer)
                .and_then(|issuer| issuer.join(url.path()))
                .map_err(|_| Refused::because("The issuer is no URL."))?;
            other.set_query(url.query());
            url = other;
        }
        let browser = visit.cookie(BROWSER).map_or_else(|| login.browser.clone(), str::to_owned);
        let key = if self.switches.has(OidcFault::StateAbsent) { browser.clone() } else { state };
        self.memory().logins.put(key, Login { browser: browser.clone(), ..login });
        Ok(Answer::nothing(302)
            .with("location", String::from(url))
            .with("cache-control", "no-store")
            .with("set-cookie", browser_cookie(&browser, &self.path, self.is_secure())))
    }
}
