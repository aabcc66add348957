//! The settings of a SAML app, under the names that Okta gives them.

/// A service provider and what it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SamlApp {
    /// The default assertion consumer service (`ssoAcsUrl`).
    pub acs_url: String,
    /// `Recipient` of the subject confirmation; the ACS when `None`.
    pub recipient: Option<String>,
    /// `Destination` of the response; the ACS when `None`.
    pub destination: Option<String>,
    /// The service provider's entity ID.
    pub audience: String,
    /// Further assertion consumer services, which requests may choose.
    pub acs_endpoints: Vec<AcsEndpoint>,
    /// What becomes the NameID, such as `${user.userName}` or `${user.email}`.
    pub name_id_template: String,
    /// The NameID's format.
    pub name_id_format: String,
    /// The `AuthnContextClassRef`.
    pub authn_context_class: String,
    /// Attributes with expressions as their values.
    pub attribute_statements: Vec<AttributeStatement>,
    /// Attributes with the user's groups as their values.
    pub group_statements: Vec<GroupStatement>,
    /// Whether the response is signed.
    pub response_signed: bool,
    /// Whether the assertion is signed.
    pub assertion_signed: bool,
    /// The algorithms of signatures and digests.
    pub signature_hash: SignatureHash,
    /// Encrypts the assertion for this certificate, PEM.
    pub encrypt_for: Option<String>,
    /// The certificate to encrypt for where a check asks for that once.
    pub encryption_certificate: Option<String>,
    /// Whether `ForceAuthn` in a request is heeded.
    pub honor_force_authn: bool,
    /// Demands signed requests, verified with this certificate, PEM (`samlSignedRequestEnabled`).
    pub signed_requests: Option<String>,
    /// `RelayState` of responses that nobody asked for.
    pub default_relay_state: Option<String>,
    /// Single logout, if it is on.
    pub slo: Option<LogoutEndpoint>,
    /// How long before and after its issue an assertion is good, in seconds.
    pub assertion_lifetime_seconds: u32,
}

/// One of several assertion consumer services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcsEndpoint {
    /// How requests may name it.
    pub index: u16,
    /// Where it is.
    pub url: String,
}

/// An attribute whose values are computed for each user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeStatement {
    /// The attribute's name.
    pub name: String,
    /// The `NameFormat`.
    pub name_format: String,
    /// Expressions such as `user.firstName`, or plain texts.
    pub values: Vec<String>,
}

/// An attribute that lists the user's groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupStatement {
    /// The attribute's name.
    pub name: String,
    /// The `NameFormat`.
    pub name_format: String,
    /// Which groups are listed.
    pub filter: GroupFilter,
}

/// Which groups are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupFilter {
    /// Those whose name begins so.
    StartsWith(String),
    /// The one of this name.
    Equals(String),
    /// Those whose name contains this.
    Contains(String),
    /// All of them (the expression `.*`).
    All,
}

impl GroupFilter {
    /// Whether a group of this name is listed.
    pub fn lists(&self, name: &str) -> bool {
        match self {
            Self::StartsWith(start) => name.starts_with(start),
            Self::Equals(other) => name == other,
            Self::Contains(part) => name.contains(part),
            Self::All => true,
        }
    }
}

/// The service provider's end of single logout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutEndpoint {
    /// Where logout messages go.
    pub url: String,
    /// Who the service provider says it is in them.
    pub issuer: String,
    /// Verifies its requests, PEM.
    pub certificate_pem: String,
}

/// The algorithms of signatures and digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignatureHash {
    /// `RSA_SHA256` and `SHA256`: the default, and what OIN demands.
    #[default]
    Sha256,
    /// `RSA_SHA1` and `SHA1`, which may still be chosen.
    Sha1,
}

/// The format of names that are e-mail addresses.
pub(crate) const EMAIL_FORMAT: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified";

impl SamlApp {
    /// The settings that Okta's wizard gives a service provider: user name as e-mail address, both
    /// signatures, no attributes.
    pub fn for_sp(acs_url: &str, audience: &str) -> Self {
        Self {
            acs_url: acs_url.to_owned(),
            recipient: None,
            destination: None,
            audience: audience.to_owned(),
            acs_endpoints: Vec::new(),
            name_id_template: "${user.userName}".to_owned(),
            name_id_format: EMAIL_FORMAT.to_owned(),
            authn_context_class: PASSWORD.to_owned(),
            attribute_statements: Vec::new(),
            group_statements: Vec::new(),
            response_signed: true,
            assertion_signed: true,
            signature_hash: SignatureHash::Sha256,
            encrypt_for: None,
            encryption_certificate: None,
            honor_force_authn: true,
            signed_requests: None,
            default_relay_state: None,
            slo: None,
            assertion_lifetime_seconds: 300,
        }
    }
}

impl AttributeStatement {
    /// An attribute with one value and the format that Okta gives by default.
    pub fn of(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), name_format: UNSPECIFIED.to_owned(), values: vec![value.to_owned()] }
    }
}

impl GroupStatement {
    /// An attribute with the groups that the filter lists.
    pub fn of(name: &str, filter: GroupFilter) -> Self {
        Self { name: name.to_owned(), name_format: UNSPECIFIED.to_owned(), filter }
    }
}
