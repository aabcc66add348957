//! Replacing a resource with PUT (RFC 7644, section 3.5.1).

mod wrong;

use serde_json::{Map, Value, json};

use super::conditions::Conditions;
use super::intake;
use super::projection::Projection;
use super::representation::ENTERPRISE;
use super::service::Service;
use crate::fault::{DeleteFault, EnterpriseFault, GroupFault, ReplaceFault, VersionFault};
use crate::http::{Answer, Refusal};
use crate::schema::ResourceType;
use crate::store::Record;
use crate::variant::Variant;

impl Service<'_> {
    pub(super) fn replace(
        self,
        kind: ResourceType,
        id: &str,
        body: &Map<String, Value>,
        conditions: &Conditions,
        projection: &Projection,
    ) -> Result<Answer, Refusal> {
        if self.switches.has(ReplaceFault::ReplaceRefusesReadOnly)
            && ["id", "meta", "groups"].iter().any(|name| intake::member(body, name).is_some())
        {
            return Err(Refusal::mutability("id, meta and groups cannot be written"));
        }
        let found = if self.switches.has(DeleteFault::PutReachesDeleted) {
            self.store.find_even_gone(self.tenant, kind, id)?
        } else {
            self.store.find(self.tenant, kind, id)?
        };
        let Some(record) = found else {
            if self.switches.has(ReplaceFault::ReplaceCreates) {
                let attributes = intake::resource(kind, self.switches, body)?;
                return self.make(kind, id.to_owned(), attributes, projection);
            }
            return Err(Refusal::not_found(kind.name()));
        };
        if !self.switches.has(VersionFault::StalePutAccepted) {
            self.check_version(&record, conditions)?;
        }
        let mut body = body.clone();
        if kind == ResourceType::User {
            self.misread(&record, &mut body)?;
        }
        let mut draft = intake::resource(kind, self.switches, &body)?;
        if !(kind == ResourceType::Group && self.switches.has(GroupFault::PutTakesGroupName)) {
            intake::check_required(kind, &draft)?;
        }
        if kind == ResourceType::User {
            if self.switches.is(Variant::PutKeepsOmitted) {
                keep_omitted(&record, &body, &mut draft);
            }
            self.give_defaults(&mut draft);
            self.misdraft(&record, &body, &mut draft);
            if self.switches.has(EnterpriseFault::ReplaceIgnoresEnterprise)
                && let Some(extension) = record.attributes.get(ENTERPRISE)
            {
                draft.insert(ENTERPRISE.to_owned(), extension.clone());
            }
            if self.switches.has(ReplaceFault::ReplaceIgnoresActive) {
                let active = record.attributes.get("active").cloned().unwrap_or(json!(true));
                draft.insert("active".to_owned(), active);
            }
        }
        if self.forgets(&body) {
            let mut shown = record;
            draft.shift_remove("password");
            draft.shift_remove("members");
            shown.attributes = draft;
            return self.show(200, &shown, projection);
        }
        self.bend_replacement(&record, &body, &mut draft)?;
        let before = record.clone();
        let mut record = self.store.atomically(|| self.save(record, draft))?;
        if kind == ResourceType::User {
            if self.switches.has(ReplaceFault::ReplaceKeepsLastModified) {
                record.modified.clone_from(&before.modified);
                self.store.update(&record, false)?;
            }
            if let Some(answer) = self.misanswer_put((&before, &record), &body, projection)? {
                return Ok(answer);
            }
        }
        self.show(200, &record, projection)
    }

    /// An attribute that the client left out has no value, or the server's default.
    fn give_defaults(self, draft: &mut Map<String, Value>) {
        draft.entry("active").or_insert(json!(true));
        if self.switches.is(Variant::PutAnswersWithDefaults) {
            draft.entry("locale").or_insert(json!("en-US"));
            draft.entry("userType").or_insert(json!("Member"));
            if let Some(user_name) = draft.get("userName").cloned() {
                draft.entry("displayName").or_insert(user_name);
            }
        }
    }
}

/// What the client left out is not asserted by it, and may stay (RFC 7644, section 3.5.1).
fn keep_omitted(record: &Record, body: &Map<String, Value>, draft: &mut Map<String, Value>) {
    for (name, held) in &record.attributes {
        if intake::member(body, name).is_none() {
            draft.insert(name.clone(), held.clone());
        }
    }
}
