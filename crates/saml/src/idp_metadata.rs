//! The identity provider's metadata, in the shape of Okta's: unsigned, without an end.

use std::fmt::Write as _;

use crate::certificate::certificate_lines;
use crate::escape::{WriteError, attribute, text};
use crate::{HTTP_POST, HTTP_REDIRECT, METADATA, PROTOCOL, XMLDSIG};

/// What an identity provider says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdpDescription {
    /// entityID, which is also the Issuer of its messages.
    pub entity_id: String,
    /// Where requests go, in both bindings.
    pub sso_url: String,
    /// Where logout requests go, if it does single logout.
    pub slo_url: Option<String>,
    /// Signing certificates, PEM or base64; several while a key is being replaced.
    pub certificates: Vec<String>,
    /// NameID formats.
    pub name_id_formats: Vec<String>,
    /// Whether it refuses unsigned requests.
    pub wants_signed_requests: bool,
}

/// The metadata document.
pub fn idp_metadata(description: &IdpDescription) -> Result<String, WriteError> {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><md:EntityDescriptor entityID=\"{}\" \
         xmlns:md=\"{METADATA}\"><md:IDPSSODescriptor WantAuthnRequestsSigned=\"{}\" \
         protocolSupportEnumeration=\"{PROTOCOL}\">",
        attribute("the entityID", &description.entity_id)?,
        description.wants_signed_requests,
    );
    let mut push = |piece: std::fmt::Arguments<'_>| {
        xml.write_fmt(piece).expect("writing to a String cannot fail");
    };
    for certificate in &description.certificates {
        push(format_args!(
            "<md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"{XMLDSIG}\"><ds:X509Data>\
             <ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>",
            certificate_lines(certificate)?
        ));
    }
    let mut service = |name: &str, binding: &str, url: &str| -> Result<(), WriteError> {
        push(format_args!(
            "<md:{name} Binding=\"{binding}\" Location=\"{}\"/>",
            attribute("an endpoint", url)?
        ));
        Ok(())
    };
    // The schema wants logout services, then formats, then sign-on services.
    if let Some(slo) = &description.slo_url {
        service("SingleLogoutService", HTTP_POST, slo)?;
        service("SingleLogoutService", HTTP_REDIRECT, slo)?;
    }
    for format in &description.name_id_formats {
        push(format_args!("<md:NameIDFormat>{}</md:NameIDFormat>", text("a NameIDFormat", format)?));
    }
    for binding in [HTTP_POST, HTTP_REDIRECT] {
        push(format_args!(
            "<md:SingleSignOnService Binding=\"{binding}\" Location=\"{}\"/>",
            attribute("an endpoint", &description.sso_url)?
        ));
    }
    xml.push_str("</md:IDPSSODescriptor></md:EntityDescriptor>");
    Ok(xml)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::test::IDP_CERT;
    use crate::{FORMAT_EMAIL, document};

    #[test]
    fn metadata_lists_post_before_redirect() {
        let xml = idp_metadata(&IdpDescription {
            entity_id: "http://www.okta.com/exk1".to_owned(),
            sso_url: "https://org.test/app/a&b/exk1/sso/saml".to_owned(),
            slo_url: Some("https://org.test/slo".to_owned()),
            certificates: vec![IDP_CERT.to_owned()],
            name_id_formats: vec![FORMAT_EMAIL.to_owned()],
            wants_signed_requests: false,
        })
        .unwrap();
        let document = document::parse(&xml).unwrap();
        let services: Vec<_> = document
            .descendants()
            .filter(|node| node.tag_name().name() == "SingleSignOnService")
            .map(|node| (node.attribute("Binding").unwrap(), node.attribute("Location").unwrap()))
            .collect();
        let url = "https://org.test/app/a&b/exk1/sso/saml";
        assert_eq!(services, [(HTTP_POST, url), (HTTP_REDIRECT, url)]);
        assert!(xml.contains("WantAuthnRequestsSigned=\"false\""));
    }
}
