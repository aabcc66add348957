//! Reading one resource (RFC 7644, section 3.4.1).

use serde_json::Value;

use super::conditions::Conditions;
use super::projection::Projection;
use super::service::{Service, untagged, version_of};
use crate::clock;
use crate::fault::{DeleteFault, GroupFault, ReadFault, VersionFault};
use crate::http::{Answer, Content, Refusal};
use crate::schema::ResourceType;
use crate::store::Record;
use crate::variant::Variant;

impl Service<'_> {
    pub(super) fn read(
        self,
        kind: ResourceType,
        id: &str,
        conditions: &Conditions,
        projection: &Projection,
    ) -> Result<Answer, Refusal> {
        let mut record = self.readable(kind, id)?;
        if self.switches.has(ReadFault::ReadingModifies) {
            record.modified = clock::written(clock::after(&record.modified));
            self.store.update(&record, false)?;
        }
        if kind == ResourceType::Group && self.switches.has(GroupFault::GroupReadOmitsName) {
            record.attributes.shift_remove("displayName");
        }
        if let Some(version) = version_of(&self.represent(&record)?)
            && self.is_held(conditions, &version)
            && !self.switches.is(Variant::NoEtag)
        {
            let answer = Answer::nothing(304).with("location", self.location_header(kind, id));
            return Ok(self.tagged(answer, Some(version)));
        }
        let mut answer = self.show(200, &record, projection)?;
        if self.switches.has(ReadFault::ReadOmitsEmails)
            && let Content::Scim(Value::Object(members)) = &mut answer.content
        {
            members.shift_remove("emails");
        }
        Ok(if self.switches.has(VersionFault::ReadWithoutEtag) { untagged(answer) } else { answer })
    }

    /// Whether the client has this version already.
    fn is_held(self, conditions: &Conditions, version: &str) -> bool {
        if self.switches.has(VersionFault::EverythingNotModified) {
            return conditions.if_none_match.is_some();
        }
        conditions.already_held(version) && !self.switches.has(VersionFault::IfNoneMatchIgnored)
    }

    fn readable(self, kind: ResourceType, id: &str) -> Result<Record, Refusal> {
        let is_group = kind == ResourceType::Group;
        let shows_gone = self.switches.has(DeleteFault::DeletedStillReadable)
            || is_group && self.switches.has(GroupFault::DeletedGroupStillReadable);
        let found = if shows_gone {
            self.store.find_even_gone(self.tenant, kind, id)?
        } else {
            self.store.find(self.tenant, kind, id)?
        };
        let found = match found {
            None if self.switches.has(ReadFault::IdsIgnoreCase) => {
                self.store.find(self.tenant, kind, &id.to_lowercase())?
            }
            found => found,
        };
        let found = self.store.as_seen(id, found);
        let hides_inactive = self.switches.has(ReadFault::InactiveHiddenFromRead);
        found.filter(|record| !(hides_inactive && is_inactive(record))).ok_or_else(|| {
            let fails = self.switches.has(ReadFault::UnknownIdAnswers500)
                || is_group && self.switches.has(GroupFault::UnknownGroupAnswers500);
            if fails { Refusal::internal() } else { Refusal::not_found(kind.name()) }
        })
    }
}

/// Whether the user was deactivated.
pub(super) fn is_inactive(record: &Record) -> bool {
    record.attributes.get("active") == Some(&false.into())
}
