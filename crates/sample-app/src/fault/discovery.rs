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
            "scim.sort.ascending",
            "scim.sort.ascending-by-default",
            "scim.sort.descending",
            "scim.sort.ignores-case",
            "scim.sort.missing-values-come-last",
            "scim.sort.missing-values-come-first-when-descending",
            "scim.sort.by-a-part-of-an-attribute",
            "scim.sort.by-time-of-creation",
            "scim.sort.by-the-primary-value",
            "scim.sort.names-in-any-case",
            "scim.sort.pages-follow-on",
        ],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::ConfigOmitsSort),
        id: "config-omits-sort",
        says: "ServiceProviderConfig has no `sort`.",
        breaks: &["scim.discovery.config-names-every-feature"],
        blocks: &[
            "scim.sort.ascending",
            "scim.sort.ascending-by-default",
            "scim.sort.descending",
            "scim.sort.ignores-case",
            "scim.sort.missing-values-come-last",
            "scim.sort.missing-values-come-first-when-descending",
            "scim.sort.by-a-part-of-an-attribute",
            "scim.sort.by-time-of-creation",
            "scim.sort.by-the-primary-value",
            "scim.sort.names-in-any-case",
            "scim.sort.pages-follow-on",
        ],
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
