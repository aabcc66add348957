//! Single logout, as far as the app takes part: it tells the identity provider, and hears back.

use askama::Template;

use super::redirect;
use crate::clock;
use crate::http::Answer;
use crate::portal::{Portal, Visit};
use crate::random;

#[derive(Template)]
#[template(path = "logout-request.xml")]
struct LogoutRequest<'a> {
    id: String,
    issue_instant: String,
    destination: &'a str,
    issuer: &'a str,
    name_id: &'a str,
    format: Option<&'a str>,
    session_index: Option<&'a str>,
}

impl Portal {
    /// The URL that tells the identity provider who signed out; `None` where it does not want to know.
    pub(crate) fn logout_request(
        &self,
        name_id: &str,
        format: Option<&str>,
        session_index: Option<&str>,
    ) -> Option<String> {
        let idp = self.memory().saml.clone()?;
        let destination = idp.logout_url.as_deref()?;
        let request = LogoutRequest {
            id: format!("_{}", random::hex()),
            issue_instant: clock::written(clock::now()),
            destination,
            issuer: &self.saml.entity_id,
            name_id,
            format,
            session_index,
        };
        Some(redirect::url(destination, &request.render().ok()?, None, true, self.switches))
    }

    /// Where the identity provider's answer arrives. Whatever it says, the session here ended before
    /// it was asked. Requests that come from there are not answered: none ends a session here.
    pub(crate) fn single_logout(&self, visit: &Visit<'_>) -> Answer {
        let is_answer = visit.asked("SAMLResponse").or(visit.posted("SAMLResponse")).is_some();
        let page = if is_answer { "login" } else { "home" };
        Answer::nothing(303).with("location", format!("{}/{page}", self.path))
    }
}
