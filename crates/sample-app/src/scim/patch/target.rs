//! What the path of a PATCH operation points at.

use scim_v2::filter::{AttrExp, CompValue, CompareOp, PatchPath, ValFilter};
use serde_json::{Map, Value};

use crate::http::Refusal;
use crate::schema::{DataType, Mutability, Path, ResourceType, Schema, extension_named};
use crate::scim::filter::{Test, compile_elements, normalised};
use crate::switches::Switches;

/// A target that exists in the schemas.
#[derive(Debug)]
pub(super) enum Target {
    /// The list of schemas, which follows from the data.
    Schemas,
    /// A whole extension.
    Extension(&'static Schema),
    Attribute(Path),
    /// The elements of `path` that pass; `path.part` may narrow it to one of their parts.
    Elements(Path, Selection),
}

/// A value filter, and what an element made to satisfy it would hold.
#[derive(Debug)]
pub(super) struct Selection {
    pub test: Test,
    pub template: Map<String, Value>,
}

impl Target {
    /// Resolves a path.
    pub(super) fn locate(kind: ResourceType, switches: Switches, text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if let Some(schema) = extension_named(kind, switches, text) {
            return Ok(Self::Extension(schema));
        }
        let unknown = || Refusal::invalid_path(format!("{text} is not an attribute"));
        let parsed: PatchPath = match normalised(text).parse() {
            Ok(parsed) => parsed,
            // The grammar of filters has no `$ref`.
            Err(_) => return Path::parse(kind, switches, text).map(Self::Attribute).ok_or_else(unknown),
        };
        match parsed {
            PatchPath::Attr(attr) => {
                let path =
                    Path::resolve(kind, switches, attr.uri.as_deref(), &attr.name, attr.sub_attr.as_deref())
                        .ok_or_else(unknown)?;
                if path.extension.is_none() && path.attribute.name == "schemas" {
                    return Ok(Self::Schemas);
                }
                Ok(Self::Attribute(path))
            }
            PatchPath::Value(value_path) => {
                let attr = &value_path.attr;
                let part = value_path.sub_attr.as_deref();
                let path = Path::resolve(kind, switches, attr.uri.as_deref(), &attr.name, part)
                    .filter(|_| attr.sub_attr.is_none())
                    .ok_or_else(unknown)?;
                if !path.attribute.multi_valued || path.attribute.data_type != DataType::Complex {
                    return Err(Refusal::invalid_path(format!("{} has no elements", attr.name)));
                }
                let test = compile_elements(&value_path.filter, path.attribute)?;
                let mut template = Map::new();
                collect_equalities(&value_path.filter, path, &mut template);
                Ok(Self::Elements(path, Selection { test, template }))
            }
        }
    }
}

/// Refuses a change of what only the server writes.
pub(super) fn check_writable(path: Path) -> Result<(), Refusal> {
    let read_only = path.attribute.mutability == Mutability::ReadOnly
        || path.part.is_some_and(|part| part.mutability == Mutability::ReadOnly);
    if read_only {
        return Err(Refusal::mutability(format!("{} is written by the server only", path.leaf().name)));
    }
    Ok(())
}

/// `type eq "work" and primary eq true` describes the element {"type":"work","primary":true}.
fn collect_equalities(filter: &ValFilter, path: Path, template: &mut Map<String, Value>) {
    match filter {
        ValFilter::Attr(AttrExp::Comparison(attr, CompareOp::Eq, wanted)) => {
            let value = match wanted {
                CompValue::Str(text) => Value::String(text.clone()),
                CompValue::True => Value::Bool(true),
                CompValue::False => Value::Bool(false),
                CompValue::Null | CompValue::Number(_) => return,
            };
            if let Some(part) = path.attribute.part(&attr.name) {
                template.insert(part.name.to_owned(), value);
            }
        }
        ValFilter::And(parts) => {
            for part in parts {
                collect_equalities(part, path, template);
            }
        }
        ValFilter::Attr(_) | ValFilter::Not(_) | ValFilter::Or(_) => {}
    }
}
