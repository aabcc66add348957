//! The checks of a SCIM server, one file a section.

pub(crate) mod at_once;
pub(crate) mod auth;
pub(crate) mod bulk;
pub(crate) mod create;
pub(crate) mod cursor;
pub(crate) mod delete;
pub(crate) mod discovery;
pub(crate) mod enterprise;
pub(crate) mod entitlement;
pub(crate) mod filter;
pub(crate) mod group;
pub(crate) mod list;
pub(crate) mod me;
pub(crate) mod membership;
pub(crate) mod paging;
pub(crate) mod partial;
pub(crate) mod password;
pub(crate) mod patch;
pub(crate) mod projection;
pub(crate) mod read;
pub(crate) mod replace;
pub(crate) mod search;
pub(crate) mod sort;
pub(crate) mod values;
pub(crate) mod version;
