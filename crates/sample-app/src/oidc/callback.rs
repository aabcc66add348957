//! The redirect URI: a code comes in, a session goes out.

use super::start::Login;
use crate::fault::OidcFault;
use crate::http::Answer;
use crate::portal::{Arrival, BROWSER, Portal, Refused, Via, Visit};

impl Portal {
    /// Takes what the provider sends the browser back with.
    pub(crate) fn called_back(&self, visit: &Visit<'_>) -> Result<Answer, Refused> {
        let query = || {
            let given = if visit.method == "POST" { &visit.form } else { &visit.query };
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish()
        };
        if visit.method == "POST" {
            // A POST from elsewhere comes without the browser's cookies; a GET of our own has them.
            let location = format!("{}/oidc/callback?{}", self.path, query());
            return Ok(Answer::nothing(303).with("location", location));
        }
        if self.switches.has(OidcFault::CallbackMoved) && !visit.slash_at_end {
            return Ok(
                Answer::nothing(308).with("location", format!("{}/oidc/callback/?{}", self.path, query()))
            );
        }
        let login = self.login_of(visit);
        if let Some(error) = visit.asked("error") {
            return self.denied(error, visit.asked("error_description"));
        }
        let login = login?;
        let code = visit.asked("code").filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| Refused::because("The identity provider sent no code."))?;
        let redeemed = self.redeem(code, &login)?;
        let arrival = Arrival {
            person: redeemed.person,
            via: Via::Oidc { id_token: redeemed.id_token },
            page: login
                .page
                .filter(|_| !self.switches.has(OidcFault::DeepLinkLost))
                .unwrap_or_else(|| format!("{}/home", self.path)),
            session_before: login.session_before,
        };
        self.admit(visit, arrival)
    }

    /// The request that this answers, which must have been given to this very browser.
    fn login_of(&self, visit: &Visit<'_>) -> Result<Login, Refused> {
        let browser = visit.cookie(BROWSER);
        let state = if self.switches.has(OidcFault::StateAbsent) { browser } else { visit.asked("state") };
        let unknown = || {
            Refused::because(
                "This sign-in was not started in this browser, or it is over. Please start again.",
            )
        };
        let state = state.ok_or_else(unknown)?;
        let mut memory = self.memory();
        let login = memory.logins.get(state).ok_or_else(unknown)?;
        if browser != Some(login.browser.as_str()) && !self.switches.has(OidcFault::ForeignStateAccepted) {
            return Err(unknown());
        }
        memory.logins.take(state).ok_or_else(unknown)
    }

    fn denied(&self, error: &str, description: Option<&str>) -> Result<Answer, Refused> {
        if self.switches.has(OidcFault::AccessDeniedLoops) {
            return Ok(Answer::nothing(302).with("location", format!("{}/oidc/login", self.path)));
        }
        if self.switches.has(OidcFault::ErrorAnswers500) {
            return Err(Refused::crash());
        }
        let short = |text: &str| text.chars().take(200).collect::<String>();
        let description = description.map(|text| format!(": {}", short(text))).unwrap_or_default();
        Err(Refused::because(format!(
            "The identity provider did not sign you in ({}{description}).",
            short(error)
        )))
    }
}
