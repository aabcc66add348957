//! Writing a draft to the store: password, members, and whether anything changed at all.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::intake;
use super::representation::ENTERPRISE;
use super::service::Service;
use crate::clock;
use crate::fault::{
    AddFault, CreateFault, EntitlementFault, FilterFault, GroupFault, MembershipFault, PasswordFault,
};
use crate::http::Refusal;
use crate::password;
use crate::schema::ResourceType;
use crate::store::{NewRecord, Record};
use crate::variant::Variant;

impl Service<'_> {
    /// What a client may change: the written attributes, and a group's members.
    pub(super) fn draft(self, record: &Record) -> Result<Map<String, Value>, Refusal> {
        let mut draft = record.attributes.clone();
        if record.kind == ResourceType::Group {
            let members = self.members_shown(&self.store.members_of(&record.id)?);
            if !members.is_empty() {
                draft.insert("members".to_owned(), Value::Array(members));
            }
        }
        Ok(draft)
    }

    /// Stores a new resource with its members.
    pub(super) fn add(
        self,
        kind: ResourceType,
        id: String,
        mut attributes: Map<String, Value>,
        moment: String,
    ) -> Result<Record, Refusal> {
        self.forget_grants(&mut attributes);
        if kind == ResourceType::User {
            self.keep_house(None, &mut attributes)?;
        }
        let password = match self.take_password(&mut attributes) {
            Some(Value::String(plain)) => Some(password::hashed(&plain)),
            Some(_) | None => None,
        };
        let members = self.take_members(&mut attributes, &id, &HashSet::new())?;
        self.forget_own_reference(&mut attributes);
        let new = NewRecord { kind, id, attributes, password, moment };
        let record = match self.store.insert(self.tenant, &new) {
            Err(refusal) if refusal.status == 409 && self.switches.has(CreateFault::DuplicateAccepted) => {
                self.store.insert_beside(self.tenant, &new)?
            }
            other => other?,
        };
        if kind == ResourceType::Group {
            self.store.set_members(&record.id, &members)?;
        }
        Ok(record)
    }

    /// Stores what changed; a draft that changes nothing leaves the resource's times alone.
    pub(super) fn save(self, before: Record, mut draft: Map<String, Value>) -> Result<Record, Refusal> {
        self.forget_grants(&mut draft);
        if before.kind == ResourceType::User {
            self.keep_house(Some(&before.id), &mut draft)?;
        }
        let password = self.take_password(&mut draft);
        let mut after = before.clone();
        let mut changed = false;
        match password {
            None => {}
            Some(Value::String(plain)) => {
                let same = before.password.as_deref().is_some_and(|hash| password::verifies(&plain, hash));
                if !same {
                    after.password = Some(password::hashed(&plain));
                    changed = true;
                }
            }
            Some(_) => {
                changed |= after.password.take().is_some();
            }
        }
        if before.kind == ResourceType::Group {
            let held: HashSet<String> =
                self.store.members_of(&before.id)?.into_iter().map(|member| member.id).collect();
            let wanted = self.take_members(&mut draft, &before.id, &held)?;
            let same = wanted.len() == held.len() && wanted.iter().all(|(id, _)| held.contains(id));
            if !same {
                self.store.set_members(&before.id, &wanted)?;
                changed = true;
            }
        }
        if !(before.kind == ResourceType::Group && self.switches.has(GroupFault::PutTakesGroupName)) {
            intake::check_required(before.kind, &draft)?;
        }
        self.forget_own_reference(&mut draft);
        changed |= draft != before.attributes;
        if !changed && !self.switches.has(AddFault::NothingNewTouches) {
            return Ok(before);
        }
        after.attributes = draft;
        after.modified = clock::written(clock::after(&before.modified));
        self.store.update(&after, after.name() != before.name())?;
        Ok(after)
    }

    /// Drops what a fault takes and never stores.
    fn forget_grants(self, attributes: &mut Map<String, Value>) {
        for (fault, name) in [
            (EntitlementFault::EntitlementsForgotten, "entitlements"),
            (EntitlementFault::RolesForgotten, "roles"),
        ] {
            if self.switches.has(fault) {
                attributes.shift_remove(name);
            }
        }
    }

    /// The address of a manager who has an account here is the server's to say, also when a client
    /// sends it back.
    fn forget_own_reference(self, attributes: &mut Map<String, Value>) {
        let manager = attributes.get_mut(ENTERPRISE).and_then(|extension| extension.get_mut("manager"));
        let Some(manager) = manager.and_then(Value::as_object_mut) else { return };
        let own = manager
            .get("value")
            .and_then(Value::as_str)
            .map(|id| Value::String(self.location(ResourceType::User, id)));
        if manager.get("$ref") == own.as_ref() {
            manager.shift_remove("$ref");
        }
    }

    /// The password leaves the attributes, which are shown; null stands for one to forget.
    fn take_password(self, attributes: &mut Map<String, Value>) -> Option<Value> {
        if self.switches.has(CreateFault::PasswordReturned)
            || self.switches.has(PasswordFault::PasswordInFilter)
            || self.switches.has(FilterFault::PasswordSearchable)
        {
            attributes.get("password").cloned()
        } else {
            attributes.shift_remove("password")
        }
    }

    /// The members leave the attributes; each must be a user or a group of this tenant.
    fn take_members(
        self,
        attributes: &mut Map<String, Value>,
        group_id: &str,
        held: &HashSet<String>,
    ) -> Result<Vec<(String, ResourceType)>, Refusal> {
        let Some(Value::Array(elements)) = attributes.shift_remove("members") else {
            return Ok(Vec::new());
        };
        let mut members: Vec<(String, ResourceType)> = Vec::with_capacity(elements.len());
        let mut seen = HashSet::with_capacity(elements.len());
        for element in elements {
            let Some(id) = element.get("value").and_then(Value::as_str).filter(|id| !id.is_empty()) else {
                return Err(Refusal::invalid_value("a member must have a `value`"));
            };
            if id == group_id {
                return Err(Refusal::invalid_value("a group cannot be a member of itself"));
            }
            if !seen.insert(id.to_owned()) && !self.switches.has(MembershipFault::AddDuplicatesMember) {
                continue;
            }
            if held.contains(id) {
                // Only the id counts for those who stay.
                members.push((id.to_owned(), ResourceType::User));
                continue;
            }
            match self.store.describe(self.tenant, id)? {
                Some((ResourceType::Group, _)) if self.switches.is(Variant::NestedGroupsRefused) => {
                    return Err(Refusal::invalid_value("a group cannot be a member of a group"));
                }
                Some((kind, _)) => members.push((id.to_owned(), kind)),
                None if self.switches.is(Variant::UnknownMembersIgnored) => {}
                None if self.switches.has(MembershipFault::UnknownMemberAnswers500) => {
                    return Err(Refusal::internal());
                }
                None => return Err(Refusal::invalid_value(format!("no resource has the id {id}"))),
            }
        }
        Ok(members)
    }
}
