//! Modifying with PATCH (RFC 7644, section 3.5.2).

mod apply;
mod many;
mod operation;
mod target;
mod wrong;

use serde_json::{Map, Value};

use super::conditions::Conditions;
use super::intake::member;
use super::list::require_message;
use super::projection::Projection;
use super::service::{Service, version_of};
use crate::fault::{
    ConcurrencyFault, DeleteFault, PatchFault, ProjectionFault, RefusalFault, SchemaFault, VersionFault,
};
use crate::http::{Answer, Refusal};
use crate::schema::ResourceType;
use crate::store::Record;
use crate::variant::Variant;
use apply::Patch;

const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

impl Service<'_> {
    pub(super) fn patch(
        self,
        kind: ResourceType,
        id: &str,
        body: &Map<String, Value>,
        conditions: &Conditions,
        projection: &Projection,
    ) -> Result<Answer, Refusal> {
        let gone = if self.switches.has(DeleteFault::PatchReachesDeleted) {
            self.store.find_even_gone(self.tenant, kind, id)?
        } else {
            None
        };
        let record = gone.map_or_else(|| self.existing(kind, id), Ok).map_err(|refusal| {
            if self.switches.has(PatchFault::PatchUnknownAnswers500) { Refusal::internal() } else { refusal }
        })?;
        if !self.switches.has(VersionFault::StalePatchAccepted) {
            self.check_version(&record, conditions)?;
        }
        let record = self.read_before(record)?;
        if !self.switches.has(RefusalFault::PatchSchemasNotRead) {
            require_message(body, PATCH_OP)?;
        }
        let operations = match member(body, "Operations") {
            Some(Value::Array(operations)) if !operations.is_empty() => operations,
            None if self.switches.has(RefusalFault::NoOperationsAccepted) => {
                return self.show(200, &record, projection);
            }
            Some(Value::String(_)) if self.switches.has(RefusalFault::OperationsTextAnswers500) => {
                return Err(Refusal::internal());
            }
            Some(_) | None => {
                return Err(Refusal::invalid_syntax("`Operations` must be an array of one or more"));
            }
        };
        let changes_password = || operations.iter().any(|one| one.get("path") == Some(&"password".into()));
        if self.switches.has(SchemaFault::UnpromisedPasswordChangeFails) && changes_password() {
            return Err(Refusal::internal());
        }
        let bent = self.bend_group_patch(&record, operations)?;
        let before = record.clone();
        let mut record = self.apply_all(record, bent.as_deref().unwrap_or(operations))?;
        if kind == ResourceType::User && self.switches.has(PatchFault::PatchKeepsLastModified) {
            record.modified.clone_from(&before.modified);
            self.store.update(&record, false)?;
        }
        if let Some(answer) = self.misanswer((&before, &record), operations, projection)? {
            return Ok(answer);
        }
        let bodiless = if projection.is_asked_for() {
            self.switches.has(ProjectionFault::PatchWithAttributesAnswers204)
        } else {
            self.switches.is(Variant::Patch204)
        };
        if bodiless {
            let answer = Answer::nothing(204).with("location", self.location(kind, id));
            return Ok(self.tagged(answer, version_of(&self.represent(&record)?)));
        }
        self.show(200, &record, projection)
    }

    /// The record that the operations are applied to: an old one, where a fault lets requests overtake
    /// each other.
    fn read_before(self, record: Record) -> Result<Record, Refusal> {
        match self.early {
            Some(early) if early.id == record.id && early.modified != record.modified => {
                if self.switches.has(ConcurrencyFault::ConflictAnswers500) {
                    return Err(Refusal::internal());
                }
                Ok(early.clone())
            }
            Some(_) | None => Ok(record),
        }
    }

    /// All operations in their order, or none.
    fn apply_all(self, record: Record, operations: &[Value]) -> Result<Record, Refusal> {
        let shown = self.represent(&record)?;
        let mut patch =
            Patch { kind: record.kind, switches: self.switches, shown: &shown, draft: self.draft(&record)? };
        let on = |fault: PatchFault| self.switches.has(fault) && patch.kind == ResourceType::User;
        let (reversed, forgetful) =
            (on(PatchFault::OperationsReversed), on(PatchFault::OperationsForgetEachOther));
        let first = patch.draft.clone();
        let mut operations: Vec<&Value> = operations.iter().collect();
        if reversed {
            operations.reverse();
        }
        for operation in operations {
            if forgetful {
                patch.draft.clone_from(&first);
            }
            let before = self.switches.has(PatchFault::PatchNotAtomic).then(|| patch.draft.clone());
            if let Err(refusal) = wrong::apply(&mut patch, operation) {
                if let Some(before) = before {
                    self.store.atomically(|| self.save(record, before))?;
                }
                return Err(refusal);
            }
        }
        let draft = patch.draft;
        self.store.atomically(|| self.save(record, draft))
    }
}
