//! What a reader sees of a check.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::profile::Weight;

/// What a reader sees of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Our own bug.
    Crashed,
    /// A requirement is broken.
    Failed,
    /// A recommendation is broken, or a requirement that the profile does not demand.
    Warned,
    /// The point of the check could not be reached.
    Blocked,
    /// It could not be told whether the requirement is kept.
    NotVerified,
    /// Not offered by the target.
    Skipped,
    /// The requirement is kept.
    Passed,
}

impl Verdict {
    /// Every verdict, most severe first.
    pub const ALL: [Self; 7] = [
        Self::Crashed,
        Self::Failed,
        Self::Warned,
        Self::Blocked,
        Self::NotVerified,
        Self::Skipped,
        Self::Passed,
    ];

    /// The word used in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Warned => "warned",
            Self::Skipped => "skipped",
            Self::Blocked => "blocked",
            Self::NotVerified => "not-verified",
            Self::Crashed => "crashed",
        }
    }

    /// Grades what a check came back with.
    pub fn grade(outcome: &Result<(), Finding>, weight: Weight) -> Self {
        match (outcome, weight) {
            (Ok(()), _) => Self::Passed,
            (Err(Finding::Broken { .. }), Weight::Required) => Self::Failed,
            (Err(Finding::Broken { .. }), Weight::Recommended | Weight::Information) => Self::Warned,
            (Err(Finding::Blocked { .. }), _) => Self::Blocked,
            (Err(Finding::NotVerified { .. }), _) => Self::NotVerified,
            (
                Err(
                    Finding::NotOffered { .. }
                    | Finding::NotApplicable { .. }
                    | Finding::NotConfigured { .. },
                ),
                _,
            ) => Self::Skipped,
        }
    }

    /// Whether the target itself was judged.
    pub const fn is_judgement(self) -> bool {
        match self {
            Self::Passed | Self::Failed | Self::Warned => true,
            Self::Skipped | Self::Blocked | Self::NotVerified | Self::Crashed => false,
        }
    }
}
