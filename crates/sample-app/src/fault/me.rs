//! The faults of the alias `/Me`: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of the alias `/Me`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MeFault {
    /// `/Me` answers 500.
    MeAnswers500,
    /// `/Me` leaves out the userName.
    MeWithoutName,
    /// The Location header of `/Me` is `/Me`.
    MeLocationIsTheAlias,
}

impl From<MeFault> for Fault {
    fn from(fault: MeFault) -> Self {
        Self::Me(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Me(MeFault::MeAnswers500),
        id: "me-answers-500",
        says: "`/Me` answers 500.",
        breaks: &["scim.me.absence-is-said"],
        blocks: &["scim.me.alias-shows-the-user", "scim.me.location-is-permanent"],
    },
    Row {
        fault: Fault::Me(MeFault::MeWithoutName),
        id: "me-without-name",
        says: "`/Me` leaves out the userName.",
        breaks: &["scim.me.alias-shows-the-user"],
        blocks: &[],
    },
    Row {
        fault: Fault::Me(MeFault::MeLocationIsTheAlias),
        id: "me-location-is-the-alias",
        says: "The Location header of `/Me` is `/Me`.",
        breaks: &["scim.me.location-is-permanent"],
        blocks: &[],
    },
];
