//! The faults of changes at the same moment: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of changes at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConcurrencyFault {
    /// PATCH writes back what it read before others were done.
    UpdatesLost,
    /// PATCH answers 500 when another one was faster.
    ConflictAnswers500,
}

impl From<ConcurrencyFault> for Fault {
    fn from(fault: ConcurrencyFault) -> Self {
        Self::Concurrency(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Concurrency(ConcurrencyFault::UpdatesLost),
        id: "updates-lost",
        says: "PATCH writes back what it read before others were done.",
        breaks: &["scim.at-once.different-attributes-are-all-kept"],
        blocks: &[],
    },
    Row {
        fault: Fault::Concurrency(ConcurrencyFault::ConflictAnswers500),
        id: "conflict-answers-500",
        says: "PATCH answers 500 when another one was faster.",
        breaks: &["scim.at-once.no-change-ends-in-a-failure"],
        blocks: &[],
    },
];
