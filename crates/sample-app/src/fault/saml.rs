//! The faults of sign-on by SAML: name, meaning, and the checks that notice.

use super::Fault;
use super::behind::BEHIND_SAML;
use super::row::Row;

/// Faults of sign-on by SAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SamlFault {
    /// A response that answers no request is refused, also where the tenant allows it.
    IdpInitiatedRefused,
    /// The pending request is remembered in a Lax cookie, which the browser does not send with the POST to the ACS.
    PendingInLaxCookie,
    /// An account made at the first sign-in by SAML has no last name.
    JitDropsLastName,
    /// The first name is read from an attribute that nobody sends.
    JitWrongAttribute,
    /// Whoever has no account yet is refused at sign-in by SAML.
    JitOff,
    /// The AuthnRequest in a redirect is compressed with a zlib header instead of raw DEFLATE.
    RequestZlib,
    /// The ID of an AuthnRequest begins with a digit.
    RequestIdStartsWithDigit,
    /// Every AuthnRequest has the same ID.
    RequestIdRepeats,
    /// The AuthnRequest says Version 1.1.
    RequestVersion11,
    /// IssueInstant of the AuthnRequest is a local time without a Z.
    RequestLocalTime,
    /// IssueInstant of the AuthnRequest lies an hour back.
    RequestStale,
    /// The AuthnRequest names another issuer than the metadata.
    RequestOtherIssuer,
    /// The AuthnRequest names another destination than the URL that it is sent to.
    RequestOtherDestination,
    /// The signed AuthnRequest names no destination.
    RequestWithoutDestination,
    /// The AuthnRequest asks for an ACS that the metadata does not list.
    RequestUnregisteredAcs,
    /// The AuthnRequest names the ACS with a slash at its end.
    RequestAcsTrailingSlash,
    /// The AuthnRequest names the ACS by URL and by index.
    RequestAcsTwice,
    /// The AuthnRequest asks for the response by the Redirect binding.
    RequestAsksRedirect,
    /// The AuthnRequest begins with a document type declaration.
    RequestWithDoctype,
    /// The AuthnRequest holds a Subject with a SubjectConfirmation.
    RequestConfirmsSubject,
    /// The AuthnRequest is not signed, though the metadata says so.
    RequestUnsigned,
    /// The signature of the AuthnRequest covers something else.
    RequestBadSignature,
    /// The AuthnRequest is signed with RSA-SHA1.
    RequestSha1,
    /// The AuthnRequest asks for a Kerberos principal as NameID.
    RequestAsksKerberos,
    /// The AuthnRequest demands that the user signs in with a client certificate.
    RequestDemandsX509,
    /// The RelayState that is sent has 200 bytes.
    RelayStateLong,
    /// A response is refused unless the Response itself is signed.
    AssertionSignatureIgnored,
    /// A response is refused unless the Assertion itself is signed.
    ResponseSignatureIgnored,
    /// A signature whose canonical form needs InclusiveNamespaces does not verify.
    InclusivePrefixesIgnored,
    /// Whoever asked for a page before sign-in by SAML ends on the home page.
    DeepLinkLost,
    /// The RelayState of an unsolicited response is ignored.
    IdpRelayStateIgnored,
    /// The RelayState of an unsolicited response is followed to any origin.
    ForeignRelayStateFollowed,
    /// An encrypted assertion answers 500, though the metadata has an encryption key.
    EncryptedFails,
    /// A sign-in by SAML in a browser that is signed in answers an error.
    SecondLoginFails,
    /// A sign-in by SAML as another user leaves the old one signed in.
    KeepsOldUser,
    /// The ACS answers 307 to its own address with a slash at the end.
    AcsMoved,
    /// An assertion for another audience signs the user in.
    WrongAudienceAccepted,
    /// Whatever key the message itself brings is trusted for its signature.
    UnknownKeyAccepted,
    /// An assertion that has expired signs the user in.
    ExpiredAccepted,
    /// A response that is refused answers 500.
    RefusalAnswers500,
    /// Only the first value of the group attribute is read.
    GroupsFirstOnly,
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Saml(SamlFault::IdpInitiatedRefused),
        id: "saml-idp-initiated-refused",
        says: "A response that answers no request is refused, also where the tenant allows it.",
        breaks: &[
            "saml.cases.idp-flow",
            "saml.cases.jit-idp-flow",
            "saml.response.idp-relay-state",
            "saml.response.second-login",
            "saml.response.switch-user",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::PendingInLaxCookie),
        id: "saml-pending-in-lax-cookie",
        says: "The pending request is remembered in a Lax cookie, which the browser does not send with the POST to the ACS.",
        breaks: &["saml.cases.sp-flow", "saml.cases.jit-sp-flow", "saml.response.deep-link"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::JitDropsLastName),
        id: "saml-jit-drops-last-name",
        says: "An account made at the first sign-in by SAML has no last name.",
        breaks: &[
            "saml.cases.jit-idp-flow",
            "saml.cases.jit-sp-flow",
            "saml.profile.apostrophe",
            "saml.profile.escaped",
            "saml.jit.survives-rename",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::JitWrongAttribute),
        id: "saml-jit-wrong-attribute",
        says: "The first name is read from an attribute that nobody sends.",
        breaks: &["saml.cases.jit-idp-flow", "saml.cases.jit-sp-flow", "saml.profile.unicode"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::JitOff),
        id: "saml-jit-off",
        says: "Whoever has no account yet is refused at sign-in by SAML.",
        breaks: &[
            "saml.cases.idp-flow",
            "saml.cases.sp-flow",
            "saml.cases.jit-idp-flow",
            "saml.cases.jit-sp-flow",
        ],
        blocks: BEHIND_SAML,
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestZlib),
        id: "saml-request-zlib",
        says: "The AuthnRequest in a redirect is compressed with a zlib header instead of raw DEFLATE.",
        breaks: &["saml.request.encoding"],
        blocks: &[
            "saml.cases.sp-flow",
            "saml.cases.jit-sp-flow",
            "saml.response.deep-link",
            "saml.request.no-dtd",
            "saml.request.id",
            "saml.request.version",
            "saml.request.issue-instant",
            "saml.request.issuer",
            "saml.request.destination",
            "saml.request.acs-url",
            "saml.request.one-acs-reference",
            "saml.request.protocol-binding",
            "saml.request.no-subject-confirmation",
            "saml.request.signed-as-declared",
            "saml.request.signature-sha256",
            "saml.request.name-id-policy",
            "saml.request.authn-context",
            "saml.request.relay-state-length",
        ],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestIdStartsWithDigit),
        id: "saml-request-id-starts-with-digit",
        says: "The ID of an AuthnRequest begins with a digit.",
        breaks: &["saml.request.id"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestIdRepeats),
        id: "saml-request-id-repeats",
        says: "Every AuthnRequest has the same ID.",
        breaks: &["saml.request.id"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestVersion11),
        id: "saml-request-version-11",
        says: "The AuthnRequest says Version 1.1.",
        breaks: &["saml.request.version"],
        blocks: &["saml.cases.sp-flow", "saml.cases.jit-sp-flow", "saml.response.deep-link"],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestLocalTime),
        id: "saml-request-local-time",
        says: "IssueInstant of the AuthnRequest is a local time without a Z.",
        breaks: &["saml.request.issue-instant"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestStale),
        id: "saml-request-stale",
        says: "IssueInstant of the AuthnRequest lies an hour back.",
        breaks: &["saml.request.issue-instant"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestOtherIssuer),
        id: "saml-request-other-issuer",
        says: "The AuthnRequest names another issuer than the metadata.",
        breaks: &["saml.request.issuer"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestOtherDestination),
        id: "saml-request-other-destination",
        says: "The AuthnRequest names another destination than the URL that it is sent to.",
        breaks: &["saml.request.destination"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestWithoutDestination),
        id: "saml-request-without-destination",
        says: "The signed AuthnRequest names no destination.",
        breaks: &["saml.request.destination"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestUnregisteredAcs),
        id: "saml-request-unregistered-acs",
        says: "The AuthnRequest asks for an ACS that the metadata does not list.",
        breaks: &["saml.request.acs-url"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestAcsTrailingSlash),
        id: "saml-request-acs-trailing-slash",
        says: "The AuthnRequest names the ACS with a slash at its end.",
        breaks: &["saml.request.acs-url"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestAcsTwice),
        id: "saml-request-acs-twice",
        says: "The AuthnRequest names the ACS by URL and by index.",
        breaks: &["saml.request.one-acs-reference"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestAsksRedirect),
        id: "saml-request-asks-redirect",
        says: "The AuthnRequest asks for the response by the Redirect binding.",
        breaks: &["saml.request.protocol-binding"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestWithDoctype),
        id: "saml-request-with-doctype",
        says: "The AuthnRequest begins with a document type declaration.",
        breaks: &["saml.request.no-dtd"],
        blocks: &[
            "saml.cases.sp-flow",
            "saml.cases.jit-sp-flow",
            "saml.response.deep-link",
            "saml.request.id",
            "saml.request.version",
            "saml.request.issue-instant",
            "saml.request.issuer",
            "saml.request.destination",
            "saml.request.acs-url",
            "saml.request.one-acs-reference",
            "saml.request.protocol-binding",
            "saml.request.no-subject-confirmation",
            "saml.request.signed-as-declared",
            "saml.request.signature-sha256",
            "saml.request.name-id-policy",
            "saml.request.authn-context",
            "saml.request.relay-state-length",
        ],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestConfirmsSubject),
        id: "saml-request-confirms-subject",
        says: "The AuthnRequest holds a Subject with a SubjectConfirmation.",
        breaks: &["saml.request.no-subject-confirmation"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestUnsigned),
        id: "saml-request-unsigned",
        says: "The AuthnRequest is not signed, though the metadata says so.",
        breaks: &["saml.request.signed-as-declared"],
        blocks: &["saml.request.signature-sha256"],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestBadSignature),
        id: "saml-request-bad-signature",
        says: "The signature of the AuthnRequest covers something else.",
        breaks: &["saml.request.signed-as-declared"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestSha1),
        id: "saml-request-sha1",
        says: "The AuthnRequest is signed with RSA-SHA1.",
        breaks: &["saml.request.signature-sha256"],
        blocks: &["saml.request.signed-as-declared"],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestAsksKerberos),
        id: "saml-request-asks-kerberos",
        says: "The AuthnRequest asks for a Kerberos principal as NameID.",
        breaks: &["saml.request.name-id-policy"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RequestDemandsX509),
        id: "saml-request-demands-x509",
        says: "The AuthnRequest demands that the user signs in with a client certificate.",
        breaks: &["saml.request.authn-context"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RelayStateLong),
        id: "saml-relay-state-long",
        says: "The RelayState that is sent has 200 bytes.",
        breaks: &["saml.request.relay-state-length"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::AssertionSignatureIgnored),
        id: "saml-assertion-signature-ignored",
        says: "A response is refused unless the Response itself is signed.",
        breaks: &["saml.response.assertion-only"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::ResponseSignatureIgnored),
        id: "saml-response-signature-ignored",
        says: "A response is refused unless the Assertion itself is signed.",
        breaks: &["saml.response.response-only"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::InclusivePrefixesIgnored),
        id: "saml-inclusive-prefixes-ignored",
        says: "A signature whose canonical form needs InclusiveNamespaces does not verify.",
        breaks: &[
            "saml.cases.idp-flow",
            "saml.cases.sp-flow",
            "saml.cases.jit-idp-flow",
            "saml.cases.jit-sp-flow",
        ],
        blocks: BEHIND_SAML,
    },
    Row {
        fault: Fault::Saml(SamlFault::DeepLinkLost),
        id: "saml-deep-link-lost",
        says: "Whoever asked for a page before sign-in by SAML ends on the home page.",
        breaks: &["saml.response.deep-link"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::IdpRelayStateIgnored),
        id: "saml-idp-relay-state-ignored",
        says: "The RelayState of an unsolicited response is ignored.",
        breaks: &["saml.response.idp-relay-state"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::ForeignRelayStateFollowed),
        id: "saml-foreign-relay-state-followed",
        says: "The RelayState of an unsolicited response is followed to any origin.",
        breaks: &["saml.response.foreign-relay-state"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::EncryptedFails),
        id: "saml-encrypted-fails",
        says: "An encrypted assertion answers 500, though the metadata has an encryption key.",
        breaks: &["saml.response.encrypted"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::SecondLoginFails),
        id: "saml-second-login-fails",
        says: "A sign-in by SAML in a browser that is signed in answers an error.",
        breaks: &["saml.response.second-login", "saml.response.switch-user"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::KeepsOldUser),
        id: "saml-keeps-old-user",
        says: "A sign-in by SAML as another user leaves the old one signed in.",
        breaks: &["saml.response.switch-user"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::AcsMoved),
        id: "saml-acs-moved",
        says: "The ACS answers 307 to its own address with a slash at the end.",
        breaks: &["saml.response.not-moved"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::WrongAudienceAccepted),
        id: "saml-wrong-audience-accepted",
        says: "An assertion for another audience signs the user in.",
        breaks: &["saml.response.wrong-audience"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::UnknownKeyAccepted),
        id: "saml-unknown-key-accepted",
        says: "Whatever key the message itself brings is trusted for its signature.",
        breaks: &["saml.response.unknown-key"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::ExpiredAccepted),
        id: "saml-expired-accepted",
        says: "An assertion that has expired signs the user in.",
        breaks: &["saml.response.expired"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::RefusalAnswers500),
        id: "saml-refusal-answers-500",
        says: "A response that is refused answers 500.",
        breaks: &["saml.response.refusal-is-a-page"],
        blocks: &[],
    },
    Row {
        fault: Fault::Saml(SamlFault::GroupsFirstOnly),
        id: "saml-groups-first-only",
        says: "Only the first value of the group attribute is read.",
        breaks: &["saml.profile.groups"],
        blocks: &[],
    },
];
