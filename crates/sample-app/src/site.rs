//! The whole site: two tenants with a SCIM service each, a token endpoint and admin pages.

mod admin;
mod authorization;
mod door;
mod extremes;
mod garbled;
mod later;
mod lies;
mod oauth;
mod picky;
mod race;
mod route;
mod serve;

pub(crate) use authorization::Tokens;
pub(crate) use race::Creations;
pub(crate) use route::legacy_base;
pub(crate) use serve::{Site, router};

/// The tenants' names, which are also their first path segment.
pub(crate) const TENANTS: [&str; 2] = ["acme", "globex"];
