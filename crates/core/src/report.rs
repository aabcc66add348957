//! The truth about a run: folded from events, written as JSON, rendered into everything else.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::event::Event;
use crate::evidence::Evidence;
use crate::finding::Finding;
use crate::profile::{Profile, Weight};
use crate::redaction::Redactor;
use crate::requirement::{Document, Level, Requirement};
use crate::seed::{RunId, Seed};
use crate::summary::{Outcome, Summary};
use crate::verdict::Verdict;

/// The version of the report's shape. It grows by one when a reader of the last one would break.
pub const SCHEMA_VERSION: u32 = 1;

/// How long a result may be handed in, in hours, counted from the moment the check finished.
pub const VALIDITY_HOURS: i64 = 48;

/// The truth about a run. Every other format is rendered from it and from nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The version of this shape.
    pub schema_version: u32,
    /// What was run, how, and against what.
    pub run: RunHeader,
    /// When the run ended; absent for a run that was killed.
    pub finished: Option<Timestamp>,
    /// Until when the earliest of the results may be handed in; absent where nothing was judged.
    pub valid_until: Option<Timestamp>,
    /// Whether a person or a signal ended it early.
    pub interrupted: bool,
    /// How many fields had to be withheld because they would have shown a secret.
    pub withheld: usize,
    /// How the run came out.
    pub outcome: Outcome,
    /// Counts.
    pub summary: Summary,
    /// What a reader has to know about the run.
    pub notes: Vec<Note>,
    /// What the run created and could not remove.
    pub leftovers: Vec<Leftover>,
    /// The results, by group.
    pub groups: Vec<GroupResult>,
}

/// What was run, how, and against what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunHeader {
    /// The run's id; what it created carries it.
    pub id: RunId,
    /// The program.
    pub tool: Tool,
    /// What was chosen to run.
    pub plan: PlanRecord,
    /// Whose demands count.
    pub profile: Profile,
    /// Repeats the choices of values.
    pub seed: Seed,
    /// What was tested.
    pub target: TargetRecord,
    /// Where it ran.
    pub environment: Environment,
    /// When it began.
    pub started: Timestamp,
    /// How many checks were planned.
    pub planned: usize,
}

/// The program that ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What was chosen to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanRecord {
    /// The plan's or the suite's name.
    pub name: String,
    /// The file it came from, if it came from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// SHA-256 of the file or of the selection, so that a reviewer sees that it is unmodified.
    pub sha256: String,
}

/// What was tested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TargetRecord {
    /// The app's name.
    pub name: String,
    /// Its base URL.
    pub url: String,
    /// A hash of the configuration that the results are valid for, secrets excluded.
    pub fingerprint: String,
}

/// Where a run took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Environment {
    /// The operating system.
    pub os: String,
    /// The processor architecture.
    pub arch: String,
    /// Whether it was a CI job.
    pub ci: bool,
}

/// Something that a reader has to know about a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// How much it matters.
    pub kind: NoteKind,
    /// The sentence.
    pub text: String,
}

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// Good to know.
    Information,
    /// Something to mend.
    Warning,
}

/// Something that the run created and could not remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Leftover {
    /// What it is.
    pub label: String,
    /// Why it is still there.
    pub why: String,
}

/// What a group is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GroupHeader {
    /// The group's id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The suite it belongs to.
    pub suite: String,
}

/// The results of one group; in a Runscope suite, of one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupResult {
    /// What it is.
    #[serde(flatten)]
    pub header: GroupHeader,
    /// Evidence that belongs to all of its checks.
    #[serde(default)]
    pub evidence: Evidence,
    /// The results, in the order of the table.
    pub checks: Vec<CheckResult>,
}

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
        let section = if self.section.is_empty() { String::new() } else { format!(", {}", self.section) };
        format!("{}{section} ({})", self.document.name(), self.level.name())
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
                expected: redactor.text(expected),
                actual: redactor.text(actual),
                fix: fix.map(str::to_owned),
                curl: evidence.deciding().map(|exchange| crate::curl::curl_line(&exchange.request)),
            },
            Finding::Blocked { why }
            | Finding::NotVerified { why }
            | Finding::NotOffered { what: why }
            | Finding::NotConfigured { what: why } => Self::Reason { why: redactor.text(why) },
        }
    }
}

impl Report {
    /// Folds the events of a run, also of one that was killed: what was measured until then counts.
    ///
    /// Without a `RunStarted` there is no run to report.
    pub fn from_events(events: impl IntoIterator<Item = Event>) -> Option<Self> {
        let mut events = events.into_iter();
        let run = events.find_map(|event| match event {
            Event::RunStarted(run) => Some(*run),
            _ => None,
        })?;
        let mut report = Self {
            schema_version: SCHEMA_VERSION,
            run,
            finished: None,
            valid_until: None,
            interrupted: false,
            withheld: 0,
            outcome: Outcome::Nothing,
            summary: Summary::default(),
            notes: Vec::new(),
            leftovers: Vec::new(),
            groups: Vec::new(),
        };
        for event in events {
            report.apply(event);
        }
        report.conclude();
        Some(report)
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::RunStarted(_) | Event::CheckStarted { .. } => {}
            Event::GroupStarted(header) => {
                self.groups.push(GroupResult { header, evidence: Evidence::default(), checks: Vec::new() });
            }
            Event::CheckFinished(check) => {
                if let Some(group) = self.group_mut(&check.group.clone()) {
                    group.checks.push(*check);
                }
            }
            Event::GroupFinished { id, evidence } => {
                if let Some(group) = self.group_mut(&id) {
                    group.evidence = evidence;
                }
            }
            Event::Noted(note) => self.notes.push(note),
            Event::LeftBehind(leftover) => self.leftovers.push(leftover),
            Event::RunFinished { finished, interrupted, withheld } => {
                self.finished = Some(finished);
                self.interrupted = interrupted;
                self.withheld = withheld;
            }
        }
    }

    fn group_mut(&mut self, id: &str) -> Option<&mut GroupResult> {
        self.groups.iter_mut().rev().find(|group| group.header.id == id)
    }

    /// Computes what follows from the results: counts, outcome, validity.
    pub fn conclude(&mut self) {
        self.summary = Summary::of(self);
        self.valid_until =
            self.checks().filter(|check| check.verdict.is_judgement()).map(|check| check.valid_until).min();
        self.outcome = Outcome::of(self);
    }

    /// All results, in order.
    pub fn checks(&self) -> impl Iterator<Item = &CheckResult> {
        self.groups.iter().flat_map(|group| &group.checks)
    }
}
