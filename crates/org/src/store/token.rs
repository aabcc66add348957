//! Tokens that stand for something for a while: a sign-in by API, access to the API.

use jiff::{SignedDuration, Timestamp};

use super::Store;
use crate::random;

/// How long a session token can be exchanged for a session.
const SESSION_TOKEN: SignedDuration = SignedDuration::from_mins(5);

/// A sign-in by API that became no session yet.
#[derive(Debug, Clone)]
pub(super) struct SessionToken {
    user_id: String,
    expires: Timestamp,
}

/// An access token of the org's authorization server that the Management API accepts.
#[derive(Debug, Clone)]
pub(crate) struct AccessToken {
    /// The service app's client.
    pub(crate) client_id: String,
    /// Such as `okta.users.manage`.
    pub(crate) scopes: Vec<String>,
    pub(crate) expires: Timestamp,
}

impl Store {
    /// A token that can be exchanged for a session of this user, once, and until when.
    pub(crate) fn new_session_token(&mut self, user_id: &str, now: Timestamp) -> (String, Timestamp) {
        let token = format!("20111{}", random::token(44));
        let expires = now.checked_add(SESSION_TOKEN).unwrap_or(now);
        self.session_tokens.insert(token.clone(), SessionToken { user_id: user_id.to_owned(), expires });
        (token, expires)
    }

    /// Exchanges the token for its user's id. It works once.
    pub(crate) fn redeem_session_token(&mut self, token: &str, now: Timestamp) -> Option<String> {
        let found = self.session_tokens.remove(token)?;
        (found.expires > now).then_some(found.user_id)
    }

    /// Makes the Management API accept this access token.
    pub(crate) fn accept_access_token(&mut self, token: &str, access: AccessToken) {
        self.access_tokens.insert(token.to_owned(), access);
    }

    /// What this access token may do, if it is one and is still good.
    pub(crate) fn access_token(&mut self, token: &str, now: Timestamp) -> Option<AccessToken> {
        self.access_tokens.retain(|_, access| access.expires > now);
        self.access_tokens.get(token).cloned()
    }
}
