//! The service of one tenant: its store, its address, its switches.

use serde_json::{Map, Value, json};

use super::bend;
use super::projection::Projection;
use crate::fault::{ProjectionFault, SchemaFault, VersionFault};
use crate::http::{Answer, Refusal};
use crate::schema::ResourceType;
use crate::store::{Record, Store};
use crate::switches::Switches;
use crate::variant::Variant;

/// Where a proxy shows the service to the world.
const PUBLIC: &str = "https://identity.public.example/directory/v2";

/// Everything that answering a request of one tenant takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Service<'a> {
    pub store: &'a Store,
    pub tenant: u32,
    /// The absolute base URI, without a slash at the end.
    pub base: &'a str,
    pub switches: Switches,
    /// What a PATCH read before others were done, where a fault lets it.
    pub early: Option<&'a Record>,
}

impl Service<'_> {
    /// Where a resource is.
    pub(super) fn location(self, kind: ResourceType, id: &str) -> String {
        let base = if self.switches.is(Variant::LocationElsewhere) { PUBLIC } else { self.base };
        format!("{base}/{}/{id}", kind.endpoint())
    }

    /// The same as the Location header has it.
    pub(super) fn location_header(self, kind: ResourceType, id: &str) -> String {
        let whole = self.location(kind, id);
        match whole.splitn(4, '/').nth(3) {
            Some(path)
                if self.switches.is(Variant::RelativeLocation)
                    && !self.switches.is(Variant::LocationElsewhere) =>
            {
                format!("/{path}")
            }
            Some(_) | None => whole,
        }
    }

    /// The living resource, or 404.
    pub(super) fn existing(self, kind: ResourceType, id: &str) -> Result<Record, Refusal> {
        self.store.find(self.tenant, kind, id)?.ok_or_else(|| Refusal::not_found(kind.name()))
    }

    /// An answer that shows a resource, with its address and its entity tag.
    pub(super) fn show(
        self,
        status: u16,
        record: &Record,
        projection: &Projection,
    ) -> Result<Answer, Refusal> {
        let whole = self.represent(record)?;
        let version = version_of(&whole);
        let mut shown = projection.apply(record.kind, self.switches, whole);
        if record.kind == ResourceType::User {
            bend::shown(self.switches, record, projection.names("password"), &mut shown);
        }
        if self.switches.has(ProjectionFault::PasswordOnRequest)
            && projection.names("password")
            && let Some(password) = &record.password
        {
            shown.insert("password".to_owned(), json!(password));
        }
        if let Some(meta) = shown.get_mut("meta").and_then(Value::as_object_mut) {
            if self.switches.has(VersionFault::MetaWithoutVersion) {
                meta.shift_remove("version");
            } else if self.switches.has(VersionFault::MetaVersionDiffers) {
                meta.insert("version".to_owned(), json!("W/\"1\""));
            }
        }
        self.show_undescribed(record, &mut shown);
        let answer = Answer::scim(status, Value::Object(shown))
            .with("location", self.location_header(record.kind, &record.id));
        Ok(self.tagged(answer, version))
    }

    /// What faults show beside the attributes of the schema, alone and in lists.
    pub(super) fn show_undescribed(self, record: &Record, shown: &mut Map<String, Value>) {
        let undescribed = match record.kind {
            ResourceType::User => SchemaFault::UserAttributeUndescribed,
            ResourceType::Group => SchemaFault::GroupAttributeUndescribed,
        };
        if self.switches.has(undescribed) {
            shown.insert("rowNumber".to_owned(), record.seq.into());
        }
    }

    /// The answer with an ETag header, where entity tags are offered.
    pub(super) fn tagged(self, answer: Answer, version: Option<String>) -> Answer {
        match version {
            Some(version) if !self.switches.is(Variant::NoEtag) => answer.with("etag", version),
            Some(_) | None => answer,
        }
    }
}

/// The answer as a fault sends it, without its entity tag.
pub(super) fn untagged(answer: Answer) -> Answer {
    let headers = answer.headers.into_iter().filter(|(name, _)| *name != "etag").collect();
    Answer { headers, ..answer }
}

/// The entity tag inside a representation.
pub(super) fn version_of(whole: &Map<String, Value>) -> Option<String> {
    whole.get("meta")?.get("version")?.as_str().map(str::to_owned)
}
