//! django-scim2 in a small Django project.

use super::Peer;

/// Its 401 comes from a middleware, without a body.
const PROTOCOL_SUITE: &[&str] = &["runscope.11.02", "runscope.11.03", "runscope.11.04"];

const FINDINGS: &[&str] = &[
    // A discovery endpoint answers a filter as if nothing had been asked; RFC 7644, 4.
    "scim.discovery.filter-is-forbidden warned",
    // Its endpoints hold the path of the base URL; RFC 7643, 6.
    "scim.resource-types.endpoints-are-relative failed",
    // Its 401 has no body; RFC 7644, 3.12.
    "scim.auth.refusal-is-a-scim-error failed",
    // The 400 for a body that is no JSON has no scimType; RFC 7644, 3.12, table 9.
    "scim.errors.malformed-json-is-invalid-syntax warned",
    // Bodies that are no object, no UTF-8 or nested deep are a 500; RFC 7644, 3.12: SHOULD be 400.
    "scim.errors.text-is-refused warned",
    "scim.errors.invalid-utf-8-is-refused warned",
    "scim.errors.deep-nesting-does-not-fail warned",
    // Its 409 has the text of the database and no scimType; RFC 7644, 3.3.
    "scim.create.conflict-says-uniqueness failed",
    // userName is unique as it is written only; RFC 7643, 4.1.1.
    "scim.create.duplicate-in-other-case-conflicts failed",
    // A missing userName becomes an empty one; RFC 7643, 4.1.1.
    "scim.create.missing-user-name-is-refused failed",
    // An empty userName is refused only because the user above has it: 409; RFC 7643, 4.1.1.
    "scim.refusals.empty-user-name failed",
    // A userName of spaces is stored: not empty by the letter of RFC 7643, 4.1.1, and so information.
    "scim.refusals.blank-user-name warned",
    // `schemas` is not looked at, and a text for `name` is a 500; RFC 7644, 3.12: SHOULD be 400.
    "scim.refusals.missing-schemas warned",
    "scim.refusals.unknown-schema warned",
    "scim.refusals.text-for-an-object warned",
    // USERNAME is not read, so that the user is nameless, which somebody is already: 409; RFC 7643, 2.1.
    "scim.values.attribute-names-ignore-case failed",
    // /Schemas declares types of addresses, and more, that are not stored; RFC 7643, 7.
    "scim.multi-valued.several-emails-are-kept warned",
    "scim.multi-valued.phone-numbers-are-kept warned",
    "scim.multi-valued.addresses-are-kept warned",
    "scim.multi-valued.ims-are-kept warned",
    // The status in an error is a number; RFC 7644, 3.12.
    "scim.read.error-status-is-a-string failed",
    // A count below 0 is refused; RFC 7644, 3.4.2.4.
    "scim.list.negative-count-is-zero failed",
    // A startIndex below 1 is refused; RFC 7644, 3.4.2.4.
    "scim.paging.start-index-below-one-is-one failed",
    // attributes and excludedAttributes are not read; RFC 7644, 3.9.
    "scim.projection.attributes-choose-what-is-shown failed",
    "scim.projection.excluded-attribute-is-left-out failed",
    "scim.partial.create-shows-only-what-was-asked-for failed",
    "scim.partial.replace-shows-only-what-was-asked-for failed",
    // lastModified never advances; RFC 7643, 3.1.
    "scim.replace-limits.last-modified-advances failed",
    // A text for `name` is a 500, and the 409 of a PUT has no scimType; RFC 7644, 3.12.
    "scim.replace-limits.wrong-type-is-refused warned",
    "scim.replace-limits.taken-user-name-says-uniqueness warned",
    // lastModified never advances; RFC 7643, 3.1.
    "scim.patch-whole.last-modified-advances failed",
    // PATCH of `name` with an object is a 500; RFC 7644, 3.5.2.3.
    "scim.patch-replace.object-keeps-the-other-parts failed",
    // externalId is stored, and its PATCH is a 501; RFC 7643, 3.1: readWrite.
    "scim.patch-replace.external-id-changes failed",
    // A path that names nothing is a 500; RFC 7644, 3.12.
    "scim.patch-paths.odd-names-do-no-harm warned",
    // `schemas` of a PATCH is not looked at; RFC 7644, 3.12: SHOULD be 400.
    "scim.patch-refusals.missing-schemas warned",
    // What is wrong with an operation, and a userName that is taken, ends in a 500; RFC 7644, 3.5.2 and 3.12.
    "scim.patch-refusals.operations-are-no-list warned",
    "scim.patch-refusals.operation-is-no-object warned",
    "scim.patch-refusals.remove-without-path failed",
    "scim.patch-refusals.malformed-path warned",
    "scim.patch-refusals.wrong-type failed",
    "scim.patch-refusals.taken-user-name failed",
    // POST does not read members; RFC 7643, 7.
    "scim.group.create-keeps-members warned",
    // A group is made without a name; RFC 7643, 4.2.
    "scim.group.missing-name-is-refused failed",
    // `replace` is a 501 for groups. Okta's form names the id, which may be refused: information.
    "scim.group.rename-without-path warned",
    // By its path it may not; RFC 7644, 3.5.2.3.
    "scim.group.rename-by-path failed",
    // PUT does not read members either; RFC 7644, 3.5.1.
    "scim.group.put-replaces-members failed",
    "scim.group.put-empty-list-empties failed",
    // Removing by a filter is a 501; RFC 7644, 3.5.2.2.
    "scim.membership.remove-by-filter-leaves-the-others failed",
    // Removing all is answered 200, and nobody is removed; RFC 7644, 3.5.2.2.
    "scim.membership.remove-without-filter-empties failed",
    // `replace` of members is a 501; RFC 7644, 3.5.2.3.
    "scim.membership.replace-sets-exactly failed",
    "scim.membership.replace-with-nothing-empties failed",
    // excludedAttributes is not read; RFC 7644, 3.9.
    "scim.membership.excluded-members-are-left-out failed",
    // Its 401, 405 and 501 have no body, and a 404 of Django is a page; RFC 7644, 3.12.
    "scim.observed.errors-are-scim-errors failed",
    // `status` is a number in every error; RFC 7644, 3.12.
    "scim.observed.error-statuses-agree failed",
    // The page is text/html; RFC 7644, 3.1.
    "scim.observed.errors-have-the-media-type warned",
    // The database's own words reach the client: information.
    "scim.observed.errors-show-no-internals warned",
];

#[test]
fn django_scim2_breaks_three_assertions_of_the_protocol_suite() {
    let Some(peer) = Peer::python("django-scim2") else { return };
    peer.expect_of_the_protocol_suite(PROTOCOL_SUITE);
}

#[test]
fn django_scim2_breaks_exactly_what_it_is_known_to_break() {
    let Some(peer) = Peer::python("django-scim2") else { return };
    // Its save() writes the whole object: of two changes at the same moment one is sometimes lost.
    peer.expect_findings_but(FINDINGS, 62, &["scim.at-once.different-attributes-are-all-kept"]);
}
