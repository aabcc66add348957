//! SCIM on the wire, and the checks of a SCIM 2.0 server.
//!
//! This crate forbids knowledge of any other protocol. Answers are plain JSON, read leniently and
//! judged strictly: strict types would hide what we look for.

mod target;

use std::collections::BTreeSet;

use oinspect_core::Suite;

pub use target::Target;

/// Every check of a SCIM server.
pub static SUITE: Suite =
    Suite { id: "scim", title: "SCIM 2.0 server", groups: &[], discover: |_| Ok(BTreeSet::new()) };
