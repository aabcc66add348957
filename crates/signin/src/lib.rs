//! User agents, the network that they see, and the sign-in oracle: did the app let the user in?
//!
//! This crate forbids knowledge of any sign-on protocol and of any identity provider: an agent does
//! what a person would do and tells what happened; the oracle judges by what the app shows.

mod act;
mod agent;
mod agents;
mod browser;
mod error;
mod form;
mod http;
mod identity;
mod oracle;
mod page;
mod selector;
mod settings;
mod steps;
mod visible;

pub use act::{Act, Until, UrlGlob};
pub use agent::{Agent, CookieSeen};
pub use agents::Agents;
pub use error::AgentError;
pub use form::Form;
pub use identity::Identity;
pub use oracle::{
    AppPages, AsWhom, Calibration, Judgement, Outcome, ProfilePage, Readback, Says, SignOut, Signal,
    Snapshot, Uncalibrated, calibrate, snapshot,
};
pub use page::Page;
pub use selector::{BadSelector, Selector};
pub use settings::{AgentChoice, AgentKind, AgentSettings};
pub use steps::Step;
