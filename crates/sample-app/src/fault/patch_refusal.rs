//! The faults of what PATCH must refuse: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of what PATCH must refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalFault {
    /// PATCH without `schemas` is accepted.
    PatchSchemasNotRead,
    /// PATCH without `Operations` answers 200.
    NoOperationsAccepted,
    /// PATCH answers 500 where `Operations` is a text.
    OperationsTextAnswers500,
    /// PATCH answers 500 where an operation is null.
    NullOperationAnswers500,
    /// An add without a value is answered 200.
    AddWithoutValueAccepted,
    /// A remove without a path is answered 200.
    RemoveWithoutPathAccepted,
    /// A remove without a path is refused as invalid syntax.
    RemoveWithoutPathSaysSyntax,
    /// Removing the userName is answered 200.
    RequiredRemovalAccepted,
    /// Removing the userName is refused as an invalid value.
    RequiredRemovalSaysValue,
    /// Replacing the id is answered 200.
    IdChangeIgnored,
    /// Replacing the id is refused as an invalid path.
    IdChangeSaysPath,
    /// Replacing the moment of creation changes it.
    MetaChangeAccepted,
    /// Writing the groups of a user is answered 200.
    GroupsChangeIgnored,
    /// An operation with a malformed path is answered 200 and skipped.
    MalformedPathIgnored,
    /// A malformed path is refused as invalid syntax.
    MalformedPathSaysSyntax,
    /// An operation on an unknown attribute is answered 200 and skipped.
    UnknownPathIgnored,
    /// PATCH with a value of the wrong type is answered 200 and skipped.
    WrongTypeSkipped,
    /// Any text that PATCH gets for `active` means true.
    TextIsTrue,
    /// A user can be renamed to a userName that is taken.
    RenameTakesName,
}

impl From<RefusalFault> for Fault {
    fn from(fault: RefusalFault) -> Self {
        Self::Refusal(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Refusal(RefusalFault::PatchSchemasNotRead),
        id: "patch-schemas-not-read",
        says: "PATCH without `schemas` is accepted.",
        breaks: &["scim.patch-refusals.missing-schemas"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::NoOperationsAccepted),
        id: "no-operations-accepted",
        says: "PATCH without `Operations` answers 200.",
        breaks: &["scim.patch-refusals.missing-operations"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::OperationsTextAnswers500),
        id: "operations-text-answers-500",
        says: "PATCH answers 500 where `Operations` is a text.",
        breaks: &["scim.patch-refusals.operations-are-no-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::NullOperationAnswers500),
        id: "null-operation-answers-500",
        says: "PATCH answers 500 where an operation is null.",
        breaks: &["scim.patch-refusals.operation-is-no-object"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::AddWithoutValueAccepted),
        id: "add-without-value-accepted",
        says: "An add without a value is answered 200.",
        breaks: &["scim.patch-refusals.add-without-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::RemoveWithoutPathAccepted),
        id: "remove-without-path-accepted",
        says: "A remove without a path is answered 200.",
        breaks: &["scim.patch-refusals.remove-without-path"],
        blocks: &["scim.patch-refusals.remove-without-path-says-no-target"],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::RemoveWithoutPathSaysSyntax),
        id: "remove-without-path-says-syntax",
        says: "A remove without a path is refused as invalid syntax.",
        breaks: &["scim.patch-refusals.remove-without-path-says-no-target"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::RequiredRemovalAccepted),
        id: "required-removal-accepted",
        says: "Removing the userName is answered 200.",
        breaks: &["scim.patch-refusals.required-attribute-stays"],
        blocks: &["scim.patch-refusals.required-attribute-says-mutability"],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::RequiredRemovalSaysValue),
        id: "required-removal-says-value",
        says: "Removing the userName is refused as an invalid value.",
        breaks: &["scim.patch-refusals.required-attribute-says-mutability"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::IdChangeIgnored),
        id: "id-change-ignored",
        says: "Replacing the id is answered 200.",
        breaks: &["scim.patch-refusals.id-is-read-only"],
        blocks: &["scim.patch-refusals.read-only-attribute-says-mutability"],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::IdChangeSaysPath),
        id: "id-change-says-path",
        says: "Replacing the id is refused as an invalid path.",
        breaks: &["scim.patch-refusals.read-only-attribute-says-mutability"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::MetaChangeAccepted),
        id: "meta-change-accepted",
        says: "Replacing the moment of creation changes it.",
        breaks: &["scim.patch-refusals.meta-is-read-only"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::GroupsChangeIgnored),
        id: "groups-change-ignored",
        says: "Writing the groups of a user is answered 200.",
        breaks: &["scim.patch-refusals.groups-are-read-only"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::MalformedPathIgnored),
        id: "malformed-path-ignored",
        says: "An operation with a malformed path is answered 200 and skipped.",
        breaks: &["scim.patch-refusals.malformed-path"],
        blocks: &["scim.patch-refusals.malformed-path-says-invalid-path"],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::MalformedPathSaysSyntax),
        id: "malformed-path-says-syntax",
        says: "A malformed path is refused as invalid syntax.",
        breaks: &["scim.patch-refusals.malformed-path-says-invalid-path"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::UnknownPathIgnored),
        id: "unknown-path-ignored",
        says: "An operation on an unknown attribute is answered 200 and skipped.",
        breaks: &["scim.patch-refusals.unknown-attribute"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::WrongTypeSkipped),
        id: "wrong-type-skipped",
        says: "PATCH with a value of the wrong type is answered 200 and skipped.",
        breaks: &["scim.patch-refusals.wrong-type"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::TextIsTrue),
        id: "text-is-true",
        says: "Any text that PATCH gets for `active` means true.",
        breaks: &["scim.patch-refusals.text-for-active-is-not-turned-round"],
        blocks: &[],
    },
    Row {
        fault: Fault::Refusal(RefusalFault::RenameTakesName),
        id: "rename-takes-name",
        says: "A user can be renamed to a userName that is taken.",
        breaks: &["scim.patch-refusals.taken-user-name", "scim.replace-limits.taken-user-name-is-refused"],
        blocks: &[
            "scim.patch-refusals.taken-user-name-says-uniqueness",
            "scim.replace-limits.taken-user-name-says-uniqueness",
        ],
    },
];
