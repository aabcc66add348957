//! The truth about a run: folded from events, written as JSON, rendered into everything else.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::evidence::Evidence;
use crate::offer::Offer;
use crate::profile::Profile;
use crate::redaction::Redactor;
use crate::result::CheckResult;
use crate::seed::{RunId, Seed};
use crate::summary::{Outcome, Summary};

/// The version of the report's shape. It grows by one when a reader of the last one would break.
pub const SCHEMA_VERSION: u32 = 1;

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
    /// What each suite's target offers, and which checks show whether it keeps that.
    #[serde(default)]
    pub offers: Vec<Offer>,
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

impl Leftover {
    /// What is kept of it, without what is secret in it.
    pub fn record(label: &str, why: &str, redactor: &Redactor) -> Self {
        Self { label: redactor.line(label), why: redactor.line(why) }
    }
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
            offers: Vec::new(),
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
            Event::Discovered(offer) => self.offers.push(*offer),
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
