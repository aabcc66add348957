//! The faults of sign-on by SAML.

mod rows;

use super::Fault;

pub(super) use rows::ROWS;

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
    /// A response without any signature signs the user in.
    UnsignedAccepted,
    /// An assertion that has expired signs the user in.
    ExpiredAccepted,
    /// A response that is refused answers 500.
    RefusalAnswers500,
    /// A response that is refused leads to another request at once, without end.
    RefusalAsksAgain,
    /// Only the first value of the group attribute is read.
    GroupsFirstOnly,
}

impl From<SamlFault> for Fault {
    fn from(fault: SamlFault) -> Self {
        Self::Saml(fault)
    }
}
