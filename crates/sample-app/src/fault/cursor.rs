//! The faults of paging by cursors: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of paging by cursors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CursorFault {
    /// `pagination` in ServiceProviderConfig does not say whether lists are paged by index.
    PaginationOmitsIndex,
    /// `cursor` in a query has no effect.
    CursorIgnored,
    /// The first resource behind a page is on no page.
    CursorSkipsOne,
    /// Every page has a `nextCursor`, the last one too.
    LastPageHasCursor,
    /// The first page has a `previousCursor`.
    FirstPageHasPreviousCursor,
    /// Cursors hold characters that URLs reserve.
    CursorWithReservedCharacters,
    /// A page holds one resource more than `count`.
    CursorPageExceedsCount,
    /// A cursor that was made up answers the first page.
    InvalidCursorStartsOver,
    /// A cursor that was made up answers 500.
    InvalidCursorAnswers500,
    /// The error about a cursor has no `scimType`.
    InvalidCursorUnnamed,
    /// A page may be asked for with another `count` than the one before.
    OtherCountAccepted,
    /// A request with a cursor is answered whatever its credential.
    CursorOpensEverything,
    /// `cursor` in the body of a search has no effect.
    SearchIgnoresCursor,
}

impl From<CursorFault> for Fault {
    fn from(fault: CursorFault) -> Self {
        Self::Cursor(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Cursor(CursorFault::PaginationOmitsIndex),
        id: "pagination-omits-index",
        says: "`pagination` in ServiceProviderConfig does not say whether lists are paged by index.",
        breaks: &["scim.cursor.config-says-how-lists-are-paged"],
        blocks: &[],
    },
    Row {
        fault: Fault::Cursor(CursorFault::CursorIgnored),
        id: "cursor-ignored",
        says: "`cursor` in a query has no effect.",
        breaks: &["scim.cursor.empty-cursor-begins-a-walk"],
        blocks: &[
            "scim.cursor.walk-meets-everyone-once",
            "scim.cursor.last-page-has-no-next-cursor",
            "scim.cursor.first-page-has-no-previous-cursor",
            "scim.cursor.cursors-are-safe-in-urls",
            "scim.cursor.count-is-never-exceeded",
            "scim.cursor.invalid-cursor-is-refused",
            "scim.cursor.invalid-cursor-is-named",
            "scim.cursor.changed-count-is-refused",
            "scim.cursor.other-tenant-cannot-go-on",
        ],
    },
    Row {
        fault: Fault::Cursor(CursorFault::CursorSkipsOne),
        id: "cursor-skips-one",
        says: "The first resource behind a page is on no page.",
        breaks: &["scim.cursor.walk-meets-everyone-once"],
        blocks: &[],
    },
    Row {
        fault: Fault::Cursor(CursorFault::LastPageHasCursor),
        id: "last-page-has-cursor",
        says: "Every page has a `nextCursor`, the last one too.",
        breaks: &["scim.cursor.last-page-has-no-next-cursor"],
        blocks: &[],
    },
    Row {
        fault: Fault::Cursor(CursorFault::FirstPageHasPreviousCursor),
        id: "first-page-has-previous-cursor",
        says: "The first page has a `previousCursor`.",
        breaks: &["scim.cursor.first-page-has-no-previous-cursor"],
        blocks: &[],
    },
    Row {
        fault: Fault::Cursor(CursorFault::CursorWithReservedCharacters),
        id: "cursor-with-reserved-characters",
        says: "Cursors hold characters that URLs reserve.",
        breaks: &["scim.cursor.cursors-are-safe-in-urls"],
        blocks: &[],
    },
    Row {
        fault: Fault::Cursor(CursorFault::CursorPageExceedsCount),
        id: "cursor-page-exceeds-count",
        says: "A page holds one resource more than `count`.",
        breaks: &["scim.cursor.count-is-never-exceeded"],
        blocks: &[],
    },
    Row {
        fault: Fault::Cursor(CursorFault::InvalidCursorStartsOver),
        id: "invalid-cursor-starts-over",
        says: "A cursor that was made up answers the first page.",
        breaks: &["scim.cursor.invalid-cursor-is-refused"],
        blocks: &["scim.cursor.invalid-cursor-is-named"],
    },
    Row {
        fault: Fault::Cursor(CursorFault::InvalidCursorAnswers500),
        id: "invalid-cursor-answers-500",
        says: "A cursor that was made up answers 500.",
        breaks: &["scim.cursor.invalid-cursor-is-refused"],
        blocks: &["scim.cursor.invalid-cursor-is-named"],
    },
    Row {
        fault: Fault::Cursor(CursorFault::InvalidCursorUnnamed),
        id: "invalid-cursor-unnamed",
        says: "The error about a cursor has no `scimType`.",
        breaks: &["scim.cursor.invalid-cursor-is-named"],
        blocks: &[],
    },
    Row {
        fault: Fault::Cursor(CursorFault::OtherCountAccepted),
        id: "other-count-accepted",
        says: "A page may be asked for with another `count` than the one before.",
        breaks: &["scim.cursor.changed-count-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Cursor(CursorFault::CursorOpensEverything),
        id: "cursor-opens-everything",
        says: "A request with a cursor is answered whatever its credential.",
        breaks: &["scim.cursor.other-tenant-cannot-go-on"],
        blocks: &[],
    },
    Row {
        fault: Fault::Cursor(CursorFault::SearchIgnoresCursor),
        id: "search-ignores-cursor",
        says: "`cursor` in the body of a search has no effect.",
        breaks: &["scim.cursor.search-is-paged-too"],
        blocks: &[],
    },
];
