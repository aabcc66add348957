//! A service provider's metadata, read for what an identity provider needs and a check judges.

use jiff::Timestamp;
use roxmltree::Node;

use crate::certificate::certificate_base64;
use crate::document::{self, DecodeError, child, children, flag, full_text, owned};
use crate::instant::parse_instant;
use crate::{HTTP_POST, METADATA, PROTOCOL};

/// What the metadata says of the service provider.
#[expect(clippy::struct_excessive_bools, reason = "the message itself holds independent flags")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpMetadata {
    /// entityID.
    pub entity_id: String,
    /// Assertion consumer services in order.
    pub acs: Vec<AssertionConsumer>,
    /// Single logout services in order.
    pub slo: Vec<Endpoint>,
    /// Keys in order.
    pub keys: Vec<MetadataKey>,
    /// AuthnRequestsSigned: it says that it signs its requests.
    pub authn_requests_signed: bool,
    /// WantAssertionsSigned.
    pub want_assertions_signed: bool,
    /// NameIDFormat in order.
    pub name_id_formats: Vec<String>,
    /// validUntil as written, of the role or of the entity.
    pub valid_until: Option<String>,
    /// validUntil as an instant, if it is one.
    pub valid_until_instant: Option<Timestamp>,
    /// Whether protocolSupportEnumeration names SAML 2.0.
    pub supports_saml2: bool,
    /// Whether the metadata carries a signature; nothing is said of its worth.
    pub signed: bool,
}

/// An AssertionConsumerService.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssertionConsumer {
    /// Location.
    pub url: String,
    /// Binding.
    pub binding: String,
    /// index, if it is a number from 0 to 65535.
    pub index: Option<u16>,
    /// isDefault, if it says anything.
    pub is_default: Option<bool>,
}

/// A SingleLogoutService.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Location.
    pub url: String,
    /// Binding.
    pub binding: String,
    /// ResponseLocation, where answers go if not to `url`.
    pub response_url: Option<String>,
}

/// A KeyDescriptor's certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataKey {
    /// `signing`, `encryption`, or `None` for both.
    pub usage: Option<String>,
    /// The certificate as base64 on one line.
    pub certificate: String,
}

impl SpMetadata {
    /// The consumer that is used when a request names none: of the POST binding, the declared default first.
    pub fn default_acs(&self) -> Option<&AssertionConsumer> {
        let posts = || self.acs.iter().filter(|acs| acs.binding == HTTP_POST);
        posts()
            .find(|acs| acs.is_default == Some(true))
            .or_else(|| posts().find(|acs| acs.is_default.is_none()))
            .or_else(|| posts().next())
    }

    /// Certificates that may have signed the service provider's requests.
    pub fn signing_certificates(&self) -> Vec<&str> {
        self.certificates("signing")
    }

    /// Certificates to encrypt assertions for.
    pub fn encryption_certificates(&self) -> Vec<&str> {
        self.certificates("encryption")
    }

    fn certificates(&self, usage: &str) -> Vec<&str> {
        self.keys
            .iter()
            .filter(|key| key.usage.as_deref().is_none_or(|declared| declared == usage))
            .map(|key| key.certificate.as_str())
            .collect()
    }
}

/// Reads a service provider's metadata; of several entities the first service provider.
pub fn read_sp_metadata(xml: &str) -> Result<SpMetadata, DecodeError> {
    let document = document::parse(xml)?;
    let role = document
        .root_element()
        .descendants()
        .find(|node| node.has_tag_name((METADATA, "SPSSODescriptor")))
        .ok_or(DecodeError::Lacks("SPSSODescriptor"))?;
    let entity = role.parent_element().ok_or(DecodeError::Lacks("EntityDescriptor"))?;
    let valid_until = owned(role, "validUntil").or_else(|| owned(entity, "validUntil"));
    Ok(SpMetadata {
        entity_id: owned(entity, "entityID").ok_or(DecodeError::Lacks("entityID"))?,
        acs: children(role, "AssertionConsumerService").map(consumer).collect(),
        slo: children(role, "SingleLogoutService")
            .map(|service| Endpoint {
                url: owned(service, "Location").unwrap_or_default(),
                binding: owned(service, "Binding").unwrap_or_default(),
                response_url: owned(service, "ResponseLocation"),
            })
            .collect(),
        keys: children(role, "KeyDescriptor").flat_map(keys).collect(),
        authn_requests_signed: flag(role, "AuthnRequestsSigned"),
        want_assertions_signed: flag(role, "WantAssertionsSigned"),
        name_id_formats: children(role, "NameIDFormat").map(full_text).collect(),
        valid_until_instant: valid_until.as_deref().and_then(parse_instant),
        valid_until,
        supports_saml2: role
            .attribute("protocolSupportEnumeration")
            .is_some_and(|protocols| protocols.split_whitespace().any(|protocol| protocol == PROTOCOL)),
        signed: document::signature_algorithm(document.root_element()).is_some()
            || document::signature_algorithm(entity).is_some(),
    })
}

fn consumer(service: Node<'_, '_>) -> AssertionConsumer {
    AssertionConsumer {
        url: owned(service, "Location").unwrap_or_default(),
        binding: owned(service, "Binding").unwrap_or_default(),
        index: service.attribute("index").and_then(|index| index.trim().parse().ok()),
        is_default: service.attribute("isDefault").map(|_| flag(service, "isDefault")),
    }
}

fn keys(descriptor: Node<'_, '_>) -> Vec<MetadataKey> {
    child(descriptor, "KeyInfo")
        .into_iter()
        .flat_map(|info| children(info, "X509Data"))
        .flat_map(|data| children(data, "X509Certificate"))
        .map(|certificate| MetadataKey {
            usage: owned(descriptor, "use"),
            certificate: certificate_base64(&full_text(certificate)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_names_endpoints_and_keys() {
        let metadata = read_sp_metadata(
            "<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"><EntityDescriptor \
             entityID=\"https://sp.test/\" validUntil=\"2030-01-01T00:00:00Z\"><SPSSODescriptor \
             AuthnRequestsSigned=\"true\" protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\
             <KeyDescriptor><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>\n AA\n\
             AA </X509Certificate></X509Data></KeyInfo></KeyDescriptor>\
             <SingleLogoutService Binding=\"b\" Location=\"l\"/><NameIDFormat> f </NameIDFormat>\
             <AssertionConsumerService index=\"0\" Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" \
             Location=\"https://sp.test/acs\"/><AssertionConsumerService index=\"1\" isDefault=\"true\" \
             Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://sp.test/acs1\"/>\
             </SPSSODescriptor></EntityDescriptor></EntitiesDescriptor>",
        )
        .unwrap();
        assert_eq!(metadata.entity_id, "https://sp.test/");
        assert_eq!(metadata.default_acs().unwrap().url, "https://sp.test/acs1");
        assert_eq!(metadata.signing_certificates(), ["AAAA"]);
        assert_eq!(metadata.encryption_certificates(), ["AAAA"]);
        assert_eq!(metadata.name_id_formats, ["f"]);
        assert!(
            metadata.supports_saml2 && metadata.authn_requests_signed && !metadata.want_assertions_signed
        );
        assert!(metadata.valid_until_instant.is_some() && !metadata.signed);
        assert_eq!(read_sp_metadata("<a/>"), Err(DecodeError::Lacks("SPSSODescriptor")));
    }
}
