//! Keys that sign tokens.

use rsa::RsaPrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use thiserror::Error;

/// A private key could not be read; completes "failed to ...".
#[derive(Debug, Error)]
#[error("read an RSA private key from PEM: {reason}")]
pub struct KeyError {
    /// Why.
    pub reason: String,
}

/// A private key with the name under which a JWKS lists its public half.
#[derive(Clone)]
pub struct SigningKey {
    /// kid.
    pub kid: String,
    /// The key.
    pub private: RsaPrivateKey,
}

impl SigningKey {
    /// Reads a PKCS#8 or PKCS#1 PEM.
    pub fn from_pem(kid: impl Into<String>, pem: &str) -> Result<Self, KeyError> {
        let private = RsaPrivateKey::from_pkcs8_pem(pem)
            .or_else(|error| RsaPrivateKey::from_pkcs1_pem(pem).map_err(|_| error))
            .map_err(|error| KeyError { reason: error.to_string() })?;
        Ok(Self { kid: kid.into(), private })
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// What a provider signs with.
#[derive(Debug, Clone)]
pub struct Keys {
    /// In the JWKS.
    pub trusted: SigningKey,
    /// In no JWKS; a token signed with it must be refused.
    pub rogue: SigningKey,
}

#[cfg(test)]
pub(crate) mod test {
    use super::{Keys, SigningKey};

    pub(crate) fn keys() -> Keys {
        let key = |kid: &str, pem: &str| SigningKey::from_pem(kid, pem).unwrap();
        Keys {
            trusted: key("good", include_str!("../../../fixtures/keys/test-idp.pem")),
            rogue: key("rogue", include_str!("../../../fixtures/keys/test-rogue.pem")),
        }
    }
}
