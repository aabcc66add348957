//! Creating a resource with POST (RFC 7644, section 3.3).

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::projection::Projection;
use super::read::is_inactive;
use super::service::{Service, untagged};
use super::{bend, intake};
use crate::clock;
use crate::fault::{CreateFault, DeleteFault, GroupFault, VersionFault};
use crate::http::{Answer, Refusal};
use crate::random;
use crate::schema::ResourceType;
use crate::store::{Narrowing, NewRecord, Record, folded};
use crate::variant::Variant;

impl Service<'_> {
    pub(super) fn create(
        self,
        kind: ResourceType,
        body: &Map<String, Value>,
        projection: &Projection,
    ) -> Result<Answer, Refusal> {
        match self.created(kind, body, projection) {
            Ok(answer) => Ok(bend::created(self.switches, body, answer)),
            Err(refusal) => Err(bend::refused(self.switches, body, refusal)),
        }
    }

    fn created(
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
        let is_user = kind == ResourceType::User;
        let taken = if is_user { bend::body(self.switches, kind, body)? } else { body.clone() };
        let mut attributes = intake::resource(kind, self.switches, &taken)?;
        if self.switches.has(CreateFault::FamilyNameLost)
            && let Some(name) = attributes.get_mut("name").and_then(Value::as_object_mut)
        {
            name.shift_remove("familyName");
        }
        let may_lack_name = match kind {
            ResourceType::User => bend::may_lack_name(self.switches, body),
            ResourceType::Group => self.switches.has(GroupFault::NamelessGroupAccepted),
        };
        if !may_lack_name {
            intake::check_required(kind, &attributes)?;
        }
        if is_user {
            bend::attributes(self.switches, kind, body, &mut attributes);
            if let Some(answer) = self.meets_another(&attributes, projection)? {
                return Ok(answer);
            }
        } else {
            self.bend_new_group(&mut attributes);
        }
        let id = self.new_id(kind, body, &attributes);
        let mut answer = self.make(kind, id.clone(), attributes, projection)?;
        if self.switches.has(VersionFault::CreateWithoutEtag) {
            answer = untagged(answer);
        }
        if is_user && self.switches.has(CreateFault::ClientGroupsJoined) {
            self.join(&id, body)?;
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
        let leaves_second =
            self.switches.has(CreateFault::ConflictLeavesSecondUser).then(|| attributes.clone());
        let record = self.store.atomically(|| self.add(kind, id, attributes, moment.clone()));
        let record = match record {
            Err(refusal) if refusal.status == 409 => {
                if self.switches.has(CreateFault::DuplicateAnswers500) {
                    return Err(Refusal::internal());
                }
                if let Some(attributes) = leaves_second {
                    let second = NewRecord { kind, id: random::uuid(), attributes, password: None, moment };
                    self.store.insert_beside(self.tenant, &second)?;
                }
                return Err(refusal);
            }
            other => other?,
        };
        let answers_200 = self.switches.has(CreateFault::CreateAnswers200)
            || kind == ResourceType::Group && self.switches.has(GroupFault::GroupCreateAnswers200);
        let status = if answers_200 { 200 } else { 201 };
        self.show(status, &record, projection)
    }

    /// What faulty servers do when somebody has the name or the externalId already.
    fn meets_another(
        self,
        attributes: &Map<String, Value>,
        projection: &Projection,
    ) -> Result<Option<Answer>, Refusal> {
        let text = |name: &str| attributes.get(name).and_then(Value::as_str);
        if self.switches.has(CreateFault::SharedExternalIdAnswers500)
            && let Some(external) = text("externalId")
            && self.first(&Narrowing::ExternalId(external.to_owned()))?.is_some()
        {
            return Err(Refusal::internal());
        }
        let revives = self.switches.has(CreateFault::CreationRevivesInactive);
        let changes = self.switches.has(CreateFault::ConflictChangesUser);
        if !(revives || changes) {
            return Ok(None);
        }
        let Some(mut other) = self.first(&Narrowing::Name(folded(text("userName").unwrap_or_default())))?
        else {
            return Ok(None);
        };
        if revives && is_inactive(&other) {
            other.attributes.insert("active".to_owned(), json!(true));
            self.store.update(&other, false)?;
            return self.show(201, &other, projection).map(Some);
        }
        if changes && let Some(name) = attributes.get("displayName") {
            other.attributes.insert("displayName".to_owned(), name.clone());
            self.store.update(&other, false)?;
        }
        Ok(None)
    }

    fn first(self, narrowing: &Narrowing) -> Result<Option<Record>, Refusal> {
        let mut found = None;
        self.store.scan(self.tenant, ResourceType::User, narrowing, |record| {
            found.get_or_insert(record);
            Ok(())
        })?;
        Ok(found)
    }

    /// Whether nobody has this userName yet.
    pub(crate) fn name_is_free(self, user_name: &str) -> bool {
        self.first(&Narrowing::Name(folded(user_name))).is_ok_and(|found| found.is_none())
    }

    /// Makes a new user a member of the groups that the client names.
    fn join(self, id: &str, body: &Map<String, Value>) -> Result<(), Refusal> {
        let groups = intake::member(body, "groups").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for group in groups.iter().filter_map(|group| group.get("value")?.as_str()) {
            let members = self.store.members_of(group)?;
            let mut members: Vec<_> = members.into_iter().map(|member| (member.id, member.kind)).collect();
            members.push((id.to_owned(), ResourceType::User));
            self.store.set_members(group, &members)?;
        }
        Ok(())
    }

    fn new_id(
        self,
        kind: ResourceType,
        body: &Map<String, Value>,
        attributes: &Map<String, Value>,
    ) -> String {
        let wanted = intake::member(body, "id").and_then(Value::as_str);
        match wanted {
            Some(id) if self.switches.has(CreateFault::ClientIdAccepted) => id.to_owned(),
            _ if self.switches.has(CreateFault::BulkIdInIds) => format!("bulkId-{}", random::uuid()),
            _ if self.switches.has(DeleteFault::IdsFromNames) && kind == ResourceType::User => {
                let name = attributes.get("userName").and_then(Value::as_str).unwrap_or_default();
                let hash = Sha256::digest(folded(name).as_bytes());
                let start = hash.first_chunk::<16>().copied().unwrap_or_default();
                format!("{:032x}", u128::from_be_bytes(start))
            }
            _ if self.switches.is(Variant::NumbersAsIds) => random::number(),
            _ if self.switches.is(Variant::OddIds) => format!("u:{}+=@~!$&,;", random::number()),
            Some(_) | None => random::uuid(),
        }
    }
}
