//! Every check of a SCIM server, in the order in which the groups run.

use oinspect_core::Suite;

use crate::checks::{
    auth, bulk, create, delete, discovery, entitlement, filter, group, list, membership, patch, read, replace,
};
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
        &patch::GROUP,
        &delete::GROUP,
        &group::GROUP,
        &membership::GROUP,
        &bulk::GROUP,
        &entitlement::GROUP,
    ],
    discover,
};
