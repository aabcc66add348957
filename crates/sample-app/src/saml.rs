//! The SAML 2.0 service provider of a tenant.

mod acs;
mod assertion;
mod decrypt;
mod document;
mod idp;
#[cfg(feature = "samael")]
mod independent;
mod keys;
mod logout;
mod metadata;
mod redirect;
mod rejected;
mod request;
mod response;
mod signature;
mod start;

pub(crate) use idp::IdentityProvider;
pub use idp::MetadataError;
pub(crate) use start::SentRequest;
