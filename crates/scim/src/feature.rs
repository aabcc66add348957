//! What Okta does with a SCIM server, and the checks that each of these things depends on.
//!
//! The names are those of an app's provisioning settings in Okta's administration.

use oinspect_core::Feature;

pub(crate) static FEATURES: &[Feature] = &[
    Feature {
        id: "create-users",
        title: "Create users",
        checks: &[
            "scim.auth.refusal-is-401",
            "scim.create.answers-201-with-the-user",
            "scim.create.okta-user-is-accepted",
            "scim.create.names-and-emails-are-kept",
            "scim.create.duplicate-user-name-conflicts",
            "scim.filter.user-name-finds-exactly-one",
            "scim.filter.no-match-is-an-empty-list",
            "scim.filter.plus-and-percent-agree",
            "scim.filter.deactivated-user-is-found",
            "scim.http.okta-headers-are-welcome",
            "scim.meta.id-is-not-reserved",
            "scim.read.created-user-is-found",
            "scim.read.returns-what-was-created",
            "scim.values.external-id-is-kept",
        ],
    },
    Feature {
        id: "update-users",
        title: "Update user attributes",
        checks: &[
            "scim.replace.new-values-are-kept",
            "scim.replace.own-representation-is-accepted",
            "scim.replace-values.own-representation-with-changes-is-kept",
        ],
    },
    Feature {
        id: "deactivate-users",
        title: "Deactivate users",
        checks: &[
            "scim.patch.pathless-replace-deactivates",
            "scim.patch-replace.pathless-reactivates",
            "scim.replace.deactivates",
            "scim.replace-values.reactivates",
            "scim.read.deactivated-user-is-readable",
            "scim.uniqueness.deactivated-user-is-not-taken-over",
        ],
    },
    Feature {
        id: "sync-password",
        title: "Sync password",
        checks: &[
            "scim.create.password-is-never-returned",
            "scim.patch-replace.password-is-accepted",
            "scim.patch-replace.password-is-never-returned",
            "scim.replace-values.password-is-accepted",
            "scim.replace-values.password-is-never-returned",
        ],
    },
    Feature {
        id: "import-users",
        title: "Import users",
        checks: &[
            "scim.list.is-a-list-response",
            "scim.list.items-are-whole-users",
            "scim.list.numbers-are-integers",
            "scim.list.count-limits-the-page",
            "scim.list.start-index-moves-the-window",
            "scim.paging.order-stays-the-same",
            "scim.paging.past-the-end-is-an-empty-page",
            "scim.paging.walk-meets-everyone-once",
        ],
    },
    Feature {
        id: "import-groups",
        title: "Import groups",
        checks: &[
            "scim.group.list-is-a-list",
            "scim.group.read-returns-the-group",
            "scim.list.groups-are-paged",
        ],
    },
    Feature {
        id: "group-push",
        title: "Group push",
        checks: &[
            "scim.filter-groups.name-finds-exactly-one",
            "scim.filter-groups.no-match-is-an-empty-list",
            "scim.group.create-answers-201",
            "scim.group.create-keeps-members",
            "scim.group.put-replaces-members",
            "scim.group.rename-without-path",
            "scim.group.rename-keeps-members",
            "scim.group.delete-answers-204",
            "scim.membership.okta-member-is-accepted",
            "scim.membership.add-appends",
            "scim.membership.remove-by-filter-leaves-the-others",
            "scim.membership.replace-sets-exactly",
            "scim.membership.replace-with-nothing-empties",
        ],
    },
    Feature {
        id: "entitlements",
        title: "Entitlements and roles",
        checks: &[
            "scim.entitlement.list-has-entries",
            "scim.entitlement.entry-has-id-and-name",
            "scim.entitlement.count-limits-the-page",
            "scim.entitlement.next-page-moves-on",
            "scim.entitlement.put-gives-an-entitlement",
        ],
    },
    Feature {
        id: "import-schema",
        title: "Import user schema",
        checks: &[
            "scim.discovery.resource-types-list-users",
            "scim.discovery.schemas-describe-users",
            "scim.resource-types.schemas-are-described",
            "scim.schemas.attributes-are-typed",
        ],
    },
];
