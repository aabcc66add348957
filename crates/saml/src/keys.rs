//! The keys of an identity provider: the one that is trusted and the one that nobody trusts.

/// A private key with its certificate, both PEM.
#[derive(Clone)]
pub struct KeyPair {
    /// The private key, PKCS#8 PEM.
    pub private_pem: String,
    /// The certificate, PEM or bare base64.
    pub certificate: String,
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("KeyPair").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// What an identity provider signs with.
#[derive(Debug, Clone)]
pub struct Keys {
    /// In the metadata; service providers trust it.
    pub trusted: KeyPair,
    /// In no metadata; a message signed with it must be refused.
    pub rogue: KeyPair,
}

#[cfg(test)]
pub(crate) mod test {
    use super::{KeyPair, Keys};

    pub(crate) const IDP_CERT: &str = include_str!("../../../fixtures/keys/test-idp.crt");
    pub(crate) const ROGUE_CERT: &str = include_str!("../../../fixtures/keys/test-rogue.crt");
    pub(crate) const SP_CERT: &str = include_str!("../../../fixtures/keys/test-sp.crt");
    pub(crate) const SP_KEY: &str = include_str!("../../../fixtures/keys/test-sp.pem");

    pub(crate) fn keys() -> Keys {
        Keys {
            trusted: KeyPair {
                private_pem: include_str!("../../../fixtures/keys/test-idp.pem").to_owned(),
                certificate: IDP_CERT.to_owned(),
            },
            rogue: KeyPair {
                private_pem: include_str!("../../../fixtures/keys/test-rogue.pem").to_owned(),
                certificate: ROGUE_CERT.to_owned(),
            },
        }
    }
}
