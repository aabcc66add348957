//! What faults of groups make of a request before it is carried out; nothing in a healthy app.

use serde_json::{Map, Value, json};

use super::dispatch::Call;
use super::intake::member;
use super::service::Service;
use crate::fault::{GroupFault, MembershipFault};
use crate::http::{Answer, Content, Refusal};
use crate::schema::ResourceType;
use crate::store::Record;

impl Service<'_> {
    /// A new group, before it is stored.
    pub(super) fn bend_new_group(self, attributes: &mut Map<String, Value>) {
        if self.switches.has(GroupFault::MembersIgnoredOnCreate) {
            attributes.shift_remove("members");
        }
    }

    /// The draft of a replaced resource, before it is stored.
    pub(super) fn bend_replacement(
        self,
        record: &Record,
        body: &Map<String, Value>,
        draft: &mut Map<String, Value>,
    ) -> Result<(), Refusal> {
        match record.kind {
            ResourceType::User if self.switches.has(MembershipFault::UserGroupsWritable) => {
                self.join_groups(&record.id, member(body, "groups"))
            }
            ResourceType::User => Ok(()),
            ResourceType::Group => self.bend_replaced_group(record, body, draft),
        }
    }

    fn bend_replaced_group(
        self,
        record: &Record,
        body: &Map<String, Value>,
        draft: &mut Map<String, Value>,
    ) -> Result<(), Refusal> {
        let has = |fault: GroupFault| self.switches.has(fault);
        if has(GroupFault::GroupPutRefusesReadOnly) && member(body, "meta").is_some() {
            return Err(Refusal::mutability("meta cannot be written"));
        }
        if has(GroupFault::PutEmptyMembersRefused) && member(body, "members") == Some(&json!([])) {
            return Err(Refusal::invalid_value("members must not be empty"));
        }
        if has(GroupFault::PutKeepsGroupName)
            && let Some(name) = record.attributes.get("displayName")
        {
            draft.insert("displayName".to_owned(), name.clone());
        }
        if has(GroupFault::PutMergesMembers) {
            let mut members = self.members_shown(&self.store.members_of(&record.id)?);
            members.extend(draft.get("members").and_then(Value::as_array).cloned().unwrap_or_default());
            draft.insert("members".to_owned(), Value::Array(members));
        }
        Ok(())
    }

    fn join_groups(self, user_id: &str, groups: Option<&Value>) -> Result<(), Refusal> {
        let ids = groups.and_then(Value::as_array).into_iter().flatten();
        for id in ids.filter_map(|group| group.get("value")?.as_str()) {
            if self.store.find(self.tenant, ResourceType::Group, id)?.is_some() {
                let mut members: Vec<(String, ResourceType)> = self.member_ids(id)?;
                members.push((user_id.to_owned(), ResourceType::User));
                self.store.set_members(id, &members)?;
            }
        }
        Ok(())
    }

    fn member_ids(self, group_id: &str) -> Result<Vec<(String, ResourceType)>, Refusal> {
        let members = self.store.members_of(group_id)?;
        Ok(members.into_iter().map(|member| (member.id, member.kind)).collect())
    }

    /// The operations of a PATCH of a group, where a fault changes them.
    pub(super) fn bend_group_patch(
        self,
        record: &Record,
        operations: &[Value],
    ) -> Result<Option<Vec<Value>>, Refusal> {
        if record.kind != ResourceType::Group {
            return Ok(None);
        }
        let mut held = self.member_ids(&record.id)?;
        let mut bent = Vec::with_capacity(operations.len());
        for operation in operations {
            self.refuse_operation(record, operation, &held)?;
            let shape = Shape::of(operation);
            if shape.verb == "add" && shape.path == "members" {
                let again = |id: &str| held.iter().any(|(known, _)| known == id);
                let twice = shape.ids().any(again) && self.switches.has(MembershipFault::AddDuplicatesMember);
                held.extend(shape.ids().map(|id| (id.to_owned(), ResourceType::User)));
                if twice {
                    self.store.set_members(&record.id, &held)?;
                }
            }
            bent.extend(self.bend_operation(operation));
        }
        if self.switches.has(MembershipFault::OnlyFirstOperationApplied) {
            bent.truncate(1);
        }
        if self.switches.has(MembershipFault::AddsGoLast) {
            bent.sort_by_key(|operation| Shape::of(operation).verb == "add");
        }
        Ok(Some(bent))
    }

    /// Refuses an operation that a fault refuses.
    fn refuse_operation(
        self,
        record: &Record,
        operation: &Value,
        held: &[(String, ResourceType)],
    ) -> Result<(), Refusal> {
        let has = |fault: MembershipFault| self.switches.has(fault);
        let shape = Shape::of(operation);
        let is_held = |id: &str| held.iter().any(|(known, _)| known == id);
        if self.switches.has(GroupFault::GroupRenameWithIdRefused) && shape.value.get("id").is_some() {
            return Err(Refusal::mutability("id cannot be written"));
        }
        if shape.verb == "replace"
            && shape.path == "members"
            && shape.value == &json!([])
            && has(MembershipFault::ReplaceWithNothingRefused)
        {
            return Err(Refusal::invalid_value("members must not be empty"));
        }
        if let Some(id) = shape.selected().filter(|_| shape.verb == "remove")
            && has(MembershipFault::AbsentMemberNotFound)
            && !is_held(id)
        {
            return Err(Refusal::not_found("this member"));
        }
        if shape.verb != "add" || shape.path != "members" {
            return Ok(());
        }
        if has(MembershipFault::MemberDisplayRefused)
            && shape.elements().any(|element| element.get("display").is_some())
        {
            return Err(Refusal::mutability("display cannot be written"));
        }
        if has(MembershipFault::ExistingMemberRefused) && shape.ids().any(is_held) {
            return Err(Refusal::new(409, "this member is there already"));
        }
        let mut known = Vec::new();
        for id in shape.ids() {
            match self.store.describe(self.tenant, id)? {
                Some((ResourceType::Group, _)) if has(MembershipFault::NestedGroupAnswers500) => {
                    return Err(Refusal::internal());
                }
                Some((kind, _)) => known.push((id.to_owned(), kind)),
                None => {}
            }
        }
        if has(MembershipFault::RefusedAddKeepsRest) && known.len() < shape.ids().count() {
            known.extend(held.iter().cloned());
            self.store.set_members(&record.id, &known)?;
            return Err(Refusal::invalid_value("no resource has this id"));
        }
        Ok(())
    }

    /// The operation as a fault has it; `None` where it is forgotten.
    fn bend_operation(self, operation: &Value) -> Option<Value> {
        let has = |fault: MembershipFault| self.switches.has(fault);
        let shape = Shape::of(operation);
        let mut bent = operation.clone();
        match (shape.verb.as_str(), shape.path) {
            ("replace", "")
                if shape.value.get("displayName").is_some()
                    && self.switches.has(GroupFault::RenameWipesMembers) =>
            {
                bent["value"]["members"] = json!([]);
            }
            (_, "displayName") if self.switches.has(GroupFault::GroupNameByPathIgnored) => return None,
            ("add", "members") => {
                if has(MembershipFault::AddReplacesMembers) {
                    bent["op"] = json!("replace");
                }
                if has(MembershipFault::AddTakesFirstOnly) {
                    bent["value"] = shape.elements().take(1).cloned().collect();
                }
            }
            ("replace", "members") if has(MembershipFault::ReplaceAddsMembers) => bent["op"] = json!("add"),
            ("remove", "members")
                if shape.value.is_null() && has(MembershipFault::RemoveWithoutFilterIgnored) =>
            {
                return None;
            }
            ("remove", "members") if has(MembershipFault::RemoveListClearsAll) => {
                bent["value"] = Value::Null;
            }
            ("remove", _) if shape.selected().is_some() => {
                if has(MembershipFault::RemoveFilterIgnored) {
                    return None;
                }
                if has(MembershipFault::RemoveFilterClearsAll) {
                    bent["path"] = json!("members");
                }
            }
            _ => {}
        }
        Some(bent)
    }

    /// A list without its envelope.
    pub(super) fn bare_list(self, call: &Call<'_>) -> Result<Answer, Refusal> {
        let answer = self.list_by_query(&[ResourceType::Group], &call.query)?;
        match answer.content {
            Content::Scim(mut list) => Ok(Answer::scim(200, list["Resources"].take())),
            Content::Nothing
            | Content::Json(_)
            | Content::Html(_)
            | Content::SamlMetadata(_)
            | Content::Bytes { .. } => Ok(answer),
        }
    }
}

/// The parts of an operation, read leniently.
struct Shape<'a> {
    verb: String,
    path: &'a str,
    value: &'a Value,
}

impl<'a> Shape<'a> {
    fn of(operation: &'a Value) -> Self {
        let part = |name: &str| operation.as_object().and_then(|members| member(members, name));
        let text = |name: &str| part(name).and_then(Value::as_str).unwrap_or_default();
        Self {
            verb: text("op").to_lowercase(),
            path: text("path"),
            value: part("value").unwrap_or(&Value::Null),
        }
    }

    /// The id in `members[value eq "id"]`.
    fn selected(&self) -> Option<&'a str> {
        self.path.strip_prefix("members[")?.split('"').nth(1)
    }

    fn elements(&self) -> impl Iterator<Item = &'a Value> {
        self.value.as_array().into_iter().flatten()
    }

    fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.elements().filter_map(|element| element.get("value")?.as_str())
    }
}
