//! How PUT of a user goes wrong while a fault is on.

use serde_json::{Map, Value, json};

use crate::fault::ReplaceFault;
use crate::http::{Answer, Content, Refusal};
use crate::scim::intake::member;
use crate::scim::projection::Projection;
use crate::scim::representation::ENTERPRISE;
use crate::scim::service::Service;
use crate::store::Record;

impl Service<'_> {
    /// The body as a fault reads it.
    pub(super) fn misread(self, record: &Record, body: &mut Map<String, Value>) -> Result<(), Refusal> {
        let on = self.switches;
        if on.has(ReplaceFault::ReplaceRefusesPassword) && body.contains_key("password") {
            return Err(Refusal::invalid_value("a password cannot be written"));
        }
        if on.has(ReplaceFault::ReplaceWithoutNameAccepted) && member(body, "userName").is_none() {
            body.insert("userName".to_owned(), json!(record.name()));
        }
        if on.has(ReplaceFault::ReplaceSkipsWrongTypes) {
            body.retain(|name, value| name != "name" || value.is_object());
        }
        Ok(())
    }

    /// What a fault makes of the draft.
    pub(super) fn misdraft(self, record: &Record, body: &Map<String, Value>, draft: &mut Map<String, Value>) {
        let on = self.switches;
        let held = &record.attributes;
        let keeps = |name: &str, value: &Value| {
            on.has(ReplaceFault::ReplaceIgnoresNull) && value.is_null()
                || on.has(ReplaceFault::ReplaceIgnoresEmptyList) && value == &json!([])
                || on.has(ReplaceFault::ReplaceKeepsUserName) && name == "userName"
                || on.has(ReplaceFault::ReplaceKeepsExtension) && name == ENTERPRISE
        };
        for (name, _) in body.iter().filter(|(name, value)| keeps(name, value)) {
            if let Some(old) = held.get(name) {
                draft.insert(name.clone(), old.clone());
            }
        }
        if on.has(ReplaceFault::ReplaceLeavesEmptyExtension) && held.contains_key(ENTERPRISE) {
            draft.entry(ENTERPRISE).or_insert(json!({}));
        }
        if on.has(ReplaceFault::ReplaceNeverReactivates) && held.get("active") == Some(&json!(false)) {
            draft.insert("active".to_owned(), json!(false));
        }
        if on.has(ReplaceFault::ReplaceStoresCreated)
            && let Some(created) = body.get("meta").and_then(|meta| meta.get("created"))
        {
            draft.insert("meta".to_owned(), json!({ "created": created }));
        }
        if on.has(ReplaceFault::ReplaceStoresGroups)
            && let Some(groups) = body.get("groups").filter(|groups| *groups != &json!([]))
        {
            draft.insert("groups".to_owned(), groups.clone());
        }
        if let (Some(Value::Array(old)), Some(Value::Array(new))) =
            (held.get("emails"), draft.get_mut("emails"))
        {
            let has = |one: &Value| old.iter().any(|held| held.get("value") == one.get("value"));
            let all_known = new.iter().all(has);
            if on.has(ReplaceFault::ReplaceMergesLists) && !all_known
                || on.has(ReplaceFault::ReplaceDoubles) && all_known
            {
                new.extend(old.iter().cloned());
            }
        }
    }

    /// The answer that a fault gives in place of the right one.
    pub(super) fn misanswer_put(
        self,
        (before, after): (&Record, &Record),
        body: &Map<String, Value>,
        projection: &Projection,
    ) -> Result<Option<Answer>, Refusal> {
        let on = self.switches;
        let other = member(body, "id").and_then(Value::as_str).filter(|id| *id != after.id);
        if let (true, Some(other)) = (on.has(ReplaceFault::ReplaceTakesId), other) {
            self.store.move_to_id(after, other)?;
        }
        if on.has(ReplaceFault::ReplaceAnswers204) {
            return Ok(Some(Answer::nothing(204)));
        }
        if on.has(ReplaceFault::ReplaceAnswersOldUser) {
            return self.show(200, before, projection).map(Some);
        }
        if let (true, Some(password)) = (on.has(ReplaceFault::ReplaceShowsPassword), body.get("password")) {
            let mut answer = self.show(200, after, projection)?;
            if let Content::Scim(shown) = &mut answer.content {
                shown["password"] = password.clone();
            }
            return Ok(Some(answer));
        }
        Ok(None)
    }

    /// Whether a fault takes a body that the server made itself for nothing new.
    pub(super) fn forgets(self, body: &Map<String, Value>) -> bool {
        let is_echo = body.get("meta").is_some_and(|meta| meta.get("lastModified").is_some());
        self.switches.has(ReplaceFault::ReplaceForgets)
            || self.switches.has(ReplaceFault::ReplaceForgetsEchoes) && is_echo
    }
}
