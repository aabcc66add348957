//! Deleting a resource (RFC 7644, section 3.6).

use serde_json::json;

use super::conditions::Conditions;
use super::service::Service;
use crate::fault::{DeleteFault, GroupFault, VersionFault};
use crate::http::{Answer, Refusal};
use crate::schema::ResourceType;

impl Service<'_> {
    pub(super) fn remove(
        self,
        kind: ResourceType,
        id: &str,
        conditions: &Conditions,
    ) -> Result<Answer, Refusal> {
        let Some(record) = self.store.find(self.tenant, kind, id)? else {
            return if self.switches.has(DeleteFault::DeleteUnknownAnswers204) {
                Ok(Answer::nothing(204))
            } else {
                Err(Refusal::not_found(kind.name()))
            };
        };
        if !self.switches.has(VersionFault::StaleDeleteAccepted) {
            self.check_version(&record, conditions)?;
        }
        let is_group = kind == ResourceType::Group;
        self.store.atomically(|| {
            if is_group && self.switches.has(GroupFault::GroupDeleteTakesUsers) {
                for member in self.store.members_of(id)? {
                    if let Some(user) = self.store.find(self.tenant, ResourceType::User, &member.id)? {
                        self.store.remove(&user)?;
                    }
                }
            }
            self.store.remove(&record)
        })?;
        if self.switches.has(DeleteFault::DeleteAnswers200)
            || is_group && self.switches.has(GroupFault::GroupDeleteAnswers200)
        {
            return Ok(Answer::scim(200, json!({ "deleted": true })));
        }
        Ok(Answer::nothing(204))
    }
}
