//! The faults of groups: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupFault {
    /// A POST that makes a group answers 200 instead of 201.
    GroupCreateAnswers200,
    /// The members in a POST of a group are not stored.
    MembersIgnoredOnCreate,
    /// A POST without displayName makes a group.
    NamelessGroupAccepted,
    /// A POST with the displayName of another group answers 500.
    DuplicateGroupAnswers500,
    /// GET of a group by id leaves out `displayName`.
    GroupReadOmitsName,
    /// GET /Groups answers a JSON array instead of a ListResponse.
    GroupListIsBareArray,
    /// A PATCH without a path that names the group's own id answers 400.
    GroupRenameWithIdRefused,
    /// Replacing a group's displayName without a path takes its members away.
    RenameWipesMembers,
    /// Replacing a group's displayName by its path answers 200 and changes nothing.
    GroupNameByPathIgnored,
    /// PUT of a group adds the members in it to those that are there.
    PutMergesMembers,
    /// PUT of a group with `members: []` answers 400.
    PutEmptyMembersRefused,
    /// PUT of a group leaves its displayName as it was.
    PutKeepsGroupName,
    /// PUT of a group without displayName leaves it without one.
    PutTakesGroupName,
    /// PUT of a group with `meta` in it answers 400.
    GroupPutRefusesReadOnly,
    /// DELETE of a group answers 200 with a body.
    GroupDeleteAnswers200,
    /// GET of a deleted group still answers 200.
    DeletedGroupStillReadable,
    /// DELETE of a group deletes its members too.
    GroupDeleteTakesUsers,
    /// GET of a group that does not exist answers 500.
    UnknownGroupAnswers500,
}

impl From<GroupFault> for Fault {
    fn from(fault: GroupFault) -> Self {
        Self::Group(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Group(GroupFault::GroupCreateAnswers200),
        id: "group-create-answers-200",
        says: "A POST that makes a group answers 200 instead of 201.",
        breaks: &["scim.group.create-answers-201"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::MembersIgnoredOnCreate),
        id: "members-ignored-on-create",
        says: "The members in a POST of a group are not stored.",
        breaks: &["scim.group.create-keeps-members"],
        blocks: &[
            "scim.bulk.circle-is-resolved",
            "scim.bulk.reference-is-resolved",
            "scim.filter-groups.members-stay-out-on-request",
            "scim.partial.group-is-read-without-members",
            "scim.partial.groups-are-listed-without-members",
            "scim.filter-groups.member-finds-the-group",
        ],
    },
    Row {
        fault: Fault::Group(GroupFault::NamelessGroupAccepted),
        id: "nameless-group-accepted",
        says: "A POST without displayName makes a group.",
        breaks: &["scim.group.missing-name-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::DuplicateGroupAnswers500),
        id: "duplicate-group-answers-500",
        says: "A POST with the displayName of another group answers 500.",
        breaks: &["scim.group.duplicate-name-is-no-failure"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::GroupReadOmitsName),
        id: "group-read-omits-name",
        says: "GET of a group by id leaves out `displayName`.",
        breaks: &["scim.group.read-returns-the-group"],
        blocks: &[
            "scim.group.rename-without-path",
            "scim.group.rename-keeps-members",
            "scim.group.rename-by-path",
            "scim.group.put-renames",
            "scim.group.own-representation-is-accepted",
        ],
    },
    Row {
        fault: Fault::Group(GroupFault::GroupListIsBareArray),
        id: "group-list-is-bare-array",
        says: "GET /Groups answers a JSON array instead of a ListResponse.",
        breaks: &[
            "scim.group.list-is-a-list",
            "scim.observed.resources-have-an-id",
            "scim.observed.resources-name-their-schemas",
        ],
        blocks: &["scim.list.groups-are-paged"],
    },
    Row {
        fault: Fault::Group(GroupFault::GroupRenameWithIdRefused),
        id: "group-rename-with-id-refused",
        says: "A PATCH without a path that names the group's own id answers 400.",
        breaks: &["scim.group.rename-without-path"],
        blocks: &["scim.group.rename-keeps-members"],
    },
    Row {
        fault: Fault::Group(GroupFault::RenameWipesMembers),
        id: "rename-wipes-members",
        says: "Replacing a group's displayName without a path takes its members away.",
        breaks: &["scim.group.rename-keeps-members"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::GroupNameByPathIgnored),
        id: "group-name-by-path-ignored",
        says: "Replacing a group's displayName by its path answers 200 and changes nothing.",
        breaks: &["scim.group.rename-by-path"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::PutMergesMembers),
        id: "put-merges-members",
        says: "PUT of a group adds the members in it to those that are there.",
        breaks: &["scim.group.put-replaces-members", "scim.group.put-empty-list-empties"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::PutEmptyMembersRefused),
        id: "put-empty-members-refused",
        says: "PUT of a group with `members: []` answers 400.",
        breaks: &["scim.group.put-empty-list-empties"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::PutKeepsGroupName),
        id: "put-keeps-group-name",
        says: "PUT of a group leaves its displayName as it was.",
        breaks: &["scim.group.put-renames"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::PutTakesGroupName),
        id: "put-takes-group-name",
        says: "PUT of a group without displayName leaves it without one.",
        breaks: &["scim.group.put-without-name-keeps-a-name"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::GroupPutRefusesReadOnly),
        id: "group-put-refuses-read-only",
        says: "PUT of a group with `meta` in it answers 400.",
        breaks: &["scim.group.own-representation-is-accepted"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::GroupDeleteAnswers200),
        id: "group-delete-answers-200",
        says: "DELETE of a group answers 200 with a body.",
        breaks: &["scim.group.delete-answers-204"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::DeletedGroupStillReadable),
        id: "deleted-group-still-readable",
        says: "GET of a deleted group still answers 200.",
        breaks: &["scim.group.deleted-group-is-gone"],
        blocks: &[],
    },
    Row {
        fault: Fault::Group(GroupFault::GroupDeleteTakesUsers),
        id: "group-delete-takes-users",
        says: "DELETE of a group deletes its members too.",
        breaks: &["scim.group.delete-leaves-users"],
        blocks: &["scim.membership.deleted-group-leaves-its-users"],
    },
    Row {
        fault: Fault::Group(GroupFault::UnknownGroupAnswers500),
        id: "unknown-group-answers-500",
        says: "GET of a group that does not exist answers 500.",
        breaks: &["scim.group.unknown-id-is-404", "scim.group.deleted-group-is-gone"],
        blocks: &[],
    },
];
