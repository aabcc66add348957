//! Signature skeletons in Okta's layout, and the filling of them.

use bergshamra::{DsigContext, KeysManager};

use crate::certificate::certificate_lines;
use crate::escape::WriteError;
use crate::keys::KeyPair;
use crate::{RSA_SHA256, XMLDSIG};

const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// An empty enveloped signature over the element `id`; `xs` keeps that prefix in the digest.
pub(crate) fn skeleton(id: &str, key: &KeyPair, keep_xs: bool) -> Result<String, WriteError> {
    let canonical = if keep_xs {
        format!(
            "<ds:Transform Algorithm=\"{EXCLUSIVE_C14N}\"><ec:InclusiveNamespaces \
             xmlns:ec=\"{EXCLUSIVE_C14N}\" PrefixList=\"xs\"/></ds:Transform>"
        )
    } else {
        format!("<ds:Transform Algorithm=\"{EXCLUSIVE_C14N}\"/>")
    };
    let certificate = certificate_lines(&key.certificate)?;
    Ok(format!(
        "<ds:Signature xmlns:ds=\"{XMLDSIG}\"><ds:SignedInfo>\
         <ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE_C14N}\"/>\
         <ds:SignatureMethod Algorithm=\"{RSA_SHA256}\"/>\
         <ds:Reference URI=\"#{id}\"><ds:Transforms>\
         <ds:Transform Algorithm=\"{XMLDSIG}enveloped-signature\"/>{canonical}</ds:Transforms>\
         <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\
         <ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo>\
         <ds:SignatureValue></ds:SignatureValue>\
         <ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\
         </ds:Signature>",
    ))
}

/// Fills the first signature of the document.
pub(crate) fn sign(what: &'static str, xml: String, key: &KeyPair) -> Result<String, WriteError> {
    let mut manager = KeysManager::new();
    manager.add_key(
        bergshamra::keys::loader::load_rsa_private_pem(key.private_pem.as_bytes())
            .map_err(|source| WriteError::Sign { what, source })?,
    );
    bergshamra::dsig::sign::sign_owned(&DsigContext::new(manager), xml)
        .map_err(|source| WriteError::Sign { what, source })
}
