//! django-scim2-server in a small Django project.

use super::Peer;

/// An id that is no UUID gets Django's page for addresses that do not exist.
const PROTOCOL_SUITE: &[&str] =
    &["runscope.04.02", "runscope.04.03", "runscope.12.02", "runscope.12.03", "runscope.12.04"];

const FINDINGS: &[&str] = &[
    // It answers a discovery endpoint as if nothing had been asked; RFC 7644, 4: 403.
    "scim.discovery.filter-is-forbidden warned",
    // Its 401 has no WWW-Authenticate header; RFC 7644, 2.
    "scim.auth.refusal-names-a-scheme failed",
    // Its 201 has `meta.location` but no Location header; RFC 7644, 3.3 wants both.
    "scim.create.location-leads-to-the-user failed",
    // Its userName is unique as it is written; RFC 7643, 4.1.1: in any case.
    "scim.create.duplicate-in-other-case-conflicts failed",
    // It runs past the end of `userName eq`, which lacks its value: 500.
    "scim.filter.malformed-filter-is-refused warned",
    // It deactivates a user that is deleted, and goes on showing it; RFC 7644, 3.6: 404.
    "scim.delete.deleted-user-is-gone failed",
    "scim.delete.deleted-twice-is-404 failed",
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
    peer.expect_findings(FINDINGS);
}
