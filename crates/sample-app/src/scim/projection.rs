//! `attributes` and `excludedAttributes` (RFC 7644, section 3.9).

use serde_json::{Map, Value};

use super::dispatch::Call;
use super::service::Service;
use crate::fault::{MembershipFault, ProjectionFault};
use crate::http::Refusal;
use crate::schema::{Attribute, Path, ResourceType, Returned, Schema, extension_named};
use crate::switches::Switches;
use crate::variant::Variant;

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

impl Service<'_> {
    /// What the client of this call wants to see.
    pub(super) fn projection(self, call: &Call<'_>, kind: ResourceType) -> Result<Projection, Refusal> {
        let list = |name: &str| split(call.query.get(name).unwrap_or_default());
        let projection = self.projection_of(list("attributes"), list("excludedAttributes"), &[kind])?;
        let has = |fault: ProjectionFault| self.switches.has(fault);
        let overlooked = match (call.method, &projection) {
            ("POST", _) => has(ProjectionFault::AttributesIgnoredByCreate),
            ("PUT", _) => has(ProjectionFault::AttributesIgnoredByReplace),
            ("PATCH", _) => has(ProjectionFault::AttributesIgnoredByPatch),
            (_, Projection::Only(_)) => has(ProjectionFault::AttributesIgnoredByRead),
            (_, Projection::Without(_)) if kind == ResourceType::Group => {
                has(ProjectionFault::MembersNotExcluded)
            }
            (_, Projection::Without(_)) => has(ProjectionFault::ExcludedIgnoredByRead),
            (_, Projection::Standard) => false,
        };
        Ok(if overlooked { Projection::Standard } else { projection })
    }

    /// What the client of a list wants to see.
    pub(super) fn list_projection(
        self,
        only: Vec<String>,
        without: Vec<String>,
        kinds: &[ResourceType],
    ) -> Result<Projection, Refusal> {
        let projection = self.projection_of(only, without, kinds)?;
        let has = |fault: ProjectionFault| self.switches.has(fault);
        let overlooked = match &projection {
            Projection::Standard => false,
            Projection::Only(_) => has(ProjectionFault::AttributesIgnoredByList),
            Projection::Without(_) if kinds == [ResourceType::Group] => {
                has(ProjectionFault::MembersNotExcludedFromList)
            }
            Projection::Without(_) => has(ProjectionFault::ExcludedIgnoredByList),
        };
        Ok(if overlooked { Projection::Standard } else { projection })
    }

    /// From the two lists, which exclude one another.
    pub(super) fn projection_of(
        self,
        only: Vec<String>,
        without: Vec<String>,
        kinds: &[ResourceType],
    ) -> Result<Projection, Refusal> {
        for name in only.iter().chain(&without) {
            if kinds.iter().any(|kind| is_known(name, *kind, self.switches)) {
                continue;
            }
            if self.switches.has(ProjectionFault::UnknownAttributeAnswers500) {
                return Err(Refusal::internal());
            }
            if self.switches.is(Variant::UnknownAttributesRefused) {
                return Err(Refusal::invalid_value(format!("no schema knows {name}")));
            }
        }
        match (only.is_empty(), without.is_empty()) {
            (true, true) => Ok(Projection::Standard),
            (false, true) => Ok(Projection::Only(only)),
            (true, false) => Ok(Projection::Without(without)),
            (false, false) if self.switches.has(ProjectionFault::BothListsAnswer500) => {
                Err(Refusal::internal())
            }
            (false, false) => {
                Err(Refusal::invalid_value("`attributes` and `excludedAttributes` exclude one another"))
            }
        }
    }
}

/// The names in a comma-separated list.
pub(super) fn split(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

impl Projection {
    /// Whether the client named what it wants, which makes a PATCH answer with a body.
    pub(crate) fn is_asked_for(&self) -> bool {
        !matches!(self, Self::Standard)
    }

    /// Whether the client asks for this attribute by its name.
    pub(crate) fn names(&self, attribute: &str) -> bool {
        match self {
            Self::Only(names) => names.iter().any(|name| name.eq_ignore_ascii_case(attribute)),
            Self::Standard | Self::Without(_) => false,
        }
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
                if matches!(self, Self::Without(_)) && switches.has(ProjectionFault::ExcludingDropsExtensions)
                {
                    continue;
                }
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
        let drops_id = match self {
            Self::Standard => false,
            Self::Only(_) => switches.has(ProjectionFault::AttributesDropId),
            Self::Without(_) => switches.has(ProjectionFault::IdCanBeExcluded),
        };
        if attribute.returned == Returned::Always && !(drops_id && attribute.name == "id") {
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
        if same_schema && path.attribute.name == attribute.name && !is_misread(name, path, switches) {
            match path.part {
                None => return Choice::Whole,
                Some(_) if switches.has(ProjectionFault::SubAttributeShowsTheWhole) => return Choice::Whole,
                Some(part) => parts.push(part.name),
            }
        }
    }
    if parts.is_empty() { Choice::Unnamed } else { Choice::Parts(parts) }
}

/// Whether a fault does not understand this name.
fn is_misread(name: &str, path: Path, switches: Switches) -> bool {
    let other_case = !name.ends_with(path.leaf().name);
    let qualified = name.contains(':');
    other_case && switches.has(ProjectionFault::AttributeNamesMindCase)
        || qualified && path.extension.is_none() && switches.has(ProjectionFault::UrnNotUnderstood)
        || qualified && path.extension.is_some() && switches.has(ProjectionFault::ExtensionNotFound)
}

/// Whether a name stands for an attribute or a schema of this kind.
fn is_known(name: &str, kind: ResourceType, switches: Switches) -> bool {
    name.eq_ignore_ascii_case(kind.schema().urn)
        || extension_named(kind, switches, name).is_some()
        || Path::parse(kind, switches, name).is_some()
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
