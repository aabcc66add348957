//! scim2-server, which keeps most of it.

use super::Peer;

const FINDINGS: &[&str] = &[
    // Locations are made of the Host header; nothing forbids it: information.
    "scim.http.location-ignores-the-host-header warned",
    // A userName of "" is stored; RFC 7643, 4.1.1: never empty.
    "scim.refusals.empty-user-name failed",
    // A userName of spaces is stored as well: not empty by the letter, and so information.
    "scim.refusals.blank-user-name warned",
    // `schemas` of a new user is not looked at; RFC 7644, 3.12: SHOULD be 400.
    "scim.refusals.missing-schemas warned",
    // The same value of the same type is shown twice; RFC 7643, 2.4: SHOULD NOT.
    "scim.multi-valued.same-value-is-shown-once warned",
    // `attributes` has no effect on a POST; RFC 7644, 3.9.
    "scim.partial.create-shows-only-what-was-asked-for failed",
    // A search without `schemas` is answered; 3.12 has 400 for it.
    "scim.search.other-message-is-refused warned",
    // A value that is there is added again; 3.5.2.1.
    "scim.patch-add.what-is-there-is-not-doubled warned",
    // Entra adds what a value path does not find; noTarget is within the RFC: information.
    "scim.patch-add.value-path-makes-what-is-missing warned",
    // Entra sends the manager as a text; the RFC wants an object: information.
    "scim.patch-paths.manager-is-set-as-a-bare-id warned",
    "scim.patch-paths.empty-manager-removes warned",
    // PATCH without `schemas` is taken; 3.12.
    "scim.patch-refusals.missing-schemas warned",
    // Entra removes members by a list in `value`; the RFC by a filter: information.
    "scim.membership.remove-by-list-leaves-the-others warned",
    // Its schema has `groups` of users, but they are never shown; RFC 7643, 4.1.2.
    "scim.membership.user-shows-its-groups warned",
    // A deleted user stays a member; RFC 7643, 4.2.
    "scim.membership.deleted-user-leaves-its-groups warned",
    // A bulk request without `schemas` is taken; 3.12.
    "scim.bulk.missing-schemas-are-refused warned",
];

#[test]
fn scim2_server_passes_the_protocol_suite() {
    let Some(peer) = Peer::python("scim2-server") else { return };
    peer.expect_of_the_protocol_suite(&[]);
}

#[test]
fn scim2_server_breaks_exactly_what_it_is_known_to_break() {
    let Some(peer) = Peer::python("scim2-server") else { return };
    peer.expect_findings(FINDINGS, 0);
}
