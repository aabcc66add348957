//! Searching: filter, order and page (RFC 7644, sections 3.4.2 and 3.4.3).

use serde_json::{Map, Value, json};

use super::filter::{Test, compile, narrowing};
use super::intake::member;
use super::projection::Projection;
use super::read::is_inactive;
use super::service::Service;
use super::sort::{Key, Sorting};
use crate::fault::{FilterFault, ListFault, PatchFault};
use crate::http::{Answer, Query, Refusal};
use crate::schema::ResourceType;
use crate::store::{Order, Record};
use crate::switches::Switches;
use crate::variant::Variant;

/// The most resources on one page.
pub(super) const MAX_RESULTS: usize = 1000;
const STANDARD_PAGE: usize = 100;
const SEARCH_REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/// What a client asks for.
#[derive(Debug, Default)]
struct Search {
    filter: Option<String>,
    sort_by: Option<String>,
    sort_order: Option<String>,
    start_index: Option<i64>,
    count: Option<i64>,
    projection: Projection,
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
            Some(text) => text
                .trim()
                .parse::<i64>()
                .map(Some)
                .map_err(|_| Refusal::invalid_value(format!("{name} must be an integer"))),
        };
        let text = |name: &str| query.get(name).map(str::to_owned);
        self.list(
            kinds,
            &Search {
                filter: text("filter"),
                sort_by: text("sortBy"),
                sort_order: text("sortOrder"),
                start_index: number("startIndex")?,
                count: number("count")?,
                projection: Projection::from_lists(query.get("attributes"), query.get("excludedAttributes"))?,
            },
        )
    }

    pub(super) fn list_by_body(
        self,
        kinds: &[ResourceType],
        body: &Map<String, Value>,
    ) -> Result<Answer, Refusal> {
        require_message(body, SEARCH_REQUEST)?;
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
        self.list(
            kinds,
            &Search {
                filter: text("filter")?,
                sort_by: text("sortBy")?,
                sort_order: text("sortOrder")?,
                start_index: number("startIndex")?,
                count: number("count")?,
                projection: Projection::of(names(body, "attributes")?, names(body, "excludedAttributes")?)?,
            },
        )
    }

    fn list(self, kinds: &[ResourceType], search: &Search) -> Result<Answer, Refusal> {
        let tests = self.tests(kinds, search.filter.as_deref())?;
        let sorting =
            Sorting::of(search.sort_by.as_deref(), search.sort_order.as_deref(), kinds, self.switches)?;
        let window = search.window(self.switches);
        let by_index = match (&sorting, kinds) {
            _ if tests.is_some() => None,
            (None, _) => Some(Order::Made),
            (Some(sorting), [kind]) => sorting.indexed(*kind),
            (Some(_), _) => None,
        };
        let (total, records) = match by_index {
            Some(order) => self.pages(kinds, order, window)?,
            None => self.matching(kinds, tests.as_deref(), sorting.as_ref(), window)?,
        };
        if total == 0 && search.filter.is_some() && self.switches.has(FilterFault::NoMatchAnswers404) {
            return Err(Refusal::not_found("a match"));
        }
        self.list_answer(total, window, &records, &search.projection)
    }

    /// The filter, compiled for each kind; `None` when everything matches.
    fn tests(self, kinds: &[ResourceType], filter: Option<&str>) -> Result<Option<Vec<Test>>, Refusal> {
        let Some(filter) = filter else { return Ok(None) };
        let tests: Result<Vec<Test>, Refusal> =
            kinds.iter().map(|kind| compile(filter, *kind, kinds, self.switches)).collect();
        match tests {
            Ok(_) if self.switches.has(FilterFault::FilterIgnored) => Ok(None),
            Ok(tests) => Ok(Some(tests)),
            Err(_) if self.switches.has(FilterFault::MalformedFilterIgnored) => Ok(None),
            Err(_) if self.switches.has(FilterFault::MalformedFilterAnswers500) => Err(Refusal::internal()),
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
        let hides_inactive = tests.is_some() && self.switches.has(FilterFault::InactiveHiddenFromFilter);
        let mut total = 0;
        let mut found: Vec<(Key, Record)> = Vec::new();
        for (place, kind) in kinds.iter().enumerate() {
            let test = tests.and_then(|tests| tests.get(place));
            let narrowing = test.map_or(crate::store::Narrowing::Everything, |test| narrowing(test, *kind));
            let derived = ["groups", "members", "meta"];
            let whole = derived.iter().any(|name| {
                test.is_some_and(|test| test.mentions(name)) || sorting.is_some_and(|by| by.mentions(name))
            });
            self.store.scan(self.tenant, *kind, &narrowing, |record| {
                let subject = if whole { self.represent(&record)? } else { self.searchable(&record) };
                let trusts_index = self.switches.has(PatchFault::StaleNameIndex)
                    && matches!(narrowing, crate::store::Narrowing::Name(_));
                let passes = trusts_index || test.is_none_or(|test| test.passes(&subject, self.switches));
                if !passes || (hides_inactive && is_inactive(&record)) {
                    return Ok(());
                }
                total += 1;
                let on_page = total >= window.start && total - window.start < window.size;
                if let Some(sorting) = sorting {
                    found.push((sorting.key(*kind, &subject, self.switches), record));
                } else if on_page {
                    found.push((Key::Missing, record));
                }
                Ok(())
            })?;
        }
        if let Some(sorting) = sorting {
            sorting.sort(&mut found);
            let records = found.into_iter().skip(window.start - 1).take(window.size);
            return Ok((total, records.map(|(_, record)| record).collect()));
        }
        Ok((total, found.into_iter().map(|(_, record)| record).collect()))
    }

    fn list_answer(
        self,
        total: usize,
        window: Window,
        records: &[Record],
        projection: &Projection,
    ) -> Result<Answer, Refusal> {
        let resources = records
            .iter()
            .map(|record| {
                let whole = self.represent(record)?;
                Ok(Value::Object(projection.apply(record.kind, self.switches, whole)))
            })
            .collect::<Result<Vec<Value>, Refusal>>()?;
        let number = |number: usize| {
            if self.switches.has(ListFault::TotalsAsStrings) {
                json!(number.to_string())
            } else {
                json!(number)
            }
        };
        let mut list = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": number(total),
            "startIndex": number(window.start),
            "itemsPerPage": number(resources.len()),
        });
        if !(total == 0 && self.switches.is(Variant::NoResourcesWhenEmpty)) {
            list["Resources"] = Value::Array(resources);
        }
        Ok(Answer::scim(200, list))
    }
}

impl Search {
    /// Below 1 is 1, below 0 is 0 (section 3.4.2.4).
    fn window(&self, switches: Switches) -> Window {
        let start = self.start_index.filter(|_| !switches.has(ListFault::StartIndexIgnored)).unwrap_or(1);
        let size = match self.count.filter(|_| !switches.has(ListFault::CountIgnored)) {
            None => STANDARD_PAGE,
            Some(count) => usize::try_from(count).unwrap_or(0).min(MAX_RESULTS),
        };
        Window { start: usize::try_from(start).unwrap_or(0).max(1), size }
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
    let split = |text: &str| text.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>();
    match member(body, name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(split(text)),
        Some(Value::Array(names)) => {
            names.iter().map(|name| name.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        Some(_) => Err(wrong()),
    }
}
