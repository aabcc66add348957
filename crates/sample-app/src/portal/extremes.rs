//! Portals that judge nothing, for testing what decides whether somebody is signed in.

use super::account::Account;
use super::dispatch::Portal;
use super::page::{self, Welcome};
use super::visit::Visit;
use crate::http::Answer;
use crate::misbehaviour::Misbehaviour;

impl Portal {
    /// What a portal that is out of order as a whole answers; `None` where it behaves.
    pub(super) fn misbehave(&self, visit: &Visit<'_>) -> Option<Answer> {
        let misbehaviour = self.misbehaviour?;
        let protected = matches!(visit.below.as_slice(), [] | ["home" | "profile"] | ["reports", _]);
        let end = matches!(visit.below.as_slice(), ["saml", "acs"] | ["oidc", "callback"]);
        match misbehaviour {
            Misbehaviour::LoginPageWhateverHappens if protected || end => {
                Some(self.login_page(200, None, None))
            }
            Misbehaviour::SamePageForEverybody if protected => {
                Some(page::page(200, &Welcome { tenant: self.name }))
            }
            Misbehaviour::EverybodySignedIn if protected => {
                let somebody = Account {
                    first_name: "Sam".to_owned(),
                    last_name: "Sample".to_owned(),
                    email: "sam@example.com".to_owned(),
                    groups: Vec::new(),
                };
                Some(self.show(visit, &somebody))
            }
            Misbehaviour::EverybodySignedIn if end => {
                Some(Answer::nothing(303).with("location", format!("{}/home", self.path)))
            }
            Misbehaviour::SsoAnswers500 if end => Some(Answer::html(
                500,
                "<!doctype html><title>500</title><h1>Internal Server Error</h1>".to_owned(),
            )),
            Misbehaviour::SignInLoop if protected => {
                let by = if self.memory().saml.is_some() { "saml" } else { "oidc" };
                Some(Answer::nothing(302).with("location", format!("{}/{by}/login", self.path)))
            }
            _ => None,
        }
    }
}
