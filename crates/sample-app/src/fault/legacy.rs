//! The faults of SCIM 1.1: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of SCIM 1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LegacyFault {
    /// SCIM 1.1 answers POST with 200.
    CreateAnswers200,
    /// SCIM 1.1 answers a taken userName with 400.
    DuplicateAnswers400,
    /// SCIM 1.1 leaves the e-mails out when one user is read.
    ReadOmitsEmails,
    /// SCIM 1.1 answers PUT with 200 and stores nothing.
    ReplaceForgets,
    /// SCIM 1.1 does not read `active` in a PATCH.
    ActiveIgnored,
    /// A PATCH of SCIM 1.1 clears what it does not name.
    PatchClearsTheRest,
    /// SCIM 1.1 answers 404 for deactivated users.
    InactiveHidden,
    /// SCIM 1.1 answers errors in the form of SCIM 2.0.
    ErrorsOfTwoPointZero,
    /// SCIM 1.1 answers 500 for a user that does not exist.
    UnknownIdAnswers500,
    /// SCIM 1.1 answers those who bring no token.
    NoTokenNeeded,
    /// SCIM 1.1 does not read filters.
    FilterIgnored,
    /// SCIM 1.1 answers 404 when nothing matches a filter.
    NoMatchAnswers404,
    /// The totals of SCIM 1.1 are JSON strings.
    TotalsAsStrings,
    /// Every page of SCIM 1.1 starts at the first resource.
    StartIndexIgnored,
    /// SCIM 1.1 answers 404 for a group without members.
    EmptyGroupHidden,
    /// Members in a PATCH of SCIM 1.1 replace those who are there.
    MembersReplaced,
    /// SCIM 1.1 does not read the operation `delete` of a member.
    MemberDeletionIgnored,
    /// SCIM 1.1 does not read `meta.attributes` in a PATCH.
    MetaAttributesIgnored,
    /// Renaming a group in SCIM 1.1 removes its members.
    RenameDropsMembers,
    /// SCIM 1.1 answers DELETE of a group with 204 and keeps it.
    GroupStays,
}

impl From<LegacyFault> for Fault {
    fn from(fault: LegacyFault) -> Self {
        Self::Legacy(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Legacy(LegacyFault::CreateAnswers200),
        id: "legacy-create-answers-200",
        says: "SCIM 1.1 answers POST with 200.",
        breaks: &["scim11.users.create-answers-201-with-the-id"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::DuplicateAnswers400),
        id: "legacy-duplicate-answers-400",
        says: "SCIM 1.1 answers a taken userName with 400.",
        breaks: &["scim11.users.duplicate-user-name-is-409"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::ReadOmitsEmails),
        id: "legacy-read-omits-emails",
        says: "SCIM 1.1 leaves the e-mails out when one user is read.",
        breaks: &["scim11.users.returns-what-was-created"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::ReplaceForgets),
        id: "legacy-replace-forgets",
        says: "SCIM 1.1 answers PUT with 200 and stores nothing.",
        breaks: &["scim11.users.put-replaces"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::ActiveIgnored),
        id: "legacy-active-ignored",
        says: "SCIM 1.1 does not read `active` in a PATCH.",
        breaks: &["scim11.users.patch-deactivates"],
        blocks: &["scim11.users.deactivated-user-is-readable"],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::PatchClearsTheRest),
        id: "legacy-patch-clears-the-rest",
        says: "A PATCH of SCIM 1.1 clears what it does not name.",
        breaks: &["scim11.users.patch-leaves-the-rest"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::InactiveHidden),
        id: "legacy-inactive-hidden",
        says: "SCIM 1.1 answers 404 for deactivated users.",
        breaks: &["scim11.users.deactivated-user-is-readable"],
        blocks: &["scim11.users.patch-deactivates"],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::ErrorsOfTwoPointZero),
        id: "legacy-errors-of-2-0",
        says: "SCIM 1.1 answers errors in the form of SCIM 2.0.",
        breaks: &["scim11.errors.refusal-lists-its-errors"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::UnknownIdAnswers500),
        id: "legacy-unknown-id-answers-500",
        says: "SCIM 1.1 answers 500 for a user that does not exist.",
        breaks: &["scim11.errors.unknown-id-is-404"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::NoTokenNeeded),
        id: "legacy-no-token-needed",
        says: "SCIM 1.1 answers those who bring no token.",
        breaks: &["scim11.errors.no-token-is-401"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::FilterIgnored),
        id: "legacy-filter-ignored",
        says: "SCIM 1.1 does not read filters.",
        breaks: &["scim11.list.user-name-filter-finds-one", "scim11.list.no-match-is-an-empty-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::NoMatchAnswers404),
        id: "legacy-no-match-answers-404",
        says: "SCIM 1.1 answers 404 when nothing matches a filter.",
        breaks: &["scim11.list.no-match-is-an-empty-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::TotalsAsStrings),
        id: "legacy-totals-as-strings",
        says: "The totals of SCIM 1.1 are JSON strings.",
        breaks: &["scim11.list.numbers-are-integers"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::StartIndexIgnored),
        id: "legacy-start-index-ignored",
        says: "Every page of SCIM 1.1 starts at the first resource.",
        breaks: &["scim11.list.pages-move-on"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::EmptyGroupHidden),
        id: "legacy-empty-group-hidden",
        says: "SCIM 1.1 answers 404 for a group without members.",
        breaks: &["scim11.groups.empty-group-is-readable"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::MembersReplaced),
        id: "legacy-members-replaced",
        says: "Members in a PATCH of SCIM 1.1 replace those who are there.",
        breaks: &["scim11.groups.patch-adds-members"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::MemberDeletionIgnored),
        id: "legacy-member-deletion-ignored",
        says: "SCIM 1.1 does not read the operation `delete` of a member.",
        breaks: &["scim11.groups.patch-removes-one-member"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::MetaAttributesIgnored),
        id: "legacy-meta-attributes-ignored",
        says: "SCIM 1.1 does not read `meta.attributes` in a PATCH.",
        breaks: &["scim11.groups.meta-attributes-replaces-members"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::RenameDropsMembers),
        id: "legacy-rename-drops-members",
        says: "Renaming a group in SCIM 1.1 removes its members.",
        breaks: &["scim11.groups.rename-keeps-members"],
        blocks: &[],
    },
    Row {
        fault: Fault::Legacy(LegacyFault::GroupStays),
        id: "legacy-group-stays",
        says: "SCIM 1.1 answers DELETE of a group with 204 and keeps it.",
        breaks: &["scim11.groups.deleted-group-is-gone"],
        blocks: &[],
    },
];
