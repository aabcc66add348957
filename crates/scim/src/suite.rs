//! Every check of a SCIM server, in the order in which the groups run.

use oinspect_core::Suite;

use crate::checks::{
    auth, create, delete, discovery, errors, filter, http, later, list, observed, patch, read, replace,
    tenant,
};
use crate::discover::discover;

/// Every check of a SCIM server.
pub static SUITE: Suite = Suite {
    id: "scim",
    title: "SCIM 2.0 server",
    groups: &[
        &discovery::GROUP,
        &discovery::config::GROUP,
        &discovery::resource_types::GROUP,
        &discovery::schemas::GROUP,
        &discovery::truth::GROUP,
        &auth::GROUP,
        &tenant::GROUP,
        &http::GROUP,
        &errors::GROUP,
        &create::GROUP,
        &read::GROUP,
        &filter::GROUP,
        &list::GROUP,
        &replace::GROUP,
        &patch::GROUP,
        &delete::GROUP,
        &later::GROUP,
        // Last: it judges the answers of all the others.
        &observed::GROUP,
    ],
    discover,
};
