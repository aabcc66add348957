//! The org's RSA keys.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::RsaPrivateKey;
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, EncodePublicKey as _, LineEnding};
use rsa::rand_core::OsRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A key that signs SAML messages, with its certificate.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    /// PKCS#8 PEM.
    pub private_key_pem: String,
    /// The self-signed certificate, PEM.
    pub certificate_pem: String,
}

/// A key that signs tokens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenKey {
    /// How tokens and the published key set name it.
    pub kid: String,
    /// PKCS#8 PEM.
    pub private_key_pem: String,
}

impl TokenKey {
    /// The key with the `kid` that follows from it: the hash of its public part.
    pub(super) fn of(pem: &str) -> Self {
        let public = RsaPrivateKey::from_pkcs8_pem(pem)
            .expect("made by us")
            .to_public_key()
            .to_public_key_der()
            .expect("a public key can be written");
        let kid = URL_SAFE_NO_PAD.encode(Sha256::digest(public.as_bytes()));
        Self { kid, private_key_pem: pem.to_owned() }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("certificate_pem", &self.certificate_pem).finish_non_exhaustive()
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// The private keys that an identity is made from.
pub(super) struct Pems {
    pub(super) saml: String,
    pub(super) oidc_current: String,
    pub(super) oidc_next: String,
    pub(super) rogue: String,
    pub(super) ca: String,
    pub(super) server: String,
}

impl Pems {
    /// The keys that lie in the repository for everybody to see.
    pub(super) fn for_tests() -> Self {
        Self {
            saml: include_str!("../../../../fixtures/keys/test-org-saml.pem").to_owned(),
            oidc_current: include_str!("../../../../fixtures/keys/test-org-oidc-current.pem").to_owned(),
            oidc_next: include_str!("../../../../fixtures/keys/test-org-oidc-next.pem").to_owned(),
            rogue: include_str!("../../../../fixtures/keys/test-org-rogue.pem").to_owned(),
            ca: include_str!("../../../../fixtures/keys/test-org-ca.pem").to_owned(),
            server: include_str!("../../../../fixtures/keys/test-org-server.pem").to_owned(),
        }
    }
}

/// A new RSA key of 2048 bits, as PKCS#8 PEM.
pub(super) fn rsa() -> String {
    let key = RsaPrivateKey::new(&mut OsRng, 2048).expect("the size is one that RSA has");
    key.to_pkcs8_pem(LineEnding::LF).expect("a key just made can be written").to_string()
}
