//! What a run says while it goes on. A report is folded from these and from nothing else.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::evidence::Evidence;
use crate::offer::Offer;
use crate::report::{GroupHeader, Leftover, Note, RunHeader};
use crate::result::CheckResult;

/// What a run says while it goes on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The first event: what is going to happen.
    RunStarted(Box<RunHeader>),
    /// What a suite's target offers is known.
    Discovered(Box<Offer>),
    /// A group begins. Groups run side by side.
    GroupStarted(GroupHeader),
    /// A check begins.
    CheckStarted {
        /// Its group.
        group: String,
        /// The check.
        id: String,
    },
    /// A check has its verdict.
    CheckFinished(Box<CheckResult>),
    /// A group ends, with the evidence that belongs to all of its checks.
    GroupFinished {
        /// The group.
        id: String,
        /// Evidence that no single check owns.
        evidence: Evidence,
    },
    /// Something a reader has to know about the run.
    Noted(Note),
    /// Something that the run created is still there.
    LeftBehind(Leftover),
    /// The last event. A journal without it belongs to a run that was killed.
    RunFinished {
        /// When.
        finished: Timestamp,
        /// Whether a person or a signal ended it early.
        interrupted: bool,
        /// How many fields had to be withheld because they would have shown a secret.
        withheld: usize,
    },
}
