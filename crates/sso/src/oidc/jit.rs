//! OpenID Connect: accounts just in time.

use oinspect_core::Capability::{OidcJit, OidcProfile};
use oinspect_core::{Check, Group, oin_demands};

use crate::accounts;
use crate::protocol::Protocol;

pub(crate) static GROUP: Group = Group {
    id: "oidc.jit",
    title: "OpenID Connect: accounts just in time",
    tags: &["sso", "oidc", "jit"],
    alone: false,
    checks: &[
        Check {
            id: "oidc.jit.no-duplicate",
            title: "A second sign-on makes no second account",
            requirement: oin_demands(
                "Just-in-time provisioning",
                "a user has one account, which every later sign-on finds again",
            ),
            needs: &[OidcJit],
            pitfall: "Accounts are made without looking, or the second one fails on a unique key with 500.",
            fix: "Look the account up by the name id or subject before making one, with a unique key in the database.",
            run: |cx| accounts::no_duplicate(cx, Protocol::Oidc),
        },
        Check {
            id: "oidc.jit.survives-rename",
            title: "A user whose name changed at the org keeps the account",
            requirement: oin_demands(
                "Just-in-time provisioning",
                "an account is found by what does not change; names are data",
            ),
            needs: &[OidcJit, OidcProfile],
            pitfall: "Names are part of the key, or an update without a needed field fails.",
            fix: "Find the account by the name id or subject; take the new names over or keep the old ones.",
            run: |cx| accounts::survives_rename(cx, Protocol::Oidc),
        },
    ],
};
