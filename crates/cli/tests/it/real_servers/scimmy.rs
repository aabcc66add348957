//! scimmy with its routers, on both versions of Express that they support.

use super::Peer;

const ON_EXPRESS_4: &[&str] = &[
    // Its 401 has no WWW-Authenticate header, by which RFC 7644, 2 wants the schemes named.
    "scim.auth.refusal-names-a-scheme failed",
    // Its 400 for broken JSON has no scimType; 3.12 has invalidSyntax for it.
    "scim.errors.malformed-json-is-invalid-syntax warned",
    // A byte that is no UTF-8 is kept as U+FFFD; 3.8 wants UTF-8.
    "scim.errors.invalid-utf-8-is-refused warned",
    // Its 201 has `meta.location` but no Location header; RFC 7644, 3.3 wants both.
    "scim.create.location-leads-to-the-user failed",
    // A userName of "" is stored; RFC 7643, 4.1.1: never empty.
    "scim.refusals.empty-user-name failed",
    // A userName of spaces is stored as well: not empty by the letter, and so information.
    "scim.refusals.blank-user-name warned",
    // `schemas` of a new user is not looked at; RFC 7644, 3.12: SHOULD be 400. What is unknown is shown again.
    "scim.refusals.missing-schemas warned",
    "scim.refusals.unknown-schema warned",
    // Two values stay primary; RFC 7643, 2.4: at most one.
    "scim.multi-valued.at-most-one-is-primary failed",
    // The same value of the same type is shown twice; RFC 7643, 2.4: SHOULD NOT.
    "scim.multi-valued.same-value-is-shown-once warned",
    // Its schema says `caseExact: false`, by which RFC 7644, 3.4.2.2 has filters compare; it compares exactly.
    "scim.filter.user-name-ignores-case failed",
    // It answers `userName eq`, which lacks its value, with an empty list; 3.12 has 400 invalidFilter for it.
    "scim.filter.malformed-filter-is-refused warned",
    // It knows no core attribute by its schema's URN; 3.10.
    "scim.filter-paths.urn-names-a-core-attribute failed",
    // Other texts that are not caseExact are compared exactly as well; 3.4.2.2.
    "scim.filter-values.text-ignores-case failed",
    // Texts in filters are not read as JSON strings, with their escapes; 3.4.2.2.
    "scim.filter-texts.escaped-quotes failed",
    "scim.filter-texts.unicode-escapes failed",
    // `active gt false` is answered with users; 3.4.2.2: 400 invalidFilter.
    "scim.filter-refusals.boolean-has-no-order failed",
    // `userName eq "x" and` is answered as if it ended before `and`; 3.12.
    "scim.filter-refusals.missing-condition warned",
    // It sorts by the first address, not by the primary one; 3.4.2.3.
    "scim.sort.by-the-primary-value failed",
    // `sortBy=TITLE` does not sort; 3.10: names ignore case.
    "scim.sort.names-in-any-case failed",
    // The last page says the page size as itemsPerPage; 3.4.2: the number of its resources.
    "scim.paging.items-per-page-counts-what-is-there failed",
    // A page past the end holds a user; 3.4.2.4: startIndex is the place of its first result.
    "scim.paging.past-the-end-is-an-empty-page failed",
    // `attributes` does not know the URN either; 3.10.
    "scim.projection.urn-names-a-core-attribute failed",
    // PATCH with `attributes` ends in a 500 and changes nothing; 3.5.2: 200.
    "scim.patch-whole.attributes-bring-a-body failed",
    // A value that is there is added again; 3.5.2.1.
    "scim.patch-add.what-is-there-is-not-doubled warned",
    // Nothing changes, but lastModified does; 3.5.2.1: SHALL NOT.
    "scim.patch-add.what-is-there-leaves-last-modified failed",
    // A new primary value leaves the old one primary; 3.5.2.
    "scim.patch-add.new-primary-demotes-the-old failed",
    // Entra adds what a value path does not find; noTarget is within the RFC: information.
    "scim.patch-add.value-path-makes-what-is-missing warned",
    // Replacing `name` drops the parts that the value leaves out; 3.5.2.3.
    "scim.patch-replace.object-keeps-the-other-parts failed",
    // Paths mind the case of names; RFC 7643, 2.1.
    "scim.patch-paths.attribute-name-ignores-case failed",
    // Nor do paths know the URN; 3.10.
    "scim.patch-paths.core-attribute-by-urn failed",
    // `and` in the brackets of a path is not understood; 3.5.2.
    "scim.patch-paths.filter-with-and failed",
    // An operation that is null ends in a 500; 3.12: 400.
    "scim.patch-refusals.operation-is-no-object warned",
    // Removing userName is refused as invalidValue; 3.5.2.2: mutability.
    "scim.patch-refusals.required-attribute-says-mutability failed",
    // `groups` is read-only, and writing it is ignored with 204; 3.5.2: an error.
    "scim.patch-refusals.groups-are-read-only failed",
    // A member who is there is added again; 3.5.2.1.
    "scim.membership.adding-again-makes-no-duplicate warned",
    // Its schema has `groups` of users, but they are never shown; RFC 7643, 4.1.2.
    "scim.membership.user-shows-its-groups warned",
    // A deleted user stays a member; RFC 7643, 4.2.
    "scim.membership.deleted-user-leaves-its-groups warned",
    // Of two groups that hold each other one holds a third instead, left over from the attempt; 3.7.1.
    "scim.bulk.circle-is-resolved failed",
    // Express's own 400 is application/json; 3.1.
    "scim.observed.errors-have-the-media-type warned",
    // One resource with `attributes` lacks `schemas`; RFC 7643, 3, and the example of RFC 7644, 3.9.
    "scim.observed.resources-name-their-schemas failed",
];

/// The routers make numbers of `count` and `startIndex` in `request.query`, which Express 5 makes anew at
/// every look: the numbers are lost, and a page is the whole list.
const ONLY_ON_EXPRESS_5: &[&str] = &[
    "scim.list.count-limits-the-page failed",
    "scim.list.start-index-moves-the-window failed",
    "scim.list.groups-are-paged failed",
];

/// What cannot be seen where there are no pages.
const ONLY_ON_EXPRESS_4: &[&str] = &[
    "scim.paging.items-per-page-counts-what-is-there failed",
    "scim.paging.past-the-end-is-an-empty-page failed",
];

fn on_express_4() -> Option<Peer> {
    Peer::node("scimmy-express4", "scimmy-express4")
}

fn on_express_5() -> Option<Peer> {
    Peer::node("scimmy", "node")
}

#[test]
fn scimmy_passes_the_protocol_suite_on_both_versions_of_express() {
    for peer in [on_express_4(), on_express_5()].into_iter().flatten() {
        peer.expect_of_the_protocol_suite(&[]);
    }
}

#[test]
fn scimmy_on_express_4_breaks_exactly_what_it_is_known_to_break() {
    let Some(peer) = on_express_4() else { return };
    peer.expect_findings(ON_EXPRESS_4, 3);
}

#[test]
fn scimmy_on_express_5_ignores_pagination_besides() {
    let Some(peer) = on_express_5() else { return };
    let mut known: Vec<&str> =
        ON_EXPRESS_4.iter().copied().filter(|line| !ONLY_ON_EXPRESS_4.contains(line)).collect();
    let before = known.iter().position(|line| line.starts_with("scim.projection.")).unwrap();
    known.splice(before..before, ONLY_ON_EXPRESS_5.iter().copied());
    peer.expect_findings(&known, 11);
}
