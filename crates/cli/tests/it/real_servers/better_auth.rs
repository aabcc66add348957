//! better-auth's SCIM plugin.

use super::Peer;

const FINDINGS: &[&str] = &[
    // It answers a discovery endpoint as if nothing had been asked; RFC 7644, 4: 403.
    "scim.discovery.filter-is-forbidden warned",
];

fn start() -> Option<Peer> {
    Peer::node("better-auth", "better-auth")
}

#[test]
fn better_auth_passes_the_protocol_suite() {
    let Some(peer) = start() else { return };
    peer.expect_of_the_protocol_suite(&[]);
}

#[test]
fn better_auth_breaks_exactly_what_it_is_known_to_break() {
    let Some(peer) = start() else { return };
    peer.expect_findings(FINDINGS);
}
