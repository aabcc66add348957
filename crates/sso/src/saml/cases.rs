//! The Submission Tester's cases for a SAML app, under their exact names.

use oinspect_core::Capability::{SamlIdpFlow, SamlJitIdp, SamlJitSp, SamlSpFlow};
use oinspect_core::{Check, Group, oin_demands};

use crate::cases::{just_in_time, sign_on};
use crate::protocol::{Flow, Protocol};

pub(crate) static GROUP: Group = Group {
    id: "saml.cases",
    title: "SAML: the cases of the Submission Tester",
    tags: &["sso", "saml", "cases", "submission"],
    alone: false,
    checks: &[
        Check {
            id: "saml.cases.idp-flow",
            title: "IdP flow",
            requirement: oin_demands(
                "Test your integration",
                "a user who opens the app's tile in Okta is signed in to the app as that user",
            ),
            needs: &[SamlIdpFlow],
            pitfall: "The app demands InResponseTo, or a relay state: a response from the tile has neither.",
            fix: "Compare certificate, issuer, audience and consumer URL with `oinspect org setup`. If the SP flow works, the app refuses unsolicited responses alone: take them, check signature, issuer, audience, recipient and times, and go to a default page; or say `saml.idp_flow = false`.",
            run: |cx| sign_on(cx, Protocol::Saml, Flow::Idp),
        },
        Check {
            id: "saml.cases.sp-flow",
            title: "SP flow",
            requirement: oin_demands(
                "Test your integration",
                "a user who begins at the app is sent to Okta and comes back signed in as that user",
            ),
            needs: &[SamlSpFlow],
            pitfall: "The app loses its request between the browser's way out and back: a cookie with SameSite=Lax is not sent with the POST.",
            fix: "Compare sign-on URL, certificate, issuer, audience and consumer URL with `oinspect org setup`. If the IdP flow works, keep the pending request at the server under its id, or in a cookie with SameSite=None and Secure.",
            run: |cx| sign_on(cx, Protocol::Saml, Flow::Sp),
        },
        Check {
            id: "saml.cases.jit-idp-flow",
            title: "JIT provisioning (w/ IdP flow)",
            requirement: oin_demands(
                "Test your integration",
                "a user whom the app has never seen gets an account by opening the tile, with the right names and address",
            ),
            needs: &[SamlJitIdp],
            pitfall: "The attributes are read under other names than the org sends: the account has no names.",
            fix: "Read the attributes that the configuration guide names, and make one account from them at the first sign-on.",
            run: |cx| just_in_time(cx, Protocol::Saml, Flow::Idp),
        },
        Check {
            id: "saml.cases.jit-sp-flow",
            title: "JIT provisioning (w/ SP flow)",
            requirement: oin_demands(
                "Test your integration",
                "a user whom the app has never seen gets an account by signing on at the app, with the right names and address",
            ),
            needs: &[SamlJitSp],
            pitfall: "The account is made only where the tile was used, or an invitation is demanded first.",
            fix: "Make the account wherever a valid assertion about an unknown user arrives.",
            run: |cx| just_in_time(cx, Protocol::Saml, Flow::Sp),
        },
    ],
};
