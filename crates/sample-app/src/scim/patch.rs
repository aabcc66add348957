//! Modifying with PATCH (RFC 7644, section 3.5.2).

mod apply;
mod many;
mod operation;
mod target;

use serde_json::{Map, Value};

use super::conditions::Conditions;
use super::intake::member;
use super::list::require_message;
use super::projection::Projection;
use super::service::{Service, version_of};
use crate::fault::{PatchFault, SchemaFault};
use crate::http::{Answer, Refusal};
use crate::schema::ResourceType;
use crate::store::Record;
use crate::variant::Variant;
use apply::Patch;
use operation::Operation;

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
        let record = self.existing(kind, id).map_err(|refusal| {
            if self.switches.has(PatchFault::PatchUnknownAnswers500) { Refusal::internal() } else { refusal }
        })?;
        self.check_version(&record, conditions)?;
        require_message(body, PATCH_OP)?;
        let operations = match member(body, "Operations") {
            Some(Value::Array(operations)) if !operations.is_empty() => operations,
            Some(_) | None => {
                return Err(Refusal::invalid_syntax("`Operations` must be an array of one or more"));
            }
        };
        let changes_password = || operations.iter().any(|one| one.get("path") == Some(&"password".into()));
        if self.switches.has(SchemaFault::UnpromisedPasswordChangeFails) && changes_password() {
            return Err(Refusal::internal());
        }
        let record = self.apply_all(record, operations)?;
        if self.switches.is(Variant::Patch204) && !projection.is_asked_for() {
            let answer = Answer::nothing(204).with("location", self.location(kind, id));
            return Ok(self.tagged(answer, version_of(&self.represent(&record)?)));
        }
        self.show(200, &record, projection)
    }

    /// All operations in their order, or none.
    fn apply_all(self, record: Record, operations: &[Value]) -> Result<Record, Refusal> {
        let shown = self.represent(&record)?;
        let mut patch =
            Patch { kind: record.kind, switches: self.switches, shown: &shown, draft: self.draft(&record)? };
        for operation in operations {
            let before = self.switches.has(PatchFault::PatchNotAtomic).then(|| patch.draft.clone());
            let applied = Operation::read(operation, self.switches).and_then(|operation| match operation {
                Some(operation) => patch.apply(&operation),
                None => Ok(()),
            });
            if let Err(refusal) = applied {
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
