//! scimmy with its routers, on both versions of Express that they support.

use super::Peer;

const ON_EXPRESS_4: &[&str] = &[
    // Its 401 has no WWW-Authenticate header, by which RFC 7644, 2 wants the schemes named.
    "scim.auth.refusal-names-a-scheme failed",
    // Its 201 has `meta.location` but no Location header; RFC 7644, 3.3 wants both.
    "scim.create.location-leads-to-the-user failed",
    // Its schema says `caseExact: false`, by which RFC 7644, 3.4.2.2 has filters compare; it compares exactly.
    "scim.filter.user-name-ignores-case failed",
    // It answers `userName eq`, which lacks its value, with an empty list; 3.12 has 400 invalidFilter for it.
    "scim.filter.malformed-filter-is-refused warned",
];

const ON_EXPRESS_5: &[&str] = &[
    "scim.auth.refusal-names-a-scheme failed",
    "scim.create.location-leads-to-the-user failed",
    "scim.filter.user-name-ignores-case failed",
    "scim.filter.malformed-filter-is-refused warned",
    // It makes `count` a number in `request.query`, which Express 5 makes anew at every look, so that the
    // number is lost and the text ignored; RFC 7644, 3.4.2.4: never more than asked for.
    "scim.list.count-limits-the-page failed",
    // `startIndex` is ignored for the same reason, so that it always answers with the first user again.
    "scim.list.start-index-moves-the-window failed",
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
    peer.expect_findings(ON_EXPRESS_4);
}

#[test]
fn scimmy_on_express_5_ignores_pagination_besides() {
    let Some(peer) = on_express_5() else { return };
    peer.expect_findings(ON_EXPRESS_5);
}
