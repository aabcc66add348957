//! A local certificate authority, so that the org can be served over https with a key that stays.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, PublicKeyData as _,
};
use sha2::{Digest as _, Sha256};

use super::Identity;
use super::certificate::make_valid;

/// What a TLS server of this identity needs.
pub(crate) struct ServerTls {
    /// The server's certificate, PEM.
    pub(crate) certificate_pem: String,
    /// Its key, PEM.
    pub(crate) key_pem: String,
    /// The SHA-256 of its public key, base64: what browsers are told to accept.
    pub(crate) spki: String,
}

impl Identity {
    /// A certificate for the server, of this identity's authority, good for these hosts and a year.
    pub(crate) fn server_tls(&self, hosts: &[String], now: Timestamp) -> Result<ServerTls, rcgen::Error> {
        let authority = KeyPair::from_pem(&self.ca_key_pem)?;
        let issuer = Issuer::new(authority_params(&self.subdomain, self.made), authority);
        let key = KeyPair::from_pem(&self.server_key_pem)?;
        let mut params = CertificateParams::new(hosts.to_vec())?;
        params.distinguished_name = name("oinspect org");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        make_valid(&mut params, now, 1);
        let certificate = params.signed_by(&key, &issuer)?;
        let spki = STANDARD.encode(Sha256::digest(key.subject_public_key_info()));
        Ok(ServerTls { certificate_pem: certificate.pem(), key_pem: self.server_key_pem.clone(), spki })
    }
}

/// A new key for TLS, as PKCS#8 PEM.
pub(super) fn key() -> String {
    KeyPair::generate().expect("the system has randomness").serialize_pem()
}

/// The authority's own certificate.
pub(super) fn authority(key_pem: &str, subdomain: &str, made: Timestamp) -> String {
    let key = KeyPair::from_pem(key_pem).expect("an EC key of ours");
    authority_params(subdomain, made).self_signed(&key).expect("these make a certificate").pem()
}

/// Always the same for one identity, so that the certificate need not be read back.
fn authority_params(subdomain: &str, made: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = name(&format!("oinspect test authority of {subdomain}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    make_valid(&mut params, made, 10);
    params
}

fn name(common: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, common);
    names
}
