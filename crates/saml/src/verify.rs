//! Signatures verified: those inside a message, and those beside it in a query.

use bergshamra::{DsigContext, KeysManager, VerifyResult};
use roxmltree::Node;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier as _;
use sha2::{Sha256, Sha384, Sha512};
use thiserror::Error;

use crate::certificate::{CertificateError, certificate_der, rsa_key};
use crate::document::{self, DecodeError};
use crate::{RSA_SHA256, XMLDSIG};

/// A signature in the query of the Redirect binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetachedSignature {
    /// SigAlg.
    pub algorithm: String,
    /// What was signed: the octets of the query, as they came.
    pub signed_octets: String,
    /// The signature's bytes.
    pub value: Vec<u8>,
}

/// An element whose signature is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedElement {
    /// Local name of the element: `Response`, `Assertion`, ...
    pub name: String,
    /// Its ID.
    pub id: String,
}

/// Why a signature is not good; each text completes "failed to verify the signature: ...".
#[derive(Debug, Error)]
pub enum VerifyError {
    /// The message cannot be read at all.
    #[error("the message cannot be read")]
    Unreadable {
        /// Why.
        #[from]
        source: DecodeError,
    },
    /// A certificate to verify with cannot be read.
    #[error("a certificate to verify with cannot be read")]
    Certificate {
        /// Why.
        #[from]
        source: CertificateError,
    },
    /// Nothing is signed.
    #[error("nothing is signed")]
    NotSigned,
    /// The signature does not fit, or was made with another key.
    #[error("{0}")]
    Invalid(String),
    /// A signature that covers something else than the element it stands in.
    #[error("a signature does not cover the element that it stands in")]
    NotItsParent,
    /// An algorithm that is not verified here.
    #[error("the algorithm {0:?} is not supported")]
    Algorithm(String),
}

/// Verifies every signature in the message; any certificate will do. Returns what is covered.
pub fn verify(xml: &str, certificates: &[&str]) -> Result<Vec<SignedElement>, VerifyError> {
    let document = document::parse(xml)?;
    let mut manager = KeysManager::new();
    for certificate in certificates {
        let der = certificate_der(certificate)?;
        manager.add_key(
            bergshamra::keys::loader::load_x509_cert_der(&der).map_err(|_| CertificateError::NotX509)?,
        );
    }
    let signatures: Vec<Node<'_, '_>> = document
        .root_element()
        .descendants()
        .filter(|node| node.has_tag_name((XMLDSIG, "Signature")))
        .collect();
    if signatures.is_empty() {
        return Err(VerifyError::NotSigned);
    }
    let results = bergshamra::verify_all(&DsigContext::new(manager), xml)
        .map_err(|error| VerifyError::Invalid(error.to_string()))?;
    if results.len() != signatures.len() {
        return Err(VerifyError::Invalid("two readers do not count the same signatures".to_owned()));
    }
    let mut covered = Vec::new();
    for (signature, result) in signatures.into_iter().zip(results) {
        let references = match result {
            VerifyResult::Valid { references, .. } => references,
            VerifyResult::Invalid { reason } => return Err(VerifyError::Invalid(reason)),
        };
        let parent = signature.parent_element().ok_or(VerifyError::NotItsParent)?;
        let id = parent.attribute("ID").ok_or(VerifyError::NotItsParent)?;
        match references.as_slice() {
            [reference] if reference.uri.strip_prefix('#') == Some(id) => {
                covered.push(SignedElement { name: parent.tag_name().name().to_owned(), id: id.to_owned() });
            }
            _ => return Err(VerifyError::NotItsParent),
        }
    }
    Ok(covered)
}

/// Verifies a signature of the Redirect binding; any certificate will do.
pub fn verify_detached(signature: &DetachedSignature, certificates: &[&str]) -> Result<(), VerifyError> {
    let value = Signature::try_from(signature.value.as_slice())
        .map_err(|_| VerifyError::Invalid("the signature is malformed".to_owned()))?;
    for certificate in certificates {
        let key = rsa_key(certificate)?;
        let octets = signature.signed_octets.as_bytes();
        let good = match signature.algorithm.as_str() {
            RSA_SHA256 => VerifyingKey::<Sha256>::new(key).verify(octets, &value),
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => {
                VerifyingKey::<Sha384>::new(key).verify(octets, &value)
            }
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => {
                VerifyingKey::<Sha512>::new(key).verify(octets, &value)
            }
            other => return Err(VerifyError::Algorithm(other.to_owned())),
        };
        if good.is_ok() {
            return Ok(());
        }
    }
    Err(VerifyError::Invalid("no known key made this signature over these octets".to_owned()))
}
