//! The faults of the enterprise extension: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of the enterprise extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnterpriseFault {
    /// Enterprise attributes are shown beside the core ones.
    EnterpriseFlattened,
    /// A POST accepts `department` and never stores it.
    DepartmentLost,
    /// `schemas` of a user never names the enterprise extension.
    EnterpriseUrnMissing,
    /// A POST accepts `manager` and never stores it.
    ManagerLost,
    /// `manager.displayName` is shown as the client sent it.
    ManagerNamedByClient,
    /// A POST with null in `manager` is refused with 400.
    NullInManagerRefused,
    /// PUT leaves the enterprise attributes as they are.
    ReplaceIgnoresEnterprise,
}

impl From<EnterpriseFault> for Fault {
    fn from(fault: EnterpriseFault) -> Self {
        Self::Enterprise(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Enterprise(EnterpriseFault::EnterpriseFlattened),
        id: "enterprise-flattened",
        says: "Enterprise attributes are shown beside the core ones.",
        breaks: &["scim.enterprise.stands-under-its-urn"],
        blocks: &[
            "scim.enterprise.attributes-are-kept",
            "scim.enterprise.manager-is-kept",
            "scim.enterprise.replacing-changes-them",
            "scim.enterprise.urn-is-in-schemas",
            "scim.filter-paths.enterprise-attribute",
            "scim.patch-paths.empty-manager-removes",
            "scim.patch-paths.extension-attribute-is-removed-by-urn",
            "scim.patch-paths.extension-joins-the-schemas",
            "scim.patch-paths.manager-is-removed",
            "scim.projection.excluding-keeps-extensions",
            "scim.projection.urn-names-an-extension-attribute",
            "scim.replace-values.empty-extension-leaves-the-schemas",
            "scim.replace-values.extension-is-replaced",
            "scim.patch-paths.extension-attribute-by-urn",
            "scim.patch-paths.extension-object-without-a-path",
            "scim.patch-paths.full-name-as-a-key",
            "scim.patch-paths.manager-is-set",
            "scim.patch-paths.manager-is-set-as-a-bare-id",
        ],
    },
    Row {
        fault: Fault::Enterprise(EnterpriseFault::DepartmentLost),
        id: "department-lost",
        says: "A POST accepts `department` and never stores it.",
        breaks: &["scim.enterprise.attributes-are-kept"],
        blocks: &[
            "scim.filter-paths.enterprise-attribute",
            "scim.patch-paths.extension-attribute-is-removed-by-urn",
            "scim.projection.excluding-keeps-extensions",
            "scim.projection.urn-names-an-extension-attribute",
            "scim.replace-values.empty-extension-leaves-the-schemas",
            "scim.replace-values.extension-is-replaced",
        ],
    },
    Row {
        fault: Fault::Enterprise(EnterpriseFault::EnterpriseUrnMissing),
        id: "enterprise-urn-missing",
        says: "`schemas` of a user never names the enterprise extension.",
        breaks: &["scim.enterprise.urn-is-in-schemas", "scim.patch-paths.extension-joins-the-schemas"],
        blocks: &[],
    },
    Row {
        fault: Fault::Enterprise(EnterpriseFault::ManagerLost),
        id: "manager-lost",
        says: "A POST accepts `manager` and never stores it.",
        breaks: &["scim.enterprise.manager-is-kept"],
        blocks: &["scim.patch-paths.empty-manager-removes", "scim.patch-paths.manager-is-removed"],
    },
    Row {
        fault: Fault::Enterprise(EnterpriseFault::ManagerNamedByClient),
        id: "manager-named-by-client",
        says: "`manager.displayName` is shown as the client sent it.",
        breaks: &["scim.enterprise.managers-name-is-not-the-clients"],
        blocks: &[],
    },
    Row {
        fault: Fault::Enterprise(EnterpriseFault::NullInManagerRefused),
        id: "null-in-manager-refused",
        says: "A POST with null in `manager` is refused with 400.",
        breaks: &["scim.enterprise.null-in-manager-is-no-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Enterprise(EnterpriseFault::ReplaceIgnoresEnterprise),
        id: "replace-ignores-enterprise",
        says: "PUT leaves the enterprise attributes as they are.",
        breaks: &["scim.enterprise.replacing-changes-them", "scim.replace-values.extension-is-replaced"],
        blocks: &[],
    },
];
