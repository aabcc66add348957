//! The Submission Tester's cases for an OpenID Connect app, under their exact names.

use oinspect_core::Capability::{OidcIdpFlow, OidcJitIdp, OidcJitSp, OidcSpFlow};
use oinspect_core::{Check, Group, oin_demands};

use crate::cases::{just_in_time, sign_on};
use crate::protocol::{Flow, Protocol};

pub(crate) static GROUP: Group = Group {
    id: "oidc.cases",
    title: "OpenID Connect: the cases of the Submission Tester",
    tags: &["sso", "oidc", "cases", "submission"],
    alone: false,
    checks: &[
        Check {
            id: "oidc.cases.idp-flow",
            title: "IdP flow",
            requirement: oin_demands(
                "Test your integration",
                "a user who opens the app's tile in Okta is signed in to the app as that user",
            ),
            needs: &[OidcIdpFlow],
            pitfall: "The initiate login URI demands a session, ignores `iss`, or shows a login page with a button.",
            fix: "Compare issuer, client id, secret and redirect URI with `oinspect org setup`. If the SP flow works, let the initiate login URI find the tenant by `iss` and begin a new authorization request at once.",
            run: |cx| sign_on(cx, Protocol::Oidc, Flow::Idp),
        },
        Check {
            id: "oidc.cases.sp-flow",
            title: "SP flow",
            requirement: oin_demands(
                "Test your integration",
                "a user who begins at the app is sent to Okta and comes back signed in as that user",
            ),
            needs: &[OidcSpFlow],
            pitfall: "The state is kept in a cookie that the callback does not get, or the token request names another redirect URI.",
            fix: "Compare issuer, client id, secret and redirect URI with `oinspect org setup`. Keep state, nonce and code verifier in the browser's session with SameSite=Lax, and send the same redirect URI twice.",
            run: |cx| sign_on(cx, Protocol::Oidc, Flow::Sp),
        },
        Check {
            id: "oidc.cases.jit-idp-flow",
            title: "JIT provisioning (w/ IdP flow)",
            requirement: oin_demands(
                "Test your integration",
                "a user whom the app has never seen gets an account by opening the tile, with the right names and address",
            ),
            needs: &[OidcJitIdp],
            pitfall: "First and last name are read from the ID token; in the code flow Okta's ID token has neither.",
            fix: "Ask the userinfo endpoint for given_name and family_name, and make one account from them at the first sign-on.",
            run: |cx| just_in_time(cx, Protocol::Oidc, Flow::Idp),
        },
        Check {
            id: "oidc.cases.jit-sp-flow",
            title: "JIT provisioning (w/ SP flow)",
            requirement: oin_demands(
                "Test your integration",
                "a user whom the app has never seen gets an account by signing on at the app, with the right names and address",
            ),
            needs: &[OidcJitSp],
            pitfall: "The account is made only where the tile was used, or an invitation is demanded first.",
            fix: "Make the account wherever a valid ID token of an unknown user arrives.",
            run: |cx| just_in_time(cx, Protocol::Oidc, Flow::Sp),
        },
    ],
};
