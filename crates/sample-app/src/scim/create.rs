//! Creating a resource with POST (RFC 7644, section 3.3).

use serde_json::{Map, Value, json};

use super::intake;
use super::projection::Projection;
use super::service::Service;
use crate::clock;
use crate::fault::{CreateFault, GroupFault};
use crate::http::{Answer, Refusal};
use crate::random;
use crate::schema::ResourceType;

impl Service<'_> {
    pub(super) fn create(
        self,
        kind: ResourceType,
        body: &Map<String, Value>,
        projection: &Projection,
    ) -> Result<Answer, Refusal> {
        if self.switches.has(CreateFault::EmptyGroupsRefused)
            && intake::member(body, "groups") == Some(&json!([]))
        {
            return Err(Refusal::invalid_value("groups must not be empty"));
        }
        let mut attributes = intake::resource(kind, self.switches, body)?;
        if self.switches.has(CreateFault::FamilyNameLost)
            && let Some(name) = attributes.get_mut("name").and_then(Value::as_object_mut)
        {
            name.shift_remove("familyName");
        }
        let may_lack_name = match kind {
            ResourceType::User => self.switches.has(CreateFault::MissingUserNameAccepted),
            ResourceType::Group => self.switches.has(GroupFault::NamelessGroupAccepted),
        };
        if !may_lack_name {
            intake::check_required(kind, &attributes)?;
        }
        if kind == ResourceType::Group {
            self.bend_new_group(&mut attributes);
        }
        let id = self.new_id(body);
        let answer = self.make(kind, id, attributes, projection)?;
        if self.switches.has(CreateFault::CreateWithoutLocation) {
            let headers = answer.headers.into_iter().filter(|(name, _)| *name != "location").collect();
            return Ok(Answer { headers, ..answer });
        }
        Ok(answer)
    }

    /// Stores a new resource and shows it.
    pub(super) fn make(
        self,
        kind: ResourceType,
        id: String,
        mut attributes: Map<String, Value>,
        projection: &Projection,
    ) -> Result<Answer, Refusal> {
        let moment = clock::written(clock::now());
        if kind == ResourceType::User {
            attributes.entry("active").or_insert(json!(true));
        }
        let record = self.store.atomically(|| self.add(kind, id, attributes, moment)).map_err(|refusal| {
            if refusal.status == 409 && self.switches.has(CreateFault::DuplicateAnswers500) {
                Refusal::internal()
            } else {
                refusal
            }
        })?;
        let answers_200 = self.switches.has(CreateFault::CreateAnswers200)
            || kind == ResourceType::Group && self.switches.has(GroupFault::GroupCreateAnswers200);
        let status = if answers_200 { 200 } else { 201 };
        self.show(status, &record, projection)
    }

    fn new_id(self, body: &Map<String, Value>) -> String {
        let wanted = intake::member(body, "id").and_then(Value::as_str);
        match wanted {
            Some(id) if self.switches.has(CreateFault::ClientIdAccepted) => id.to_owned(),
            Some(_) | None => random::uuid(),
        }
    }
}
