//! The faults of lists and pages: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of lists and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListFault {
    /// `count` has no effect.
    CountIgnored,
    /// The numbers of a list are JSON strings.
    TotalsAsStrings,
    /// Every page starts at the first resource.
    StartIndexIgnored,
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::List(ListFault::CountIgnored),
        id: "count-ignored",
        says: "`count` has no effect.",
        breaks: &["scim.list.count-limits-the-page"],
        blocks: &["scim.sort.pages-follow-on"],
    },
    Row {
        fault: Fault::List(ListFault::TotalsAsStrings),
        id: "totals-as-strings",
        says: "The numbers of a list are JSON strings.",
        breaks: &["scim.list.numbers-are-integers"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::StartIndexIgnored),
        id: "start-index-ignored",
        says: "Every page starts at the first resource.",
        breaks: &["scim.list.start-index-moves-the-window"],
        blocks: &["scim.sort.pages-follow-on"],
    },
];
