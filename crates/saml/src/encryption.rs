//! Assertions encrypted for a service provider: AES-256-GCM under an RSA-OAEP key.

use bergshamra::{EncContext, KeysManager};

use crate::ASSERTION;
use crate::XMLDSIG;
use crate::certificate::{certificate_der, certificate_lines};
use crate::escape::WriteError;

/// `assertion` inside an EncryptedAssertion for the owner of `certificate`.
pub(crate) fn encrypt(assertion: &str, certificate: &str) -> Result<String, WriteError> {
    let mut manager = KeysManager::new();
    manager.add_key(
        bergshamra::keys::loader::load_x509_cert_der(&certificate_der(certificate)?)
            .map_err(|source| WriteError::Encrypt { source })?,
    );
    let template = format!(
        "<xenc:EncryptedData xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" \
         Type=\"http://www.w3.org/2001/04/xmlenc#Element\">\
         <xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes256-gcm\"/>\
         <ds:KeyInfo xmlns:ds=\"{XMLDSIG}\"><xenc:EncryptedKey>\
         <xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\">\
         <ds:DigestMethod Algorithm=\"{XMLDSIG}sha1\"/></xenc:EncryptionMethod>\
         <ds:KeyInfo><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\
         <xenc:CipherData><xenc:CipherValue></xenc:CipherValue></xenc:CipherData>\
         </xenc:EncryptedKey></ds:KeyInfo>\
         <xenc:CipherData><xenc:CipherValue></xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>",
        certificate_lines(certificate)?,
    );
    let encrypted = bergshamra::encrypt(&EncContext::new(manager), &template, assertion.as_bytes())
        .map_err(|source| WriteError::Encrypt { source })?;
    Ok(format!(
        "<saml2:EncryptedAssertion xmlns:saml2=\"{ASSERTION}\">{encrypted}</saml2:EncryptedAssertion>"
    ))
}
