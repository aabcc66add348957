//! django-scim2-server in a small Django project.

use super::Peer;

/// An id that is no UUID gets Django's page for addresses that do not exist.
const PROTOCOL_SUITE: &[&str] =
    &["runscope.04.02", "runscope.04.03", "runscope.12.02", "runscope.12.03", "runscope.12.04"];

const FINDINGS: &[&str] = &[
    // A discovery endpoint answers a filter as if nothing had been asked; RFC 7644, 4.
    "scim.discovery.filter-is-forbidden warned",
    // Resource types and schemas are served as lists only; RFC 7644, 4.
    "scim.resource-types.one-is-served-alone failed",
    "scim.schemas.one-is-served-alone failed",
    // Its 401 has no WWW-Authenticate header; RFC 7644, 2.
    "scim.auth.refusal-names-a-scheme failed",
    // Bodies that cannot be read end in exceptions, or in errors without scimType; RFC 7644, 3.12.
    "scim.errors.malformed-json-is-invalid-syntax warned",
    "scim.errors.invalid-utf-8-is-refused warned",
    "scim.errors.deep-nesting-does-not-fail failed",
    // `meta.location` comes without a Location header; RFC 7644, 3.3.
    "scim.create.location-leads-to-the-user failed",
    // userName is unique as it is written only; RFC 7643, 4.1.1.
    "scim.create.duplicate-in-other-case-conflicts failed",
    // It reads the clock twice; RFC 7643, 3.1: the two moments are the same.
    "scim.meta.new-user-was-never-modified failed",
    // There is no Location header to compare.
    // Bodies are not validated: blank names, no or unknown schemas, wrong types; RFC 7644, 3.12.
    "scim.refusals.blank-user-name warned",
    "scim.refusals.missing-schemas warned",
    "scim.refusals.unknown-schema warned",
    "scim.refusals.says-invalid-value warned",
    // Its users have no displayName.
    // `userName eq` runs past the end of its tokens; RFC 7644, 3.12.
    "scim.filter.malformed-filter-is-refused warned",
    // Filters do not know `id`; RFC 7643, 3.1.
    "scim.filter.id-finds-exactly-one warned",
    // Filters know a few attributes, by their exact names; RFC 7644, 3.4.2.2 and 3.10.
    "scim.filter-paths.names-in-any-case failed",
    "scim.filter-paths.urn-names-a-core-attribute failed",
    // Filters do not know `id`.
    // externalId is compared without case; RFC 7643, 3.1.
    "scim.filter-values.external-id-minds-case failed",
    // Booleans are put in an order; RFC 7644, 3.4.2.2.
    "scim.filter-refusals.boolean-has-no-order failed",
    // A malformed filter is not refused.
    // Filters do not know members; RFC 7644, 3.4.2.2.
    // excludedAttributes is not read; RFC 7644, 3.4.2.5.
    "scim.filter-groups.members-stay-out-on-request failed",
    // A count below 0 is refused; RFC 7644, 3.4.2.4.
    "scim.list.negative-count-is-zero failed",
    // A count above 1000 is refused; RFC 7644, 3.4.2.4 lets a server return fewer.
    "scim.list.large-count-is-capped warned",
    // A startIndex below 1 is refused; RFC 7644, 3.4.2.4.
    "scim.paging.start-index-below-one-is-one failed",
    // attributes and excludedAttributes are not read; RFC 7644, 3.9.
    "scim.partial.group-is-read-without-members failed",
    "scim.partial.groups-are-listed-without-members failed",
    // Absent endpoints are a page of Django; RFC 7644, 3.12.
    "scim.search.absence-is-said warned",
    // PATCH reaches few attributes, or the user does not keep them.
    // Paths are compared letter by letter, and URNs are not known; RFC 7643, 2.1 and RFC 7644, 3.10.
    "scim.patch-paths.attribute-name-ignores-case failed",
    "scim.patch-paths.core-attribute-by-urn failed",
    // Operations are not validated; RFC 7644, 3.5.2, 3.5.2.2 and 3.12.
    "scim.patch-refusals.operations-are-no-list warned",
    "scim.patch-refusals.operation-is-no-object warned",
    "scim.patch-refusals.add-without-value warned",
    "scim.patch-refusals.remove-without-path-says-no-target failed",
    "scim.patch-refusals.required-attribute-stays failed",
    "scim.patch-refusals.id-is-read-only failed",
    "scim.patch-refusals.meta-is-read-only failed",
    "scim.patch-refusals.malformed-path warned",
    "scim.patch-refusals.unknown-attribute warned",
    "scim.patch-refusals.wrong-type failed",
    "scim.patch-refusals.taken-user-name failed",
    // A deleted user is deactivated only; RFC 7644, 3.6.
    "scim.delete.deleted-user-is-gone failed",
    "scim.delete.deleted-twice-is-404 failed",
    "scim.delete.deleted-user-is-not-found-by-a-filter failed",
    "scim.delete.replacing-a-deleted-user-is-404 failed",
    "scim.delete.modifying-a-deleted-user-is-404 failed",
    // A deleted userName is never free again; RFC 7644, 3.6.
    "scim.delete.user-name-is-free-again warned",
    // Absence of /Me is not a SCIM error; RFC 7644, 3.11.
    "scim.me.absence-is-said warned",
    // A second group of one name is a 500; RFC 7644, 3.3.
    "scim.group.duplicate-name-is-no-failure failed",
    // Okta's way to rename a group is refused; RFC 7644, 3.5.2.3.
    "scim.group.rename-without-path warned",
    // A group as a member is forgotten with 200; RFC 7644, 3.12.
    "scim.membership.nested-group-is-no-failure failed",
    // Members cannot be removed or replaced in these ways; RFC 7644, 3.5.2.2 and 3.5.2.3.
    "scim.membership.remove-without-filter-empties failed",
    // excludedAttributes is not read; RFC 7644, 3.9.
    "scim.membership.excluded-members-are-left-out failed",
    // A deleted user stays a member; RFC 7643, 4.2.
    "scim.membership.deleted-user-leaves-its-groups warned",
    // Seen over the whole run: errors with HTML, number or no body; RFC 7644, 3.1 and 3.12.
    "scim.observed.errors-are-scim-errors failed",
    "scim.observed.errors-have-the-media-type warned",
];

fn start() -> Option<Peer> {
    let mut peer = Peer::python("django-scim2-server")?;
    peer.forgets = false;
    Some(peer)
}

#[test]
fn django_scim2_server_breaks_five_assertions_of_the_protocol_suite() {
    let Some(peer) = start() else { return };
    peer.expect_of_the_protocol_suite(PROTOCOL_SUITE);
}

#[test]
fn django_scim2_server_breaks_exactly_what_it_is_known_to_break() {
    let Some(peer) = start() else { return };
    peer.expect_findings(FINDINGS, 12);
}
