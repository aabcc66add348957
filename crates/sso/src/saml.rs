//! The checks of a SAML service provider, one file a part of the way.

pub(crate) mod app;
pub(crate) mod cases;
pub(crate) mod disagreements;
pub(crate) mod jit;
pub(crate) mod profile;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod seen;
pub(crate) mod session;
pub(crate) mod suite;
