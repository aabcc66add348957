//! Paging by cursors (RFC 9865).
//!
//! A cursor names the last resource of a page, so that what is made or removed meanwhile moves nothing.
//! It is signed together with the query that it belongs to: nothing has to be kept, and a cursor that
//! was made up or belongs to another query is known at once.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::Search;
use crate::clock;
use crate::fault::CursorFault;
use crate::http::{Answer, Refusal, ScimType};
use crate::random;
use crate::schema::ResourceType;
use crate::scim::filter::Test;
use crate::scim::service::Service;
use crate::scim::sort::{Key, Sorting};
use crate::store::Record;
use crate::variant::Variant;

/// How long a cursor is good for.
pub(in crate::scim) const CURSOR_SECONDS: i64 = 3600;

/// What a fault puts behind its cursors.
const RESERVED: &str = "+/=";

/// Cursors do not outlive the process that made them.
static SECRET: LazyLock<String> = LazyLock::new(random::hex);

/// Behind which resource a page begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// The place of its kind among those that were searched.
    kind: usize,
    seq: i64,
    /// How many came before the page: where to go on should the resource be gone from a sorted list.
    shown: usize,
}

/// What a cursor says, once it is known for genuine.
#[derive(Debug)]
struct Cursor {
    tenant: u32,
    place: Place,
    count: Option<i64>,
    expires: i64,
}

/// A page, with one more resource than it holds where another page follows.
struct Page {
    total: usize,
    records: Vec<(usize, Record)>,
}

impl Service<'_> {
    pub(super) fn list_by_cursor(
        self,
        kinds: &[ResourceType],
        search: &Search,
        cursor: &str,
        tests: Option<&[Test]>,
        sorting: Option<&Sorting>,
    ) -> Result<Answer, Refusal> {
        let query = identity(kinds, search);
        let place = self.place(cursor, &query, search).or_else(|refusal| {
            if refusal.scim_type != Some(ScimType::InvalidCursor) {
                Err(refusal)
            } else if self.switches.has(CursorFault::InvalidCursorStartsOver) {
                Ok(Place::default())
            } else if self.switches.has(CursorFault::InvalidCursorAnswers500) {
                Err(Refusal::internal())
            } else if self.switches.has(CursorFault::InvalidCursorUnnamed) {
                Err(Refusal { scim_type: None, ..refusal })
            } else {
                Err(refusal)
            }
        })?;
        let mut size = search.size(self.switches, kinds)?;
        if size > 0 && self.switches.has(CursorFault::CursorPageExceedsCount) {
            size += 1;
        }
        let Page { total, mut records } = match (tests, sorting) {
            (None, None) => self.made_after(kinds, place, size + 1)?,
            _ => self.found_after(kinds, tests, sorting, place, size + 1)?,
        };
        let more = size > 0 && records.len() > size;
        let last = if self.switches.has(CursorFault::CursorSkipsOne) { size } else { size.saturating_sub(1) };
        let next = match records.get(last) {
            Some((kind, record)) if more => {
                Some(Place { kind: *kind, seq: record.seq, shown: place.shown + last + 1 })
            }
            _ => {
                self.switches.has(CursorFault::LastPageHasCursor).then_some(Place { seq: i64::MAX, ..place })
            }
        };
        records.truncate(size);
        let records: Vec<Record> = records.into_iter().map(|(_, record)| record).collect();
        let mut list = self.list_document(self.listed(&records, &search.projection, search.posted)?);
        if !self.switches.is(Variant::CursorsWithoutTotals) {
            list["totalResults"] = self.number(total);
        }
        list["itemsPerPage"] = self.number(records.len());
        if let Some(place) = next {
            list["nextCursor"] = json!(self.cursor(place, &query, search.count));
        }
        if cursor.is_empty() && self.switches.has(CursorFault::FirstPageHasPreviousCursor) {
            list["previousCursor"] = json!(self.cursor(Place::default(), &query, search.count));
        }
        Ok(Answer::scim(200, list))
    }

    /// Behind which resource to begin.
    fn place(self, text: &str, query: &str, search: &Search) -> Result<Place, Refusal> {
        if text.is_empty() {
            return Ok(Place::default());
        }
        let text = text.strip_suffix(RESERVED).unwrap_or(text);
        let cursor = Cursor::read(text, query).ok_or_else(Refusal::invalid_cursor)?;
        if cursor.tenant != self.tenant {
            return Err(Refusal::invalid_cursor());
        }
        if cursor.expires < clock::now().as_second() {
            return Err(Refusal::expired_cursor());
        }
        if cursor.count != search.count && !self.switches.has(CursorFault::OtherCountAccepted) {
            return Err(Refusal::invalid_count("count must be the same for all pages of a query"));
        }
        Ok(cursor.place)
    }

    fn cursor(self, place: Place, query: &str, count: Option<i64>) -> String {
        let expires = clock::now().as_second() + CURSOR_SECONDS;
        let text = Cursor { tenant: self.tenant, place, count, expires }.written(query);
        let reserved =
            if self.switches.has(CursorFault::CursorWithReservedCharacters) { RESERVED } else { "" };
        text + reserved
    }

    /// A page of everything, which the store reads by index.
    fn made_after(self, kinds: &[ResourceType], place: Place, limit: usize) -> Result<Page, Refusal> {
        let mut page = Page { total: 0, records: Vec::new() };
        for (number, kind) in kinds.iter().enumerate() {
            page.total += self.store.count(self.tenant, *kind)?;
            let wanted = limit - page.records.len();
            if number < place.kind || wanted == 0 {
                continue;
            }
            let seq = if number == place.kind { place.seq } else { 0 };
            let records = self.store.page_after(self.tenant, *kind, seq, wanted)?;
            page.records.extend(records.into_iter().map(|record| (number, record)));
        }
        Ok(page)
    }

    /// A page of what passes the filter, or of what must be sorted first.
    fn found_after(
        self,
        kinds: &[ResourceType],
        tests: Option<&[Test]>,
        sorting: Option<&Sorting>,
        place: Place,
        limit: usize,
    ) -> Result<Page, Refusal> {
        let mut total = 0;
        let mut found: Vec<(Key, Record)> = Vec::new();
        self.each_match(kinds, tests, sorting, |number, key, record| {
            total += 1;
            let follows = (number, record.seq) > (place.kind, place.seq);
            if sorting.is_some() || follows && found.len() < limit {
                found.push((key, record));
            }
        })?;
        let mut behind = 0;
        if let Some(sorting) = sorting {
            sorting.sort(&mut found, self.switches);
            let last = found.iter().position(|(_, record)| record.seq == place.seq);
            behind = last.map_or(place.shown, |last| last + 1);
        }
        let kind_of = |record: &Record| kinds.iter().position(|kind| *kind == record.kind).unwrap_or(0);
        let records = found.into_iter().skip(behind).take(limit);
        Ok(Page { total, records: records.map(|(_, record)| (kind_of(&record), record)).collect() })
    }
}

impl Cursor {
    fn written(&self, query: &str) -> String {
        let Self { tenant, place: Place { kind, seq, shown }, count, expires } = self;
        let count = count.map(|count| count.to_string()).unwrap_or_default();
        let says = format!("{tenant} {kind} {seq} {shown} {expires} {count}");
        URL_SAFE_NO_PAD.encode(format!("{} {says}", signature(&says, query)))
    }

    /// What the cursor says; `None` where we did not make it for this query.
    fn read(text: &str, query: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (signed, says) = text.split_once(' ')?;
        if signed != signature(says, query) {
            return None;
        }
        let mut words = says.split(' ');
        Some(Self {
            tenant: words.next()?.parse().ok()?,
            place: Place {
                kind: words.next()?.parse().ok()?,
                seq: words.next()?.parse().ok()?,
                shown: words.next()?.parse().ok()?,
            },
            expires: words.next()?.parse().ok()?,
            count: match words.next()? {
                "" => None,
                count => Some(count.parse().ok()?),
            },
        })
    }
}

/// What must stay the same from page to page, apart from `count`.
fn identity(kinds: &[ResourceType], search: &Search) -> String {
    let Search { filter, sort_by, sort_order, projection, .. } = search;
    format!("{kinds:?} {filter:?} {sort_by:?} {sort_order:?} {projection:?}")
}

fn signature(says: &str, query: &str) -> String {
    let mut hash = Sha256::new();
    for part in [SECRET.as_str(), says, query] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_for_its_own_query_alone_and_is_safe_in_a_url() {
        let place = Place { kind: 1, seq: 7, shown: 2 };
        let text = Cursor { tenant: 3, place, count: Some(2), expires: 9 }.written("query");
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)), "{text}");
        let cursor = Cursor::read(&text, "query").unwrap();
        assert_eq!((cursor.tenant, cursor.place, cursor.count, cursor.expires), (3, place, Some(2), 9));
        assert!(Cursor::read(&text, "other").is_none());
        assert!(Cursor::read(&text[1..], "query").is_none());
        assert!(Cursor::read("", "query").is_none());
    }
}
