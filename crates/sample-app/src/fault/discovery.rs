//! The faults of discovery documents: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of discovery documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DiscoveryFault {
    /// GET /ServiceProviderConfig answers 404.
    ConfigMissing,
    /// ServiceProviderConfig has no `sort`.
    ConfigOmitsSort,
    /// /ResourceTypes does not list User.
    ResourceTypesOmitUsers,
    /// /Schemas does not list the User schema.
    SchemasOmitUser,
    /// A filter on /Schemas or /ResourceTypes is ignored with 200 instead of refused with 403.
    DiscoveryFilterAnswered,
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Discovery(DiscoveryFault::ConfigMissing),
        id: "config-missing",
        says: "GET /ServiceProviderConfig answers 404.",
        breaks: &["scim.discovery.config-is-served"],
        blocks: &[
            "scim.discovery.config-names-every-feature",
            "scim.bulk.support-is-as-said",
            "scim.bulk.answers-200",
            "scim.bulk.status-is-a-string",
            "scim.bulk.location-leads-to-the-resource",
            "scim.bulk.bulk-id-comes-back",
            "scim.bulk.reference-is-resolved",
            "scim.bulk.circle-is-resolved",
            "scim.bulk.put-is-carried-out",
            "scim.bulk.patch-is-carried-out",
            "scim.bulk.delete-is-carried-out",
            "scim.bulk.failure-has-its-status",
            "scim.bulk.failure-has-an-error",
            "scim.bulk.failure-stops-nobody",
            "scim.bulk.fail-on-errors-stops",
            "scim.bulk.too-many-operations-are-413",
            "scim.bulk.too-large-is-413",
            "scim.bulk.post-without-bulk-id-is-refused",
            "scim.bulk.unknown-reference-is-refused",
            "scim.bulk.unknown-method-is-refused",
            "scim.bulk.missing-schemas-are-refused",
            "scim.bulk.version-is-a-condition",
        ],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::ConfigOmitsSort),
        id: "config-omits-sort",
        says: "ServiceProviderConfig has no `sort`.",
        breaks: &["scim.discovery.config-names-every-feature"],
        blocks: &["scim.search.sort-is-applied"],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::ResourceTypesOmitUsers),
        id: "resource-types-omit-users",
        says: "/ResourceTypes does not list User.",
        breaks: &["scim.discovery.resource-types-list-users"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::SchemasOmitUser),
        id: "schemas-omit-user",
        says: "/Schemas does not list the User schema.",
        breaks: &["scim.discovery.schemas-describe-users"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::DiscoveryFilterAnswered),
        id: "discovery-filter-answered",
        says: "A filter on /Schemas or /ResourceTypes is ignored with 200 instead of refused with 403.",
        breaks: &["scim.discovery.filter-is-forbidden"],
        blocks: &[],
    },
];
