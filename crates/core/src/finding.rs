//! What a check found out when it did not simply pass.

use crate::profile::{Profile, Weight};

/// The reason why a check did not pass. About the target, never about our own bugs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The requirement is broken.
    Broken {
        /// What was wanted, in values.
        expected: String,
        /// What was seen, in values.
        actual: String,
    },
    /// The point of the check could not be reached.
    Blocked {
        /// What stood in the way.
        why: String,
    },
    /// The point was reached, but it could not be told whether the requirement is kept.
    NotVerified {
        /// What could not be told.
        why: String,
    },
    /// The target does not offer what the check is about.
    NotOffered {
        /// What is not offered, and how that showed.
        what: String,
    },
    /// The requirement is not about targets of this kind: they lack, under any profile, what it speaks of.
    NotApplicable {
        /// What the target is, or lacks.
        why: String,
    },
    /// The configuration does not supply what the check needs.
    NotConfigured {
        /// Which setting is missing.
        what: String,
    },
}

impl Finding {
    /// A broken requirement.
    pub fn broken(expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self::Broken { expected: expected.into(), actual: actual.into() }
    }

    /// Something that stood in the way.
    pub fn blocked(why: impl Into<String>) -> Self {
        Self::Blocked { why: why.into() }
    }

    /// The same cause, seen by a check that only needed the thing to get to its own point.
    #[must_use]
    pub fn as_obstacle(self, to: &str) -> Self {
        match self {
            Self::Broken { expected, actual } => {
                Self::Blocked { why: format!("{to}: expected {expected}, got {actual}") }
            }
            Self::NotVerified { why } => Self::Blocked { why: format!("{to}: {why}") },
            same @ (Self::Blocked { .. }
            | Self::NotOffered { .. }
            | Self::NotApplicable { .. }
            | Self::NotConfigured { .. }) => same,
        }
    }

    /// The same finding under a profile. What an identity provider depends on is not optional: a
    /// target that does not offer it breaks the requirement.
    #[must_use]
    pub(crate) fn under(self, profile: Profile, weight: Weight) -> Self {
        match (self, profile) {
            (Self::NotOffered { what }, Profile::Okta | Profile::Entra) if weight == Weight::Required => {
                Self::Broken {
                    expected: format!("offered, because {} depends on it", profile.title()),
                    actual: what,
                }
            }
            (finding, _) => finding,
        }
    }
}
