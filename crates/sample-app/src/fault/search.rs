//! The faults of searching with POST: name, meaning, and the checks that notice.

use super::Fault;
use super::row::Row;

/// Faults of searching with POST.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SearchFault {
    /// A search with POST answers 500.
    SearchAnswers500,
    /// A search with POST answers 201.
    SearchAnswers201,
    /// The filter in a search's body has no effect.
    SearchIgnoresFilter,
    /// `count` in a search's body has no effect.
    SearchIgnoresCount,
    /// `attributes` in a search's body has no effect.
    SearchIgnoresAttributes,
    /// `sortBy` in a search's body has no effect.
    SearchIgnoresSort,
    /// A search need not say that it is one.
    SearchOfAnySchema,
    /// A search below the base URL finds users alone.
    RootSearchOmitsGroups,
}

impl From<SearchFault> for Fault {
    fn from(fault: SearchFault) -> Self {
        Self::Search(fault)
    }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        fault: Fault::Search(SearchFault::SearchAnswers500),
        id: "search-answers-500",
        says: "A search with POST answers 500.",
        breaks: &["scim.search.absence-is-said"],
        blocks: &[
            "scim.search.answers-200-with-a-list",
            "scim.search.filter-is-applied",
            "scim.search.count-limits-the-page",
            "scim.search.attributes-choose-what-is-shown",
            "scim.search.sort-is-applied",
            "scim.search.other-message-is-refused",
            "scim.search.root-finds-every-kind",
            "scim.cursor.search-is-paged-too",
        ],
    },
    Row {
        fault: Fault::Search(SearchFault::SearchAnswers201),
        id: "search-answers-201",
        says: "A search with POST answers 201.",
        breaks: &["scim.search.answers-200-with-a-list"],
        blocks: &[],
    },
    Row {
        fault: Fault::Search(SearchFault::SearchIgnoresFilter),
        id: "search-ignores-filter",
        says: "The filter in a search's body has no effect.",
        breaks: &["scim.search.filter-is-applied"],
        blocks: &["scim.search.sort-is-applied", "scim.search.root-finds-every-kind"],
    },
    Row {
        fault: Fault::Search(SearchFault::SearchIgnoresCount),
        id: "search-ignores-count",
        says: "`count` in a search's body has no effect.",
        breaks: &["scim.search.count-limits-the-page"],
        blocks: &["scim.cursor.search-is-paged-too"],
    },
    Row {
        fault: Fault::Search(SearchFault::SearchIgnoresAttributes),
        id: "search-ignores-attributes",
        says: "`attributes` in a search's body has no effect.",
        breaks: &["scim.search.attributes-choose-what-is-shown"],
        blocks: &[],
    },
    Row {
        fault: Fault::Search(SearchFault::SearchIgnoresSort),
        id: "search-ignores-sort",
        says: "`sortBy` in a search's body has no effect.",
        breaks: &["scim.search.sort-is-applied"],
        blocks: &[],
    },
    Row {
        fault: Fault::Search(SearchFault::SearchOfAnySchema),
        id: "search-of-any-schema",
        says: "A search need not say that it is one.",
        breaks: &["scim.search.other-message-is-refused"],
        blocks: &[],
    },
    Row {
        fault: Fault::Search(SearchFault::RootSearchOmitsGroups),
        id: "root-search-omits-groups",
        says: "A search below the base URL finds users alone.",
        breaks: &["scim.search.root-finds-every-kind"],
        blocks: &[],
    },
];
