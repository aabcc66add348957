//! Every check of a SCIM server, in the order in which the groups run.

use oinspect_core::Suite;

use crate::checks::{
    auth, create, cursor, delete, discovery, filter, list, me, paging, partial, patch, projection, read,
    replace, search, version,
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
        &paging::GROUP,
        &cursor::GROUP,
        &projection::GROUP,
        &partial::GROUP,
        &search::GROUP,
        &replace::GROUP,
        &patch::GROUP,
        &delete::GROUP,
        &version::GROUP,
        &me::GROUP,
    ],
    discover,
};
