//! What makes an org this org: its name, its keys and its token, made once and kept.

mod certificate;
mod file;
mod ids;
mod keys;
mod tls;

use std::fmt;
use std::sync::LazyLock;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::random;

pub use file::IdentityError;
pub use ids::AppIds;
pub use keys::{SigningKey, TokenKey};

/// The stable part of an org. An app that trusts it once goes on trusting it from run to run.
///
/// All its secrets are for tests of apps on one's own machine.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The first label that Okta would give the org's host.
    pub subdomain: String,
    /// What all ids of apps are derived from.
    pub id_seed: String,
    /// When the identity was made; its certificates are valid from then on.
    pub made: Timestamp,
    /// Signs SAML messages.
    pub saml: SigningKey,
    /// Signs ID tokens.
    pub oidc_current: TokenKey,
    /// Published beside the current one, signs nothing until the org rotates its keys.
    pub oidc_next: TokenKey,
    /// Published nowhere: what it signs must be refused. Its certificate copies the names of the real one.
    pub rogue: SigningKey,
    /// The token of the Management API (`Authorization: SSWS ...`).
    pub api_token: String,
    /// The local certificate authority's key, PKCS#8 PEM.
    pub ca_key_pem: String,
    /// The local certificate authority's certificate.
    pub ca_certificate_pem: String,
    /// The TLS key of the server itself, PKCS#8 PEM.
    pub server_key_pem: String,
}

impl Identity {
    /// Makes a new identity. Takes a second or two: it holds four RSA keys.
    pub fn generate(now: Timestamp) -> Self {
        let keys = keys::Pems {
            saml: keys::rsa(),
            oidc_current: keys::rsa(),
            oidc_next: keys::rsa(),
            rogue: keys::rsa(),
            ca: tls::key(),
            server: tls::key(),
        };
        let token = format!("00{}", random::token(40));
        Self::of(&keys, format!("oinspect-{}", random::digits(7)), random::token(32), token, now)
    }

    /// The identity of tests: always the same, with keys that everybody has. Never trust it elsewhere.
    pub fn for_tests() -> Self {
        // Once a process: the authority's certificate is signed with randomness.
        static TESTS: LazyLock<Identity> = LazyLock::new(|| {
            let made = Timestamp::from_second(1_767_225_600).expect("2026 is a year of ours");
            let keys = keys::Pems::for_tests();
            let token = "00OinspectTestTokenOinspectTestTokenOinspect";
            let token = token.get(..42).expect("it is longer").to_owned();
            Identity::of(&keys, "oinspect-1234567".to_owned(), "tests".to_owned(), token, made)
        });
        TESTS.clone()
    }

    fn of(keys: &keys::Pems, subdomain: String, id_seed: String, api_token: String, made: Timestamp) -> Self {
        let signing = |pem: &str| SigningKey {
            private_key_pem: pem.to_owned(),
            certificate_pem: certificate::self_signed(pem, &subdomain, made),
        };
        Self {
            saml: signing(&keys.saml),
            oidc_current: TokenKey::of(&keys.oidc_current),
            oidc_next: TokenKey::of(&keys.oidc_next),
            rogue: signing(&keys.rogue),
            ca_certificate_pem: tls::authority(&keys.ca, &subdomain, made),
            ca_key_pem: keys.ca.clone(),
            server_key_pem: keys.server.clone(),
            subdomain,
            id_seed,
            made,
            api_token,
        }
    }
}

impl fmt::Debug for Identity {
    /// Names the org and keeps its keys out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("subdomain", &self.subdomain).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identity_of_tests_is_always_the_same() {
        assert!(Identity::for_tests() == Identity::for_tests());
        assert_eq!(Identity::for_tests().api_token.len(), 42);
    }

    #[test]
    fn debug_output_holds_no_key() {
        let shown = format!("{:?}", Identity::for_tests());
        assert!(!shown.contains("PRIVATE"), "{shown}");
        assert!(!shown.contains("00Oinspect"), "{shown}");
    }
}
