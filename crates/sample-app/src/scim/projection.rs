//! `attributes` and `excludedAttributes` (RFC 7644, section 3.9).

use serde_json::{Map, Value};

use crate::fault::MembershipFault;
use crate::http::Refusal;
use crate::schema::{Attribute, Path, ResourceType, Returned, Schema, extension_named};
use crate::switches::Switches;

/// Which attributes of a resource the client wants to see.
#[derive(Debug, Clone, Default)]
pub(crate) enum Projection {
    #[default]
    Standard,
    Only(Vec<String>),
    Without(Vec<String>),
}

/// What a list of names says about one attribute.
enum Choice<'a> {
    Unnamed,
    Whole,
    Parts(Vec<&'a str>),
}

impl Projection {
    /// From the two lists, which exclude one another.
    pub(crate) fn of(only: Vec<String>, without: Vec<String>) -> Result<Self, Refusal> {
        match (only.is_empty(), without.is_empty()) {
            (true, true) => Ok(Self::Standard),
            (false, true) => Ok(Self::Only(only)),
            (true, false) => Ok(Self::Without(without)),
            (false, false) => {
                Err(Refusal::invalid_value("`attributes` and `excludedAttributes` exclude one another"))
            }
        }
    }

    /// From comma-separated lists.
    pub(crate) fn from_lists(only: Option<&str>, without: Option<&str>) -> Result<Self, Refusal> {
        let names = |list: Option<&str>| {
            list.unwrap_or_default()
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        Self::of(names(only), names(without))
    }

    /// Whether the client named what it wants, which makes a PATCH answer with a body.
    pub(crate) fn is_asked_for(&self) -> bool {
        !matches!(self, Self::Standard)
    }

    /// Leaves what is asked for and what is always returned.
    pub(crate) fn apply(
        &self,
        kind: ResourceType,
        switches: Switches,
        mut resource: Map<String, Value>,
    ) -> Map<String, Value> {
        let mut shown = Map::new();
        for (name, value) in std::mem::take(&mut resource) {
            if let Some(schema) = extension_named(kind, switches, &name) {
                let Value::Object(members) = value else { continue };
                let kept: Map<String, Value> = members
                    .into_iter()
                    .filter_map(|(name, value)| {
                        let attribute = schema.attributes.iter().find(|known| known.name == name)?;
                        Some((name, self.cut(kind, switches, Some(schema), attribute, value)?))
                    })
                    .collect();
                if !kept.is_empty() {
                    shown.insert(name, Value::Object(kept));
                }
            } else if let Some(attribute) = kind.attribute(&name)
                && let Some(value) = self.cut(kind, switches, None, attribute, value)
            {
                shown.insert(name, value);
            }
        }
        shown
    }

    fn cut(
        &self,
        kind: ResourceType,
        switches: Switches,
        extension: Option<&'static Schema>,
        attribute: &'static Attribute,
        value: Value,
    ) -> Option<Value> {
        if attribute.returned == Returned::Always {
            return Some(value);
        }
        let by_default = attribute.returned != Returned::Request;
        match self {
            Self::Standard => by_default.then_some(value),
            Self::Only(names) => match choice(names, kind, switches, extension, attribute) {
                Choice::Unnamed => None,
                Choice::Whole => Some(value),
                Choice::Parts(parts) => with_parts(value, |name| parts.contains(&name)),
            },
            Self::Without(_)
                if attribute.name == "members" && switches.has(MembershipFault::ExcludedMembersShown) =>
            {
                Some(value)
            }
            Self::Without(names) => match choice(names, kind, switches, extension, attribute) {
                Choice::Unnamed => by_default.then_some(value),
                Choice::Parts(parts) if by_default => with_parts(value, |name| !parts.contains(&name)),
                Choice::Whole | Choice::Parts(_) => None,
            },
        }
    }
}

fn choice(
    names: &[String],
    kind: ResourceType,
    switches: Switches,
    extension: Option<&'static Schema>,
    attribute: &'static Attribute,
) -> Choice<'static> {
    let schema = extension.unwrap_or_else(|| kind.schema());
    let mut parts = Vec::new();
    for name in names {
        // A schema's URN alone means all that it defines.
        if name.eq_ignore_ascii_case(schema.urn)
            && schema.attributes.iter().any(|known| known.name == attribute.name)
        {
            return Choice::Whole;
        }
        let Some(path) = Path::parse(kind, switches, name) else { continue };
        let same_schema = path.extension.map(|schema| schema.urn) == extension.map(|schema| schema.urn);
        if same_schema && path.attribute.name == attribute.name {
            match path.part {
                None => return Choice::Whole,
                Some(part) => parts.push(part.name),
            }
        }
    }
    if parts.is_empty() { Choice::Unnamed } else { Choice::Parts(parts) }
}

fn with_parts(value: Value, keep: impl Fn(&str) -> bool + Copy) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let kept: Map<String, Value> = members.into_iter().filter(|(name, _)| keep(name)).collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Array(elements) => {
            let kept: Vec<Value> =
                elements.into_iter().filter_map(|element| with_parts(element, keep)).collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => Some(scalar),
    }
}
