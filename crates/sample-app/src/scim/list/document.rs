//! The list that answers a search (RFC 7644, section 3.4.2).

use serde_json::{Map, Value, json};

use super::{Search, Window};
use crate::fault::{FilterFault, ListFault, PasswordFault, VersionFault};
use crate::http::{Answer, Refusal};
use crate::schema::ResourceType;
use crate::scim::projection::Projection;
use crate::scim::service::Service;
use crate::store::Record;
use crate::variant::Variant;

impl Service<'_> {
    /// A page by index.
    pub(super) fn list_answer(
        self,
        total: usize,
        window: Window,
        records: &[Record],
        search: &Search,
    ) -> Result<Answer, Refusal> {
        let groups = records.iter().all(|record| record.kind == ResourceType::Group);
        let exclusion_ignored = groups && self.switches.has(FilterFault::ExclusionIgnoredInGroupLists);
        let projection = if exclusion_ignored { &Projection::Standard } else { &search.projection };
        let resources = self.listed(records, projection, search.posted)?;
        let whole = resources.len() == total;
        let mut list = self.list_document(resources);
        let shown = records.len();
        let total = if self.switches.has(ListFault::TotalIsPageSize) { shown } else { total };
        list["totalResults"] = self.number(total);
        if whole && self.switches.is(Variant::WholeListsSayNoPage) {
            return Ok(Answer::scim(200, list));
        }
        let start = if self.switches.has(ListFault::StartIndexNotEchoed) {
            1
        } else if self.switches.has(ListFault::StartIndexFromZero) {
            window.start - 1
        } else {
            window.start
        };
        list["startIndex"] = self.number(start);
        let items = if self.switches.has(ListFault::ItemsPerPageIsCount) { window.size } else { shown };
        list["itemsPerPage"] = self.number(items);
        if self.switches.has(ListFault::ListWithoutSchemas)
            && !search.posted
            && let Some(members) = list.as_object_mut()
        {
            members.shift_remove("schemas");
        }
        Ok(Answer::scim(200, list))
    }

    /// A list with these resources, and nothing said of how many there are.
    pub(super) fn list_document(self, resources: Vec<Value>) -> Value {
        let mut list = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"] });
        if !(resources.is_empty() && self.switches.is(Variant::NoResourcesWhenEmpty)) {
            list["Resources"] = Value::Array(resources);
        }
        list
    }

    /// What a list shows of these resources.
    pub(super) fn listed(
        self,
        records: &[Record],
        projection: &Projection,
        posted: bool,
    ) -> Result<Vec<Value>, Refusal> {
        let shown = |record: &Record| {
            let whole = self.represent(record)?;
            let mut shown = projection.apply(record.kind, self.switches, whole);
            if self.switches.has(PasswordFault::PasswordInFilter) {
                shown.shift_remove("password");
            }
            if self.switches.has(PasswordFault::ListShowsHash) {
                shown.insert("password".to_owned(), json!(record.password));
            }
            self.show_undescribed(record, &mut shown);
            if !posted {
                self.abridge(&mut shown);
            }
            Ok(Value::Object(shown))
        };
        records.iter().map(shown).collect()
    }

    /// What faults leave out of a listed resource.
    fn abridge(self, shown: &mut Map<String, Value>) {
        if self.switches.has(ListFault::ItemsWithoutSchemas) {
            shown.shift_remove("schemas");
        }
        if self.switches.has(ListFault::ItemsWithoutMeta) {
            shown.shift_remove("meta");
        }
        if self.switches.has(VersionFault::ListedVersionDiffers)
            && let Some(version) = shown.get_mut("meta").and_then(|meta| meta.get_mut("version"))
        {
            *version = json!("W/\"1\"");
        }
    }

    pub(super) fn number(self, number: usize) -> Value {
        if self.switches.has(ListFault::TotalsAsStrings) { json!(number.to_string()) } else { json!(number) }
    }
}
