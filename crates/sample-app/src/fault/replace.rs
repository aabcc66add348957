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
            "scim.bulk.put-is-carried-out",
            "scim.entitlement.put-gives-an-entitlement",
            "scim.entitlement.put-gives-a-role",
            "scim.bulk.circle-is-resolved",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Replace(ReplaceFault::ReplaceRefusesReadOnly),
        id: "replace-refuses-read-only",
        says: "PUT with `id`, `meta` or `groups` in the body answers 400.",
        breaks: &["scim.replace.own-representation-is-accepted", "scim.group.own-representation-is-accepted"],
        blocks: &[],
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
        blocks: &[],
    },
];
