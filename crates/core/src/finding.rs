//! What a check found out when it did not simply pass.

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
    /// It turned out on the way that the target does not offer what the check is about.
    NotOffered {
        /// What is not offered, and how that showed.
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
            blocked @ (Self::Blocked { .. } | Self::NotOffered { .. }) => blocked,
        }
    }
}
