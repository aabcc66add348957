//! A Response before it is written: everything in it, as plain fields.

use jiff::{SignedDuration, Timestamp};

use crate::escape::WriteError;
use crate::keys::Keys;
use crate::{FORMAT_EMAIL, PASSWORD_PROTECTED_TRANSPORT, response};

/// Okta's assertions begin five minutes ago and end in five minutes.
const VALIDITY: SignedDuration = SignedDuration::from_mins(5);

/// Everything in a Response. Build a good one, bend it if a check asks for that, then write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// ID of the Response.
    pub id: String,
    /// ID of the assertion.
    pub assertion_id: String,
    /// Entity ID of the identity provider; in the Response as well as in the assertion.
    pub issuer: String,
    /// Where the Response is posted to.
    pub destination: String,
    /// Where the assertion may be presented; as a rule the same as `destination`.
    pub recipient: String,
    /// Entity ID of the service provider.
    pub audience: String,
    /// ID of the AuthnRequest; none if the flow began at the identity provider.
    pub in_response_to: Option<String>,
    /// Who the subject is.
    pub name_id: String,
    /// Format of `name_id`.
    pub format: String,
    /// All times in the message.
    pub times: Times,
    /// SessionIndex of the AuthnStatement.
    pub session_index: String,
    /// AuthnContextClassRef of the AuthnStatement.
    pub authn_context: String,
    /// Attributes in order; those without a value are left out of the message.
    pub attributes: Vec<Attribute>,
    /// Success, or why not; without success there is no assertion.
    pub status: Status,
    /// Whether the Response is signed.
    pub response_signed: bool,
    /// Whether the assertion is signed.
    pub assertion_signed: bool,
    /// Which key signs.
    pub signed_by: SigningKeyChoice,
    /// Certificate to encrypt the assertion for, PEM or base64.
    pub encrypt_for: Option<String>,
    /// The service provider's certificate for encryption, whether or not this message is encrypted.
    pub encryption_certificate: Option<String>,
}

/// The times in a Response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// IssueInstant of Response and assertion.
    pub issued: Timestamp,
    /// Start of the assertion's conditions.
    pub not_before: Timestamp,
    /// End of the conditions and of the subject confirmation.
    pub not_on_or_after: Timestamp,
    /// When the user signed in to the identity provider; may be hours before.
    pub authenticated: Timestamp,
}

impl Times {
    /// Times as Okta sets them for a message issued at `now`.
    pub fn around(now: Timestamp, authenticated: Timestamp) -> Self {
        Self { issued: now, not_before: now - VALIDITY, not_on_or_after: now + VALIDITY, authenticated }
    }
}

/// A named attribute with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its Name.
    pub name: String,
    /// Its values in order.
    pub values: Vec<String>,
}

impl Attribute {
    /// An attribute with one value.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), values: vec![value.into()] }
    }
}

/// What the identity provider says became of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Here is the assertion.
    Success,
    /// No assertion, because ...
    Failure {
        /// The last word of the top-level code: `Requester`, `Responder` or `VersionMismatch`.
        code: &'static str,
        /// The last word of the second-level code, for example `NoPassive`.
        subcode: Option<&'static str>,
        /// A text for people.
        message: Option<String>,
    },
}

impl Status {
    /// The user would have to be asked, and IsPassive forbids it.
    pub fn no_passive() -> Self {
        Self::Failure { code: "Responder", subcode: Some("NoPassive"), message: None }
    }

    /// The identity provider will not do it.
    pub fn request_denied(message: impl Into<String>) -> Self {
        Self::Failure { code: "Responder", subcode: Some("RequestDenied"), message: Some(message.into()) }
    }
}

/// Which of the identity provider's keys signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningKeyChoice {
    /// The key in the metadata.
    Trusted,
    /// The key that nobody trusts, with its own certificate in KeyInfo.
    Rogue,
}

impl Draft {
    /// A good Response as Okta writes it with default settings, for `audience` at `acs_url`.
    ///
    /// `entropy` makes the two identifiers; every call needs another.
    pub fn good(
        entropy: u64,
        issuer: &str,
        acs_url: &str,
        audience: &str,
        name_id: &str,
        times: Times,
    ) -> Self {
        let wide = u128::from(entropy);
        Self {
            id: message_id(wide << 64 | wide.rotate_left(17) | 1),
            assertion_id: message_id((wide << 64 | wide.rotate_left(31)) ^ (0x5bd1_e995 << 40)),
            issuer: issuer.to_owned(),
            destination: acs_url.to_owned(),
            recipient: acs_url.to_owned(),
            audience: audience.to_owned(),
            in_response_to: None,
            name_id: name_id.to_owned(),
            format: FORMAT_EMAIL.to_owned(),
            times,
            session_index: idp_initiated_session_index(times.issued, entropy),
            authn_context: PASSWORD_PROTECTED_TRANSPORT.to_owned(),
            attributes: Vec::new(),
            status: Status::Success,
            response_signed: true,
            assertion_signed: true,
            signed_by: SigningKeyChoice::Trusted,
            encrypt_for: None,
            encryption_certificate: None,
        }
    }

    /// The same draft as the answer to a request: InResponseTo, and Okta's SessionIndex, which is the request's ID.
    pub fn in_answer_to(mut self, request_id: &str) -> Self {
        self.in_response_to = Some(request_id.to_owned());
        request_id.clone_into(&mut self.session_index);
        self
    }

    /// The message as XML, encrypted and signed as the draft says.
    pub fn write(&self, keys: &Keys) -> Result<String, WriteError> {
        response::write(self, keys)
    }
}

/// An identifier in Okta's form: `id` and 25 decimal digits.
pub fn message_id(entropy: u128) -> String {
    format!("id{}", 10_u128.pow(24) + entropy % (9 * 10_u128.pow(24)))
}

/// SessionIndex of a session whose flow began at Okta: `id`, milliseconds, a dot, digits.
pub fn idp_initiated_session_index(now: Timestamp, entropy: u64) -> String {
    format!("id{}.{}", now.as_millisecond(), entropy % 10_u64.pow(9))
}
