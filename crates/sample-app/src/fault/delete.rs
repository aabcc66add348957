//! The faults of DELETE: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of DELETE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeleteFault {
    /// A DELETE that worked answers 200 with a body.
    DeleteAnswers200,
    /// GET by id still answers 200 after a DELETE.
    DeletedStillReadable,
    /// DELETE of an unknown id answers 204.
    DeleteUnknownAnswers204,
    /// Deleted users are still found by filters.
    DeletedStillListed,
    /// PUT of a deleted user answers 200.
    PutReachesDeleted,
    /// PATCH of a deleted user answers 200.
    PatchReachesDeleted,
    /// The userName of a deleted user stays taken.
    DeletedNameStaysTaken,
    /// The id of a user is made from its userName.
    IdsFromNames,
}

impl From<DeleteFault> for Fault {
    fn from(fault: DeleteFault) -> Self {
        Self::Delete(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Delete(DeleteFault::DeleteAnswers200),
        id: "delete-answers-200",
        says: "A DELETE that worked answers 200 with a body.",
        breaks: &["scim.delete.answers-204", "scim.group.delete-answers-204"],
        blocks: &[],
    },
    Row {
        fault: Fault::Delete(DeleteFault::DeletedStillReadable),
        id: "deleted-still-readable",
        says: "GET by id still answers 200 after a DELETE.",
        breaks: &["scim.delete.deleted-user-is-gone", "scim.group.deleted-group-is-gone"],
        blocks: &[],
    },
    Row {
        fault: Fault::Delete(DeleteFault::DeleteUnknownAnswers204),
        id: "delete-unknown-answers-204",
        says: "DELETE of an unknown id answers 204.",
        breaks: &["scim.delete.deleted-twice-is-404", "scim.delete.unknown-id-is-404"],
        blocks: &[
            "scim.bulk.failure-has-an-error",
            "scim.bulk.failure-stops-nobody",
            "scim.bulk.fail-on-errors-stops",
        ],
    },
    Row {
        fault: Fault::Delete(DeleteFault::DeletedStillListed),
        id: "deleted-still-listed",
        says: "Deleted users are still found by filters.",
        breaks: &["scim.delete.deleted-user-is-not-found-by-a-filter"],
        blocks: &[],
    },
    Row {
        fault: Fault::Delete(DeleteFault::PutReachesDeleted),
        id: "put-reaches-deleted",
        says: "PUT of a deleted user answers 200.",
        breaks: &["scim.delete.replacing-a-deleted-user-is-404"],
        blocks: &[],
    },
    Row {
        fault: Fault::Delete(DeleteFault::PatchReachesDeleted),
        id: "patch-reaches-deleted",
        says: "PATCH of a deleted user answers 200.",
        breaks: &["scim.delete.modifying-a-deleted-user-is-404"],
        blocks: &[],
    },
    Row {
        fault: Fault::Delete(DeleteFault::DeletedNameStaysTaken),
        id: "deleted-name-stays-taken",
        says: "The userName of a deleted user stays taken.",
        breaks: &["scim.delete.user-name-is-free-again"],
        blocks: &["scim.delete.id-is-not-given-again"],
    },
    Row {
        fault: Fault::Delete(DeleteFault::IdsFromNames),
        id: "ids-from-names",
        says: "The id of a user is made from its userName.",
        breaks: &["scim.delete.id-is-not-given-again"],
        blocks: &[],
    },
];
