//! The faults of keeping tenants apart: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of keeping tenants apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TenantFault {
    /// The token of another tenant reads users by their ids.
    OtherTenantReads,
    /// The token of another tenant finds users by filter.
    OtherTenantFilters,
    /// The token of another tenant lists users.
    OtherTenantLists,
    /// The token of another tenant changes users by PATCH.
    OtherTenantPatches,
    /// The token of another tenant replaces users.
    OtherTenantReplaces,
    /// The token of another tenant deletes users.
    OtherTenantDeletes,
}

impl From<TenantFault> for Fault {
    fn from(fault: TenantFault) -> Self {
        Self::Tenant(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Tenant(TenantFault::OtherTenantReads),
        id: "other-tenant-reads",
        says: "The token of another tenant reads users by their ids.",
        breaks: &["scim.tenant.cannot-read"],
        blocks: &[],
    },
    Row {
        fault: Fault::Tenant(TenantFault::OtherTenantFilters),
        id: "other-tenant-filters",
        says: "The token of another tenant finds users by filter.",
        breaks: &["scim.tenant.cannot-find-by-filter"],
        blocks: &["scim.cursor.other-tenant-cannot-go-on"],
    },
    Row {
        fault: Fault::Tenant(TenantFault::OtherTenantLists),
        id: "other-tenant-lists",
        says: "The token of another tenant lists users.",
        breaks: &["scim.tenant.cannot-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Tenant(TenantFault::OtherTenantPatches),
        id: "other-tenant-patches",
        says: "The token of another tenant changes users by PATCH.",
        breaks: &["scim.tenant.cannot-patch"],
        blocks: &[],
    },
    Row {
        fault: Fault::Tenant(TenantFault::OtherTenantReplaces),
        id: "other-tenant-replaces",
        says: "The token of another tenant replaces users.",
        breaks: &["scim.tenant.cannot-replace"],
        blocks: &[],
    },
    Row {
        fault: Fault::Tenant(TenantFault::OtherTenantDeletes),
        id: "other-tenant-deletes",
        says: "The token of another tenant deletes users.",
        breaks: &["scim.tenant.cannot-delete"],
        blocks: &[],
    },
];
