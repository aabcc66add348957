//! Whose demands count: the specification's, or those of one identity provider.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::requirement::{Level, Requirement};

/// Whose demands a run judges by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// The specifications as they stand.
    Rfc,
    /// What Okta sends and needs.
    #[default]
    Okta,
    /// What Microsoft Entra sends and needs.
    Entra,
}

impl Profile {
    /// Every profile, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Rfc, Self::Okta, Self::Entra];

    /// The name used in plans, on the command line and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rfc => "rfc",
            Self::Okta => "okta",
            Self::Entra => "entra",
        }
    }

    /// The name used in sentences.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Rfc => "the RFC",
            Self::Okta => "Okta",
            Self::Entra => "Microsoft Entra",
        }
    }
}

/// How much a broken requirement weighs in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Shown; never in the exit code.
    Information,
    /// A warning.
    Recommended,
    /// A failure.
    Required,
}

impl Weight {
    /// The word used in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Recommended => "recommended",
            Self::Required => "required",
        }
    }

    /// The one place where severity is decided: from the requirement's level and the profile.
    ///
    /// Under `rfc` the level stands as the document gives it. Under an identity provider's profile
    /// only what that provider needs is demanded; everything else is information.
    pub fn of(requirement: &Requirement, profile: Profile) -> Self {
        let level = match profile {
            Profile::Rfc => Some(requirement.level),
            Profile::Okta => requirement.okta,
            Profile::Entra => requirement.entra,
        };
        match level {
            Some(Level::Must) => Self::Required,
            Some(Level::Should) => Self::Recommended,
            Some(Level::May) | None => Self::Information,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requirement::{Document, must, should};

    #[test]
    fn a_must_nobody_but_the_rfc_asks_for_is_information_elsewhere() {
        let requirement = must(Document::Rfc7644, "3.4.2.3", "sorted as asked");
        assert_eq!(Weight::of(&requirement, Profile::Rfc), Weight::Required);
        assert_eq!(Weight::of(&requirement, Profile::Okta), Weight::Information);
        assert_eq!(Weight::of(&requirement, Profile::Entra), Weight::Information);
    }

    #[test]
    fn an_identity_provider_may_demand_more_than_the_rfc() {
        let requirement = should(Document::Rfc7644, "3.1", "served").okta(Level::Must);
        assert_eq!(Weight::of(&requirement, Profile::Rfc), Weight::Recommended);
        assert_eq!(Weight::of(&requirement, Profile::Okta), Weight::Required);
    }
}
