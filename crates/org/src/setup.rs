//! What an app's administrator copies from the org, known before any server runs.

use url::Url;

use crate::app::App;
use crate::identity::Identity;
use crate::saml;

/// The values that connect an app to the org. Those of the other protocol mean nothing to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The app's id in the org, `0oa...`.
    pub app_id: String,
    /// What its tile links to.
    pub embed_link: String,
    /// SAML: where the identity provider's metadata is.
    pub metadata_url: String,
    /// SAML: where requests go.
    pub sso_url: String,
    /// SAML: where logout requests go.
    pub slo_url: String,
    /// SAML: the identity provider's entity ID.
    pub entity_id: String,
    /// SAML: the certificate of its signatures.
    pub certificate_pem: String,
    /// SAML: the metadata itself.
    pub idp_metadata_xml: String,
    /// OpenID Connect: the issuer.
    pub issuer: String,
    /// OpenID Connect: the client.
    pub client_id: String,
    /// OpenID Connect: its secret.
    pub client_secret: String,
    /// OpenID Connect: where the provider describes itself.
    pub discovery_url: String,
}

impl Identity {
    /// What connects this app to an org of this identity at this address.
    pub fn setup(&self, base_url: &Url, app: &App) -> Setup {
        let base = base_url.as_str().trim_end_matches('/');
        let ids = self.ids(app);
        let (name, key) = (&ids.name, &ids.external_key);
        Setup {
            embed_link: format!("{base}/home/{name}/{}/{}", ids.app_id, ids.link_id),
            metadata_url: format!("{base}/app/{key}/sso/saml/metadata"),
            sso_url: format!("{base}/app/{name}/{key}/sso/saml"),
            slo_url: format!("{base}/app/{name}/{key}/slo/saml"),
            entity_id: self.entity_id(app),
            certificate_pem: self.saml.certificate_pem.clone(),
            idp_metadata_xml: saml::metadata(self, base, app),
            issuer: base.to_owned(),
            client_id: ids.client_id,
            client_secret: ids.client_secret,
            discovery_url: format!("{base}/.well-known/openid-configuration"),
            app_id: ids.app_id,
        }
    }
}
