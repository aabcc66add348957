//! Whom a tenant trusts to sign its people in, and what that party must know of the tenant.

use thiserror::Error;

use crate::saml::MetadataError;

/// The single sign-on settings of one tenant. What is `None` stays as it was.
#[derive(Debug, Clone, Default)]
pub struct Sso {
    /// Sign-in by SAML.
    pub saml: Option<SamlTrust>,
    /// Sign-in by OpenID Connect.
    pub oidc: Option<OidcTrust>,
}

/// The SAML identity provider of a tenant.
#[derive(Debug, Clone)]
pub struct SamlTrust {
    /// Its metadata, as XML: entity ID, certificates and addresses are taken from there and from
    /// nowhere else.
    pub idp_metadata: String,
}

/// The OpenID provider of a tenant.
#[derive(Debug, Clone)]
pub struct OidcTrust {
    /// The issuer; its discovery document is fetched at the first sign-in.
    pub issuer: String,
    /// The client that the provider knows this tenant by.
    pub client_id: String,
    /// That client's secret.
    pub client_secret: String,
}

/// Why a tenant's settings were not taken.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// No tenant has this name.
    #[error("find the tenant `{tenant}`")]
    UnknownTenant {
        /// The name that was given.
        tenant: String,
    },
    /// The identity provider's metadata cannot be used.
    #[error("read the identity provider's metadata")]
    Metadata(#[from] MetadataError),
    /// The issuer is no http or https URL.
    #[error("use the issuer `{issuer}`: it is no http or https URL")]
    Issuer {
        /// What was given.
        issuer: String,
    },
}

/// The addresses of a tenant's SAML service provider.
#[derive(Debug, Clone)]
pub struct SamlEndpoints {
    /// The entity ID, which is also the audience.
    pub entity_id: String,
    /// The assertion consumer service, for the POST binding.
    pub acs_url: String,
    /// The metadata.
    pub metadata_url: String,
    /// Where a sign-in starts; `?return_to=` names a page of the tenant.
    pub start_url: String,
    /// Where messages of single logout go.
    pub slo_url: String,
    /// Whether a response that answers no request is taken.
    pub idp_initiated: bool,
}

/// The addresses of a tenant's OpenID Connect relying party.
#[derive(Debug, Clone)]
pub struct OidcEndpoints {
    /// The redirect URI.
    pub redirect_uri: String,
    /// Where a sign-in starts; `?return_to=` names a page of the tenant.
    pub start_url: String,
    /// Where the identity provider may start a sign-in, if the tenant lets it.
    pub initiate_login_uri: Option<String>,
    /// Where the provider sends the browser after it signed the user out.
    pub post_logout_redirect_uri: String,
}
