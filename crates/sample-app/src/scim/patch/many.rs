//! PATCH on an attribute with many values: which elements change, and how.

use serde_json::{Map, Value};

use super::operation::Verb;
use super::target::Selection;
use crate::http::Refusal;
use crate::schema::{Attribute, Mutability};
use crate::scim::intake::{self, identity, is_primary};
use crate::switches::Switches;

/// One change of a multi-valued attribute.
pub(super) struct Change<'a> {
    pub verb: Verb,
    pub part: Option<&'static Attribute>,
    pub selection: Option<&'a Selection>,
    pub value: &'a Value,
}

/// Applies the change to `holder[attribute]`.
pub(super) fn apply(
    holder: &mut Map<String, Value>,
    attribute: &Attribute,
    change: &Change<'_>,
) -> Result<(), Refusal> {
    let before = match holder.get(attribute.name) {
        Some(Value::Array(elements)) => elements.clone(),
        Some(_) | None => Vec::new(),
    };
    let mut elements = before.clone();
    match (change.selection, change.part) {
        (None, None) => change_whole(&mut elements, attribute, change)?,
        (None, Some(part)) => change_part_of_all(&mut elements, part, change)?,
        (Some(selection), None) => change_selected(&mut elements, attribute, selection, change)?,
        (Some(selection), Some(part)) => change_part(&mut elements, part, selection, change)?,
    }
    elements.retain(|element| element.as_object().is_none_or(|members| !members.is_empty()));
    demote(&before, &mut elements, attribute)?;
    if elements.is_empty() {
        holder.shift_remove(attribute.name);
    } else {
        holder.insert(attribute.name.to_owned(), Value::Array(elements));
    }
    Ok(())
}

fn change_whole(
    elements: &mut Vec<Value>,
    attribute: &Attribute,
    change: &Change<'_>,
) -> Result<(), Refusal> {
    match (change.verb, change.value) {
        (Verb::Remove, Value::Null) => elements.clear(),
        (Verb::Remove, value) => {
            // Beyond the RFC: some clients list the values to remove beside the path.
            let listed: Vec<&Value> = as_many(value).into_iter().filter_map(|one| one.get("value")).collect();
            if listed.is_empty() {
                elements.clear();
            } else {
                elements.retain(|element| !element.get("value").is_some_and(|value| listed.contains(&value)));
            }
        }
        (Verb::Replace, value) => {
            let array = Value::Array(as_many(value).into_iter().cloned().collect());
            *elements = match intake::attribute_value(attribute, &array)? {
                Some(Value::Array(read)) => read,
                Some(_) | None => Vec::new(),
            };
        }
        (Verb::Add, value) => {
            for one in as_many(value) {
                if let Some(read) = intake::element(attribute, one)? {
                    add_one(elements, attribute, read);
                }
            }
        }
    }
    Ok(())
}

/// A value that is there already is not added again; only its other parts may change.
fn add_one(elements: &mut Vec<Value>, attribute: &Attribute, new: Value) {
    let by_id = attribute.part("value").is_some_and(|part| part.mutability == Mutability::Immutable);
    let same = |held: &Value| {
        if by_id { held.get("value") == new.get("value") } else { identity(held) == identity(&new) }
    };
    match elements.iter_mut().find(|held| same(held)) {
        None => elements.push(new),
        Some(_) if by_id => {}
        Some(Value::Object(held)) => {
            if let Value::Object(members) = new {
                held.extend(members);
            }
        }
        Some(_) => {}
    }
}

fn change_part_of_all(
    elements: &mut Vec<Value>,
    part: &'static Attribute,
    change: &Change<'_>,
) -> Result<(), Refusal> {
    if elements.is_empty() && change.verb != Verb::Remove {
        elements.push(Value::Object(Map::new()));
    } else {
        check_changeable(part)?;
    }
    for element in elements.iter_mut() {
        set_part(element, part, change)?;
    }
    Ok(())
}

fn change_selected(
    elements: &mut Vec<Value>,
    attribute: &Attribute,
    selection: &Selection,
    change: &Change<'_>,
) -> Result<(), Refusal> {
    if change.verb == Verb::Remove {
        elements.retain(|element| !selected(element, selection));
        return Ok(());
    }
    let read = intake::element(attribute, change.value)?;
    let Some(Value::Object(new)) = read else {
        if change.value.is_object() || change.value.is_null() {
            elements.retain(|element| !selected(element, selection));
            return Ok(());
        }
        return Err(Refusal::invalid_value(format!("{} must be an object", attribute.name)));
    };
    let mut found = false;
    for element in elements.iter_mut().filter(|element| selected(element, selection)) {
        found = true;
        let Value::Object(held) = element else { continue };
        for part in attribute.parts.iter().filter(|part| part.mutability == Mutability::Immutable) {
            if new.get(part.name).is_some_and(|wanted| held.get(part.name) != Some(wanted)) {
                return Err(Refusal::mutability(format!("{} of a member cannot change", part.name)));
            }
        }
        match change.verb {
            Verb::Replace
                if attribute.part("value").is_none_or(|part| part.mutability != Mutability::Immutable) =>
            {
                held.clone_from(&new);
            }
            Verb::Replace | Verb::Add | Verb::Remove => held.extend(new.clone()),
        }
    }
    match (found, change.verb) {
        (true, _) => Ok(()),
        (false, Verb::Add) => {
            let mut made = selection.template.clone();
            made.extend(new);
            elements.push(Value::Object(made));
            Ok(())
        }
        (false, Verb::Replace | Verb::Remove) => Err(nothing_selected()),
    }
}

fn change_part(
    elements: &mut Vec<Value>,
    part: &'static Attribute,
    selection: &Selection,
    change: &Change<'_>,
) -> Result<(), Refusal> {
    let mut found = false;
    for element in elements.iter_mut().filter(|element| selected(element, selection)) {
        found = true;
        check_changeable(part)?;
        set_part(element, part, change)?;
    }
    match (found, change.verb) {
        (true, _) | (false, Verb::Remove) => Ok(()),
        (false, Verb::Replace) => Err(nothing_selected()),
        (false, Verb::Add) => {
            // Some identity providers add `emails[type eq "work"].value` to a user without e-mail.
            let mut made = Value::Object(selection.template.clone());
            set_part(&mut made, part, change)?;
            elements.push(made);
            Ok(())
        }
    }
}

fn set_part(element: &mut Value, part: &'static Attribute, change: &Change<'_>) -> Result<(), Refusal> {
    let Value::Object(members) = element else { return Ok(()) };
    let read = if change.verb == Verb::Remove { None } else { intake::element(part, change.value)? };
    match read {
        Some(read) => members.insert(part.name.to_owned(), read),
        None => members.shift_remove(part.name),
    };
    Ok(())
}

/// A new primary value takes the mark from the old one (RFC 7644, section 3.5.2).
fn demote(before: &[Value], elements: &mut [Value], attribute: &Attribute) -> Result<(), Refusal> {
    let primaries = elements.iter().filter(|element| is_primary(element)).count();
    if primaries < 2 {
        return Ok(());
    }
    let was_primary: Vec<String> = before.iter().filter(|held| is_primary(held)).map(identity).collect();
    let newcomers = elements
        .iter()
        .filter(|element| is_primary(element) && !was_primary.contains(&identity(element)))
        .count();
    if newcomers != 1 {
        return Err(Refusal::invalid_value(format!("{} would have two primary values", attribute.name)));
    }
    for element in elements.iter_mut().filter(|element| is_primary(element)) {
        if was_primary.contains(&identity(element))
            && let Value::Object(members) = element
        {
            members.insert("primary".to_owned(), Value::Bool(false));
        }
    }
    Ok(())
}

fn check_changeable(part: &Attribute) -> Result<(), Refusal> {
    if part.mutability == Mutability::Immutable {
        return Err(Refusal::mutability(format!("{} cannot change once it is set", part.name)));
    }
    Ok(())
}

fn nothing_selected() -> Refusal {
    Refusal::no_target("no value passes the filter of the path")
}

fn selected(element: &Value, selection: &Selection) -> bool {
    let Value::Object(members) = element else { return false };
    selection.test.passes(members, Switches::default())
}

fn as_many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        Value::Null => Vec::new(),
        single => vec![single],
    }
}
