//! Every check of a SCIM server, in the order in which the groups run.

use oinspect_core::{Capability, Suite};

use crate::checks::create::{concurrency, meta, refusals, uniqueness};
use crate::checks::values::{many, texts};
use crate::checks::{
    auth, bulk, create, cursor, delete, discovery, enterprise, entitlement, filter, group, list, me,
    membership, paging, partial, password, patch, projection, read, replace, search, sort, values, version,
};
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
        &meta::GROUP,
        &refusals::GROUP,
        &uniqueness::GROUP,
        &concurrency::GROUP,
        &values::GROUP,
        &texts::GROUP,
        &many::GROUP,
        &password::GROUP,
        &enterprise::GROUP,
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
        &group::GROUP,
        &membership::GROUP,
        &bulk::GROUP,
        &entitlement::GROUP,
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
