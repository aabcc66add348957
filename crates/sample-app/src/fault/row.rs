//! What the tables of faults are made of.

use super::Fault;

/// What is known about one fault.
pub(super) struct Row {
    pub(super) fault: Fault,
    pub(super) id: &'static str,
    pub(super) says: &'static str,
    /// Checks that must fail.
    pub(super) breaks: &'static [&'static str],
    /// Checks that this leaves out of reach.
    pub(super) blocks: &'static [&'static str],
}
