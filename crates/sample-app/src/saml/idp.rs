//! What a tenant knows of its identity provider: the metadata, read once, and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra::Key;
use bergshamra::keys::loader::load_x509_cert_der;
use roxmltree::{Document, Node};
use thiserror::Error;

const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const LARGEST: usize = 1_048_576;

/// Why an identity provider's metadata cannot be used.
#[derive(Debug, Error)]
pub enum MetadataError {
    /// It is too large to be metadata.
    #[error("take {size} bytes for metadata")]
    TooLarge {
        /// Its length in bytes.
        size: usize,
    },
    /// It is not XML, or has a document type.
    #[error("parse it as XML without a document type")]
    NotXml(#[source] roxmltree::Error),
    /// Something that is needed is not there.
    #[error("find {what} in it")]
    Missing {
        /// What is missing.
        what: &'static str,
    },
    /// A certificate is not one.
    #[error("load the signing certificate number {number}")]
    Certificate {
        /// Which one, counted from 1.
        number: usize,
    },
}

/// An identity provider, as its metadata describes it.
#[derive(Debug)]
pub(crate) struct IdentityProvider {
    pub(super) entity_id: String,
    /// The keys that may sign for it.
    pub(super) keys: Vec<Key>,
    pub(super) redirect_url: Option<String>,
    pub(super) post_url: Option<String>,
    /// Where logout requests go, if it takes any by redirect.
    pub(super) logout_url: Option<String>,
    /// The text it was read from.
    #[cfg(feature = "samael")]
    pub(super) metadata: String,
}

impl IdentityProvider {
    pub(crate) fn read(xml: &str) -> Result<Self, MetadataError> {
        if xml.len() > LARGEST {
            return Err(MetadataError::TooLarge { size: xml.len() });
        }
        let document = Document::parse(xml.trim_start_matches('\u{feff}')).map_err(MetadataError::NotXml)?;
        let entity = document.root_element();
        let entity_id = entity
            .attribute("entityID")
            .filter(|id| !id.is_empty() && entity.has_tag_name((METADATA, "EntityDescriptor")))
            .ok_or(MetadataError::Missing { what: "an EntityDescriptor with an entityID" })?;
        let role = entity
            .children()
            .find(|node| node.has_tag_name((METADATA, "IDPSSODescriptor")))
            .ok_or(MetadataError::Missing { what: "an IDPSSODescriptor" })?;
        let mut keys = Vec::new();
        let signing = role.children().filter(|node| {
            node.has_tag_name((METADATA, "KeyDescriptor"))
                && node.attribute("use").is_none_or(|usage| usage == "signing")
        });
        let certificates = signing
            .flat_map(|node| node.descendants())
            .filter(|node| node.has_tag_name((DSIG, "X509Certificate")));
        for (number, certificate) in (1..).zip(certificates) {
            let base64: String = certificate.text().unwrap_or_default().split_whitespace().collect();
            let der = STANDARD.decode(base64).map_err(|_| MetadataError::Certificate { number })?;
            keys.push(load_x509_cert_der(&der).map_err(|_| MetadataError::Certificate { number })?);
        }
        if keys.is_empty() {
            return Err(MetadataError::Missing { what: "a signing certificate" });
        }
        let (redirect_url, post_url) =
            (location(role, "SingleSignOnService", REDIRECT), location(role, "SingleSignOnService", POST));
        if redirect_url.is_none() && post_url.is_none() {
            return Err(MetadataError::Missing { what: "a SingleSignOnService by Redirect or POST" });
        }
        Ok(Self {
            entity_id: entity_id.to_owned(),
            keys,
            redirect_url,
            post_url,
            logout_url: location(role, "SingleLogoutService", REDIRECT),
            #[cfg(feature = "samael")]
            metadata: xml.to_owned(),
        })
    }
}

fn location(role: Node<'_, '_>, service: &str, binding: &str) -> Option<String> {
    let mut services = role.children().filter(|node| node.has_tag_name((METADATA, service)));
    let service = services.find(|node| node.attribute("Binding") == Some(binding))?;
    let url = url::Url::parse(service.attribute("Location")?).ok()?;
    matches!(url.scheme(), "http" | "https")
        .then(|| service.attribute("Location").map(str::to_owned))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_with_a_document_type_or_without_a_certificate_is_refused() {
        let read = |xml: &str| IdentityProvider::read(xml).unwrap_err();
        assert!(matches!(read("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), MetadataError::NotXml(_)));
        assert!(matches!(read("<a/>"), MetadataError::Missing { .. }));
        let bare = format!(
            "<EntityDescriptor xmlns='{METADATA}' entityID='x'><IDPSSODescriptor/></EntityDescriptor>"
        );
        assert_eq!(read(&bare).to_string(), "find a signing certificate in it");
        assert!(matches!(read(&" ".repeat(LARGEST + 1)), MetadataError::TooLarge { .. }));
    }
}
