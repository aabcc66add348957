//! The faults of sign-on by OpenID Connect: name, meaning, and the checks that notice.

use super::Fault;
use super::behind::{BEHIND_OIDC, BEHIND_OIDC_AND_FRESH_STATE, OIDC_AND_BEHIND};
use super::row::Row;

/// Faults of sign-on by OpenID Connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OidcFault {
    /// The sign-in by OpenID Connect can be started from the dashboard only: the app's own start answers 404.
    StartMissing,
    /// Names are read from the ID token alone, which does not hold them.
    NamesFromIdToken,
    /// Whoever has no account yet is refused at sign-in by OpenID Connect.
    JitOff,
    /// The initiate URI sends whoever is not signed in to the login page.
    InitiateDemandsSession,
    /// The initiate URI sends the browser to whatever issuer it is given.
    InitiateForeignIss,
    /// The authorization request asks for `code token`.
    ResponseTypeHybrid,
    /// The authorization request does not ask for the scope `openid`.
    ScopeWithoutOpenid,
    /// The authorization request asks for the scope `groups`.
    ScopeGroups,
    /// The authorization request asks for the scope `offline_access`.
    ScopeOffline,
    /// The authorization request names a redirect URI that is not registered.
    OtherRedirectUri,
    /// The authorization request names the redirect URI under the app's other host name.
    RedirectUriOtherHost,
    /// The authorization request has no state.
    StateAbsent,
    /// Every authorization request of a browser has the same state, nonce and PKCE challenge.
    StateConstant,
    /// The authorization request has no nonce.
    NonceAbsent,
    /// Every authorization request has the same nonce.
    NonceConstant,
    /// The authorization request has no code challenge.
    PkceAbsent,
    /// The code challenge is the verifier itself, by the method `plain`.
    PkcePlain,
    /// The authorization server `/oauth2/default` is hard-coded.
    DefaultIssuer,
    /// The authorization request holds the client secret.
    SecretInUrl,
    /// The token request has the client secret in its body, though the header was declared.
    ClientAuthUndeclared,
    /// The token request has the client secret in its header and in its body.
    ClientAuthTwice,
    /// The authorization code is redeemed twice.
    CodeRedeemedTwice,
    /// The token request has no code verifier, though a challenge was sent.
    VerifierMissing,
    /// The callback answers 308 to its own address with a slash at the end.
    CallbackMoved,
    /// A state that another browser was given is accepted.
    ForeignStateAccepted,
    /// Whoever asked for a page before sign-in by OpenID Connect ends on the home page.
    DeepLinkLost,
    /// A sign-in by OpenID Connect in a browser that is signed in answers an error.
    SecondLoginFails,
    /// A sign-in by OpenID Connect as another user leaves the old one signed in.
    KeepsOldUser,
    /// A callback with an error starts the sign-in again.
    AccessDeniedLoops,
    /// A callback with an error answers 500.
    ErrorAnswers500,
    /// An ID token with another nonce signs the user in.
    WrongNonceAccepted,
    /// An ID token for another client signs the user in.
    WrongAudienceAccepted,
    /// The signature of an ID token is not verified.
    UnknownKeyAccepted,
}

impl From<OidcFault> for Fault {
    fn from(fault: OidcFault) -> Self {
        Self::Oidc(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Oidc(OidcFault::StartMissing),
        id: "oidc-start-missing",
        says: "The sign-in by OpenID Connect can be started from the dashboard only: the app's own start answers 404.",
        breaks: &["oidc.cases.sp-flow", "oidc.cases.jit-sp-flow", "oidc.callback.deep-link"],
        blocks: &[
            "oidc.callback.foreign-state",
            "oidc.callback.access-denied",
            "oidc.request.response-type",
            "oidc.request.scope-openid",
            "oidc.request.allowed-scopes",
            "oidc.request.redirect-uri",
            "oidc.request.state",
            "oidc.request.fresh-state",
            "oidc.request.nonce",
            "oidc.request.pkce",
            "oidc.request.pkce-s256",
            "oidc.request.org-server",
            "oidc.request.no-secret",
        ],
    },
    Row {
        fault: Fault::Oidc(OidcFault::NamesFromIdToken),
        id: "oidc-names-from-id-token",
        says: "Names are read from the ID token alone, which does not hold them.",
        breaks: &["oidc.cases.jit-idp-flow", "oidc.cases.jit-sp-flow"],
        blocks: &[
            "oidc.jit.survives-rename",
            "oidc.profile.apostrophe",
            "oidc.profile.escaped",
            "oidc.profile.unicode",
        ],
    },
    Row {
        fault: Fault::Oidc(OidcFault::JitOff),
        id: "oidc-jit-off",
        says: "Whoever has no account yet is refused at sign-in by OpenID Connect.",
        breaks: &[
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC,
    },
    Row {
        fault: Fault::Oidc(OidcFault::InitiateDemandsSession),
        id: "oidc-initiate-demands-session",
        says: "The initiate URI sends whoever is not signed in to the login page.",
        breaks: &[
            "oidc.cases.idp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.callback.second-login",
            "oidc.callback.switch-user",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::InitiateForeignIss),
        id: "oidc-initiate-foreign-iss",
        says: "The initiate URI sends the browser to whatever issuer it is given.",
        breaks: &["oidc.callback.foreign-issuer"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::ResponseTypeHybrid),
        id: "oidc-response-type-hybrid",
        says: "The authorization request asks for `code token`.",
        breaks: &[
            "oidc.request.response-type",
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC,
    },
    Row {
        fault: Fault::Oidc(OidcFault::ScopeWithoutOpenid),
        id: "oidc-scope-without-openid",
        says: "The authorization request does not ask for the scope `openid`.",
        breaks: &[
            "oidc.request.scope-openid",
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC,
    },
    Row {
        fault: Fault::Oidc(OidcFault::ScopeGroups),
        id: "oidc-scope-groups",
        says: "The authorization request asks for the scope `groups`.",
        breaks: &["oidc.request.allowed-scopes"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::ScopeOffline),
        id: "oidc-scope-offline",
        says: "The authorization request asks for the scope `offline_access`.",
        breaks: &[
            "oidc.request.allowed-scopes",
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC,
    },
    Row {
        fault: Fault::Oidc(OidcFault::OtherRedirectUri),
        id: "oidc-other-redirect-uri",
        says: "The authorization request names a redirect URI that is not registered.",
        breaks: &[
            "oidc.request.redirect-uri",
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC,
    },
    Row {
        fault: Fault::Oidc(OidcFault::RedirectUriOtherHost),
        id: "oidc-redirect-uri-other-host",
        says: "The authorization request names the redirect URI under the app's other host name.",
        breaks: &[
            "oidc.request.redirect-uri",
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC,
    },
    Row {
        fault: Fault::Oidc(OidcFault::StateAbsent),
        id: "oidc-state-absent",
        says: "The authorization request has no state.",
        breaks: &[
            "oidc.request.state",
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC_AND_FRESH_STATE,
    },
    Row {
        fault: Fault::Oidc(OidcFault::StateConstant),
        id: "oidc-state-constant",
        says: "Every authorization request of a browser has the same state, nonce and PKCE challenge.",
        breaks: &["oidc.request.fresh-state", "oidc.request.nonce"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::NonceAbsent),
        id: "oidc-nonce-absent",
        says: "The authorization request has no nonce.",
        breaks: &["oidc.request.nonce"],
        blocks: &["oidc.response.wrong-nonce"],
    },
    Row {
        fault: Fault::Oidc(OidcFault::NonceConstant),
        id: "oidc-nonce-constant",
        says: "Every authorization request has the same nonce.",
        breaks: &["oidc.request.nonce"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::PkceAbsent),
        id: "oidc-pkce-absent",
        says: "The authorization request has no code challenge.",
        breaks: &["oidc.request.pkce"],
        blocks: &["oidc.request.pkce-s256"],
    },
    Row {
        fault: Fault::Oidc(OidcFault::PkcePlain),
        id: "oidc-pkce-plain",
        says: "The code challenge is the verifier itself, by the method `plain`.",
        breaks: &[
            "oidc.request.pkce-s256",
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC,
    },
    Row {
        fault: Fault::Oidc(OidcFault::DefaultIssuer),
        id: "oidc-default-issuer",
        says: "The authorization server `/oauth2/default` is hard-coded.",
        breaks: &["oidc.request.org-server"],
        blocks: OIDC_AND_BEHIND,
    },
    Row {
        fault: Fault::Oidc(OidcFault::SecretInUrl),
        id: "oidc-secret-in-url",
        says: "The authorization request holds the client secret.",
        breaks: &["oidc.request.no-secret"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::ClientAuthUndeclared),
        id: "oidc-client-auth-undeclared",
        says: "The token request has the client secret in its body, though the header was declared.",
        breaks: &["oidc.token.client-auth"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::ClientAuthTwice),
        id: "oidc-client-auth-twice",
        says: "The token request has the client secret in its header and in its body.",
        breaks: &[
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC,
    },
    Row {
        fault: Fault::Oidc(OidcFault::CodeRedeemedTwice),
        id: "oidc-code-redeemed-twice",
        says: "The authorization code is redeemed twice.",
        breaks: &["oidc.token.code-once"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::VerifierMissing),
        id: "oidc-verifier-missing",
        says: "The token request has no code verifier, though a challenge was sent.",
        breaks: &[
            "oidc.cases.idp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: BEHIND_OIDC,
    },
    Row {
        fault: Fault::Oidc(OidcFault::CallbackMoved),
        id: "oidc-callback-moved",
        says: "The callback answers 308 to its own address with a slash at the end.",
        breaks: &["oidc.callback.not-moved"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::ForeignStateAccepted),
        id: "oidc-foreign-state-accepted",
        says: "A state that another browser was given is accepted.",
        breaks: &["oidc.callback.foreign-state"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::DeepLinkLost),
        id: "oidc-deep-link-lost",
        says: "Whoever asked for a page before sign-in by OpenID Connect ends on the home page.",
        breaks: &["oidc.callback.deep-link"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::SecondLoginFails),
        id: "oidc-second-login-fails",
        says: "A sign-in by OpenID Connect in a browser that is signed in answers an error.",
        breaks: &["oidc.callback.second-login", "oidc.callback.switch-user"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::KeepsOldUser),
        id: "oidc-keeps-old-user",
        says: "A sign-in by OpenID Connect as another user leaves the old one signed in.",
        breaks: &["oidc.callback.switch-user"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::AccessDeniedLoops),
        id: "oidc-access-denied-loops",
        says: "A callback with an error starts the sign-in again.",
        breaks: &["oidc.callback.access-denied"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::ErrorAnswers500),
        id: "oidc-error-answers-500",
        says: "A callback with an error answers 500.",
        breaks: &["oidc.callback.access-denied"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::WrongNonceAccepted),
        id: "oidc-wrong-nonce-accepted",
        says: "An ID token with another nonce signs the user in.",
        breaks: &["oidc.response.wrong-nonce"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::WrongAudienceAccepted),
        id: "oidc-wrong-audience-accepted",
        says: "An ID token for another client signs the user in.",
        breaks: &["oidc.response.wrong-audience"],
        blocks: &[],
    },
    Row {
        fault: Fault::Oidc(OidcFault::UnknownKeyAccepted),
        id: "oidc-unknown-key-accepted",
        says: "The signature of an ID token is not verified.",
        breaks: &["oidc.response.unknown-key"],
        blocks: &[],
    },
];
