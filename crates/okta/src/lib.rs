//! The driver of an Okta-shaped org: Management API, sign-in page, dashboard.
//!
//! This crate forbids knowing which org it is: the embedded one and a real one are told apart by
//! their address alone. Whatever the org refuses blocks a check, with one sentence that says what to do.

mod api;
mod apps;
mod events;
mod groups;
mod org;
mod page;
mod refusal;
mod sign_in;
#[cfg(test)]
mod tests;
mod token;
mod users;

pub use apps::App;
pub use events::LogEvent;
pub use groups::OrgGroup;
pub use org::{Credential, Org, Organization};
pub use page::{Interstitial, OrgPage, SignInForm, recognise};
pub use sign_in::sign_in;
pub use users::{NewUser, User};
