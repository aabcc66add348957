//! SCIM on the wire, and the checks of a SCIM 2.0 server.
//!
//! This crate forbids knowledge of any other protocol. Answers are plain JSON, read leniently and
//! judged strictly: strict types would hide what we look for.

mod answer;
mod checks;
mod compare;
mod crowd;
mod discover;
mod group;
mod kind;
mod observed;
mod reader;
mod schema;
mod suite;
mod target;
mod user;
mod verbs;

pub use reader::{accounts_named, remove_account};
pub use suite::SUITE;
pub use target::Target;
