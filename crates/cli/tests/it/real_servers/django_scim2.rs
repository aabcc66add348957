//! django-scim2 in a small Django project.

use super::Peer;

/// Its 401 comes from a middleware, without a body.
const PROTOCOL_SUITE: &[&str] = &["runscope.11.02", "runscope.11.03", "runscope.11.04"];

const FINDINGS: &[&str] = &[
    // It answers a discovery endpoint as if nothing had been asked; RFC 7644, 4: 403.
    "scim.discovery.filter-is-forbidden warned",
    // Its 401 has no body; RFC 7644, 3.12 wants the error in JSON.
    "scim.auth.refusal-is-a-scim-error failed",
    // Its 409 has the database's message, and no scimType; RFC 7644, 3.3.
    "scim.create.conflict-says-uniqueness failed",
    // Its userName is unique as it is written; RFC 7643, 4.1.1: in any case.
    "scim.create.duplicate-in-other-case-conflicts failed",
    // It makes an empty userName of a missing one; RFC 7643, 4.1.1: required.
    "scim.create.missing-user-name-is-refused failed",
    // The status in its errors is a number; RFC 7644, 3.12: a string.
    "scim.read.error-status-is-a-string failed",
    // It patches userName, the name, emails and active, and nothing else: all other paths are a 501.
    "scim.patch.op-ignores-case warned",
    "scim.patch.unknown-op-is-refused blocked",
    "scim.patch.failed-patch-changes-nothing blocked",
];

#[test]
fn django_scim2_breaks_three_assertions_of_the_protocol_suite() {
    let Some(peer) = Peer::python("django-scim2") else { return };
    peer.expect_of_the_protocol_suite(PROTOCOL_SUITE);
}

#[test]
fn django_scim2_breaks_exactly_what_it_is_known_to_break() {
    let Some(peer) = Peer::python("django-scim2") else { return };
    peer.expect_findings(FINDINGS);
}
