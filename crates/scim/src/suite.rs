//! Every check of a SCIM server, in the order in which the groups run.

use oinspect_core::Suite;

use crate::checks::{auth, concurrency, create, delete, discovery, filter, list, patch, read, replace};
use crate::discover::discover;

/// Every check of a SCIM server.
pub static SUITE: Suite = Suite {
    id: "scim",
    title: "SCIM 2.0 server",
    groups: &[
        &discovery::GROUP,
        &auth::GROUP,
        &create::GROUP,
        &read::GROUP,
        &filter::GROUP,
        &list::GROUP,
        &replace::GROUP,
        &replace::values::GROUP,
        &replace::limits::GROUP,
        &patch::GROUP,
        &patch::whole::GROUP,
        &patch::add::GROUP,
        &patch::replace::GROUP,
        &patch::remove::GROUP,
        &patch::paths::GROUP,
        &patch::refusals::GROUP,
        &concurrency::GROUP,
        &delete::GROUP,
    ],
    discover,
};
