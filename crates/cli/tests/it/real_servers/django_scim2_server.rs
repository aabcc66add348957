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
    // The 400 for a body that is no JSON has no scimType; RFC 7644, 3.12, table 9.
    "scim.errors.malformed-json-is-invalid-syntax warned",
    // A body that is no UTF-8, or nested deep, is a 500; RFC 7644, 3.12: SHOULD be 400.
    "scim.errors.invalid-utf-8-is-refused warned",
    "scim.errors.deep-nesting-does-not-fail warned",
    // `meta.location` comes without a Location header; RFC 7644, 3.3.
    "scim.create.location-leads-to-the-user failed",
    // userName is unique as it is written only; RFC 7643, 4.1.1.
    "scim.create.duplicate-in-other-case-conflicts failed",
    // It reads the clock twice; RFC 7643, 3.1: the two moments are the same.
    "scim.meta.new-user-was-never-modified failed",
    // A userName of spaces is stored: not empty by the letter of RFC 7643, 4.1.1, and so information.
    "scim.refusals.blank-user-name warned",
    // `schemas` of a new user is not looked at; RFC 7644, 3.12: SHOULD be 400.
    "scim.refusals.missing-schemas warned",
    "scim.refusals.unknown-schema warned",
    // The 400 for a missing userName has no scimType; RFC 7644, 3.12, table 9.
    "scim.refusals.says-invalid-value warned",
    // `userName eq` is a 500; RFC 7644, 3.12: SHOULD be 400.
    "scim.filter.malformed-filter-is-refused warned",
    // Filters know attributes by their exact names; RFC 7644, 3.4.2.2 and 3.10.
    "scim.filter-paths.names-in-any-case failed",
    "scim.filter-paths.urn-names-a-core-attribute failed",
    // externalId is compared without case; RFC 7643, 3.1.
    "scim.filter-values.external-id-minds-case failed",
    // Booleans are put in an order; RFC 7644, 3.4.2.2.
    "scim.filter-refusals.boolean-has-no-order failed",
    // excludedAttributes is not read; RFC 7644, 3.4.2.5.
    "scim.filter-groups.members-stay-out-on-request failed",
    // A count below 0 is refused; RFC 7644, 3.4.2.4.
    "scim.list.negative-count-is-zero failed",
    // A count above 1000 is refused; RFC 7644, 3.4.2.4 lets a server return fewer: information.
    "scim.list.large-count-is-capped warned",
    // A startIndex below 1 is refused; RFC 7644, 3.4.2.4.
    "scim.paging.start-index-below-one-is-one failed",
    // excludedAttributes is not read for groups; RFC 7644, 3.9 and 3.4.2.5.
    "scim.partial.group-is-read-without-members failed",
    "scim.partial.groups-are-listed-without-members failed",
    // A path in other letters, or with the URN, is answered 200 and changes nothing; RFC 7643, 2.1 and RFC 7644,
    // 3.10.
    "scim.patch-paths.attribute-name-ignores-case failed",
    "scim.patch-paths.core-attribute-by-urn failed",
    // Operations of another form, or without a value, are a 500; RFC 7644, 3.12: SHOULD be 400.
    "scim.patch-refusals.operations-are-no-list warned",
    "scim.patch-refusals.operation-is-no-object warned",
    "scim.patch-refusals.add-without-value warned",
    // The 400 for a missing path has no scimType; RFC 7644, 3.5.2.2: noTarget.
    "scim.patch-refusals.remove-without-path-says-no-target failed",
    // Removing the userName, and replacing the id, are answered 200; RFC 7644, 3.5.2.2 and 3.5.2: an error.
    "scim.patch-refusals.required-attribute-stays failed",
    "scim.patch-refusals.id-is-read-only failed",
    // A path that names nothing is answered 200; RFC 7644, 3.12: SHOULD be 400.
    "scim.patch-refusals.malformed-path warned",
    "scim.patch-refusals.unknown-attribute warned",
    // An object for a text, and a userName that is taken, end in a 500; RFC 7644, 3.5.2.
    "scim.patch-refusals.wrong-type failed",
    "scim.patch-refusals.taken-user-name failed",
    // DELETE deactivates: the user is shown, found and changed as before; RFC 7644, 3.6: 404, and no result.
    "scim.delete.deleted-user-is-gone failed",
    "scim.delete.deleted-twice-is-404 failed",
    "scim.delete.deleted-user-is-not-found-by-a-filter failed",
    "scim.delete.replacing-a-deleted-user-is-404 failed",
    "scim.delete.modifying-a-deleted-user-is-404 failed",
    // A deleted userName is never free again; RFC 7644, 3.6: SHOULD NOT be a conflict.
    "scim.delete.user-name-is-free-again warned",
    // /Me is Django's page with 404; RFC 7644, 3.11: SHOULD be 501.
    "scim.me.absence-is-said warned",
    // A second group of one name is a 500; RFC 7644, 3.3.
    "scim.group.duplicate-name-is-no-failure failed",
    // Okta's way to rename a group names the id, which it refuses, and may: information.
    "scim.group.rename-without-path warned",
    // A group as a member is forgotten with 200; RFC 7644, 3.5.2: done, or failed.
    "scim.membership.nested-group-is-no-failure failed",
    // Removing all members is refused, for want of a list; RFC 7644, 3.5.2.2.
    "scim.membership.remove-without-filter-empties failed",
    // excludedAttributes is not read; RFC 7644, 3.9.
    "scim.membership.excluded-members-are-left-out failed",
    // A deleted user stays a member; RFC 7643, 4.2.
    "scim.membership.deleted-user-leaves-its-groups warned",
    // Its 405 has no body, and 404 and 500 of Django are pages; RFC 7644, 3.12.
    "scim.observed.errors-are-scim-errors failed",
    // The pages are text/html; RFC 7644, 3.1.
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
