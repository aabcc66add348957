//! The OpenID Connect relying party of a tenant.

mod authorization;
mod callback;
mod client;
mod provider;
mod redeem;
mod start;

pub(crate) use provider::Provider;
pub(crate) use start::Login;
