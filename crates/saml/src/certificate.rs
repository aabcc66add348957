//! Certificates in the forms in which they travel: PEM, and base64 with or without line breaks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::RsaPublicKey;
use rsa::pkcs8::DecodePublicKey as _;
use thiserror::Error;
use x509_cert::der::{Decode as _, Encode as _};

/// Why a certificate could not be read; each text completes "failed to read a certificate: ...".
#[derive(Debug, Error)]
pub enum CertificateError {
    /// Neither PEM nor base64.
    #[error("it is neither PEM nor base64")]
    NotBase64,
    /// The bytes are no X.509 certificate.
    #[error("it is no X.509 certificate")]
    NotX509,
    /// The certificate's key is of another kind than RSA.
    #[error("its key is not an RSA key")]
    NotRsa,
}

/// The base64 of a certificate on one line, from PEM or from base64.
pub fn certificate_base64(certificate: &str) -> String {
    certificate
        .lines()
        .filter(|line| !line.trim_start().starts_with("-----"))
        .flat_map(str::chars)
        .filter(|character| !character.is_ascii_whitespace())
        .collect()
}

pub(crate) fn certificate_der(certificate: &str) -> Result<Vec<u8>, CertificateError> {
    STANDARD.decode(certificate_base64(certificate)).map_err(|_| CertificateError::NotBase64)
}

/// The base64 of a certificate in lines of 76 columns, as Okta writes it.
pub(crate) fn certificate_lines(certificate: &str) -> Result<String, CertificateError> {
    let encoded = STANDARD.encode(certificate_der(certificate)?);
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / 76 + 1);
    for (index, character) in encoded.chars().enumerate() {
        if index > 0 && index % 76 == 0 {
            lines.push('\n');
        }
        lines.push(character);
    }
    Ok(lines)
}

pub(crate) fn rsa_key(certificate: &str) -> Result<RsaPublicKey, CertificateError> {
    let certificate = x509_cert::Certificate::from_der(&certificate_der(certificate)?)
        .map_err(|_| CertificateError::NotX509)?;
    let spki = certificate
        .tbs_certificate
        .subject_public_key_info
        .to_der()
        .map_err(|_| CertificateError::NotX509)?;
    RsaPublicKey::from_public_key_der(&spki).map_err(|_| CertificateError::NotRsa)
}
