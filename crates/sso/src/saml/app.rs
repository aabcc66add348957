//! The app under test as a SAML service provider.

use std::sync::Arc;

use oinspect_saml::SpMetadata;

use crate::protocol::Instance;

/// The app under test as a SAML service provider, as the configuration describes it.
#[derive(Debug, Clone)]
pub struct SamlInstance {
    /// What it has in common with other instances.
    pub instance: Arc<Instance>,
    /// The entity id: the audience of assertions.
    pub entity_id: String,
    /// Where responses are posted.
    pub acs_url: String,
    /// Where the org takes this app's requests, where that is known.
    pub sign_on_url: Option<String>,
    /// Its metadata, where the configuration names them.
    pub metadata: Option<SpMetadata>,
    /// The attribute that carries groups.
    pub group_attribute: Option<String>,
}

impl SamlInstance {
    /// Every registered consumer URL.
    pub(crate) fn acs_urls(&self) -> impl Iterator<Item = &str> {
        let listed = self.metadata.iter().flat_map(|metadata| &metadata.acs).map(|acs| acs.url.as_str());
        std::iter::once(self.acs_url.as_str()).chain(listed.filter(|url| *url != self.acs_url))
    }
}
