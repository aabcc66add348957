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
    /// PATCH answers 200 without a body.
    PatchAnswersWithoutBody,
    /// PATCH answers with the user as it was before.
    PatchAnswersOldUser,
    /// PATCH answers 204 even where `attributes` asks for a body.
    PatchAlwaysAnswers204,
    /// The operations of a PATCH are applied from the last to the first.
    OperationsReversed,
    /// Each operation of a PATCH is applied to the resource as it was before the first.
    OperationsForgetEachOther,
    /// PATCH leaves `meta.lastModified` as it was.
    PatchKeepsLastModified,
    /// `meta.created` is the moment of the latest change.
    CreatedMoves,
    /// A renamed user is found under the old name only.
    StaleNameIndex,
    /// PATCH refuses to replace a plain attribute that has no value.
    ReplaceUnsetRefused,
    /// PATCH adds the new values of a list to the old ones instead of replacing them.
    ReplaceAppends,
    /// Replacing a part of one element changes it in all of them.
    PathFilterIgnored,
    /// Replacing an element that a filter selects is answered 200 and does nothing.
    ElementReplaceIgnored,
    /// Replacing an element that no filter finds is answered 200.
    NoMatchAccepted,
    /// Replacing an element that no filter finds is refused as an invalid path.
    NoMatchSaysInvalidPath,
    /// Replacing a complex attribute drops the parts that were not sent.
    ObjectReplacesComplex,
    /// Only the first attribute of a path-less value is replaced.
    PathlessTakesFirst,
    /// PATCH does not set `active` to true again.
    PatchNeverReactivates,
    /// PATCH refuses null as a value.
    NullRefused,
    /// PATCH with an empty list is answered 200 and does nothing.
    EmptyListIgnored,
    /// PATCH leaves an `externalId` that is set as it is.
    ExternalIdFixed,
    /// PATCH with a password answers 400.
    PatchRefusesPassword,
    /// PATCH answers with the password that it was sent.
    PatchShowsPassword,
    /// Removing an attribute with one value is answered 200 and does nothing.
    RemoveIgnored,
    /// Removing a list without a filter removes its first value only.
    RemoveTakesFirst,
    /// Removing an element that a filter selects removes all of them.
    RemoveIgnoresFilter,
    /// Removing the last element of a list leaves an empty one.
    RemoveLeavesEmptyElement,
    /// Removing a part of a complex attribute removes all of it.
    RemovePartTakesWhole,
    /// Removing a part of an element removes the whole element.
    RemovePartTakesElement,
}

impl From<PatchFault> for Fault {
    fn from(fault: PatchFault) -> Self {
        Self::Patch(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Patch(PatchFault::PathlessPatchIgnored),
        id: "pathless-patch-ignored",
        says: "A PATCH operation without a path is answered 200 and does nothing.",
        breaks: &[
            "scim.patch.pathless-replace-deactivates",
            "scim.group.rename-without-path",
            "scim.patch-add.pathless-sets-attributes",
            "scim.patch-replace.pathless-changes-every-attribute",
            "scim.patch-replace.pathless-reactivates",
        ],
        blocks: &[
            "scim.group.rename-keeps-members",
            "scim.patch-add.pathless-keeps-the-other-values",
            "scim.patch-paths.full-name-as-a-key",
            "scim.patch-paths.dotted-key-is-understood",
            "scim.patch-paths.extension-object-without-a-path",
        ],
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
    Row {
        fault: Fault::Patch(PatchFault::PatchAnswersWithoutBody),
        id: "patch-answers-without-body",
        says: "PATCH answers 200 without a body.",
        breaks: &[
            "scim.patch-whole.answers-200-with-the-user-or-204",
            "scim.patch-whole.attributes-bring-a-body",
        ],
        blocks: &["scim.partial.patch-shows-only-what-was-asked-for"],
    },
    Row {
        fault: Fault::Patch(PatchFault::PatchAnswersOldUser),
        id: "patch-answers-old-user",
        says: "PATCH answers with the user as it was before.",
        breaks: &["scim.patch-whole.answer-shows-what-a-read-shows"],
        blocks: &["scim.uniqueness.deactivated-user-is-not-taken-over"],
    },
    Row {
        fault: Fault::Patch(PatchFault::PatchAlwaysAnswers204),
        id: "patch-always-answers-204",
        says: "PATCH answers 204 even where `attributes` asks for a body.",
        breaks: &["scim.patch-whole.attributes-bring-a-body"],
        blocks: &["scim.partial.patch-shows-only-what-was-asked-for"],
    },
    Row {
        fault: Fault::Patch(PatchFault::OperationsReversed),
        id: "operations-reversed",
        says: "The operations of a PATCH are applied from the last to the first.",
        breaks: &["scim.patch-whole.operations-are-applied-in-order"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::OperationsForgetEachOther),
        id: "operations-forget-each-other",
        says: "Each operation of a PATCH is applied to the resource as it was before the first.",
        breaks: &["scim.patch-whole.every-operation-is-applied"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::PatchKeepsLastModified),
        id: "patch-keeps-last-modified",
        says: "PATCH leaves `meta.lastModified` as it was.",
        breaks: &["scim.patch-whole.last-modified-advances"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::CreatedMoves),
        id: "created-moves",
        says: "`meta.created` is the moment of the latest change.",
        breaks: &["scim.patch-whole.created-is-kept", "scim.replace-limits.created-is-kept"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::StaleNameIndex),
        id: "stale-name-index",
        says: "A renamed user is found under the old name only.",
        breaks: &["scim.patch-whole.new-user-name-is-found", "scim.patch-whole.old-user-name-is-free"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::ReplaceUnsetRefused),
        id: "replace-unset-refused",
        says: "PATCH refuses to replace a plain attribute that has no value.",
        breaks: &["scim.patch-replace.sets-what-has-no-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::ReplaceAppends),
        id: "replace-appends",
        says: "PATCH adds the new values of a list to the old ones instead of replacing them.",
        breaks: &["scim.patch-replace.exchanges-every-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::PathFilterIgnored),
        id: "path-filter-ignored",
        says: "Replacing a part of one element changes it in all of them.",
        breaks: &["scim.patch-replace.value-path-changes-only-the-match"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::ElementReplaceIgnored),
        id: "element-replace-ignored",
        says: "Replacing an element that a filter selects is answered 200 and does nothing.",
        breaks: &["scim.patch-replace.value-path-replaces-the-element"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::NoMatchAccepted),
        id: "no-match-accepted",
        says: "Replacing an element that no filter finds is answered 200.",
        breaks: &["scim.patch-replace.no-match-is-refused"],
        blocks: &["scim.patch-replace.no-match-says-no-target"],
    },
    Row {
        fault: Fault::Patch(PatchFault::NoMatchSaysInvalidPath),
        id: "no-match-says-invalid-path",
        says: "Replacing an element that no filter finds is refused as an invalid path.",
        breaks: &["scim.patch-replace.no-match-says-no-target"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::ObjectReplacesComplex),
        id: "object-replaces-complex",
        says: "Replacing a complex attribute drops the parts that were not sent.",
        breaks: &["scim.patch-replace.object-keeps-the-other-parts"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::PathlessTakesFirst),
        id: "pathless-takes-first",
        says: "Only the first attribute of a path-less value is replaced.",
        breaks: &["scim.patch-replace.pathless-changes-every-attribute"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::PatchNeverReactivates),
        id: "patch-never-reactivates",
        says: "PATCH does not set `active` to true again.",
        breaks: &["scim.patch-replace.pathless-reactivates"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::NullRefused),
        id: "null-refused",
        says: "PATCH refuses null as a value.",
        breaks: &["scim.patch-replace.null-clears"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::EmptyListIgnored),
        id: "empty-list-ignored",
        says: "PATCH with an empty list is answered 200 and does nothing.",
        breaks: &["scim.patch-replace.empty-list-clears"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::ExternalIdFixed),
        id: "external-id-fixed",
        says: "PATCH leaves an `externalId` that is set as it is.",
        breaks: &["scim.patch-replace.external-id-changes"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::PatchRefusesPassword),
        id: "patch-refuses-password",
        says: "PATCH with a password answers 400.",
        breaks: &["scim.patch-replace.password-is-accepted"],
        blocks: &["scim.patch-replace.password-is-never-returned"],
    },
    Row {
        fault: Fault::Patch(PatchFault::PatchShowsPassword),
        id: "patch-shows-password",
        says: "PATCH answers with the password that it was sent.",
        breaks: &["scim.patch-replace.password-is-never-returned"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::RemoveIgnored),
        id: "remove-ignored",
        says: "Removing an attribute with one value is answered 200 and does nothing.",
        breaks: &["scim.patch-remove.clears-a-single-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::RemoveTakesFirst),
        id: "remove-takes-first",
        says: "Removing a list without a filter removes its first value only.",
        breaks: &["scim.patch-remove.clears-every-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::RemoveIgnoresFilter),
        id: "remove-ignores-filter",
        says: "Removing an element that a filter selects removes all of them.",
        breaks: &["scim.patch-remove.filter-removes-only-the-match"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::RemoveLeavesEmptyElement),
        id: "remove-leaves-empty-element",
        says: "Removing the last element of a list leaves an empty one.",
        breaks: &["scim.patch-remove.last-match-leaves-nothing"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::RemovePartTakesWhole),
        id: "remove-part-takes-whole",
        says: "Removing a part of a complex attribute removes all of it.",
        breaks: &["scim.patch-remove.part-of-a-complex-attribute"],
        blocks: &[],
    },
    Row {
        fault: Fault::Patch(PatchFault::RemovePartTakesElement),
        id: "remove-part-takes-element",
        says: "Removing a part of an element removes the whole element.",
        breaks: &["scim.patch-remove.part-of-an-element"],
        blocks: &[],
    },
];
