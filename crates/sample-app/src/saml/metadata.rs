//! The service provider's metadata.

use askama::Template;

use super::keys;
use crate::http::{Answer, Content};
use crate::portal::{Portal, Refused};
use crate::variant::Variant;

#[derive(Template)]
#[template(path = "sp-metadata.xml")]
struct Metadata<'a> {
    entity_id: &'a str,
    acs_url: &'a str,
    slo_url: &'a str,
    signed: bool,
    signing: String,
    encryption: String,
}

impl Portal {
    /// Shows the metadata of this tenant's service provider.
    pub(crate) fn metadata(&self) -> Answer {
        let metadata = Metadata {
            entity_id: &self.saml.entity_id,
            acs_url: &self.saml.acs_url,
            slo_url: &self.saml.slo_url,
            signed: !self.switches.is(Variant::SamlUnsignedRequest),
            signing: keys::body(keys::SIGNING_CERTIFICATE),
            encryption: keys::body(keys::ENCRYPTION_CERTIFICATE),
        };
        match metadata.render() {
            Ok(xml) => Answer { status: 200, headers: Vec::new(), content: Content::SamlMetadata(xml) },
            Err(_) => Answer::html(500, Refused::crash().reason),
        }
    }
}
