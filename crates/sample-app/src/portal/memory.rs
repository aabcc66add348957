//! What a tenant remembers between requests, apart from its users.

use std::sync::Arc;

use super::kept::Kept;
use super::session::Session;
use crate::oidc::{Login, Provider};
use crate::saml::{IdentityProvider, SentRequest};
use crate::trust::OidcTrust;

const SESSION_SECONDS: i64 = 8 * 3600;
const SIGN_IN_SECONDS: i64 = 600;
const MOST: usize = 10_000;

/// Sessions, sign-ins under way, and whom the tenant trusts.
#[derive(Debug)]
pub(crate) struct Memory {
    pub saml: Option<Arc<IdentityProvider>>,
    pub oidc: Option<Arc<OidcTrust>>,
    /// What the OpenID provider published about itself.
    pub provider: Option<Arc<Provider>>,
    pub sessions: Kept<Session>,
    /// AuthnRequests without an answer yet, by their ID.
    pub requests: Kept<SentRequest>,
    /// Authorization requests without an answer yet, by their state.
    pub logins: Kept<Login>,
    /// The IDs of assertions that signed somebody in.
    pub spent: Kept<()>,
    /// Sign-ins that wait for the browser's own cookies, and where they lead.
    pub tickets: Kept<(Session, String)>,
}

impl Memory {
    pub(crate) fn new() -> Self {
        Self {
            saml: None,
            oidc: None,
            provider: None,
            sessions: Kept::new(SESSION_SECONDS, MOST),
            requests: Kept::new(SIGN_IN_SECONDS, MOST),
            logins: Kept::new(SIGN_IN_SECONDS, MOST),
            spent: Kept::new(SIGN_IN_SECONDS, MOST),
            tickets: Kept::new(SIGN_IN_SECONDS, MOST),
        }
    }
}
