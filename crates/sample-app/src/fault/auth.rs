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
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Auth(AuthFault::AuthNotRequired),
        id: "auth-not-required",
        says: "A request without an Authorization header is let in; a wrong token is still refused.",
        breaks: &["scim.auth.no-token-is-refused"],
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
        breaks: &["scim.auth.refusal-is-a-scim-error"],
        blocks: &[],
    },
];
