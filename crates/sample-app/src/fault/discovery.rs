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
    /// The configuration says of bulk only that it is supported.
    BulkWithoutLimits,
    /// The configuration says of filters only that they are supported.
    FilterWithoutLimit,
    /// The authentication schemes have no description.
    SchemesUndescribed,
    /// The authentication schemes have types of the app's own.
    SchemeTypesInvented,
    /// The only authentication scheme in the configuration is one that the app does not take.
    SchemeInUseNotListed,
    /// A POST of the configuration is answered 201.
    ConfigWritable,
    /// The resource type of groups has no endpoint.
    TypeWithoutEndpoint,
    /// The endpoints of resource types are whole URLs.
    EndpointsAbsolute,
    /// /ResourceTypes lists a type whose endpoint does not exist.
    UnservedTypeListed,
    /// One resource type comes wrapped in a list.
    TypeAloneAsList,
    /// A resource type that does not exist is answered with all of them.
    UnknownTypeAnswersList,
    /// /Schemas does not list the enterprise extension.
    ExtensionNotDescribed,
    /// Schema extensions do not say whether they are required.
    ExtensionsWithoutRequired,
    /// /ResourceTypes minds `startIndex` and `count`.
    ResourceTypesPaged,
    /// A POST of a resource type is answered 201.
    ResourceTypesWritable,
}

impl From<DiscoveryFault> for Fault {
    fn from(fault: DiscoveryFault) -> Self {
        Self::Discovery(fault)
    }
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
            "scim.version.any-version-may-be-replaced",
            "scim.version.stale-replace-is-refused",
            "scim.version.stale-patch-is-refused",
            "scim.version.stale-delete-is-refused",
            "scim.version.listed-version-is-the-users",
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
            "scim.config.bulk-has-limits",
            "scim.config.filter-has-a-limit",
            "scim.config.describes-its-authentication",
            "scim.config.authentication-types-are-defined",
            "scim.config.names-the-scheme-in-use",
            "scim.config.writing-is-refused",
            "scim.truth.unsupported-is-refused-without-failing",
            "scim.async.mode-is-defined",
            "scim.async.events-are-uris",
            "scim.async.accepted-request-names-its-transaction",
            "scim.async.accepted-answer-has-no-body",
            "scim.async.accepted-answer-says-what-was-applied",
            "scim.async.transactions-differ",
        ],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::ConfigOmitsSort),
        id: "config-omits-sort",
        says: "ServiceProviderConfig has no `sort`.",
        breaks: &["scim.discovery.config-names-every-feature"],
        blocks: &[
            "scim.search.sort-is-applied",
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
        blocks: &[
            "scim.truth.schemas-of-users-are-declared",
            "scim.truth.required-extensions-are-shown",
            "scim.truth.meta-names-the-resource-type",
        ],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::SchemasOmitUser),
        id: "schemas-omit-user",
        says: "/Schemas does not list the User schema.",
        breaks: &["scim.discovery.schemas-describe-users"],
        blocks: &[
            "scim.schemas.user-name-is-required",
            "scim.schemas.user-name-is-unique",
            "scim.schemas.password-is-never-shown",
            "scim.schemas.groups-are-read-only",
            "scim.truth.hidden-attributes-are-not-shown",
            "scim.truth.user-attributes-are-described",
        ],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::DiscoveryFilterAnswered),
        id: "discovery-filter-answered",
        says: "A filter on /Schemas or /ResourceTypes is ignored with 200 instead of refused with 403.",
        breaks: &["scim.discovery.filter-is-forbidden"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::BulkWithoutLimits),
        id: "bulk-without-limits",
        says: "The configuration says of bulk only that it is supported.",
        breaks: &["scim.config.bulk-has-limits"],
        blocks: &["scim.bulk.too-large-is-413", "scim.bulk.too-many-operations-are-413"],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::FilterWithoutLimit),
        id: "filter-without-limit",
        says: "The configuration says of filters only that they are supported.",
        breaks: &["scim.config.filter-has-a-limit"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::SchemesUndescribed),
        id: "schemes-undescribed",
        says: "The authentication schemes have no description.",
        breaks: &["scim.config.describes-its-authentication"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::SchemeTypesInvented),
        id: "scheme-types-invented",
        says: "The authentication schemes have types of the app's own.",
        breaks: &["scim.config.authentication-types-are-defined"],
        blocks: &["scim.config.names-the-scheme-in-use"],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::SchemeInUseNotListed),
        id: "scheme-in-use-not-listed",
        says: "The only authentication scheme in the configuration is one that the app does not take.",
        breaks: &["scim.config.names-the-scheme-in-use"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::ConfigWritable),
        id: "config-writable",
        says: "A POST of the configuration is answered 201.",
        breaks: &["scim.config.writing-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::TypeWithoutEndpoint),
        id: "type-without-endpoint",
        says: "The resource type of groups has no endpoint.",
        breaks: &["scim.resource-types.each-is-complete"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::EndpointsAbsolute),
        id: "endpoints-absolute",
        says: "The endpoints of resource types are whole URLs.",
        breaks: &["scim.resource-types.endpoints-are-relative"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::UnservedTypeListed),
        id: "unserved-type-listed",
        says: "/ResourceTypes lists a type whose endpoint does not exist.",
        breaks: &["scim.resource-types.endpoints-answer"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::TypeAloneAsList),
        id: "type-alone-as-list",
        says: "One resource type comes wrapped in a list.",
        breaks: &["scim.resource-types.one-is-served-alone"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::UnknownTypeAnswersList),
        id: "unknown-type-answers-list",
        says: "A resource type that does not exist is answered with all of them.",
        breaks: &["scim.resource-types.unknown-is-404"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::ExtensionNotDescribed),
        id: "extension-not-described",
        says: "/Schemas does not list the enterprise extension.",
        breaks: &["scim.resource-types.schemas-are-described"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::ExtensionsWithoutRequired),
        id: "extensions-without-required",
        says: "Schema extensions do not say whether they are required.",
        breaks: &["scim.resource-types.extensions-say-whether-required"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::ResourceTypesPaged),
        id: "resource-types-paged",
        says: "/ResourceTypes minds `startIndex` and `count`.",
        breaks: &["scim.resource-types.paging-is-ignored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Discovery(DiscoveryFault::ResourceTypesWritable),
        id: "resource-types-writable",
        says: "A POST of a resource type is answered 201.",
        breaks: &["scim.resource-types.writing-is-refused"],
        blocks: &[],
    },
];
