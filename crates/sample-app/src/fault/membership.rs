//! The faults of who belongs to a group: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of who belongs to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MembershipFault {
    /// Adding members puts them in the place of those that are there.
    AddReplacesMembers,
    /// Of several members added by one operation only the first joins.
    AddTakesFirstOnly,
    /// Adding a member that is there answers 409.
    ExistingMemberRefused,
    /// Adding a member that is there makes it a member twice.
    AddDuplicatesMember,
    /// Adding a member with a `display` answers 400.
    MemberDisplayRefused,
    /// Adding an id that nobody has answers 500.
    UnknownMemberAnswers500,
    /// Adding members of which one is unknown answers 400 and keeps the others.
    RefusedAddKeepsRest,
    /// Adding a group to a group answers 500.
    NestedGroupAnswers500,
    /// Of members added at the same time only one stays.
    ConcurrentAddsLoseMembers,
    /// Removing one member by filter removes all.
    RemoveFilterClearsAll,
    /// Removing one member by filter answers 200 and removes none.
    RemoveFilterIgnored,
    /// Removing members listed beside the path removes all.
    RemoveListClearsAll,
    /// Removing `members` without a filter answers 200 and removes none.
    RemoveWithoutFilterIgnored,
    /// Removing somebody who is no member answers 404.
    AbsentMemberNotFound,
    /// Replacing members adds the new ones to those that are there.
    ReplaceAddsMembers,
    /// Replacing members with an empty list answers 400.
    ReplaceWithNothingRefused,
    /// Of several operations on members only the first is carried out.
    OnlyFirstOperationApplied,
    /// In one request members are added after all others were removed.
    AddsGoLast,
    /// `excludedAttributes=members` is ignored for groups.
    ExcludedMembersShown,
    /// Each member's `$ref` leads to a group of the member's id.
    MemberReferenceWrong,
    /// A user's `groups` stay empty.
    UserGroupsNotShown,
    /// PUT of a user with `groups` makes it a member of them.
    UserGroupsWritable,
    /// A deleted user stays in the members of its groups.
    DeletedUserStaysMember,
    /// A deleted group stays in the groups of its users.
    DeletedGroupStaysOnUser,
}

impl From<MembershipFault> for Fault {
    fn from(fault: MembershipFault) -> Self {
        Self::Membership(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Membership(MembershipFault::AddReplacesMembers),
        id: "add-replaces-members",
        says: "Adding members puts them in the place of those that are there.",
        breaks: &["scim.membership.add-appends"],
        blocks: &["scim.membership.concurrent-adds-lose-none"],
    },
    Row {
        fault: Fault::Membership(MembershipFault::AddTakesFirstOnly),
        id: "add-takes-first-only",
        says: "Of several members added by one operation only the first joins.",
        breaks: &["scim.membership.add-many-at-once"],
        blocks: &["scim.membership.refused-add-changes-nothing"],
    },
    Row {
        fault: Fault::Membership(MembershipFault::ExistingMemberRefused),
        id: "existing-member-refused",
        says: "Adding a member that is there answers 409.",
        breaks: &["scim.membership.adding-again-succeeds"],
        blocks: &["scim.membership.adding-again-makes-no-duplicate"],
    },
    Row {
        fault: Fault::Membership(MembershipFault::AddDuplicatesMember),
        id: "add-duplicates-member",
        says: "Adding a member that is there makes it a member twice.",
        breaks: &["scim.membership.adding-again-makes-no-duplicate"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::MemberDisplayRefused),
        id: "member-display-refused",
        says: "Adding a member with a `display` answers 400.",
        breaks: &["scim.membership.okta-member-is-accepted"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::UnknownMemberAnswers500),
        id: "unknown-member-answers-500",
        says: "Adding an id that nobody has answers 500.",
        breaks: &["scim.membership.unknown-member-is-no-failure"],
        blocks: &["scim.membership.refused-add-changes-nothing"],
    },
    Row {
        fault: Fault::Membership(MembershipFault::RefusedAddKeepsRest),
        id: "refused-add-keeps-rest",
        says: "Adding members of which one is unknown answers 400 and keeps the others.",
        breaks: &["scim.membership.refused-add-changes-nothing"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::NestedGroupAnswers500),
        id: "nested-group-answers-500",
        says: "Adding a group to a group answers 500.",
        breaks: &["scim.membership.nested-group-is-no-failure"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::ConcurrentAddsLoseMembers),
        id: "concurrent-adds-lose-members",
        says: "Of members added at the same time only one stays.",
        breaks: &["scim.membership.concurrent-adds-lose-none"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::RemoveFilterClearsAll),
        id: "remove-filter-clears-all",
        says: "Removing one member by filter removes all.",
        breaks: &["scim.membership.remove-by-filter-leaves-the-others"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::RemoveFilterIgnored),
        id: "remove-filter-ignored",
        says: "Removing one member by filter answers 200 and removes none.",
        breaks: &["scim.membership.remove-by-filter-leaves-the-others"],
        blocks: &["scim.membership.remove-then-add", "scim.membership.operations-apply-in-order"],
    },
    Row {
        fault: Fault::Membership(MembershipFault::RemoveListClearsAll),
        id: "remove-list-clears-all",
        says: "Removing members listed beside the path removes all.",
        breaks: &["scim.membership.remove-by-list-leaves-the-others"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::RemoveWithoutFilterIgnored),
        id: "remove-without-filter-ignored",
        says: "Removing `members` without a filter answers 200 and removes none.",
        breaks: &["scim.membership.remove-without-filter-empties"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::AbsentMemberNotFound),
        id: "absent-member-not-found",
        says: "Removing somebody who is no member answers 404.",
        breaks: &["scim.membership.remove-of-nobody-succeeds"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::ReplaceAddsMembers),
        id: "replace-adds-members",
        says: "Replacing members adds the new ones to those that are there.",
        breaks: &["scim.membership.replace-sets-exactly", "scim.membership.replace-with-nothing-empties"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::ReplaceWithNothingRefused),
        id: "replace-with-nothing-refused",
        says: "Replacing members with an empty list answers 400.",
        breaks: &["scim.membership.replace-with-nothing-empties"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::OnlyFirstOperationApplied),
        id: "only-first-operation-applied",
        says: "Of several operations on members only the first is carried out.",
        breaks: &["scim.membership.remove-then-add", "scim.membership.operations-apply-in-order"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::AddsGoLast),
        id: "adds-go-last",
        says: "In one request members are added after all others were removed.",
        breaks: &["scim.membership.operations-apply-in-order"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::ExcludedMembersShown),
        id: "excluded-members-shown",
        says: "`excludedAttributes=members` is ignored for groups.",
        breaks: &[
            "scim.filter-groups.members-stay-out-on-request",
            "scim.membership.excluded-members-are-left-out",
            "scim.partial.group-is-read-without-members",
            "scim.partial.groups-are-listed-without-members",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::MemberReferenceWrong),
        id: "member-reference-wrong",
        says: "Each member's `$ref` leads to a group of the member's id.",
        breaks: &["scim.membership.references-lead-to-the-member"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::UserGroupsNotShown),
        id: "user-groups-not-shown",
        says: "A user's `groups` stay empty.",
        breaks: &["scim.membership.user-shows-its-groups"],
        blocks: &["scim.membership.deleted-group-leaves-its-users"],
    },
    Row {
        fault: Fault::Membership(MembershipFault::UserGroupsWritable),
        id: "user-groups-writable",
        says: "PUT of a user with `groups` makes it a member of them.",
        breaks: &["scim.membership.user-groups-are-read-only"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::DeletedUserStaysMember),
        id: "deleted-user-stays-member",
        says: "A deleted user stays in the members of its groups.",
        breaks: &["scim.membership.deleted-user-leaves-its-groups"],
        blocks: &[],
    },
    Row {
        fault: Fault::Membership(MembershipFault::DeletedGroupStaysOnUser),
        id: "deleted-group-stays-on-user",
        says: "A deleted group stays in the groups of its users.",
        breaks: &["scim.membership.deleted-group-leaves-its-users"],
        blocks: &[],
    },
];
