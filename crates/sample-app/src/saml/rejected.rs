//! Why a response signs nobody in.

use thiserror::Error;

use crate::portal::Refused;

/// The reason, told the way a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum Rejected {
    #[error("The identity provider's message is missing or cannot be read.")]
    Unreadable,
    #[error("The identity provider's message has a document type, which is not allowed.")]
    Doctype,
    #[error("The identity provider's message is no SAML 2.0 response.")]
    NotAResponse,
    #[error("The identity provider did not sign you in ({code}).")]
    Status { code: String },
    #[error("The identity provider's message is for another address ({destination}).")]
    Destination { destination: String },
    #[error("The message comes from another identity provider ({issuer}).")]
    Issuer { issuer: String },
    #[error("The message must hold exactly one assertion.")]
    NotOneAssertion,
    #[error("The message is not signed.")]
    Unsigned,
    #[error("The message's signature is not valid.")]
    BadSignature,
    #[error("The message is signed with an algorithm that is not trusted any more ({algorithm}).")]
    Algorithm { algorithm: String },
    #[error("The encrypted assertion cannot be opened.")]
    NotOpened,
    #[error("The assertion says nothing about {what}.")]
    Missing { what: &'static str },
    #[error("The assertion is for another service ({audience}).")]
    Audience { audience: String },
    #[error("The assertion may not be presented here.")]
    Confirmation,
    #[error("The assertion has expired or is not valid yet ({what} is {moment}).")]
    Time { what: &'static str, moment: String },
    #[error("The assertion sets a condition that is not understood.")]
    Condition,
    #[error("The message answers a request that this app did not send, or that was answered already.")]
    UnknownRequest,
    #[error("Please start from this app's own login page: it takes no sign-in that it did not ask for.")]
    Unsolicited,
    #[error("This sign-in was used already.")]
    Replayed,
    /// What the independent validator says.
    #[cfg(feature = "samael")]
    #[error("The message is not valid: {why}")]
    Independent { why: String },
}

impl From<Rejected> for Refused {
    fn from(rejected: Rejected) -> Self {
        Self::because(rejected.to_string())
    }
}
