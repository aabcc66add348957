//! Signing out: here always, at the identity provider where the tenant wants it and the provider can.

use super::cookie;
use super::dispatch::Portal;
use super::session::{Session, Via};
use super::visit::Visit;
use crate::fault::AccountFault;
use crate::http::Answer;

impl Portal {
    /// Ends the session and shows the login page, or goes on to the identity provider.
    pub(super) fn sign_out(&self, visit: &Visit<'_>) -> Answer {
        let name = cookie::session_name(self.switches);
        let login = format!("{}/login", self.path);
        if self.switches.has(AccountFault::SignOutKeepsSession) {
            return self.login_page(200, None, None);
        }
        let mut ended: Option<Session> = None;
        {
            let mut memory = self.memory();
            for id in visit.cookies_named(name) {
                ended = memory.sessions.take(id).or(ended);
            }
        }
        let elsewhere =
            ended.filter(|_| self.signs_out_everywhere).and_then(|session| self.sign_out_at(&session.via));
        Answer::nothing(303)
            .with("location", elsewhere.unwrap_or(login))
            .with("cache-control", "no-store")
            .with("set-cookie", cookie::clear(name, &self.path))
    }

    fn sign_out_at(&self, via: &Via) -> Option<String> {
        match via {
            Via::Saml { name_id, format, session_index } => {
                self.logout_request(name_id, format.as_deref(), session_index.as_deref())
            }
            Via::Oidc { id_token } => self.end_session_url(id_token),
        }
    }
}
