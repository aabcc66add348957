//! An org, and with what right we speak to it.

use oinspect_core::{Cx, Finding, Method};
use serde_json::Value;
use url::Url;

use crate::api::text;

/// An Okta-shaped org.
#[derive(Clone)]
pub struct Org {
    /// Its address: `https://example.okta.com`.
    pub base_url: Url,
    /// With what right we speak to its Management API.
    pub credential: Credential,
    /// Whether it is the one inside oinspect.
    pub embedded: bool,
}

/// With what right one speaks to the Management API.
#[derive(Clone)]
pub enum Credential {
    /// An API token.
    Ssws(String),
    /// A service app that signs its own assertions (OAuth client credentials).
    PrivateKey {
        /// The service app.
        client_id: String,
        /// Its private key, PKCS#8 or PKCS#1.
        pem: String,
        /// What was granted to it: `okta.users.manage`, `okta.apps.manage`...
        scopes: Vec<String>,
    },
}

/// What an org says of itself to anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id, `00o...`.
    pub id: String,
    /// `idx` is Identity Engine, `v1` Classic.
    pub pipeline: String,
}

// The credential is a secret.
impl std::fmt::Debug for Org {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Org").field("base_url", &self.base_url.as_str()).finish_non_exhaustive()
    }
}

impl Org {
    /// What the org says of itself; needs no credential, so that it is asked first.
    ///
    /// # Errors
    /// Blocked, where this is no org.
    pub fn organization(&self, cx: &mut Cx) -> Result<Organization, Finding> {
        let answer = self.ask_anonymously(cx, Method::Get, "/.well-known/okta-organization")?;
        let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let id = text(&said, "id");
        if answer.status != 200 || id.is_empty() {
            return Err(Finding::blocked(format!(
                "{} is no Okta org: it answers {} to /.well-known/okta-organization (org.base_url)",
                self.base_url, answer.status
            )));
        }
        Ok(Organization { id, pipeline: text(&said, "pipeline") })
    }
}
