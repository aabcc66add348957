//! The faults of authentication: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthFault {
    /// A request without an Authorization header is let in; a wrong token is still refused.
    AuthNotRequired,
    /// Any non-empty Authorization header is let in.
    AnyTokenAccepted,
    /// 401 answers have no WWW-Authenticate header.
    NoWwwAuthenticate,
    /// What should be 401 is 403.
    UnauthorizedAs403,
    /// The body of a 401 is an HTML page.
    UnauthorizedAsHtml,
    /// The beginning of a good token is good enough.
    TokenPrefixAccepted,
    /// Tokens are compared without regard to letter case.
    TokenCaseIgnored,
    /// A scheme without a token is let in.
    EmptyTokenAccepted,
    /// Only `Bearer` is a scheme, not `bEARER`.
    SchemeMindsCase,
    /// Without a good token, a user that does not exist is 404 instead of 401.
    LookedUpBeforeRefused,
    /// Writes without an Authorization header are let in.
    AnonymousWritesAccepted,
}

impl From<AuthFault> for Fault {
    fn from(fault: AuthFault) -> Self {
        Self::Auth(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Auth(AuthFault::AuthNotRequired),
        id: "auth-not-required",
        says: "A request without an Authorization header is let in; a wrong token is still refused.",
        breaks: &["scim.auth.no-token-is-refused", "scim.auth.anonymous-writes-change-nothing"],
        blocks: &[],
    },
    Row {
        fault: Fault::Auth(AuthFault::AnyTokenAccepted),
        id: "any-token-accepted",
        says: "Any non-empty Authorization header is let in.",
        breaks: &["scim.auth.wrong-token-is-refused"],
        blocks: &[
            "scim.auth.refusal-is-401",
            "scim.auth.refusal-names-a-scheme",
            "scim.auth.refusal-is-a-scim-error",
            "scim.cursor.other-tenant-cannot-go-on",
            "scim.auth.half-a-token-is-refused",
            "scim.auth.token-minds-case",
            "scim.auth.empty-token-is-refused",
            "scim.auth.refusal-tells-nothing",
            "scim.tenant.cannot-read",
            "scim.tenant.cannot-find-by-filter",
            "scim.tenant.cannot-list",
            "scim.tenant.cannot-patch",
            "scim.tenant.cannot-replace",
            "scim.tenant.cannot-delete",
            "scim.auth.scheme-ignores-case",
        ],
    },
    Row {
        fault: Fault::Auth(AuthFault::NoWwwAuthenticate),
        id: "no-www-authenticate",
        says: "401 answers have no WWW-Authenticate header.",
        breaks: &["scim.auth.refusal-names-a-scheme"],
        blocks: &[],
    },
    Row {
        fault: Fault::Auth(AuthFault::UnauthorizedAs403),
        id: "unauthorized-as-403",
        says: "What should be 401 is 403.",
        breaks: &["scim.auth.refusal-is-401"],
        blocks: &[],
    },
    Row {
        fault: Fault::Auth(AuthFault::UnauthorizedAsHtml),
        id: "unauthorized-as-html",
        says: "The body of a 401 is an HTML page.",
        breaks: &[
            "scim.auth.refusal-is-a-scim-error",
            "scim.observed.errors-are-scim-errors",
            "scim.observed.errors-have-the-media-type",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Auth(AuthFault::TokenPrefixAccepted),
        id: "token-prefix-accepted",
        says: "The beginning of a good token is good enough.",
        breaks: &["scim.auth.half-a-token-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Auth(AuthFault::TokenCaseIgnored),
        id: "token-case-ignored",
        says: "Tokens are compared without regard to letter case.",
        breaks: &["scim.auth.token-minds-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Auth(AuthFault::EmptyTokenAccepted),
        id: "empty-token-accepted",
        says: "A scheme without a token is let in.",
        breaks: &["scim.auth.empty-token-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Auth(AuthFault::SchemeMindsCase),
        id: "scheme-minds-case",
        says: "Only `Bearer` is a scheme, not `bEARER`.",
        breaks: &["scim.auth.scheme-ignores-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Auth(AuthFault::LookedUpBeforeRefused),
        id: "looked-up-before-refused",
        says: "Without a good token, a user that does not exist is 404 instead of 401.",
        breaks: &["scim.auth.refusal-tells-nothing"],
        blocks: &[],
    },
    Row {
        fault: Fault::Auth(AuthFault::AnonymousWritesAccepted),
        id: "anonymous-writes-accepted",
        says: "Writes without an Authorization header are let in.",
        breaks: &["scim.auth.anonymous-writes-change-nothing"],
        blocks: &[],
    },
];
