//! The checks of a SCIM server, one file a section.

pub(crate) mod auth;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod discovery;
pub(crate) mod errors;
pub(crate) mod filter;
pub(crate) mod http;
pub(crate) mod later;
pub(crate) mod list;
pub(crate) mod observed;
pub(crate) mod patch;
pub(crate) mod read;
pub(crate) mod replace;
pub(crate) mod tenant;
