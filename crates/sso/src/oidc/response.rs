//! What a relying party makes of bent ID tokens.

use oinspect_core::Capability::BendableOrg;
use oinspect_core::Document::OidcCore;
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must};
use oinspect_oidc::Bend;

use crate::batch::{Trick, batch};
use crate::oidc::seen::requests;
use crate::person::Person;
use crate::protocol::Protocol;
use crate::stage::stage;

pub(crate) static GROUP: Group = Group {
    id: "oidc.response",
    title: "What the relying party makes of ID tokens",
    tags: &["sso", "oidc", "response"],
    alone: false,
    checks: &[
        Check {
            id: "oidc.response.wrong-audience",
            title: "An ID token for another client is refused",
            requirement: must(OidcCore, "3.1.3.7", "an ID token whose audience is not the client is refused")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[BendableOrg],
            pitfall: "The audience is never compared: a token for another app signs in to this one.",
            fix: "Compare `aud` with the app's own client id.",
            run: |cx| refused(cx, "an ID token for another audience"),
        },
        Check {
            id: "oidc.response.wrong-nonce",
            title: "An ID token with another nonce is refused",
            requirement: must(
                OidcCore,
                "3.1.3.7",
                "a nonce that was sent comes back the same, or the ID token is refused",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[BendableOrg],
            pitfall: "The nonce is sent and never compared.",
            fix: "Compare the ID token's nonce with the one kept in this browser's session.",
            run: |cx| {
                let requests = requests(cx)?;
                if !requests.is_empty() && requests.iter().all(|sent| sent.request.nonce.is_none()) {
                    let why = "the app sends no nonce, so that there is none to compare".to_owned();
                    return Err(Finding::NotApplicable { why });
                }
                refused(cx, "an ID token with another nonce")
            },
        },
        Check {
            id: "oidc.response.unknown-key",
            title: "An ID token signed by an unknown key is refused",
            requirement: may(
                OidcCore,
                "3.1.3.7",
                "the signature is verified with the issuer's published keys, unless TLS is trusted instead",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[BendableOrg],
            pitfall: "The token is decoded and never verified.",
            fix: "Verify with the keys of jwks_uri, and look for new ones when the key id is unknown. Libraries that trust TLS instead have a switch for it.",
            run: |cx| refused(cx, "an ID token signed by an unknown key"),
        },
    ],
};

static TRICKS: &[Trick] = &[
    Trick {
        name: "an ID token for another audience",
        about: "the audience of the ID token is another client",
        bend: |cx, person| bend(cx, person, Bend::WrongAudience),
        mend,
    },
    Trick {
        name: "an ID token with another nonce",
        about: "the nonce of the ID token is not the one that was sent",
        bend: |cx, person| bend(cx, person, Bend::WrongNonce),
        mend,
    },
    Trick {
        name: "an ID token signed by an unknown key",
        about: "the ID token is signed by a key that is not published",
        bend: |cx, person| bend(cx, person, Bend::UnknownKey),
        mend,
    },
];

fn bend(cx: &Cx, person: &Person, bend: Bend) -> Result<(), Finding> {
    stage(cx)?.oidc.bend(&person.login, bend);
    Ok(())
}

fn mend(cx: &Cx, person: &Person) -> Result<bool, Finding> {
    Ok(stage(cx)?.oidc.mend(&person.login))
}

fn refused(cx: &mut Cx, trick: &str) -> Result<(), Finding> {
    batch(cx, Protocol::Oidc, TRICKS)?.of(trick)
}
