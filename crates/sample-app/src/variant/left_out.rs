//! The checks that have nothing to look at where something that is optional is left out.

use super::Variant;

/// What some variants leave nothing to look at for.
pub(super) const LEFT_OUT: &[(Variant, &[&str])] = &[
    (
        Variant::NoGroups,
        &[
            "scim.group.",
            "scim.membership.",
            "scim.bulk.reference-is-resolved",
            "scim.bulk.circle-is-resolved",
            "scim.bulk.unknown-reference-is-refused",
            "scim.filter-groups.",
            "scim.list.groups-are-paged",
            "scim.meta.client-groups-are-ignored",
            "scim.partial.group-is-read-without-members",
            "scim.partial.groups-are-listed-without-members",
            "scim.patch-refusals.groups-are-read-only",
            "scim.replace-limits.sent-groups-are-ignored",
            "scim.search.root-finds-every-kind",
            "scim.truth.group-attributes-are-described",
            "scim11.groups.",
        ],
    ),
    (
        Variant::NoUserGroups,
        &[
            "scim.membership.user-shows-its-groups",
            "scim.membership.deleted-group-leaves-its-users",
            "scim.patch-refusals.groups-are-read-only",
        ],
    ),
    (Variant::NoBulk, BULK),
    (Variant::NoGrants, &["scim.entitlement."]),
    (Variant::UnknownMembersIgnored, &["scim.membership.refused-add-changes-nothing"]),
    (Variant::NoEtag, &["scim.version.", "scim.bulk.version-is-a-condition"]),
    (Variant::NumbersAsIds, &["scim.filter-values.id-minds-case"]),
    (Variant::DepartmentRequired, &["scim.replace-values.empty-extension-leaves-the-schemas"]),
    (Variant::NoCursors, &["scim.cursor."]),
    (Variant::NoSearch, SEARCH),
];

/// Every check that searches with POST, but the one on how its absence is said.
const SEARCH: &[&str] = &[
    "scim.search.answers-200-with-a-list",
    "scim.search.filter-is-applied",
    "scim.search.count-limits-the-page",
    "scim.search.attributes-choose-what-is-shown",
    "scim.search.sort-is-applied",
    "scim.search.other-message-is-refused",
    "scim.search.root-finds-every-kind",
    "scim.cursor.search-is-paged-too",
];

/// Every check that sends a bulk request, but the one on whether there are any.
const BULK: &[&str] = &[
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
];
