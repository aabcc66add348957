//! What a document demands: cited, with its level, in our own words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A published source of requirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Document {
    /// SCIM core schema.
    Rfc7643,
    /// SCIM protocol.
    Rfc7644,
    /// SCIM: events, and requests that are answered later.
    Rfc9967,
    /// Okta's published SCIM protocol reference and submission rules.
    OktaScim,
    /// Okta's published rules for what is submitted to its network, and for testing it.
    OktaOin,
    /// SAML 2.0: assertions and protocols.
    SamlCore,
    /// SAML 2.0: bindings.
    SamlBindings,
    /// SAML 2.0: profiles.
    SamlProfiles,
    /// SAML 2.0: metadata.
    SamlMetadata,
    /// Kantara's implementation profile of SAML 2.0 for federation interoperability.
    SamlInterop,
    /// OpenID Connect Core 1.0.
    OidcCore,
    /// OpenID Connect RP-Initiated Logout 1.0.
    OidcRpLogout,
    /// OAuth 2.0.
    Rfc6749,
    /// Proof Key for Code Exchange.
    Rfc7636,
    /// Best current practice for OAuth 2.0 security.
    Rfc9700,
    /// A Runscope suite handed in by the user.
    RunscopeSuite,
}

impl Document {
    /// How the document is named in a citation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rfc7643 => "RFC 7643",
            Self::Rfc7644 => "RFC 7644",
            Self::Rfc9967 => "RFC 9967",
            Self::OktaScim => "Okta SCIM reference",
            Self::OktaOin => "Okta OIN requirements",
            Self::SamlCore => "SAML 2.0 Core",
            Self::SamlBindings => "SAML 2.0 Bindings",
            Self::SamlProfiles => "SAML 2.0 Profiles",
            Self::SamlMetadata => "SAML 2.0 Metadata",
            Self::SamlInterop => "SAML 2.0 Federation Interoperability Profile",
            Self::OidcCore => "OpenID Connect Core 1.0",
            Self::OidcRpLogout => "OpenID Connect RP-Initiated Logout 1.0",
            Self::Rfc6749 => "RFC 6749",
            Self::Rfc7636 => "RFC 7636",
            Self::Rfc9700 => "RFC 9700",
            Self::RunscopeSuite => "Runscope suite",
        }
    }

    /// The word by which checks of this document are chosen.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Rfc7643 => "rfc7643",
            Self::Rfc7644 => "rfc7644",
            Self::Rfc9967 => "rfc9967",
            Self::OktaScim => "okta",
            Self::OktaOin => "okta-oin",
            Self::SamlCore => "saml-core",
            Self::SamlBindings => "saml-bindings",
            Self::SamlProfiles => "saml-profiles",
            Self::SamlMetadata => "saml-metadata",
            Self::SamlInterop => "saml-interop",
            Self::OidcCore => "oidc-core",
            Self::OidcRpLogout => "oidc-rp-logout",
            Self::Rfc6749 => "rfc6749",
            Self::Rfc7636 => "rfc7636",
            Self::Rfc9700 => "rfc9700",
            Self::RunscopeSuite => "runscope",
        }
    }

    /// Where a reader finds the section, if the document is on the web.
    pub fn link(self, section: &str) -> Option<String> {
        let rfc = |number: u16| Some(format!("https://www.rfc-editor.org/rfc/rfc{number}#section-{section}"));
        // These are PDF files: a link cannot name a section.
        let oasis = |part: &str| {
            Some(format!("https://docs.oasis-open.org/security/saml/v2.0/saml-{part}-2.0-os.pdf"))
        };
        match self {
            Self::Rfc7643 => rfc(7643),
            Self::Rfc7644 => rfc(7644),
            Self::Rfc9967 => rfc(9967),
            Self::OktaScim => {
                Some("https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20".to_owned())
            }
            Self::OktaOin => {
                Some("https://developer.okta.com/docs/guides/submit-app-prereq/main/".to_owned())
            }
            Self::SamlCore => oasis("core"),
            Self::SamlBindings => oasis("bindings"),
            Self::SamlProfiles => oasis("profiles"),
            Self::SamlMetadata => oasis("metadata"),
            Self::SamlInterop => {
                Some(format!("https://kantarainitiative.github.io/SAMLprofiles/fedinterop.html#{section}"))
            }
            Self::OidcCore => Some("https://openid.net/specs/openid-connect-core-1_0.html".to_owned()),
            Self::OidcRpLogout => {
                Some("https://openid.net/specs/openid-connect-rpinitiated-1_0.html".to_owned())
            }
            Self::Rfc6749 => rfc(6749),
            Self::Rfc7636 => rfc(7636),
            Self::Rfc9700 => rfc(9700),
            Self::RunscopeSuite => None,
        }
    }
}

/// How strongly a document demands something (RFC 2119's scale).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Permitted; worth knowing.
    May,
    /// Expected unless there is a good reason.
    Should,
    /// Absolute.
    Must,
}

impl Level {
    /// The word used in citations.
    pub const fn name(self) -> &'static str {
        match self {
            Self::May => "MAY",
            Self::Should => "SHOULD",
            Self::Must => "MUST",
        }
    }
}

/// One demand of one document.
#[derive(Debug, Clone, Copy)]
pub struct Requirement {
    /// Where it is written.
    pub document: Document,
    /// The section, as the document numbers it.
    pub section: &'static str,
    /// How strongly the document demands it.
    pub level: Level,
    /// What is demanded, in our own words, on one line.
    pub demand: &'static str,
    /// How much Okta depends on it; `None` where Okta never exercises it.
    pub okta: Option<Level>,
    /// How much Microsoft Entra depends on it; `None` where Entra never exercises it.
    pub entra: Option<Level>,
}

impl Requirement {
    /// The same requirement, on which Okta depends this much.
    pub const fn okta(self, level: Level) -> Self {
        Self { okta: Some(level), ..self }
    }

    /// The same requirement, on which Microsoft Entra depends this much.
    pub const fn entra(self, level: Level) -> Self {
        Self { entra: Some(level), ..self }
    }

    /// The citation as a reader sees it, such as `RFC 7644, 3.5.2 (MUST)`.
    pub fn citation(&self) -> String {
        citation(self.document, self.section, self.level)
    }
}

/// What Okta demands of a submission has no level of RFC 2119: the profile says how much it weighs.
pub(crate) fn citation(document: Document, section: &str, level: Level) -> String {
    let section = if section.is_empty() { String::new() } else { format!(", {section}") };
    match document {
        Document::OktaOin => format!("{}{section}", document.name()),
        _ => format!("{}{section} ({})", document.name(), level.name()),
    }
}

const fn demands(
    level: Level,
    document: Document,
    section: &'static str,
    demand: &'static str,
) -> Requirement {
    Requirement { document, section, level, demand, okta: None, entra: None }
}

/// A MUST of a document.
pub const fn must(document: Document, section: &'static str, demand: &'static str) -> Requirement {
    demands(Level::Must, document, section, demand)
}

/// A SHOULD of a document.
pub const fn should(document: Document, section: &'static str, demand: &'static str) -> Requirement {
    demands(Level::Should, document, section, demand)
}

/// Something that a document permits, worth knowing about a target.
pub const fn may(document: Document, section: &'static str, demand: &'static str) -> Requirement {
    demands(Level::May, document, section, demand)
}

/// A demand of Okta's published rules that no specification makes.
pub const fn okta_demands(section: &'static str, demand: &'static str) -> Requirement {
    demands(Level::May, Document::OktaScim, section, demand).okta(Level::Must)
}

/// A demand of Okta on what is submitted to its network, which no specification makes.
pub const fn oin_demands(section: &'static str, demand: &'static str) -> Requirement {
    demands(Level::May, Document::OktaOin, section, demand).okta(Level::Must)
}
