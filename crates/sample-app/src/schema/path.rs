//! Attribute notation (RFC 7644, section 3.10), resolved against the schemas.

use serde_json::{Map, Value};

use super::attribute::{Attribute, Schema, find};
use super::resource_type::ResourceType;
use crate::switches::Switches;

/// An attribute that exists: of the core schema or of an extension, whole or one of its parts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path {
    pub extension: Option<&'static Schema>,
    pub attribute: &'static Attribute,
    pub part: Option<&'static Attribute>,
}

impl Path {
    /// Looks up what a parsed path names.
    pub(crate) fn resolve(
        kind: ResourceType,
        switches: Switches,
        urn: Option<&str>,
        name: &str,
        part: Option<&str>,
    ) -> Option<Self> {
        let (extension, attribute) = match urn {
            None => (None, kind.attribute(name)?),
            Some(urn) if urn.eq_ignore_ascii_case(kind.schema().urn) => (None, kind.attribute(name)?),
            Some(urn) => {
                let schema = extension_named(kind, switches, urn)?;
                (Some(schema), find(schema.attributes, name)?)
            }
        };
        let part = match part {
            None => None,
            Some(part) => Some(attribute.part(part)?),
        };
        Some(Self { extension, attribute, part })
    }

    /// Reads `name`, `name.part` or either behind a schema's URN and a colon.
    pub(crate) fn parse(kind: ResourceType, switches: Switches, text: &str) -> Option<Self> {
        let (urn, rest) = match text.rsplit_once(':') {
            Some((urn, rest)) => (Some(urn), rest),
            None => (None, text),
        };
        let (name, part) = match rest.split_once('.') {
            Some((name, part)) => (name, Some(part)),
            None => (rest, None),
        };
        Self::resolve(kind, switches, urn, name, part)
    }

    /// The attribute whose values the path means.
    pub(crate) fn leaf(self) -> &'static Attribute {
        self.part.unwrap_or(self.attribute)
    }

    /// The values at this path; each element counts where an attribute has many.
    pub(crate) fn values(self, resource: &Map<String, Value>) -> Vec<&Value> {
        let holder = match self.extension {
            None => Some(resource),
            Some(schema) => resource.get(schema.urn).and_then(Value::as_object),
        };
        let Some(found) = holder.and_then(|holder| holder.get(self.attribute.name)) else {
            return Vec::new();
        };
        let elements = match found {
            Value::Array(elements) => elements.iter().collect(),
            Value::Null => Vec::new(),
            single => vec![single],
        };
        match self.part {
            None => elements,
            Some(part) => elements.into_iter().filter_map(|element| element.get(part.name)).collect(),
        }
    }
}

/// The extension with this URN.
pub(crate) fn extension_named(kind: ResourceType, switches: Switches, urn: &str) -> Option<&'static Schema> {
    kind.extensions(switches).iter().find(|schema| schema.urn.eq_ignore_ascii_case(urn)).copied()
}
