//! The faults of accounts and sessions, however their users sign in: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of accounts and sessions, however their users sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountFault {
    /// Letters outside ASCII become question marks in an account made at sign-in.
    UnicodeMangled,
    /// An apostrophe in a name is escaped before it is stored, and again when it is shown.
    ApostropheEscapedTwice,
    /// Names go into the pages unescaped.
    ProfileUnescaped,
    /// Every sign-in makes an account of its own.
    JitDuplicates,
    /// An account made at sign-in has no email address.
    JitLosesEmail,
    /// Signing out shows the signed-out page and leaves the session alive.
    SignOutKeepsSession,
    /// Whoever comes back under another last name is answered 500.
    RenameAnswers500,
}

impl From<AccountFault> for Fault {
    fn from(fault: AccountFault) -> Self {
        Self::Account(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Account(AccountFault::UnicodeMangled),
        id: "unicode-mangled",
        says: "Letters outside ASCII become question marks in an account made at sign-in.",
        breaks: &["saml.profile.unicode", "oidc.profile.unicode"],
        blocks: &[],
    },
    Row {
        fault: Fault::Account(AccountFault::ApostropheEscapedTwice),
        id: "apostrophe-escaped-twice",
        says: "An apostrophe in a name is escaped before it is stored, and again when it is shown.",
        breaks: &["saml.profile.apostrophe", "oidc.profile.apostrophe"],
        blocks: &[],
    },
    Row {
        fault: Fault::Account(AccountFault::ProfileUnescaped),
        id: "profile-unescaped",
        says: "Names go into the pages unescaped.",
        breaks: &["saml.profile.escaped", "oidc.profile.escaped"],
        blocks: &[],
    },
    Row {
        fault: Fault::Account(AccountFault::JitDuplicates),
        id: "jit-duplicates",
        says: "Every sign-in makes an account of its own.",
        breaks: &["saml.jit.no-duplicate", "oidc.jit.no-duplicate"],
        blocks: &[],
    },
    Row {
        fault: Fault::Account(AccountFault::JitLosesEmail),
        id: "jit-loses-email",
        says: "An account made at sign-in has no email address.",
        breaks: &[
            "saml.cases.jit-idp-flow",
            "saml.cases.jit-sp-flow",
            "oidc.cases.jit-idp-flow",
            "oidc.cases.jit-sp-flow",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Account(AccountFault::SignOutKeepsSession),
        id: "sign-out-keeps-session",
        says: "Signing out shows the signed-out page and leaves the session alive.",
        breaks: &["saml.session.sign-out", "oidc.session.sign-out"],
        blocks: &[],
    },
    Row {
        fault: Fault::Account(AccountFault::RenameAnswers500),
        id: "rename-answers-500",
        says: "Whoever comes back under another last name is answered 500.",
        breaks: &["saml.jit.survives-rename", "oidc.jit.survives-rename"],
        blocks: &[],
    },
];
