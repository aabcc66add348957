//! What a target offers in word and in deed, and what an identity provider can do with it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::capability::Capability;
use crate::report::Report;
use crate::result::CheckResult;
use crate::verdict::Verdict;

/// One thing that an identity provider does with a target, and the checks that it depends on.
#[derive(Debug, Clone, Copy)]
pub struct Feature {
    /// Kebab-case.
    pub id: &'static str,
    /// The name under which the provider's administrators know it.
    pub title: &'static str,
    /// The ids of the checks that have to pass.
    pub checks: &'static [&'static str],
}

/// What discovery found out about one suite's target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Offer {
    /// The suite's id.
    pub suite: String,
    /// What the target may offer or not.
    pub capabilities: Vec<CapabilityRecord>,
    /// What an identity provider may do with it.
    pub features: Vec<FeatureRecord>,
}

/// One capability, in word; its checks are the deed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CapabilityRecord {
    /// Which one.
    pub capability: Capability,
    /// Whether the target says, or the plan says for it, that it offers this.
    pub offered: bool,
    /// The ids of the checks of this run that need it.
    pub checks: Vec<String>,
}

/// One feature of an identity provider, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FeatureRecord {
    /// Kebab-case.
    pub id: String,
    /// The name under which the provider's administrators know it.
    pub title: String,
    /// The ids of the checks that it depends on.
    pub checks: Vec<String>,
}

/// What became of the checks that something depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Practice<'a> {
    /// How many passed.
    pub kept: usize,
    /// The ids of those that found something broken that has to be kept.
    pub broken: Vec<&'a str>,
    /// The ids of those that found something broken that is recommended.
    pub warned: Vec<&'a str>,
    /// The ids of those that could not be judged, were skipped or did not run.
    pub open: Vec<&'a str>,
}

impl Practice<'_> {
    /// The state in a word.
    pub fn state(&self) -> State {
        if !self.broken.is_empty() {
            State::Broken
        } else if self.kept == 0 && self.warned.is_empty() {
            State::Untried
        } else if !self.open.is_empty() {
            State::Incomplete
        } else if self.warned.is_empty() {
            State::Ready
        } else {
            State::Warned
        }
    }
}

/// How far something can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everything that it depends on is kept.
    Ready,
    /// Everything that has to be kept is, and something recommended is not.
    Warned,
    /// Something that it depends on is broken.
    Broken,
    /// Nothing is broken, but not everything could be judged.
    Incomplete,
    /// Nothing was judged.
    Untried,
}

impl State {
    /// The word used in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Warned => "ready, with warnings",
            Self::Broken => "not ready",
            Self::Incomplete => "not fully judged",
            Self::Untried => "not tried",
        }
    }
}

impl Report {
    /// What became of these checks in this run.
    pub fn practice<'a>(&'a self, checks: &'a [String]) -> Practice<'a> {
        let mut practice = Practice::default();
        for id in checks {
            let result = self.checks().find(|check| check.id == *id);
            match result.map(|check: &CheckResult| check.verdict) {
                Some(Verdict::Passed) => practice.kept += 1,
                Some(Verdict::Failed) => practice.broken.push(id),
                Some(Verdict::Warned) => practice.warned.push(id),
                Some(Verdict::Blocked | Verdict::NotVerified | Verdict::Skipped | Verdict::Crashed)
                | None => {
                    practice.open.push(id);
                }
            }
        }
        practice
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recommendation_that_is_not_kept_leaves_a_target_ready() {
        let state = |kept: usize, broken: usize, warned: usize, open: usize| {
            let ids = |count| vec!["one"; count];
            Practice { kept, broken: ids(broken), warned: ids(warned), open: ids(open) }.state()
        };
        assert_eq!(state(3, 0, 0, 0), State::Ready);
        assert_eq!(state(3, 0, 1, 0), State::Warned);
        assert_eq!(state(0, 0, 1, 0), State::Warned);
        assert_eq!(state(3, 0, 1, 1), State::Incomplete);
        assert_eq!(state(3, 1, 1, 1), State::Broken);
        assert_eq!(state(0, 0, 0, 2), State::Untried);
    }
}
