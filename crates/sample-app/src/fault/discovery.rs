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
            "scim.cursor.config-says-how-lists-are-paged",
            "scim.cursor.empty-cursor-begins-a-walk",
            "scim.cursor.walk-meets-everyone-once",
            "scim.cursor.last-page-has-no-next-cursor",
            "scim.cursor.first-page-has-no-previous-cursor",
            "scim.cursor.cursors-are-safe-in-urls",
            "scim.cursor.count-is-never-exceeded",
            "scim.cursor.invalid-cursor-is-refused",
            "scim.cursor.invalid-cursor-is-named",
            "scim.cursor.changed-count-is-refused",
            "scim.cursor.other-tenant-cannot-go-on",
            "scim.cursor.search-is-paged-too",
            "scim.search.sort-is-applied",
            "scim.version.read-has-an-etag",
            "scim.version.create-has-an-etag",
            "scim.version.meta-has-the-version",
            "scim.version.meta-version-is-the-etag",
            "scim.version.etag-is-well-formed",
            "scim.version.unchanged-user-is-not-sent-again",
            "scim.version.changed-user-is-sent-again",
            "scim.version.version-changes-with-the-user",
            "scim.version.reading-keeps-the-version",
            "scim.version.current-version-may-be-replaced",
            "scim.version.stale-replace-is-refused",
            "scim.version.stale-patch-is-refused",
            "scim.version.stale-delete-is-refused",
            "scim.version.listed-version-is-the-users",
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
