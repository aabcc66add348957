//! scim2-server, which keeps almost everything.

use super::Peer;

const FINDINGS: &[&str] = &[];

#[test]
fn scim2_server_passes_the_protocol_suite() {
    let Some(peer) = Peer::python("scim2-server") else { return };
    peer.expect_of_the_protocol_suite(&[]);
}

#[test]
fn scim2_server_keeps_everything_that_the_core_plan_demands() {
    let Some(peer) = Peer::python("scim2-server") else { return };
    peer.expect_findings(FINDINGS);
}
