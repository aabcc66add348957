//! better-auth's SCIM plugin.

use super::Peer;

const FINDINGS: &[&str] = &[
    // It answers a discovery endpoint as if nothing had been asked; RFC 7644, 4: 403.
    "scim.discovery.filter-is-forbidden warned",
    // A byte that is no UTF-8 is kept as U+FFFD; 3.8 wants UTF-8.
    "scim.errors.invalid-utf-8-is-refused warned",
    // null is refused where a text may stand; RFC 7643, 2.5: the same as no value.
    "scim.values.null-is-no-value failed",
    // USERNAME is not read as userName; RFC 7643, 2.1: names ignore case.
    "scim.values.attribute-names-ignore-case failed",
    // null is refused here, too.
    "scim.enterprise.null-in-manager-is-no-value failed",
    // `ne` is declined; 3.4.2.2 lists ten operators, but demands none of them by a MUST.
    "scim.filter-operators.every-operator-is-known warned",
    // An `add` of one object to a list is refused; by 3.5.2.1 the value may be an object.
    "scim.patch-add.takes-one-object-for-a-list failed",
    // It takes brackets with one `eq`, and only with a part behind them; 3.5.2 has every filter, and no part.
    "scim.patch-replace.value-path-replaces-the-element failed",
    // A filter that matches nothing is answered 200; 3.5.2.3: 400 noTarget.
    "scim.patch-replace.no-match-is-refused failed",
    // null is refused in PATCH as well; RFC 7643, 2.5.
    "scim.patch-replace.null-clears failed",
    // Brackets without a part behind them again; 3.5.2.2.
    "scim.patch-remove.filter-removes-only-the-match failed",
    // `and` in the brackets of a path is not understood; 3.5.2.
    "scim.patch-paths.filter-with-and failed",
    // The e-mail address of a deleted user stays taken: 409, where 3.6 says that it SHOULD NOT count.
    "scim.delete.user-name-is-free-again warned",
    // /Me is a 404 of its router; 3.11: SHOULD be 501.
    "scim.me.absence-is-said warned",
    // A 404 of its router has no body; 3.12: MUST.
    "scim.observed.errors-are-scim-errors failed",
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
    peer.expect_findings(FINDINGS, 6);
}
