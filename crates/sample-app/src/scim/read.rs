//! Reading one resource (RFC 7644, section 3.4.1).

use super::conditions::Conditions;
use super::projection::Projection;
use super::service::{Service, version_of};
use crate::fault::{DeleteFault, GroupFault, ReadFault};
use crate::http::{Answer, Refusal};
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
        if self.switches.has(ReadFault::ReadOmitsEmails) {
            record.attributes.shift_remove("emails");
        }
        if kind == ResourceType::Group && self.switches.has(GroupFault::GroupReadOmitsName) {
            record.attributes.shift_remove("displayName");
        }
        if let Some(version) = version_of(&self.represent(&record)?)
            && conditions.already_held(&version)
            && !self.switches.is(Variant::NoEtag)
        {
            let answer = Answer::nothing(304).with("location", self.location(kind, id));
            return Ok(self.tagged(answer, Some(version)));
        }
        self.show(200, &record, projection)
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
