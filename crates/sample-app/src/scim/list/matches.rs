//! Everything that passes a filter, one resource after the other.

use crate::fault::{FilterFault, PatchFault};
use crate::http::Refusal;
use crate::schema::ResourceType;
use crate::scim::filter::{Test, narrowing};
use crate::scim::read::is_inactive;
use crate::scim::service::Service;
use crate::scim::sort::{Key, Sorting};
use crate::store::{Narrowing, Record};

impl Service<'_> {
    /// Shows every match with the place of its kind and what it is sorted by, in the order in which they
    /// were made.
    pub(super) fn each_match(
        self,
        kinds: &[ResourceType],
        tests: Option<&[Test]>,
        sorting: Option<&Sorting>,
        mut each: impl FnMut(usize, Key, Record),
    ) -> Result<(), Refusal> {
        let hides_inactive = tests.is_some() && self.switches.has(FilterFault::InactiveHiddenFromFilter);
        for (place, kind) in kinds.iter().enumerate() {
            let test = tests.and_then(|tests| tests.get(place));
            let narrowing = test.map_or(Narrowing::Everything, |test| narrowing(test, *kind, self.switches));
            let derived = ["groups", "members", "meta"];
            let whole = derived.iter().any(|name| {
                test.is_some_and(|test| test.mentions(name)) || sorting.is_some_and(|by| by.mentions(name))
            });
            self.store.scan(self.tenant, *kind, &narrowing, |record| {
                let id = record.id.clone();
                let Some(record) = self.store.as_seen(&id, Some(record)) else { return Ok(()) };
                let mut subject = if whole { self.represent(&record)? } else { self.searchable(&record) };
                if *kind == ResourceType::User && self.switches.has(PatchFault::StaleNameIndex) {
                    subject.insert("userName".to_owned(), self.store.name_key(&record)?.into());
                }
                let passes = test.is_none_or(|test| test.passes(&subject, self.switches));
                if passes && !(hides_inactive && is_inactive(&record)) {
                    let key =
                        sorting.map_or(Key::Missing, |sorting| sorting.key(*kind, &subject, self.switches));
                    each(place, key, record);
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}
