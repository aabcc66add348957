//! The faults of passwords: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PasswordFault {
    /// Each user of a list is shown with the hash of its password.
    ListShowsHash,
    /// `attributes=password` shows the hash.
    HashOnRequest,
    /// The password is stored as it is, and filters find it like any text.
    PasswordInFilter,
    /// The detail of a 400 quotes the body of the request.
    ErrorQuotesBody,
}

impl From<PasswordFault> for Fault {
    fn from(fault: PasswordFault) -> Self {
        Self::Password(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Password(PasswordFault::ListShowsHash),
        id: "list-shows-hash",
        says: "Each user of a list is shown with the hash of its password.",
        breaks: &["scim.password.is-in-no-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Password(PasswordFault::HashOnRequest),
        id: "hash-on-request",
        says: "`attributes=password` shows the hash.",
        breaks: &["scim.password.is-not-returned-when-asked-for"],
        blocks: &[],
    },
    Row {
        fault: Fault::Password(PasswordFault::PasswordInFilter),
        id: "password-in-filter",
        says: "The password is stored as it is, and filters find it like any text.",
        breaks: &[
            "scim.filter-refusals.password-is-not-searched",
            "scim.password.filter-does-not-spell-it-out",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::Password(PasswordFault::ErrorQuotesBody),
        id: "error-quotes-body",
        says: "The detail of a 400 quotes the body of the request.",
        breaks: &["scim.password.is-in-no-error"],
        blocks: &[],
    },
];
