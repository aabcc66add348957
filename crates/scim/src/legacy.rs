//! The checks of a SCIM 1.1 server: what Okta's old apps do in the life of a user and a group.

mod errors;
mod groups;
mod lists;
mod resource;
mod users;
mod verbs;

use std::collections::BTreeSet;

use oinspect_core::{Capability, Cx, Feature, Finding, Suite};
use serde_json::Value;

use crate::verbs::Scim;

/// Every check of a SCIM 1.1 server.
pub static LEGACY: Suite = Suite {
    id: "scim11",
    title: "SCIM 1.1 server",
    on_request: true,
    groups: &[&users::GROUP, &errors::GROUP, &lists::GROUP, &groups::GROUP],
    capabilities: &[Capability::Authentication, Capability::Filter, Capability::Patch, Capability::Groups],
    features: FEATURES,
    discover,
};

/// The names are those of an app's provisioning settings in Okta's administration.
static FEATURES: &[Feature] = &[
    Feature {
        id: "create-users",
        title: "Create users",
        checks: &[
            "scim11.users.create-answers-201-with-the-id",
            "scim11.users.duplicate-user-name-is-409",
            "scim11.users.returns-what-was-created",
            "scim11.list.user-name-filter-finds-one",
            "scim11.list.no-match-is-an-empty-list",
        ],
    },
    Feature { id: "update-users", title: "Update user attributes", checks: &["scim11.users.put-replaces"] },
    Feature {
        id: "deactivate-users",
        title: "Deactivate users",
        checks: &[
            "scim11.users.patch-deactivates",
            "scim11.users.patch-leaves-the-rest",
            "scim11.users.deactivated-user-is-readable",
        ],
    },
    Feature {
        id: "import-users",
        title: "Import users",
        checks: &["scim11.list.numbers-are-integers", "scim11.list.pages-move-on"],
    },
    Feature {
        id: "push-groups",
        title: "Push groups",
        checks: &[
            "scim11.groups.empty-group-is-readable",
            "scim11.groups.patch-adds-members",
            "scim11.groups.patch-removes-one-member",
            "scim11.groups.meta-attributes-replaces-members",
            "scim11.groups.rename-keeps-members",
            "scim11.groups.deleted-group-is-gone",
        ],
    },
];

/// What Okta sends without asking is taken to be offered, unless `/ServiceProviderConfigs` denies it.
fn discover(cx: &mut Cx) -> Result<BTreeSet<Capability>, Finding> {
    let mut offered = BTreeSet::from([Capability::Groups]);
    if cx.target()?.auth.is_some() {
        offered.insert(Capability::Authentication);
    }
    let config = match verbs::get(cx, "/ServiceProviderConfigs") {
        Ok(answer) => Some(answer).filter(|answer| answer.is_success() && answer.any_json().is_some()),
        Err(Finding::Broken { .. }) => None,
        Err(obstacle) => return Err(obstacle),
    };
    if config.is_none() {
        cx.note("/ServiceProviderConfigs cannot be read: filter and PATCH are taken to be supported");
    }
    for (path, capability) in
        [("filter.supported", Capability::Filter), ("patch.supported", Capability::Patch)]
    {
        let says = config.as_ref().and_then(|config| config.at(path));
        if says != Some(&Value::Bool(false)) {
            offered.insert(capability);
        }
    }
    Ok(offered)
}
