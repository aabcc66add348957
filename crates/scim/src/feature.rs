//! What Okta does with a SCIM server, and the checks that each of these things depends on.
//!
//! The names are those of an app's provisioning settings in Okta's administration.

use oinspect_core::Feature;

pub(crate) static FEATURES: &[Feature] = &[
    Feature {
        id: "create-users",
        title: "Create users",
        checks: &[
            "scim.create.answers-201-with-the-user",
            "scim.create.okta-user-is-accepted",
            "scim.create.names-and-emails-are-kept",
            "scim.create.duplicate-user-name-conflicts",
            "scim.filter.user-name-finds-exactly-one",
            "scim.filter.no-match-is-an-empty-list",
            "scim.filter.deactivated-user-is-found",
            "scim.read.returns-what-was-created",
        ],
    },
    Feature {
        id: "update-users",
        title: "Update user attributes",
        checks: &["scim.replace.new-values-are-kept", "scim.replace.own-representation-is-accepted"],
    },
    Feature {
        id: "deactivate-users",
        title: "Deactivate users",
        checks: &[
            "scim.patch.pathless-replace-deactivates",
            "scim.replace.deactivates",
            "scim.read.deactivated-user-is-readable",
        ],
    },
    Feature {
        id: "import-users",
        title: "Import users",
        checks: &[
            "scim.list.numbers-are-integers",
            "scim.list.count-limits-the-page",
            "scim.list.start-index-moves-the-window",
        ],
    },
];
