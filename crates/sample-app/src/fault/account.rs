//! The faults of accounts and sessions, however their users sign in.

use super::Fault;
use super::row::Row;

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::UnicodeMangled,
        id: "unicode-mangled",
        says: "Letters outside ASCII become question marks in an account made at sign-in.",
        breaks: &["saml.profile.unicode", "oidc.profile.unicode"],
        blocks: &[],
    },
    Row {
        fault: Fault::ApostropheEscapedTwice,
        id: "apostrophe-escaped-twice",
        says: "An apostrophe in a name is escaped before it is stored, and again when it is shown.",
        breaks: &["saml.profile.apostrophe", "oidc.profile.apostrophe"],
        blocks: &[],
    },
    Row {
        fault: Fault::ProfileUnescaped,
        id: "profile-unescaped",
        says: "Names go into the pages unescaped.",
        breaks: &["saml.profile.escaped", "oidc.profile.escaped"],
        blocks: &[],
    },
    Row {
        fault: Fault::JitDuplicates,
        id: "jit-duplicates",
        says: "Every sign-in makes an account of its own.",
        breaks: &["saml.jit.no-duplicate", "oidc.jit.no-duplicate"],
        blocks: &[],
    },
    Row {
        fault: Fault::JitLosesEmail,
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
        fault: Fault::SignOutKeepsSession,
        id: "sign-out-keeps-session",
        says: "Signing out shows the signed-out page and leaves the session alive.",
        breaks: &["saml.session.sign-out", "oidc.session.sign-out"],
        blocks: &[],
    },
    Row {
        fault: Fault::RenameAnswers500,
        id: "rename-answers-500",
        says: "Whoever comes back under another last name is answered 500.",
        breaks: &["saml.jit.survives-rename", "oidc.jit.survives-rename"],
        blocks: &[],
    },
];
