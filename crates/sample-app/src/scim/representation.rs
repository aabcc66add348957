//! A resource as clients see it: what they wrote, and what the server adds.

use std::fmt::Write as _;

use jiff::SignedDuration;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::house::is_lean;
use super::service::Service;
use crate::clock;
use crate::fault::{
    CreateFault, FilterFault, MembershipFault, PatchFault, PathFault, RefusalFault, ReplaceFault,
    SchemaFault, VersionFault,
};
use crate::http::Refusal;
use crate::random;
use crate::schema::{DataType, ResourceType, Returned};
use crate::store::{Member, Record};
use crate::variant::Variant;

pub(super) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const VENDOR: &str = "urn:example:params:scim:schemas:extension:seat:2.0:User";

impl Service<'_> {
    /// The whole resource, before a projection.
    pub(super) fn represent(self, record: &Record) -> Result<Map<String, Value>, Refusal> {
        let mut whole = self.own(record);
        match record.kind {
            ResourceType::User => {
                let groups: Vec<Value> = self
                    .store
                    .groups_of(&record.id)?
                    .into_iter()
                    .map(|group| {
                        json!({
                            "value": group.group_id,
                            "$ref": self.location(ResourceType::Group, &group.group_id),
                            "display": group.display,
                            "type": if group.direct { "direct" } else { "indirect" },
                        })
                    })
                    .collect();
                let hidden = self.switches.is(Variant::NoUserGroups)
                    || self.switches.has(MembershipFault::UserGroupsNotShown);
                if !groups.is_empty() && !hidden {
                    whole.insert("groups".to_owned(), Value::Array(groups));
                }
                self.show_manager(&mut whole)?;
            }
            ResourceType::Group => {
                let members = self.members_shown(&self.store.members_of(&record.id)?);
                if !members.is_empty() {
                    whole.insert("members".to_owned(), Value::Array(members));
                }
            }
        }
        if self.switches.has(FilterFault::PasswordSearchable) {
            whole.shift_remove("password");
        }
        let version = self.version(&whole, record);
        whole.insert("meta".to_owned(), self.meta(record, Some(version)));
        if self.switches.is(Variant::ExplicitNulls) {
            show_nulls(record.kind, &mut whole);
            if record.kind == ResourceType::User && self.switches.is(Variant::LeanUsers) {
                whole.retain(|name, value| is_lean(name) || !is_nothing(value));
            }
            if self.switches.is(Variant::NoUserGroups) {
                whole.shift_remove("groups");
            }
        }
        Ok(whole)
    }

    /// What the record holds by itself: enough for most filters, without a further query.
    pub(super) fn searchable(self, record: &Record) -> Map<String, Value> {
        let mut own = self.own(record);
        own.insert("meta".to_owned(), self.meta(record, None));
        own
    }

    /// A group's members as they are shown.
    pub(super) fn members_shown(self, members: &[Member]) -> Vec<Value> {
        let shown = |member: &Member| {
            if self.switches.is(Variant::MembersByIdOnly) {
                return json!({ "value": member.id });
            }
            let leads_astray = self.switches.has(MembershipFault::MemberReferenceWrong);
            let kind = if leads_astray { ResourceType::Group } else { member.kind };
            let mut shown = json!({
                "value": member.id,
                "$ref": self.location(kind, &member.id),
                "type": member.kind.name(),
            });
            if let Some(display) = &member.display {
                shown["display"] = json!(display);
            }
            shown
        };
        members.iter().map(shown).collect()
    }

    fn own(self, record: &Record) -> Map<String, Value> {
        let extensions = record.kind.extensions(self.switches);
        let mut schemas = vec![json!(record.kind.schema().urn)];
        let vendor = record.kind == ResourceType::User && self.switches.is(Variant::ExtraAttributes);
        let listed = !self.switches.has(PathFault::ExtensionsNotListed);
        for schema in extensions.iter().filter(|_| listed) {
            let undeclared = self.switches.has(SchemaFault::ExtensionUndeclared);
            if undeclared || record.attributes.contains_key(schema.urn) || (vendor && schema.urn == VENDOR) {
                schemas.push(json!(schema.urn));
            }
        }
        let mut own = Map::new();
        own.insert("schemas".to_owned(), Value::Array(schemas));
        own.insert("id".to_owned(), json!(record.id));
        own.extend(record.attributes.clone());
        if vendor {
            own.insert(
                VENDOR.to_owned(),
                json!({ "plan": "standard", "invoice": format!("seat {}", record.seq) }),
            );
        }
        own
    }

    fn meta(self, record: &Record, version: Option<String>) -> Value {
        let mut meta = json!({ "resourceType": record.kind.name() });
        if !self.switches.has(CreateFault::MetaWithoutCreated) {
            meta["created"] = json!(self.moment_shown(&record.created));
        }
        if self.switches.has(PatchFault::CreatedMoves) {
            meta["created"] = json!(record.modified);
        }
        let written = record.attributes.get("meta").and_then(|meta| meta.get("created"));
        let takes_over = self.switches.has(ReplaceFault::ReplaceStoresCreated)
            || self.switches.has(RefusalFault::MetaChangeAccepted);
        if let (true, Some(written)) = (takes_over, written) {
            meta["created"] = written.clone();
        }
        let is_new = record.created == record.modified;
        meta["lastModified"] = if is_new && self.switches.has(CreateFault::NewUserModifiedLater) {
            json!(clock::later(&record.modified, SignedDuration::from_mins(1)))
        } else {
            json!(self.moment_shown(&record.modified))
        };
        meta["location"] = json!(self.location(record.kind, &record.id));
        if let Some(version) = version.filter(|_| !self.switches.is(Variant::NoEtag)) {
            meta["version"] = json!(version);
        }
        meta
    }

    /// A moment as it is shown.
    fn moment_shown(self, moment: &str) -> String {
        if self.switches.has(CreateFault::LocalTimeAsUtc) {
            return clock::later(moment, SignedDuration::from_hours(2));
        }
        match moment.strip_suffix('Z') {
            Some(moment) if self.switches.is(Variant::DatesWithOffset) => format!("{moment}000+00:00"),
            Some(_) | None => moment.to_owned(),
        }
    }

    /// Weak, because the order of members and the charset may differ between two equal answers.
    fn version(self, whole: &Map<String, Value>, record: &Record) -> String {
        let mut hash = Sha256::new();
        if self.switches.has(VersionFault::VersionNeverChanges) {
            hash.update(&record.id);
        } else {
            hash.update(serde_json::to_vec(whole).expect("a map with text keys is JSON"));
            hash.update(&record.modified);
        }
        if self.switches.has(VersionFault::VersionChangesOnRead) {
            hash.update(random::hex());
        }
        let hex = hash.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        if self.switches.has(VersionFault::EtagWithoutQuotes) {
            hex
        } else if self.switches.is(Variant::StrongEtags) {
            format!("\"{hex}\"")
        } else {
            format!("W/\"{hex}\"")
        }
    }

    /// A manager who has an account here is shown by address and name.
    fn show_manager(self, whole: &mut Map<String, Value>) -> Result<(), Refusal> {
        let manager = whole.get_mut(ENTERPRISE).and_then(|extension| extension.get_mut("manager"));
        let Some(manager) = manager.and_then(Value::as_object_mut) else { return Ok(()) };
        let Some(id) = manager.get("value").and_then(Value::as_str).map(str::to_owned) else {
            return Ok(());
        };
        if let Some(record) = self.store.find(self.tenant, ResourceType::User, &id)? {
            manager.insert("$ref".to_owned(), json!(self.location(ResourceType::User, &id)));
            let name = record.attributes.get("displayName").and_then(Value::as_str);
            manager.insert("displayName".to_owned(), json!(name.unwrap_or_else(|| record.name())));
        }
        Ok(())
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

fn show_nulls(kind: ResourceType, whole: &mut Map<String, Value>) {
    for attribute in kind.attributes() {
        if attribute.returned != Returned::Default || whole.contains_key(attribute.name) {
            continue;
        }
        let nothing = if attribute.multi_valued { json!([]) } else { Value::Null };
        if attribute.data_type != DataType::Complex || attribute.multi_valued {
            whole.insert(attribute.name.to_owned(), nothing);
        }
    }
}
