//! The result of one check, as it is kept.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::evidence::Evidence;
use crate::finding::Finding;
use crate::profile::{Profile, Weight};
use crate::redaction::Redactor;
use crate::requirement::{Document, Level, Requirement, citation};
use crate::verdict::Verdict;

/// How long a result may be handed in, in hours, counted from the moment the check finished.
pub const VALIDITY_HOURS: i64 = 48;

/// The result of one check; in a Runscope suite, of one assertion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckResult {
    /// The check's id.
    pub id: String,
    /// Its group.
    pub group: String,
    /// What a conforming target does.
    pub title: String,
    /// What is demanded, and by whom.
    pub requirement: RequirementRecord,
    /// How much it weighs in this run.
    pub weight: Weight,
    /// What came of it.
    pub verdict: Verdict,
    /// Why, for every verdict but `passed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<FindingRecord>,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub finished: Timestamp,
    /// Until when it may be handed in.
    pub valid_until: Timestamp,
    /// The plan's reason to accept a failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Waiver>,
    /// What happened.
    #[serde(default)]
    pub evidence: Evidence,
}

/// A requirement as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementRecord {
    /// Where it is written.
    pub document: Document,
    /// The section.
    pub section: String,
    /// How strongly it is demanded.
    pub level: Level,
    /// What is demanded, in our own words.
    pub demand: String,
    /// Where a reader finds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl RequirementRecord {
    /// The citation as a reader sees it, such as `RFC 7644, 3.5.2 (MUST)`.
    pub fn citation(&self) -> String {
        citation(self.document, &self.section, self.level)
    }
}

impl From<&Requirement> for RequirementRecord {
    fn from(requirement: &Requirement) -> Self {
        Self {
            document: requirement.document,
            section: requirement.section.to_owned(),
            level: requirement.level,
            demand: requirement.demand.to_owned(),
            link: requirement.document.link(requirement.section),
        }
    }
}

/// Why a check did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FindingRecord {
    /// The requirement is broken.
    Broken {
        /// What was wanted.
        expected: String,
        /// What was seen.
        actual: String,
        /// How to mend it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fix: Option<String>,
        /// The deciding request as a `curl` line, secrets left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        curl: Option<String>,
    },
    /// Not reached, not verified, not offered, or crashed: the verdict says which.
    Reason {
        /// Why.
        why: String,
    },
}

/// A plan's reason to accept a failure for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiver {
    /// Why.
    pub reason: String,
    /// The last day on which it holds, as `YYYY-MM-DD`.
    pub expires: String,
}

impl CheckResult {
    /// The result of a row of the catalogue.
    pub fn of_check(
        check: &Check,
        group: &str,
        profile: Profile,
        outcome: &Result<(), Finding>,
        evidence: Evidence,
        times: (Timestamp, Timestamp),
        redactor: &Redactor,
    ) -> Self {
        let weight = Weight::of(&check.requirement, profile);
        let outcome = &outcome.clone().map_err(|finding| finding.under(profile, weight));
        let mut result = Self {
            id: check.id.to_owned(),
            group: group.to_owned(),
            title: check.title.to_owned(),
            requirement: RequirementRecord::from(&check.requirement),
            weight,
            verdict: Verdict::grade(outcome, weight),
            finding: outcome
                .as_ref()
                .err()
                .map(|finding| FindingRecord::of(finding, Some(check.fix), &evidence, redactor)),
            started: times.0,
            finished: times.1,
            valid_until: times.1,
            waiver: None,
            evidence,
        };
        result.set_validity();
        result
    }

    /// Counts the validity from the moment the check finished.
    pub fn set_validity(&mut self) {
        self.valid_until =
            self.finished.checked_add(SignedDuration::from_hours(VALIDITY_HOURS)).unwrap_or(Timestamp::MAX);
    }
}

impl FindingRecord {
    /// A finding as it is kept, beside the request that decided it.
    pub fn of(finding: &Finding, fix: Option<&str>, evidence: &Evidence, redactor: &Redactor) -> Self {
        match finding {
            Finding::Broken { expected, actual } => Self::Broken {
                expected: redactor.line(expected),
                actual: redactor.line(actual),
                fix: fix.map(str::to_owned),
                curl: evidence.deciding().map(|exchange| crate::curl::curl_line(&exchange.request)),
            },
            Finding::Blocked { why }
            | Finding::NotVerified { why }
            | Finding::NotOffered { what: why }
            | Finding::NotApplicable { why }
            | Finding::NotConfigured { what: why } => Self::Reason { why: redactor.line(why) },
        }
    }
}
