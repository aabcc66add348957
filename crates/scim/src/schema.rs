//! What the server says of its attributes, with the RFC's word where it says nothing.

use std::sync::Arc;

use oinspect_core::{Cx, Finding};
use serde_json::Value;

use crate::answer::at;
use crate::kind::Kind;
use crate::verbs::Scim;

/// The schema URN of the enterprise extension.
pub(crate) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// The schemas that a server describes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schemas {
    schemas: Vec<Schema>,
}

/// One schema, as the server describes it.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    /// Its URN.
    pub(crate) id: String,
    /// What it describes.
    pub(crate) attributes: Vec<Attribute>,
}

/// One attribute, as the server describes it; what it leaves out has the default of RFC 7643, 2.2.
#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) case_exact: bool,
    /// Whether an answer leaves it out where nobody asks for it: `returned` is `never` or `request`.
    pub(crate) is_hidden: bool,
    pub(crate) sub_attributes: Vec<Attribute>,
}

impl Attribute {
    fn read(json: &Value) -> Option<Self> {
        let flag = |name: &str| at(json, name).and_then(Value::as_bool).unwrap_or(false);
        let returned = at(json, "returned").and_then(Value::as_str).unwrap_or_default();
        Some(Self {
            name: at(json, "name")?.as_str()?.to_owned(),
            case_exact: flag("caseExact"),
            is_hidden: ["never", "request"].iter().any(|one| one.eq_ignore_ascii_case(returned)),
            sub_attributes: attributes(at(json, "subAttributes")),
        })
    }

    /// The part of this name.
    pub(crate) fn part(&self, name: &str) -> Option<&Self> {
        self.sub_attributes.iter().find(|part| part.name.eq_ignore_ascii_case(name))
    }
}

fn attributes(list: Option<&Value>) -> Vec<Attribute> {
    let list = list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(Attribute::read).collect()
}

impl Schemas {
    /// The schemas in a list, leniently read.
    pub(crate) fn read(resources: &[Value]) -> Self {
        let read = |schema: &Value| {
            let id = at(schema, "id")?.as_str()?.to_owned();
            Some(Schema { id, attributes: attributes(at(schema, "attributes")) })
        };
        Self { schemas: resources.iter().filter_map(read).collect() }
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Schema> {
        self.schemas.iter()
    }

    /// The schema with this URN, if the server describes it.
    pub(crate) fn schema(&self, urn: &str) -> Option<&Schema> {
        self.schemas.iter().find(|schema| schema.id.eq_ignore_ascii_case(urn))
    }

    /// Whether the core schema of this kind is described at all.
    pub(crate) fn describes(&self, kind: Kind) -> bool {
        self.schema(kind.schema()).is_some_and(|schema| !schema.attributes.is_empty())
    }

    /// An attribute of a core schema by its dotted path, such as `emails.type`.
    pub(crate) fn attribute(&self, kind: Kind, path: &str) -> Option<&Attribute> {
        let mut names = path.split('.');
        let first = names.next()?;
        let schema = self.schema(kind.schema())?;
        let attribute = schema.attributes.iter().find(|one| one.name.eq_ignore_ascii_case(first))?;
        names.try_fold(attribute, Attribute::part)
    }

    /// Whether the server has this attribute. One that does not describe its resources is taken to have
    /// all those of RFC 7643.
    pub(crate) fn has(&self, kind: Kind, path: &str) -> bool {
        !self.describes(kind) || self.attribute(kind, path).is_some()
    }
}

/// The server's schemas, asked for once in a run; none where they cannot be read.
///
/// # Errors
/// Blocked, where the server cannot be asked at all.
pub(crate) fn schemas(cx: &mut Cx) -> Result<Arc<Schemas>, Finding> {
    cx.once("schemas", |cx| match cx.get("/Schemas") {
        Ok(answer) => Ok(Schemas::read(answer.resources())),
        Err(Finding::Broken { .. }) => Ok(Schemas::default()),
        Err(obstacle) => Err(obstacle),
    })
}

/// Skips a check on an attribute that this server does not have.
///
/// # Errors
/// Not offered, where the server's schema leaves it out.
pub(crate) fn need(cx: &mut Cx, kind: Kind, path: &str) -> Result<(), Finding> {
    if schemas(cx)?.has(kind, path) {
        return Ok(());
    }
    Err(Finding::NotOffered { what: format!("the server's schema of a {} has no `{path}`", kind.noun()) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_attribute_is_found_by_its_path_and_has_defaults() {
        let schemas = Schemas::read(&[json!({
            "id": Kind::User.schema(),
            "attributes": [{ "name": "emails", "multiValued": true, "subAttributes": [{ "name": "type" }] }],
        })]);
        assert!(!schemas.attribute(Kind::User, "Emails.TYPE").unwrap().case_exact);
        assert!(schemas.has(Kind::User, "emails") && !schemas.has(Kind::User, "title"));
        assert!(schemas.has(Kind::Group, "members"), "groups are not described: the RFC's word counts");
    }
}
