//! The HTTP agent: cookies, redirects and forms as a browser has them, no scripts.

mod agent;
mod clicks;
mod hop;
mod jar;
pub(crate) mod site;

pub(crate) use agent::HttpAgent;
