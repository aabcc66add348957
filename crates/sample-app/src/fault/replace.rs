//! The faults of PUT: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of PUT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReplaceFault {
    /// PUT answers 200 with the new values and does not store them.
    ReplaceForgets,
    /// PUT with `id`, `meta` or `groups` in the body answers 400.
    ReplaceRefusesReadOnly,
    /// PUT of an unknown id makes a user of that id.
    ReplaceCreates,
    /// PUT leaves `active` as it was.
    ReplaceIgnoresActive,
    /// PUT answers 204.
    ReplaceAnswers204,
    /// PUT answers with the user as it was before.
    ReplaceAnswersOldUser,
    /// PUT adds the new values of a list to the old ones.
    ReplaceMergesLists,
    /// PUT leaves an attribute that is null in the body as it was.
    ReplaceIgnoresNull,
    /// PUT leaves an attribute that is an empty list in the body as it was.
    ReplaceIgnoresEmptyList,
    /// PUT leaves `userName` as it was.
    ReplaceKeepsUserName,
    /// PUT leaves extensions as they were.
    ReplaceKeepsExtension,
    /// PUT leaves an empty object of an extension that was left out.
    ReplaceLeavesEmptyExtension,
    /// PUT with `meta.lastModified` in the body is answered 200 and not stored.
    ReplaceForgetsEchoes,
    /// PUT does not set `active` to true again.
    ReplaceNeverReactivates,
    /// PUT with a password answers 400.
    ReplaceRefusesPassword,
    /// PUT answers with the password that it was sent.
    ReplaceShowsPassword,
    /// PUT takes the id from the body.
    ReplaceTakesId,
    /// PUT takes `meta.created` from the body.
    ReplaceStoresCreated,
    /// PUT takes `groups` from the body.
    ReplaceStoresGroups,
    /// PUT leaves `meta.lastModified` as it was.
    ReplaceKeepsLastModified,
    /// PUT adds values to a list that has them already.
    ReplaceDoubles,
    /// PUT without `userName` is accepted.
    ReplaceWithoutNameAccepted,
    /// PUT skips values of the wrong type.
    ReplaceSkipsWrongTypes,
}

impl From<ReplaceFault> for Fault {
    fn from(fault: ReplaceFault) -> Self {
        Self::Replace(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceForgets),
        id: "replace-forgets",
        says: "PUT answers 200 with the new values and does not store them.",
        breaks: &[
            "scim.replace.new-values-are-kept",
            "scim.replace.deactivates",
            "scim.group.put-replaces-members",
            "scim.group.put-empty-list-empties",
            "scim.group.put-renames",
        ],
        blocks: &[
            "scim.http.text-is-utf-8",
            "scim.http.markup-is-data",
            "scim.enterprise.replacing-changes-them",
            "scim.replace-limits.created-is-kept",
            "scim.replace-limits.last-modified-advances",
            "scim.replace-limits.missing-user-name-is-refused",
            "scim.replace-limits.other-id-changes-nothing",
            "scim.replace-limits.same-body-twice-is-the-same-user",
            "scim.replace-limits.taken-user-name-is-refused",
            "scim.replace-limits.taken-user-name-says-uniqueness",
            "scim.replace-limits.wrong-type-is-refused",
            "scim.replace-values.answer-shows-what-a-read-shows",
            "scim.replace-values.empty-extension-leaves-the-schemas",
            "scim.replace-values.empty-list-clears",
            "scim.replace-values.exchanges-every-value",
            "scim.replace-values.extension-is-replaced",
            "scim.replace-values.null-clears",
            "scim.replace-values.reactivates",
            "scim.replace-values.user-name-changes",
            "scim.bulk.put-is-carried-out",
            "scim.entitlement.put-gives-an-entitlement",
            "scim.entitlement.put-gives-a-role",
            "scim.replace-values.own-representation-with-changes-is-kept",
        ],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceRefusesReadOnly),
        id: "replace-refuses-read-only",
        says: "PUT with `id`, `meta` or `groups` in the body answers 400.",
        breaks: &[
            "scim.replace.own-representation-is-accepted",
            "scim.group.own-representation-is-accepted",
            "scim.replace-limits.sent-groups-are-ignored",
            "scim.replace-limits.sent-meta-is-ignored",
        ],
        blocks: &["scim.replace-values.own-representation-with-changes-is-kept"],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceCreates),
        id: "replace-creates",
        says: "PUT of an unknown id makes a user of that id.",
        breaks: &["scim.replace.unknown-id-is-404", "scim.delete.replacing-a-deleted-user-is-404"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceIgnoresActive),
        id: "replace-ignores-active",
        says: "PUT leaves `active` as it was.",
        breaks: &["scim.replace.deactivates"],
        blocks: &["scim.replace-values.reactivates"],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceAnswers204),
        id: "replace-answers-204",
        says: "PUT answers 204.",
        breaks: &["scim.replace-values.answers-200-with-the-user"],
        blocks: &["scim.partial.replace-shows-only-what-was-asked-for"],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceAnswersOldUser),
        id: "replace-answers-old-user",
        says: "PUT answers with the user as it was before.",
        breaks: &["scim.replace-values.answer-shows-what-a-read-shows"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceMergesLists),
        id: "replace-merges-lists",
        says: "PUT adds the new values of a list to the old ones.",
        breaks: &["scim.replace-values.exchanges-every-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceIgnoresNull),
        id: "replace-ignores-null",
        says: "PUT leaves an attribute that is null in the body as it was.",
        breaks: &["scim.replace-values.null-clears"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceIgnoresEmptyList),
        id: "replace-ignores-empty-list",
        says: "PUT leaves an attribute that is an empty list in the body as it was.",
        breaks: &["scim.replace-values.empty-list-clears"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceKeepsUserName),
        id: "replace-keeps-user-name",
        says: "PUT leaves `userName` as it was.",
        breaks: &["scim.replace-values.user-name-changes"],
        blocks: &[
            "scim.replace-limits.taken-user-name-is-refused",
            "scim.replace-limits.taken-user-name-says-uniqueness",
        ],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceKeepsExtension),
        id: "replace-keeps-extension",
        says: "PUT leaves extensions as they were.",
        breaks: &["scim.enterprise.replacing-changes-them", "scim.replace-values.extension-is-replaced"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceLeavesEmptyExtension),
        id: "replace-leaves-empty-extension",
        says: "PUT leaves an empty object of an extension that was left out.",
        breaks: &["scim.replace-values.empty-extension-leaves-the-schemas"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceForgetsEchoes),
        id: "replace-forgets-echoes",
        says: "PUT with `meta.lastModified` in the body is answered 200 and not stored.",
        breaks: &["scim.replace-values.own-representation-with-changes-is-kept"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceNeverReactivates),
        id: "replace-never-reactivates",
        says: "PUT does not set `active` to true again.",
        breaks: &["scim.replace-values.reactivates"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceRefusesPassword),
        id: "replace-refuses-password",
        says: "PUT with a password answers 400.",
        breaks: &["scim.replace-values.password-is-accepted"],
        blocks: &["scim.replace-values.password-is-never-returned"],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceShowsPassword),
        id: "replace-shows-password",
        says: "PUT answers with the password that it was sent.",
        breaks: &["scim.replace-values.password-is-never-returned"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceTakesId),
        id: "replace-takes-id",
        says: "PUT takes the id from the body.",
        breaks: &["scim.replace-limits.other-id-changes-nothing"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceStoresCreated),
        id: "replace-stores-created",
        says: "PUT takes `meta.created` from the body.",
        breaks: &["scim.replace-limits.sent-meta-is-ignored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceStoresGroups),
        id: "replace-stores-groups",
        says: "PUT takes `groups` from the body.",
        breaks: &["scim.replace-limits.sent-groups-are-ignored"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceKeepsLastModified),
        id: "replace-keeps-last-modified",
        says: "PUT leaves `meta.lastModified` as it was.",
        breaks: &["scim.replace-limits.last-modified-advances"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceDoubles),
        id: "replace-doubles",
        says: "PUT adds values to a list that has them already.",
        breaks: &["scim.replace-limits.same-body-twice-is-the-same-user"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceWithoutNameAccepted),
        id: "replace-without-name-accepted",
        says: "PUT without `userName` is accepted.",
        breaks: &["scim.replace-limits.missing-user-name-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceSkipsWrongTypes),
        id: "replace-skips-wrong-types",
        says: "PUT skips values of the wrong type.",
        breaks: &["scim.replace-limits.wrong-type-is-refused"],
        blocks: &[],
    },
];
