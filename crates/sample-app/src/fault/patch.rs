//! The faults of PATCH: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of PATCH.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PatchFault {
    /// A PATCH operation without a path is answered 200 and does nothing.
    PathlessPatchIgnored,
    /// Replacing one part of a complex attribute drops its other parts.
    PatchClearsSiblings,
    /// A PATCH `op` that is not in lower case answers 400.
    CapitalisedOpRefused,
    /// An unknown PATCH `op` is skipped and answered 200.
    UnknownOpAccepted,
    /// The operations before the one that fails stay applied.
    PatchNotAtomic,
    /// PATCH of an unknown id answers 500.
    PatchUnknownAnswers500,
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Patch(PatchFault::PathlessPatchIgnored),
        id: "pathless-patch-ignored",
        says: "A PATCH operation without a path is answered 200 and does nothing.",
        breaks: &["scim.patch.pathless-replace-deactivates", "scim.group.rename-without-path"],
        blocks: &["scim.group.rename-keeps-members"],
    },
    Row {
        fault: Fault::Patch(PatchFault::PatchClearsSiblings),
        id: "patch-clears-siblings",
        says: "Replacing one part of a complex attribute drops its other parts.",
        breaks: &["scim.patch.replace-by-path-changes-that-attribute"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::CapitalisedOpRefused),
        id: "capitalised-op-refused",
        says: "A PATCH `op` that is not in lower case answers 400.",
        breaks: &["scim.patch.op-ignores-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::UnknownOpAccepted),
        id: "unknown-op-accepted",
        says: "An unknown PATCH `op` is skipped and answered 200.",
        breaks: &["scim.patch.unknown-op-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::PatchNotAtomic),
        id: "patch-not-atomic",
        says: "The operations before the one that fails stay applied.",
        breaks: &["scim.patch.failed-patch-changes-nothing"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::PatchUnknownAnswers500),
        id: "patch-unknown-answers-500",
        says: "PATCH of an unknown id answers 500.",
        breaks: &["scim.patch.unknown-id-is-404", "scim.delete.modifying-a-deleted-user-is-404"],
        blocks: &[],
    },
];
