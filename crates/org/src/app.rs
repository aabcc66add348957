//! The settings of an app in the org.

mod oidc;
mod saml;

pub use oidc::{ClientAuthentication, OidcApp, ServiceApp};
pub use saml::{
    AcsEndpoint, AttributeStatement, GroupFilter, GroupStatement, LogoutEndpoint, SamlApp, SignatureHash,
};

/// An app as an administrator sets it up.
#[derive(Debug, Clone, PartialEq)]
pub struct App {
    /// What its ids are derived from, with the identity: one key, the same ids in every run.
    pub key: String,
    /// What users see.
    pub label: String,
    /// How users get in.
    pub sign_on: SignOn,
    /// Whether the dashboard hides its tile.
    pub hidden: bool,
}

/// How users get into an app.
#[derive(Debug, Clone, PartialEq)]
pub enum SignOn {
    /// SAML 2.0.
    Saml(Box<SamlApp>),
    /// OpenID Connect, a web app.
    Oidc(Box<OidcApp>),
    /// Nobody gets in: a program that speaks to the Management API with tokens of its own.
    Service(Box<ServiceApp>),
}

impl App {
    /// A SAML app.
    pub fn saml(key: &str, label: &str, saml: SamlApp) -> Self {
        Self::of(key, label, SignOn::Saml(Box::new(saml)))
    }

    /// An OpenID Connect web app.
    pub fn oidc(key: &str, label: &str, oidc: OidcApp) -> Self {
        Self::of(key, label, SignOn::Oidc(Box::new(oidc)))
    }

    /// A service app.
    pub fn service(key: &str, label: &str, service: ServiceApp) -> Self {
        Self::of(key, label, SignOn::Service(Box::new(service)))
    }

    fn of(key: &str, label: &str, sign_on: SignOn) -> Self {
        Self { key: key.to_owned(), label: label.to_owned(), sign_on, hidden: false }
    }
}
