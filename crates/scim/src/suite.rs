//! Every check of a SCIM server, in the order in which the groups run.

use oinspect_core::{Capability, Suite};

use crate::checks::{auth, create, delete, discovery, filter, list, patch, read, replace};
use crate::discover::discover;
use crate::feature::FEATURES;

/// Every check of a SCIM server.
pub static SUITE: Suite = Suite {
    id: "scim",
    title: "SCIM 2.0 server",
    on_request: false,
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
    ],
    capabilities: &[
        Capability::Discovery,
        Capability::Authentication,
        Capability::SecondTenant,
        Capability::Active,
        Capability::Filter,
        Capability::CaselessUserName,
        Capability::Patch,
        Capability::Groups,
        Capability::Enterprise,
        Capability::Password,
        Capability::ChangePassword,
        Capability::Sort,
        Capability::EntityTags,
        Capability::Bulk,
        Capability::Cursors,
        Capability::AsyncRequests,
        Capability::Entitlements,
        Capability::Roles,
    ],
    features: FEATURES,
    discover,
};
