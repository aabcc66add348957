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
    /// Okta's published SCIM protocol reference and submission rules.
    OktaScim,
    /// A Runscope suite handed in by the user.
    RunscopeSuite,
}

impl Document {
    /// How the document is named in a citation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rfc7643 => "RFC 7643",
            Self::Rfc7644 => "RFC 7644",
            Self::OktaScim => "Okta SCIM reference",
            Self::RunscopeSuite => "Runscope suite",
        }
    }

    /// The word by which checks of this document are chosen.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Rfc7643 => "rfc7643",
            Self::Rfc7644 => "rfc7644",
            Self::OktaScim => "okta",
            Self::RunscopeSuite => "runscope",
        }
    }

    /// Where a reader finds the section, if the document is on the web.
    pub fn link(self, section: &str) -> Option<String> {
        match self {
            Self::Rfc7643 => Some(format!("https://www.rfc-editor.org/rfc/rfc7643#section-{section}")),
            Self::Rfc7644 => Some(format!("https://www.rfc-editor.org/rfc/rfc7644#section-{section}")),
            Self::OktaScim => {
                Some("https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20".to_owned())
            }
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
        format!("{}, {} ({})", self.document.name(), self.section, self.level.name())
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
