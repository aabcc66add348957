//! The faults of the paths of PATCH: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of the paths of PATCH.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathFault {
    /// The path of a PATCH operation minds the case of attribute names.
    PathMindsCase,
    /// A path with the URN of the core schema answers 400.
    CoreUrnRefused,
    /// A path whose filter has two conditions answers 400.
    AndInPathRefused,
    /// A path whose filter has a boolean answers 400.
    BooleanInPathRefused,
    /// A dotted key of a path-less value is answered 200 and skipped.
    DottedKeyIgnored,
    /// A plain attribute of an extension cannot be added under its full name.
    ExtensionPathRefused,
    /// `schemas` never names the extensions of a user.
    ExtensionsNotListed,
    /// Removing a plain attribute of an extension is answered 200 and does nothing.
    ExtensionRemoveIgnored,
    /// An extension inside a path-less value is answered 200 and skipped.
    ExtensionObjectIgnored,
    /// A full name as a key of a path-less value is answered 200 and skipped.
    FullNameKeyIgnored,
    /// PATCH refuses a manager that is an object.
    ManagerObjectRefused,
    /// PATCH refuses a manager that is a bare id.
    BareManagerRefused,
    /// Removing the manager is answered 200 and does nothing.
    ManagerNotRemoved,
    /// PATCH refuses an empty manager.
    EmptyManagerRefused,
    /// A path with `__proto__` in it answers 500.
    OddPathAnswers500,
}

impl From<PathFault> for Fault {
    fn from(fault: PathFault) -> Self {
        Self::Path(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Path(PathFault::PathMindsCase),
        id: "path-minds-case",
        says: "The path of a PATCH operation minds the case of attribute names.",
        breaks: &["scim.patch-paths.attribute-name-ignores-case"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::CoreUrnRefused),
        id: "core-urn-refused",
        says: "A path with the URN of the core schema answers 400.",
        breaks: &["scim.patch-paths.core-attribute-by-urn"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::AndInPathRefused),
        id: "and-in-path-refused",
        says: "A path whose filter has two conditions answers 400.",
        breaks: &["scim.patch-paths.filter-with-and"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::BooleanInPathRefused),
        id: "boolean-in-path-refused",
        says: "A path whose filter has a boolean answers 400.",
        breaks: &["scim.patch-paths.filter-with-a-boolean"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::DottedKeyIgnored),
        id: "dotted-key-ignored",
        says: "A dotted key of a path-less value is answered 200 and skipped.",
        breaks: &["scim.patch-paths.dotted-key-is-understood"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::ExtensionPathRefused),
        id: "extension-path-refused",
        says: "A plain attribute of an extension cannot be added under its full name.",
        breaks: &["scim.patch-paths.extension-attribute-by-urn"],
        blocks: &["scim.patch-paths.extension-joins-the-schemas"],
    },
    Row {
        fault: Fault::Path(PathFault::ExtensionsNotListed),
        id: "extensions-not-listed",
        says: "`schemas` never names the extensions of a user.",
        breaks: &["scim.enterprise.urn-is-in-schemas", "scim.patch-paths.extension-joins-the-schemas"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::ExtensionRemoveIgnored),
        id: "extension-remove-ignored",
        says: "Removing a plain attribute of an extension is answered 200 and does nothing.",
        breaks: &["scim.patch-paths.extension-attribute-is-removed-by-urn"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::ExtensionObjectIgnored),
        id: "extension-object-ignored",
        says: "An extension inside a path-less value is answered 200 and skipped.",
        breaks: &["scim.patch-paths.extension-object-without-a-path"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::FullNameKeyIgnored),
        id: "full-name-key-ignored",
        says: "A full name as a key of a path-less value is answered 200 and skipped.",
        breaks: &["scim.patch-paths.full-name-as-a-key"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::ManagerObjectRefused),
        id: "manager-object-refused",
        says: "PATCH refuses a manager that is an object.",
        breaks: &["scim.patch-paths.manager-is-set"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::BareManagerRefused),
        id: "bare-manager-refused",
        says: "PATCH refuses a manager that is a bare id.",
        breaks: &["scim.patch-paths.manager-is-set-as-a-bare-id"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::ManagerNotRemoved),
        id: "manager-not-removed",
        says: "Removing the manager is answered 200 and does nothing.",
        breaks: &["scim.patch-paths.manager-is-removed"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::EmptyManagerRefused),
        id: "empty-manager-refused",
        says: "PATCH refuses an empty manager.",
        breaks: &["scim.patch-paths.empty-manager-removes"],
        blocks: &[],
    },
    Row {
        fault: Fault::Path(PathFault::OddPathAnswers500),
        id: "odd-path-answers-500",
        says: "A path with `__proto__` in it answers 500.",
        breaks: &["scim.patch-paths.odd-names-do-no-harm"],
        blocks: &[],
    },
];
