//! The end of a sign-in that worked: an account, a session, and the way on.

use super::account;
use super::cookie;
use super::dispatch::Portal;
use super::page::forward_page;
use super::person::Person;
use super::refused::Refused;
use super::session::{Session, Via};
use super::visit::Visit;
use crate::fault::{OidcFault, SamlFault};
use crate::http::Answer;
use crate::random;
use crate::variant::Variant;

/// Somebody whom an identity provider vouched for.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub person: Person,
    pub via: Via,
    /// The path to go to.
    pub page: String,
    /// The session id that the browser had when the sign-in began.
    pub session_before: Option<String>,
}

impl Portal {
    /// Finds or makes the account and signs the browser in.
    pub(crate) fn admit(&self, visit: &Visit<'_>, arrival: Arrival) -> Result<Answer, Refused> {
        let by_saml = matches!(arrival.via, Via::Saml { .. });
        let makes_accounts = !(if by_saml {
            self.switches.has(SamlFault::JitOff)
        } else {
            self.switches.has(OidcFault::JitOff)
        });
        let user_id = {
            let store = visit.store();
            account::find_or_make(&store, self.tenant, &arrival.person, makes_accounts, self.switches)?
        };
        let session = Session { user_id, groups: arrival.person.groups, via: arrival.via };
        if by_saml
            && (self.switches.has(SamlFault::SecondLoginFails) || self.switches.has(SamlFault::KeepsOldUser))
        {
            let ticket = random::hex();
            self.memory().tickets.put(ticket.clone(), (session, arrival.page));
            let location = format!("{}/saml/finish?ticket={ticket}", self.path);
            return Ok(Answer::nothing(303).with("location", location));
        }
        if !by_saml && self.signed_in(visit).is_some() {
            if self.switches.has(OidcFault::SecondLoginFails) {
                return Err(Refused::because("Somebody is signed in already."));
            }
            if self.switches.has(OidcFault::KeepsOldUser) {
                return Ok(Answer::nothing(303).with("location", arrival.page));
            }
        }
        Ok(self.open(visit, session, &arrival.page, arrival.session_before, by_saml))
    }

    /// A sign-in that waited for the browser's own cookies, which the POST to the ACS does not carry.
    pub(super) fn finish(&self, visit: &Visit<'_>) -> Result<Answer, Refused> {
        let ticket = self.memory().tickets.take(visit.asked("ticket").unwrap_or_default());
        let Some((session, page)) = ticket else {
            return Err(Refused::because("This sign-in is over. Please start again."));
        };
        match self.signed_in(visit) {
            Some(_) if self.switches.has(SamlFault::SecondLoginFails) => {
                Err(Refused::because("Somebody is signed in already."))
            }
            Some(_) => Ok(Answer::nothing(303).with("location", page)),
            None => Ok(self.open(visit, session, &page, None, true)),
        }
    }

    fn open(
        &self,
        visit: &Visit<'_>,
        session: Session,
        page: &str,
        session_before: Option<String>,
        by_saml: bool,
    ) -> Answer {
        let name = cookie::session_name(self.switches);
        let brought = visit.cookie(name).map(str::to_owned).or(session_before);
        if let Some(old) = brought {
            self.memory().sessions.take(&old);
        }
        let id = random::hex();
        self.memory().sessions.put(id.clone(), session);
        let answer = if by_saml && self.switches.is(Variant::AcsAnswersPage) {
            forward_page(page)
        } else {
            let status = if by_saml && self.switches.is(Variant::AcsAnswers302) { 302 } else { 303 };
            Answer::nothing(status).with("location", page).with("cache-control", "no-store")
        };
        answer.with("set-cookie", self.session_cookie(&id))
    }

    /// The session id that the browser has as a sign-in begins.
    pub(crate) fn session_id(&self, visit: &Visit<'_>) -> Option<String> {
        visit.cookie(cookie::session_name(self.switches)).map(str::to_owned)
    }
}
