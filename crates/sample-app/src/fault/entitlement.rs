//! The faults of entitlements and roles: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of entitlements and roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntitlementFault {
    /// GET /Entitlements answers 404.
    EntitlementsNotListed,
    /// `count` has no effect on /Entitlements.
    EntitlementCountIgnored,
    /// Every page of /Entitlements begins with the first one.
    EntitlementPagesRepeat,
    /// Entitlements have no `displayName`.
    EntitlementWithoutName,
    /// Entitlements have no `type`.
    EntitlementWithoutType,
    /// GET /Roles answers 404.
    RolesNotListed,
    /// Roles have no `displayName`.
    RoleWithoutName,
    /// The resource type of entitlements has no `endpoint`.
    EntitlementTypeWithoutEndpoint,
    /// A user's `entitlements` are accepted and not stored.
    EntitlementsForgotten,
    /// A user's `roles` are accepted and not stored.
    RolesForgotten,
}

impl From<EntitlementFault> for Fault {
    fn from(fault: EntitlementFault) -> Self {
        Self::Entitlement(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Entitlement(EntitlementFault::EntitlementsNotListed),
        id: "entitlements-not-listed",
        says: "GET /Entitlements answers 404.",
        breaks: &["scim.entitlement.list-has-entries", "scim.resource-types.endpoints-answer"],
        blocks: &[
            "scim.entitlement.count-limits-the-page",
            "scim.entitlement.entry-has-id-and-name",
            "scim.entitlement.next-page-moves-on",
            "scim.entitlement.patch-gives-an-entitlement",
            "scim.entitlement.put-gives-an-entitlement",
            "scim.entitlement.type-names-the-resource-type",
        ],
    },
    Row {
        fault: Fault::Entitlement(EntitlementFault::EntitlementCountIgnored),
        id: "entitlement-count-ignored",
        says: "`count` has no effect on /Entitlements.",
        breaks: &["scim.entitlement.count-limits-the-page"],
        blocks: &[],
    },
    Row {
        fault: Fault::Entitlement(EntitlementFault::EntitlementPagesRepeat),
        id: "entitlement-pages-repeat",
        says: "Every page of /Entitlements begins with the first one.",
        breaks: &["scim.entitlement.next-page-moves-on"],
        blocks: &[],
    },
    Row {
        fault: Fault::Entitlement(EntitlementFault::EntitlementWithoutName),
        id: "entitlement-without-name",
        says: "Entitlements have no `displayName`.",
        breaks: &["scim.entitlement.entry-has-id-and-name"],
        blocks: &[],
    },
    Row {
        fault: Fault::Entitlement(EntitlementFault::EntitlementWithoutType),
        id: "entitlement-without-type",
        says: "Entitlements have no `type`.",
        breaks: &["scim.entitlement.type-names-the-resource-type"],
        blocks: &[],
    },
    Row {
        fault: Fault::Entitlement(EntitlementFault::RolesNotListed),
        id: "roles-not-listed",
        says: "GET /Roles answers 404.",
        breaks: &["scim.entitlement.roles-are-listed", "scim.resource-types.endpoints-answer"],
        blocks: &[
            "scim.entitlement.patch-gives-a-role",
            "scim.entitlement.put-gives-a-role",
            "scim.entitlement.role-has-id-and-name",
        ],
    },
    Row {
        fault: Fault::Entitlement(EntitlementFault::RoleWithoutName),
        id: "role-without-name",
        says: "Roles have no `displayName`.",
        breaks: &["scim.entitlement.role-has-id-and-name"],
        blocks: &[],
    },
    Row {
        fault: Fault::Entitlement(EntitlementFault::EntitlementTypeWithoutEndpoint),
        id: "entitlement-type-without-endpoint",
        says: "The resource type of entitlements has no `endpoint`.",
        breaks: &["scim.entitlement.resource-type-says-where", "scim.resource-types.each-is-complete"],
        blocks: &[
            "scim.entitlement.count-limits-the-page",
            "scim.entitlement.entry-has-id-and-name",
            "scim.entitlement.list-has-entries",
            "scim.entitlement.next-page-moves-on",
            "scim.entitlement.patch-gives-an-entitlement",
            "scim.entitlement.put-gives-an-entitlement",
            "scim.entitlement.type-names-the-resource-type",
        ],
    },
    Row {
        fault: Fault::Entitlement(EntitlementFault::EntitlementsForgotten),
        id: "entitlements-forgotten",
        says: "A user's `entitlements` are accepted and not stored.",
        breaks: &["scim.entitlement.patch-gives-an-entitlement", "scim.entitlement.put-gives-an-entitlement"],
        blocks: &[],
    },
    Row {
        fault: Fault::Entitlement(EntitlementFault::RolesForgotten),
        id: "roles-forgotten",
        says: "A user's `roles` are accepted and not stored.",
        breaks: &["scim.entitlement.patch-gives-a-role", "scim.entitlement.put-gives-a-role"],
        blocks: &[],
    },
];
