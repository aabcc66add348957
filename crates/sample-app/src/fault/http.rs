//! The faults of HTTP: media types, headers, methods: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of HTTP: media types, headers, methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HttpFault {
    /// `Accept: application/json` is answered 406.
    PlainAcceptRefused,
    /// An Accept header that names a charset is answered 406.
    AcceptWithCharsetRefused,
    /// `Accept: */*` is answered 406.
    AnyAcceptRefused,
    /// A POST of application/json is answered 415.
    PlainPostRefused,
    /// A Content-Type that names a charset is answered 415.
    CharsetRefused,
    /// A PUT of application/json is answered 415.
    PlainPutRefused,
    /// A PATCH of application/json is answered 415.
    PlainPatchRefused,
    /// A POST of a form is answered 202 and thrown away.
    FormAccepted,
    /// A query parameter that SCIM does not define is answered 400.
    UnknownParameterRefused,
    /// A slash at the end of a SCIM endpoint leads to the login page.
    TrailingSlashRedirects,
    /// HEAD is answered 500.
    HeadFails,
    /// OPTIONS is answered 500.
    OptionsFails,
    /// A PUT on a collection is answered 204.
    PutOnCollectionAccepted,
    /// An endpoint that does not exist answers 500.
    UnknownEndpointFails,
    /// A User-Agent that begins with Okta is answered 403.
    OktaRefused,
    /// Letters outside ASCII become question marks.
    LettersLost,
    /// Values are escaped for HTML before they are stored.
    MarkupEscaped,
    /// Locations are built from the Host header.
    LocationFromHost,
}

impl From<HttpFault> for Fault {
    fn from(fault: HttpFault) -> Self {
        Self::Http(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Http(HttpFault::PlainAcceptRefused),
        id: "plain-accept-refused",
        says: "`Accept: application/json` is answered 406.",
        breaks: &["scim.http.accepts-json"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::AcceptWithCharsetRefused),
        id: "accept-with-charset-refused",
        says: "An Accept header that names a charset is answered 406.",
        breaks: &["scim.http.accepts-charset"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::AnyAcceptRefused),
        id: "any-accept-refused",
        says: "`Accept: */*` is answered 406.",
        breaks: &["scim.http.accepts-anything"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::PlainPostRefused),
        id: "plain-post-refused",
        says: "A POST of application/json is answered 415.",
        breaks: &["scim.http.posts-plain-json"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::CharsetRefused),
        id: "charset-refused",
        says: "A Content-Type that names a charset is answered 415.",
        breaks: &["scim.http.posts-with-charset"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::PlainPutRefused),
        id: "plain-put-refused",
        says: "A PUT of application/json is answered 415.",
        breaks: &["scim.http.puts-plain-json"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::PlainPatchRefused),
        id: "plain-patch-refused",
        says: "A PATCH of application/json is answered 415.",
        breaks: &["scim.http.patches-plain-json"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::FormAccepted),
        id: "form-accepted",
        says: "A POST of a form is answered 202 and thrown away.",
        breaks: &["scim.http.form-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::UnknownParameterRefused),
        id: "unknown-parameter-refused",
        says: "A query parameter that SCIM does not define is answered 400.",
        breaks: &["scim.http.unknown-parameters-are-ignored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::TrailingSlashRedirects),
        id: "trailing-slash-redirects",
        says: "A slash at the end of a SCIM endpoint leads to the login page.",
        breaks: &["scim.http.trailing-slash-stays-scim"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::HeadFails),
        id: "head-fails",
        says: "HEAD is answered 500.",
        breaks: &["scim.http.head-does-not-fail"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::OptionsFails),
        id: "options-fails",
        says: "OPTIONS is answered 500.",
        breaks: &["scim.http.options-does-not-fail"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::PutOnCollectionAccepted),
        id: "put-on-collection-accepted",
        says: "A PUT on a collection is answered 204.",
        breaks: &["scim.http.put-on-a-collection-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::UnknownEndpointFails),
        id: "unknown-endpoint-fails",
        says: "An endpoint that does not exist answers 500.",
        breaks: &["scim.http.unknown-endpoint-is-404"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::OktaRefused),
        id: "okta-refused",
        says: "A User-Agent that begins with Okta is answered 403.",
        breaks: &["scim.http.okta-headers-are-welcome"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::LettersLost),
        id: "letters-lost",
        says: "Letters outside ASCII become question marks.",
        breaks: &[
            "scim.http.text-is-utf-8",
            "scim.texts.characters-beyond-the-first-plane",
            "scim.texts.combining-characters",
            "scim.texts.letters-from-right-to-left",
            "scim.texts.letters-of-many-alphabets",
        ],
        blocks: &["scim.filter-texts.letters-of-all-scripts", "scim.filter-texts.unicode-escapes"],
    },
    Row {
        fault: Fault::Http(HttpFault::MarkupEscaped),
        id: "markup-escaped",
        says: "Values are escaped for HTML before they are stored.",
        breaks: &["scim.http.markup-is-data", "scim.texts.markup"],
        blocks: &[],
    },
    Row {
        fault: Fault::Http(HttpFault::LocationFromHost),
        id: "location-from-host",
        says: "Locations are built from the Host header.",
        breaks: &["scim.http.location-ignores-the-host-header"],
        blocks: &[],
    },
];
