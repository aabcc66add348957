//! The whole site: two tenants with a SCIM service each, a token endpoint and admin pages.

mod admin;
mod authorization;
mod door;
mod extremes;
mod garbled;
mod later;
mod oauth;
mod picky;
mod route;
mod serve;

pub(crate) use authorization::Tokens;
pub(crate) use serve::{Site, router};

/// The tenants' names, which are also their first path segment.
pub(crate) const TENANTS: [&str; 2] = ["acme", "globex"];
