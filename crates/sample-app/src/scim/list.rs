//! Searching: filter, order and page (RFC 7644, sections 3.4.2 and 3.4.3).

mod cursor;
mod document;
mod matches;

use serde_json::{Map, Value};

use super::dispatch::no_filters;
use super::filter::{Test, compile};
use super::intake::member;
use super::projection::{Projection, split};
use super::service::Service;
use super::sort::{Key, Sorting};
use crate::fault::{CursorFault, FilterFault, ListFault, ReadFault, SearchFault, SortFault};
use crate::http::{Answer, Query, Refusal};
use crate::schema::ResourceType;
use crate::store::{Order, Record};
use crate::switches::Switches;
use crate::variant::Variant;

pub(super) use cursor::CURSOR_SECONDS;

/// The most resources on one page.
pub(super) const MAX_RESULTS: usize = 1000;
const SMALL_PAGE: usize = 10;
const STANDARD_PAGE: usize = 100;
const SEARCH_REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/// The most resources on one page, and how many there are unless a client says.
pub(super) fn page_sizes(switches: Switches) -> (usize, usize) {
    if switches.is(Variant::SmallPages) { (SMALL_PAGE, SMALL_PAGE) } else { (MAX_RESULTS, STANDARD_PAGE) }
}

/// What a client asks for.
#[derive(Debug, Default)]
struct Search {
    filter: Option<String>,
    sort_by: Option<String>,
    sort_order: Option<String>,
    start_index: Option<i64>,
    count: Option<i64>,
    /// Where a page begins that is paged by cursors (RFC 9865); empty for the first one.
    cursor: Option<String>,
    projection: Projection,
    /// Whether it came as the body of a POST.
    posted: bool,
}

/// The part of the matches that a page shows.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// 1-based.
    start: usize,
    size: usize,
}

impl Service<'_> {
    pub(super) fn list_by_query(self, kinds: &[ResourceType], query: &Query) -> Result<Answer, Refusal> {
        let number = |name: &str| match query.get(name) {
            None => Ok(None),
            Some(text) => text.trim().parse::<i64>().map(Some).map_err(|_| {
                if self.switches.has(ListFault::StrangeNumbersAnswer500) {
                    Refusal::internal()
                } else {
                    Refusal::invalid_value(format!("{name} must be an integer"))
                }
            }),
        };
        let text = |name: &str| query.get(name).map(str::to_owned);
        let only = split(query.get("attributes").unwrap_or_default());
        let without = split(query.get("excludedAttributes").unwrap_or_default());
        let overlooked =
            self.switches.has(FilterFault::FilterWantsFirstPlace) && !query.begins_with("filter");
        self.list(
            kinds,
            &Search {
                filter: text("filter").filter(|_| !overlooked),
                sort_by: text("sortBy"),
                sort_order: text("sortOrder"),
                start_index: number("startIndex")?,
                count: number("count")?,
                cursor: text("cursor").filter(|_| !self.switches.has(CursorFault::CursorIgnored)),
                projection: self.list_projection(only, without, kinds)?,
                posted: false,
            },
        )
    }

    pub(super) fn list_by_body(
        self,
        kinds: &[ResourceType],
        body: &Map<String, Value>,
    ) -> Result<Answer, Refusal> {
        if self.switches.is(Variant::NoSearch) {
            return Err(Refusal::new(501, "searching with POST is not offered"));
        }
        if self.switches.is(Variant::NoFilter) && member(body, "filter").is_some() {
            return Err(no_filters());
        }
        if self.switches.has(SearchFault::SearchAnswers500) {
            return Err(Refusal::internal());
        }
        if !self.switches.has(SearchFault::SearchOfAnySchema) {
            require_message(body, SEARCH_REQUEST)?;
        }
        let text = |name: &str| match member(body, name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Refusal::invalid_value(format!("{name} must be a string"))),
        };
        let number = |name: &str| match member(body, name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_i64()
                .map(Some)
                .ok_or_else(|| Refusal::invalid_value(format!("{name} must be an integer"))),
        };
        let projection =
            self.projection_of(names(body, "attributes")?, names(body, "excludedAttributes")?, kinds)?;
        let mut search = Search {
            filter: text("filter")?,
            sort_by: text("sortBy")?,
            sort_order: text("sortOrder")?,
            start_index: number("startIndex")?,
            count: number("count")?,
            cursor: text("cursor")?,
            projection,
            posted: true,
        };
        search.forget(self.switches);
        let users_alone = kinds.len() > 1 && self.switches.has(SearchFault::RootSearchOmitsGroups);
        let kinds = if users_alone { &[ResourceType::User] } else { kinds };
        let mut answer = self.list(kinds, &search)?;
        if self.switches.has(SearchFault::SearchAnswers201) {
            answer.status = 201;
        }
        Ok(answer)
    }

    fn list(self, kinds: &[ResourceType], search: &Search) -> Result<Answer, Refusal> {
        let tests = self.tests(kinds, search.filter.as_deref())?;
        let sorting =
            Sorting::of(search.sort_by.as_deref(), search.sort_order.as_deref(), kinds, self.switches)?;
        let by_cursor = match &search.cursor {
            _ if self.switches.is(Variant::NoCursors) => None,
            None if self.switches.is(Variant::CursorsByDefault) && search.start_index.is_none() => Some(""),
            cursor => cursor.as_deref(),
        };
        if let Some(cursor) = by_cursor {
            return self.list_by_cursor(kinds, search, cursor, tests.as_deref(), sorting.as_ref());
        }
        let window = search.window(self.switches, kinds)?;
        let mut found = self.found(kinds, tests.as_deref(), sorting.as_ref(), window)?;
        let groups = kinds == [ResourceType::Group];
        if found.0 == 0
            && search.filter.is_some()
            && (self.switches.has(FilterFault::NoMatchAnswers404)
                || groups && self.switches.has(FilterFault::NoGroupAnswers404))
        {
            return Err(Refusal::not_found("a match"));
        }
        if window.size == 0
            && search.filter.is_some()
            && self.switches.has(FilterFault::CountZeroCountsNothing)
        {
            found.0 = 0;
        }
        if self.switches.has(ReadFault::MissesCached)
            && let Some(filter) = &search.filter
            && self.store.missed_before(filter, found.0 == 0)
        {
            return self.list_answer(0, window, &[], search);
        }
        if found.0 > 0 && window.start > found.0 && !search.posted {
            if self.switches.has(ListFault::PastTheEndAnswers404) {
                return Err(Refusal::not_found("this page"));
            }
            if self.switches.has(ListFault::PastTheEndStartsOver) {
                found =
                    self.found(kinds, tests.as_deref(), sorting.as_ref(), Window { start: 1, ..window })?;
            }
            if self.switches.has(ListFault::PastTheEndForgetsTheTotal) {
                found.0 = 0;
            }
        }
        if tests.is_none() && self.switches.has(ListFault::ChangesBreakPages) {
            self.break_after_changes(window, found.1.len())?;
        }
        self.list_answer(found.0, window, &found.1, search)
    }

    /// How many matches there are, and those on the page.
    fn found(
        self,
        kinds: &[ResourceType],
        tests: Option<&[Test]>,
        sorting: Option<&Sorting>,
        window: Window,
    ) -> Result<(usize, Vec<Record>), Refusal> {
        let by_index = match (sorting, kinds) {
            _ if tests.is_some() => None,
            (None, _) => Some(Order::Made),
            (Some(sorting), [kind]) => sorting.indexed(*kind),
            (Some(_), _) => None,
        };
        match by_index {
            Some(order) => self.pages(kinds, order, window),
            None => self.matching(kinds, tests, sorting, window),
        }
    }

    /// The filter, compiled for each kind; `None` when everything matches.
    fn tests(self, kinds: &[ResourceType], filter: Option<&str>) -> Result<Option<Vec<Test>>, Refusal> {
        let Some(filter) = filter else { return Ok(None) };
        let tests: Result<Vec<Test>, Refusal> =
            kinds.iter().map(|kind| compile(filter, *kind, kinds, self.switches)).collect();
        match tests {
            Ok(_) if self.switches.has(FilterFault::FilterIgnored) => Ok(None),
            Ok(_) if kinds == [ResourceType::Group] && self.switches.has(FilterFault::GroupFilterIgnored) => {
                Ok(None)
            }
            Ok(tests) => Ok(Some(tests)),
            Err(_) if self.switches.has(FilterFault::MalformedFilterIgnored) => Ok(None),
            Err(_) if self.switches.has(FilterFault::MalformedFilterAnswers500) => Err(Refusal::internal()),
            Err(refusal) if self.switches.has(FilterFault::RefusalWithoutInvalidFilter) => {
                Err(Refusal { scim_type: None, ..refusal })
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// A page of everything, which the store reads by index.
    fn pages(
        self,
        kinds: &[ResourceType],
        order: Order,
        window: Window,
    ) -> Result<(usize, Vec<Record>), Refusal> {
        let mut total = 0;
        let mut records = Vec::new();
        let mut skip = window.start - 1;
        for kind in kinds {
            let live = self.store.count(self.tenant, *kind)?;
            total += live;
            let wanted = window.size - records.len();
            if skip < live && wanted > 0 {
                records.extend(self.store.page(self.tenant, *kind, order, skip, wanted)?);
            }
            skip = skip.saturating_sub(live);
        }
        Ok((total, records))
    }

    /// A page of what passes the filter, or of what must be sorted first.
    fn matching(
        self,
        kinds: &[ResourceType],
        tests: Option<&[Test]>,
        sorting: Option<&Sorting>,
        window: Window,
    ) -> Result<(usize, Vec<Record>), Refusal> {
        let mut total = 0;
        let mut found: Vec<(Key, Record)> = Vec::new();
        let unstable = sorting.is_none() && self.switches.has(ListFault::OrderChanges);
        self.each_match(kinds, tests, sorting, |_, key, record| {
            total += 1;
            let on_page = total >= window.start && total - window.start < window.size;
            if sorting.is_some() || on_page || unstable {
                found.push((key, record));
            }
        })?;
        if unstable {
            let (number, _) = self.store.memory.get();
            self.store.memory.set((number + 1, 0));
            if number % 2 == 1 {
                found.reverse();
            }
        }
        let cut_first = self.switches.has(SortFault::PagesSortedOneByOne);
        if let Some(sorting) = sorting.filter(|_| !cut_first) {
            sorting.sort(&mut found, self.switches);
        }
        let skipped = if sorting.is_some() || unstable { window.start - 1 } else { 0 };
        let mut page: Vec<_> = found.into_iter().skip(skipped).take(window.size).collect();
        if let Some(sorting) = sorting.filter(|_| cut_first) {
            sorting.sort(&mut page, self.switches);
        }
        Ok((total, page.into_iter().map(|(_, record)| record).collect()))
    }

    /// Fails where a page continues another one and resources were made in between.
    fn break_after_changes(self, window: Window, shown: usize) -> Result<(), Refusal> {
        let end = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let (before, continued) = self.store.memory.get();
        let now = self.store.newest()?;
        self.store.memory.set((now, end(window.start.saturating_add(shown))));
        if end(window.start) == continued && window.start > 1 && before != now {
            return Err(Refusal::internal());
        }
        Ok(())
    }
}

impl Search {
    /// Below 1 is 1, below 0 is 0 (section 3.4.2.4).
    fn window(&self, switches: Switches, kinds: &[ResourceType]) -> Result<Window, Refusal> {
        let start = self.start_index.filter(|_| !switches.has(ListFault::StartIndexIgnored)).unwrap_or(1);
        if start < 1 && switches.has(ListFault::StartIndexZeroRefused) {
            return Err(Refusal::invalid_value("startIndex must be at least 1"));
        }
        let mut start = usize::try_from(start).unwrap_or(0).max(1);
        if self.start_index.is_some() && switches.has(ListFault::StartIndexFromZero) {
            start = start.saturating_add(1);
        }
        Ok(Window { start, size: self.size(switches, kinds)? })
    }

    /// How many resources a page may hold.
    fn size(&self, switches: Switches, kinds: &[ResourceType]) -> Result<usize, Refusal> {
        let (most, standard) = page_sizes(switches);
        let by_index = !self.posted && self.cursor.is_none();
        let ignored = by_index && switches.has(ListFault::CountIgnored)
            || kinds == [ResourceType::Group] && switches.has(ListFault::GroupCountIgnored);
        match self.count.filter(|_| !ignored) {
            None => Ok(standard),
            Some(0) if switches.has(ListFault::CountZeroIsNoCount) => Ok(standard),
            Some(count) if count < 0 && switches.has(ListFault::NegativeCountIsNoLimit) => Ok(most),
            Some(count) => {
                let count = usize::try_from(count).unwrap_or(0);
                if count > most && switches.has(ListFault::LargeCountRefused) {
                    return Err(Refusal::invalid_value(format!("count must be at most {most}")));
                }
                Ok(count.min(most))
            }
        }
    }

    /// Leaves out what a fault does not read of a search's body.
    fn forget(&mut self, switches: Switches) {
        if switches.has(SearchFault::SearchIgnoresFilter) {
            self.filter = None;
        }
        if switches.has(SearchFault::SearchIgnoresCount) {
            self.count = None;
        }
        if switches.has(SearchFault::SearchIgnoresSort) {
            self.sort_by = None;
        }
        if switches.has(SearchFault::SearchIgnoresAttributes) {
            self.projection = Projection::Standard;
        }
        if switches.has(CursorFault::SearchIgnoresCursor) {
            self.cursor = None;
        }
    }
}

/// Refuses a message that does not say what it is.
pub(super) fn require_message(body: &Map<String, Value>, urn: &str) -> Result<(), Refusal> {
    let named = member(body, "schemas").and_then(Value::as_array).is_some_and(|schemas| {
        schemas.iter().filter_map(Value::as_str).any(|schema| schema.eq_ignore_ascii_case(urn))
    });
    if named { Ok(()) } else { Err(Refusal::invalid_syntax(format!("`schemas` must name {urn}"))) }
}

/// A list of attribute names: an array of strings, or one string with commas.
fn names(body: &Map<String, Value>, name: &str) -> Result<Vec<String>, Refusal> {
    let wrong = || Refusal::invalid_value(format!("{name} must be an array of strings"));
    match member(body, name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(split(text)),
        Some(Value::Array(names)) => {
            names.iter().map(|name| name.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        Some(_) => Err(wrong()),
    }
}
