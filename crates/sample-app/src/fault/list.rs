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
    /// A list does not name its schema.
    ListWithoutSchemas,
    /// The resources in a list have no `schemas`.
    ItemsWithoutSchemas,
    /// The resources in a list have no `meta`.
    ItemsWithoutMeta,
    /// `count` has no effect on lists of groups.
    GroupCountIgnored,
    /// `count=0` is taken for no count at all.
    CountZeroIsNoCount,
    /// A negative `count` lists as much as a page can hold.
    NegativeCountIsNoLimit,
    /// A `count` beyond the maximum answers 400.
    LargeCountRefused,
    /// A `count` or `startIndex` that is no integer answers 500.
    StrangeNumbersAnswer500,
    /// `itemsPerPage` repeats the `count` that was asked for.
    ItemsPerPageIsCount,
    /// `startIndex` in a list is always 1.
    StartIndexNotEchoed,
    /// A `startIndex` below 1 answers 400.
    StartIndexZeroRefused,
    /// `startIndex` is counted from 0: a walk from 1 misses the first resource.
    StartIndexFromZero,
    /// A filtered list comes in the opposite order every other time.
    OrderChanges,
    /// A page behind the last resource answers 404.
    PastTheEndAnswers404,
    /// A page behind the last resource is the first page.
    PastTheEndStartsOver,
    /// A page behind the last resource says that there are none in all.
    PastTheEndForgetsTheTotal,
    /// `totalResults` counts the resources on the page.
    TotalIsPageSize,
    /// A page that continues another one answers 500 when users were made in between.
    ChangesBreakPages,
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
        breaks: &["scim.list.numbers-are-integers", "scim.group.list-is-a-list"],
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
