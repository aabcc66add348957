//! SCIM on the wire, and the checks of a SCIM 2.0 server.
//!
//! This crate forbids knowledge of any other protocol. Answers are plain JSON, read leniently and
//! judged strictly: strict types would hide what we look for.

mod answer;
mod bulk;
mod checks;
mod compare;
mod crowd;
mod discover;
mod feature;
mod group;
mod keeping;
mod kind;
mod legacy;
mod mailboxes;
mod observed;
mod pages;
mod reader;
mod schema;
mod suite;
mod target;
mod user;
mod verbs;

pub use legacy::LEGACY;
pub use reader::{accounts_named, remove_account};
pub use suite::SUITE;
pub use target::Target;
