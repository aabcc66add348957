//! Checks of single sign-on: SAML service providers, OpenID Connect relying parties, the accounts that
//! they make just in time.
//!
//! This crate forbids knowledge of how an org is made: it reaches the embedded one and a real one by the
//! same driver. The two protocols share the way of a user and the oracle, and nothing else.

mod accounts;
mod attempt;
mod batch;
mod beginnings;
mod cases;
mod diagnosis;
mod ending;
mod expected;
mod landing;
mod leftover;
mod names;
mod oidc;
mod person;
mod preflight;
mod protocol;
mod rehearsal;
mod saml;
mod stage;
mod story;
mod walk;
mod witness;

pub use oidc::app::OidcInstance;
pub use oidc::suite::OIDC;
pub use preflight::{Preflight, oidc_preflight, saml_preflight};
pub use protocol::Instance;
pub use saml::app::SamlInstance;
pub use saml::suite::SAML;
pub use stage::{People, Stage};
pub use witness::{Ask, Question, Witness};
