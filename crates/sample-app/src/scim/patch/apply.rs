//! Applying one PATCH operation to a draft of the resource.

use serde_json::{Map, Value, json};

use super::many::{self, Change};
use super::operation::{Operation, Verb};
use super::target::{Target, check_writable};
use crate::fault::PatchFault;
use crate::http::Refusal;
use crate::schema::{Attribute, DataType, Mutability, Path, ResourceType, Schema, extension_named};
use crate::scim::intake;
use crate::switches::Switches;
use crate::variant::Variant;

/// A resource under change.
pub(super) struct Patch<'a> {
    pub kind: ResourceType,
    pub switches: Switches,
    /// The resource as clients saw it before.
    pub shown: &'a Map<String, Value>,
    pub draft: Map<String, Value>,
}

impl Patch<'_> {
    /// Applies an operation as it was sent.
    pub(super) fn apply_sent(&mut self, sent: &Value) -> Result<(), Refusal> {
        let coerced = self.switches.is(Variant::CoercesBooleans).then(|| coerced(sent));
        match Operation::read(coerced.as_ref().unwrap_or(sent), self.switches)? {
            Some(operation) => self.apply(&operation),
            None => Ok(()),
        }
    }

    fn apply(&mut self, operation: &Operation<'_>) -> Result<(), Refusal> {
        let value = operation.value.unwrap_or(&Value::Null);
        match operation.path {
            None if operation.verb == Verb::Remove => Err(Refusal::no_target("remove needs a `path`")),
            None => self.apply_pathless(operation.verb, value),
            Some(path) => {
                let target = Target::locate(self.kind, self.switches, path)?;
                self.apply_target(operation.verb, &target, value)
            }
        }
    }

    /// Without a path the value holds attributes, also by dotted and qualified names.
    fn apply_pathless(&mut self, verb: Verb, value: &Value) -> Result<(), Refusal> {
        let Value::Object(members) = value else {
            return Err(Refusal::invalid_value("without a `path` the value must be an object"));
        };
        for (name, value) in members {
            // As in POST and PUT, what no schema knows is left out.
            let Ok(target) = Target::locate(self.kind, self.switches, name) else { continue };
            if let Target::Attribute(path) = &target
                && check_writable(*path).is_err()
                && self
                    .shown
                    .get(path.attribute.name)
                    .is_some_and(|shown| path.part.is_none() && shown == value)
            {
                // Identity providers send the id along when they rename a group.
                continue;
            }
            self.apply_target(verb, &target, value)?;
        }
        Ok(())
    }

    fn apply_target(&mut self, verb: Verb, target: &Target, value: &Value) -> Result<(), Refusal> {
        match target {
            Target::Schemas => self.apply_schemas(verb, value),
            Target::Extension(schema) => self.apply_extension(verb, schema, value),
            Target::Attribute(path) => {
                check_writable(*path)?;
                self.apply_attribute(verb, *path, value)
            }
            Target::Elements(path, selection) => {
                check_writable(*path)?;
                let change = Change { verb, part: path.part, selection: Some(selection), value };
                self.with_holder(*path, |holder| many::apply(holder, path.attribute, &change))
            }
        }
    }

    fn apply_attribute(&mut self, verb: Verb, path: Path, value: &Value) -> Result<(), Refusal> {
        if verb == Verb::Remove && path.attribute.required && path.part.is_none() {
            return Err(Refusal::mutability(format!("{} is required", path.attribute.name)));
        }
        let clears_siblings = self.switches.has(PatchFault::PatchClearsSiblings);
        self.with_holder(path, |holder| {
            let attribute = path.attribute;
            if attribute.multi_valued {
                let change = Change { verb, part: path.part, selection: None, value };
                return many::apply(holder, attribute, &change);
            }
            if attribute.data_type == DataType::Complex {
                return match path.part {
                    Some(part) => set_part(holder, attribute, part, verb, value, clears_siblings),
                    None => set_complex(holder, attribute, verb, value),
                };
            }
            let read = if verb == Verb::Remove { None } else { intake::element(attribute, value)? };
            match read {
                Some(read) => holder.insert(attribute.name.to_owned(), read),
                // The store is told to forget what it keeps elsewhere.
                None if attribute.mutability == Mutability::WriteOnly => {
                    holder.insert(attribute.name.to_owned(), Value::Null)
                }
                None => holder.shift_remove(attribute.name),
            };
            Ok(())
        })
    }

    /// Hands out the object that holds the attribute; an extension comes and goes with its values.
    fn with_holder(
        &mut self,
        path: Path,
        change: impl FnOnce(&mut Map<String, Value>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let Some(schema) = path.extension else { return change(&mut self.draft) };
        let mut extension = match self.draft.get(schema.urn) {
            Some(Value::Object(members)) => members.clone(),
            Some(_) | None => Map::new(),
        };
        change(&mut extension)?;
        if extension.is_empty() {
            self.draft.shift_remove(schema.urn);
        } else {
            self.draft.insert(schema.urn.to_owned(), Value::Object(extension));
        }
        Ok(())
    }

    fn apply_extension(&mut self, verb: Verb, schema: &'static Schema, value: &Value) -> Result<(), Refusal> {
        match value {
            _ if verb == Verb::Remove => {
                self.draft.shift_remove(schema.urn);
                Ok(())
            }
            Value::Null => {
                self.draft.shift_remove(schema.urn);
                Ok(())
            }
            Value::Object(members) => {
                for (name, value) in members {
                    let known = schema.attributes.iter().find(|known| known.name.eq_ignore_ascii_case(name));
                    let Some(attribute) = known else { continue };
                    let path = Path { extension: Some(schema), attribute, part: None };
                    check_writable(path)?;
                    self.apply_attribute(verb, path, value)?;
                }
                Ok(())
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Err(Refusal::invalid_value(format!("{} must be an object", schema.urn)))
            }
        }
    }

    /// Which schemas a resource follows is decided by its data; replacing the list can only drop an
    /// extension.
    fn apply_schemas(&mut self, verb: Verb, value: &Value) -> Result<(), Refusal> {
        if verb == Verb::Remove {
            return Err(Refusal::mutability("schemas is required"));
        }
        let listed = match value {
            Value::Array(schemas) => schemas.clone(),
            single => vec![single.clone()],
        };
        let core = self.kind.schema().urn;
        for schema in &listed {
            let urn = schema.as_str().unwrap_or_default();
            let known =
                urn.eq_ignore_ascii_case(core) || extension_named(self.kind, self.switches, urn).is_some();
            if !known {
                return Err(Refusal::invalid_value(format!("{schema} is no schema of this resource")));
            }
        }
        if verb == Verb::Replace {
            if !listed.contains(&json!(core)) {
                return Err(Refusal::mutability(format!("schemas must name {core}")));
            }
            for schema in self.kind.extensions(self.switches) {
                if !listed.contains(&json!(schema.urn)) {
                    self.draft.shift_remove(schema.urn);
                }
            }
        }
        Ok(())
    }
}

/// The operation with `active` as a boolean where it is the text of one, as some clients send it.
fn coerced(sent: &Value) -> Value {
    let mut sent = sent.clone();
    let place = match sent.get("path").and_then(Value::as_str) {
        Some(path) if path.eq_ignore_ascii_case("active") => sent.get_mut("value"),
        Some(_) => None,
        None => sent.get_mut("value").and_then(|value| value.get_mut("active")),
    };
    if let Some(value) = place
        && let Some(text) = value.as_str()
        && let Ok(read) = text.to_lowercase().parse::<bool>()
    {
        *value = json!(read);
    }
    sent
}

/// One part of a single complex attribute.
fn set_part(
    holder: &mut Map<String, Value>,
    attribute: &Attribute,
    part: &Attribute,
    verb: Verb,
    value: &Value,
    clears_siblings: bool,
) -> Result<(), Refusal> {
    let mut whole = match holder.get(attribute.name) {
        Some(Value::Object(members)) => members.clone(),
        Some(_) | None => Map::new(),
    };
    let read = if verb == Verb::Remove { None } else { intake::element(part, value)? };
    if clears_siblings && verb == Verb::Replace {
        whole.clear();
    }
    match read {
        Some(read) => whole.insert(part.name.to_owned(), read),
        None => whole.shift_remove(part.name),
    };
    put_or_drop(holder, attribute, whole);
    Ok(())
}

/// A single complex attribute: parts that are given are set, the others stay.
fn set_complex(
    holder: &mut Map<String, Value>,
    attribute: &Attribute,
    verb: Verb,
    value: &Value,
) -> Result<(), Refusal> {
    match value {
        _ if verb == Verb::Remove => {
            holder.shift_remove(attribute.name);
            Ok(())
        }
        Value::Null => {
            holder.shift_remove(attribute.name);
            Ok(())
        }
        Value::Object(members) => {
            let mut whole = match holder.get(attribute.name) {
                Some(Value::Object(members)) => members.clone(),
                Some(_) | None => Map::new(),
            };
            for (name, value) in members {
                let Some(part) = attribute.part(name) else { continue };
                if part.mutability == Mutability::ReadOnly {
                    continue;
                }
                match intake::element(part, value)? {
                    Some(read) => whole.insert(part.name.to_owned(), read),
                    None => whole.shift_remove(part.name),
                };
            }
            put_or_drop(holder, attribute, whole);
            Ok(())
        }
        // Some identity providers send a manager as the bare id, and the empty string for none.
        Value::String(text) => {
            let Some(part) = attribute.part("value") else {
                return Err(Refusal::invalid_value(format!("{} must be an object", attribute.name)));
            };
            let mut whole = Map::new();
            if !text.is_empty() {
                whole.insert(part.name.to_owned(), value.clone());
            }
            put_or_drop(holder, attribute, whole);
            Ok(())
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            Err(Refusal::invalid_value(format!("{} must be an object", attribute.name)))
        }
    }
}

fn put_or_drop(holder: &mut Map<String, Value>, attribute: &Attribute, whole: Map<String, Value>) {
    if whole.is_empty() {
        holder.shift_remove(attribute.name);
    } else {
        holder.insert(attribute.name.to_owned(), Value::Object(whole));
    }
}
