//! What a run comes to: counts, two numbers, and the one outcome that decides the exit code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::profile::Weight;
use crate::report::Report;
use crate::result::CheckResult;
use crate::verdict::Verdict;

/// How a run came out. Where several apply, the first in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Our own bug, or a secret that would have been written.
    Bug,
    /// Interrupted by a person or a signal.
    Interrupted,
    /// A requirement is broken.
    Broken,
    /// The run could not be completed: something was blocked or could not be verified.
    Incomplete,
    /// A known failure no longer fails.
    StaleWaiver,
    /// Nothing was there to be judged.
    Nothing,
    /// Everything required is kept.
    Kept,
}

impl Outcome {
    /// The process's exit code.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Bug => 70,
            Self::Interrupted => 130,
            Self::Broken => 1,
            Self::Incomplete => 3,
            Self::StaleWaiver => 5,
            Self::Nothing => 4,
            Self::Kept => 0,
        }
    }

    /// The outcome in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Bug => "oinspect itself failed, or had to withhold a secret: please report this",
            Self::Interrupted => "the run was interrupted: these results are not complete",
            Self::Broken => "at least one requirement is broken",
            Self::Incomplete => "the run could not be completed: some checks were blocked or not verified",
            Self::StaleWaiver => "a known failure no longer fails: remove its waiver",
            Self::Nothing => "no check was run",
            Self::Kept => "everything required is kept",
        }
    }
}

/// Counts of a report. Conformance and completeness are two numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Checks planned.
    pub planned: usize,
    /// Checks that have a verdict.
    pub checks: usize,
    /// The requirement is kept.
    pub passed: usize,
    /// A requirement is broken.
    pub failed: usize,
    /// A recommendation is broken, or a requirement that the profile does not demand.
    pub warned: usize,
    /// Not offered by the target.
    pub skipped: usize,
    /// The point of the check could not be reached.
    pub blocked: usize,
    /// It could not be told whether the requirement is kept.
    pub not_verified: usize,
    /// Our own bug.
    pub crashed: usize,
    /// Failures that a waiver of the plan accepts; they also count as failed.
    pub waived: usize,
    /// HTTP requests sent.
    pub requests: usize,
}

impl Summary {
    /// Counts what a report holds.
    pub fn of(report: &Report) -> Self {
        let mut summary = Self { planned: report.run.planned, ..Self::default() };
        for check in report.checks() {
            summary.checks += 1;
            summary.requests += check.evidence.exchanges().count();
            summary.waived += usize::from(check.verdict == Verdict::Failed && check.waiver.is_some());
            match check.verdict {
                Verdict::Passed => summary.passed += 1,
                Verdict::Failed => summary.failed += 1,
                Verdict::Warned => summary.warned += 1,
                Verdict::Skipped => summary.skipped += 1,
                Verdict::Blocked => summary.blocked += 1,
                Verdict::NotVerified => summary.not_verified += 1,
                Verdict::Crashed => summary.crashed += 1,
            }
        }
        summary.requests +=
            report.groups.iter().map(|group| group.evidence.exchanges().count()).sum::<usize>();
        summary
    }

    /// How many checks have this verdict.
    pub const fn count(&self, verdict: Verdict) -> usize {
        match verdict {
            Verdict::Passed => self.passed,
            Verdict::Failed => self.failed,
            Verdict::Warned => self.warned,
            Verdict::Skipped => self.skipped,
            Verdict::Blocked => self.blocked,
            Verdict::NotVerified => self.not_verified,
            Verdict::Crashed => self.crashed,
        }
    }

    /// Conformance: how many of the judged checks are kept, and how many were judged.
    pub const fn conformance(&self) -> (usize, usize) {
        (self.passed, self.passed + self.failed + self.warned)
    }

    /// Completeness: how many of the planned checks came to a judgement or are not offered, and how
    /// many were planned.
    pub const fn completeness(&self) -> (usize, usize) {
        (self.passed + self.failed + self.warned + self.skipped, self.planned)
    }
}

/// What counts of one check towards the outcome.
fn is_stale(check: &CheckResult) -> bool {
    check.waiver.is_some() && check.verdict == Verdict::Passed
}

impl Report {
    /// How the run came out, in a sentence.
    pub const fn sentence(&self) -> &'static str {
        match (self.finished, self.outcome) {
            (None, Outcome::Broken) => "the run did not finish, and at least one requirement is broken",
            (None, Outcome::Interrupted | Outcome::Incomplete | Outcome::StaleWaiver) => {
                "the run did not finish: these are its results until then"
            }
            (_, outcome) => outcome.sentence(),
        }
    }
}

impl Outcome {
    /// The one place where a report becomes an outcome.
    pub fn of(report: &Report) -> Self {
        let counts = |check: &&CheckResult| check.weight != Weight::Information;
        let any = |verdict: Verdict| report.checks().any(|check| check.verdict == verdict);
        let is_unfinished = report.finished.is_none();
        if any(Verdict::Crashed) || report.withheld > 0 {
            Self::Bug
        } else if report.interrupted {
            Self::Interrupted
        } else if report.checks().any(|check| check.verdict == Verdict::Failed && check.waiver.is_none()) {
            Self::Broken
        } else if is_unfinished
            || report
                .checks()
                .filter(counts)
                .any(|check| matches!(check.verdict, Verdict::Blocked | Verdict::NotVerified))
        {
            Self::Incomplete
        } else if report.checks().any(is_stale) {
            Self::StaleWaiver
        } else if report.checks().next().is_none() {
            Self::Nothing
        } else {
            Self::Kept
        }
    }
}

#[cfg(test)]
mod tests;
