//! The faults of additions by PATCH: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of additions by PATCH.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddFault {
    /// Adding a plain attribute that has no value is answered 200 and does nothing.
    AddToUnsetIgnored,
    /// Adding to an attribute with one value leaves the old value.
    AddKeepsOldValue,
    /// Adding to a list replaces it.
    AddReplacesList,
    /// PATCH refuses to add a single object to a list.
    AddWantsList,
    /// Only the first of several values is added.
    AddTakesFirst,
    /// A value that is there already is added once more.
    AddDoubles,
    /// A change that changes nothing advances `meta.lastModified`.
    NothingNewTouches,
    /// A new primary value leaves the old one primary, too.
    PrimaryNotDemoted,
    /// Adding a part to a complex attribute drops its other parts.
    AddedObjectReplaces,
    /// An add without a path is answered 200 and does nothing.
    PathlessAddIgnored,
    /// An add without a path replaces whole lists.
    PathlessAddReplaces,
    /// Adding to an element that no filter finds answers 400.
    AddNeedsMatch,
}

impl From<AddFault> for Fault {
    fn from(fault: AddFault) -> Self {
        Self::Add(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Add(AddFault::AddToUnsetIgnored),
        id: "add-to-unset-ignored",
        says: "Adding a plain attribute that has no value is answered 200 and does nothing.",
        breaks: &["scim.patch-add.sets-what-has-no-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::AddKeepsOldValue),
        id: "add-keeps-old-value",
        says: "Adding to an attribute with one value leaves the old value.",
        breaks: &["scim.patch-add.replaces-a-single-value"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::AddReplacesList),
        id: "add-replaces-list",
        says: "Adding to a list replaces it.",
        breaks: &["scim.patch-add.keeps-the-other-values"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::AddWantsList),
        id: "add-wants-list",
        says: "PATCH refuses to add a single object to a list.",
        breaks: &["scim.patch-add.takes-one-object-for-a-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::AddTakesFirst),
        id: "add-takes-first",
        says: "Only the first of several values is added.",
        breaks: &["scim.patch-add.takes-several-values"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::AddDoubles),
        id: "add-doubles",
        says: "A value that is there already is added once more.",
        breaks: &["scim.patch-add.what-is-there-is-not-doubled"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::NothingNewTouches),
        id: "nothing-new-touches",
        says: "A change that changes nothing advances `meta.lastModified`.",
        breaks: &["scim.patch-add.what-is-there-leaves-last-modified"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::PrimaryNotDemoted),
        id: "primary-not-demoted",
        says: "A new primary value leaves the old one primary, too.",
        breaks: &["scim.patch-add.new-primary-demotes-the-old"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::AddedObjectReplaces),
        id: "added-object-replaces",
        says: "Adding a part to a complex attribute drops its other parts.",
        breaks: &["scim.patch-add.object-completes-a-complex-attribute"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::PathlessAddIgnored),
        id: "pathless-add-ignored",
        says: "An add without a path is answered 200 and does nothing.",
        breaks: &["scim.patch-add.pathless-sets-attributes"],
        blocks: &["scim.patch-add.pathless-keeps-the-other-values", "scim.patch-paths.full-name-as-a-key"],
    },
    Row {
        fault: Fault::Add(AddFault::PathlessAddReplaces),
        id: "pathless-add-replaces",
        says: "An add without a path replaces whole lists.",
        breaks: &["scim.patch-add.pathless-keeps-the-other-values"],
        blocks: &[],
    },
    Row {
        fault: Fault::Add(AddFault::AddNeedsMatch),
        id: "add-needs-match",
        says: "Adding to an element that no filter finds answers 400.",
        breaks: &["scim.patch-add.value-path-makes-what-is-missing"],
        blocks: &[],
    },
];
