//! Every check of a SCIM server, in the order in which the groups run.

use oinspect_core::Suite;

use crate::checks::{auth, create, delete, discovery, filter, list, patch, read, replace, sort};
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
        &filter::operators::GROUP,
        &filter::logic::GROUP,
        &filter::paths::GROUP,
        &filter::values::GROUP,
        &filter::texts::GROUP,
        &filter::refusals::GROUP,
        &filter::groups::GROUP,
        &sort::GROUP,
        &list::GROUP,
        &replace::GROUP,
        &patch::GROUP,
        &delete::GROUP,
    ],
    discover,
};
