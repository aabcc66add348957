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

impl From<ListFault> for Fault {
    fn from(fault: ListFault) -> Self {
        Self::List(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::List(ListFault::CountIgnored),
        id: "count-ignored",
        says: "`count` has no effect.",
        breaks: &["scim.list.count-limits-the-page", "scim.list.groups-are-paged"],
        blocks: &[
            "scim.list.count-zero-gives-the-total-alone",
            "scim.list.negative-count-is-zero",
            "scim.paging.items-per-page-counts-what-is-there",
            "scim.paging.past-the-end-is-an-empty-page",
            "scim.paging.past-the-end-keeps-the-total",
            "scim.paging.walk-meets-everyone-once",
            "scim.sort.pages-follow-on",
        ],
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
        blocks: &[
            "scim.paging.start-index-is-the-pages",
            "scim.paging.past-the-end-is-an-empty-page",
            "scim.paging.past-the-end-keeps-the-total",
            "scim.paging.walk-meets-everyone-once",
            "scim.sort.pages-follow-on",
        ],
    },
    Row {
        fault: Fault::List(ListFault::ListWithoutSchemas),
        id: "list-without-schemas",
        says: "A list does not name its schema.",
        breaks: &[
            "scim.group.list-is-a-list",
            "scim.list.is-a-list-response",
            "scim.observed.resources-name-their-schemas",
        ],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::ItemsWithoutSchemas),
        id: "items-without-schemas",
        says: "The resources in a list have no `schemas`.",
        breaks: &["scim.list.items-name-their-schemas", "scim.observed.resources-name-their-schemas"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::ItemsWithoutMeta),
        id: "items-without-meta",
        says: "The resources in a list have no `meta`.",
        breaks: &["scim.list.items-are-whole-users"],
        blocks: &["scim.sort.by-time-of-creation", "scim.version.listed-version-is-the-users"],
    },
    Row {
        fault: Fault::List(ListFault::GroupCountIgnored),
        id: "group-count-ignored",
        says: "`count` has no effect on lists of groups.",
        breaks: &["scim.list.groups-are-paged"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::CountZeroIsNoCount),
        id: "count-zero-is-no-count",
        says: "`count=0` is taken for no count at all.",
        breaks: &["scim.list.count-zero-gives-the-total-alone"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::NegativeCountIsNoLimit),
        id: "negative-count-is-no-limit",
        says: "A negative `count` lists as much as a page can hold.",
        breaks: &["scim.list.negative-count-is-zero"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::LargeCountRefused),
        id: "large-count-refused",
        says: "A `count` beyond the maximum answers 400.",
        breaks: &["scim.list.large-count-is-capped"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::StrangeNumbersAnswer500),
        id: "strange-numbers-answer-500",
        says: "A `count` or `startIndex` that is no integer answers 500.",
        breaks: &["scim.list.strange-numbers-are-no-failure"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::ItemsPerPageIsCount),
        id: "items-per-page-is-count",
        says: "`itemsPerPage` repeats the `count` that was asked for.",
        breaks: &["scim.paging.items-per-page-counts-what-is-there"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::StartIndexNotEchoed),
        id: "start-index-not-echoed",
        says: "`startIndex` in a list is always 1.",
        breaks: &["scim.paging.start-index-is-the-pages"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::StartIndexZeroRefused),
        id: "start-index-zero-refused",
        says: "A `startIndex` below 1 answers 400.",
        breaks: &["scim.paging.start-index-below-one-is-one"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::StartIndexFromZero),
        id: "start-index-from-zero",
        says: "`startIndex` is counted from 0: a walk from 1 misses the first resource.",
        breaks: &["scim.paging.walk-meets-everyone-once"],
        blocks: &["scim.filter.parameters-in-any-order", "scim.sort.pages-follow-on"],
    },
    Row {
        fault: Fault::List(ListFault::OrderChanges),
        id: "order-changes",
        says: "A filtered list comes in the opposite order every other time.",
        breaks: &["scim.paging.order-stays-the-same", "scim.paging.walk-meets-everyone-once"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::PastTheEndAnswers404),
        id: "past-the-end-answers-404",
        says: "A page behind the last resource answers 404.",
        breaks: &["scim.paging.past-the-end-is-an-empty-page"],
        blocks: &["scim.paging.past-the-end-keeps-the-total"],
    },
    Row {
        fault: Fault::List(ListFault::PastTheEndStartsOver),
        id: "past-the-end-starts-over",
        says: "A page behind the last resource is the first page.",
        breaks: &["scim.paging.past-the-end-is-an-empty-page"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::PastTheEndForgetsTheTotal),
        id: "past-the-end-forgets-the-total",
        says: "A page behind the last resource says that there are none in all.",
        breaks: &["scim.paging.past-the-end-keeps-the-total"],
        blocks: &[],
    },
    Row {
        fault: Fault::List(ListFault::TotalIsPageSize),
        id: "total-is-page-size",
        says: "`totalResults` counts the resources on the page.",
        breaks: &["scim.filter.count-zero-still-counts", "scim.paging.total-counts-all-matches"],
        blocks: &[
            "scim.list.count-zero-gives-the-total-alone",
            "scim.list.negative-count-is-zero",
            "scim.paging.items-per-page-counts-what-is-there",
            "scim.paging.past-the-end-is-an-empty-page",
            "scim.paging.past-the-end-keeps-the-total",
        ],
    },
    Row {
        fault: Fault::List(ListFault::ChangesBreakPages),
        id: "changes-break-pages",
        says: "A page that continues another one answers 500 when users were made in between.",
        breaks: &["scim.paging.changes-between-pages-are-no-failure"],
        blocks: &[],
    },
];
