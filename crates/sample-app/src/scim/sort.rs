//! The order of a list (RFC 7644, section 3.4.2.3).

use serde_json::{Map, Value};

use super::intake::is_primary;
use crate::fault::SortFault;
use crate::http::Refusal;
use crate::schema::{DataType, Path, ResourceType, Returned};
use crate::store::{Order, Record};
use crate::switches::Switches;
use crate::variant::Variant;

/// By which attribute, and which way.
#[derive(Debug)]
pub(super) struct Sorting {
    by: String,
    descending: bool,
}

/// What one resource is sorted by. What has no value comes last, and first when descending.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Flag(bool),
    Text(String),
    Missing,
}

impl Sorting {
    /// Reads the two parameters; an order alone means nothing.
    pub(super) fn of(
        by: Option<&str>,
        order: Option<&str>,
        kinds: &[ResourceType],
        switches: Switches,
    ) -> Result<Option<Self>, Refusal> {
        let descending = match order {
            None => switches.has(SortFault::DescendingByDefault),
            Some(_) if switches.has(SortFault::SortOrderIgnored) => false,
            Some(order) if order.eq_ignore_ascii_case("ascending") => false,
            Some(order) if order.eq_ignore_ascii_case("descending") => true,
            Some(_) => return Err(Refusal::invalid_value("sortOrder must be ascending or descending")),
        };
        let Some(by) = by.map(str::trim).filter(|by| !by.is_empty()) else { return Ok(None) };
        if switches.has(SortFault::SortAnswers500) {
            return Err(Refusal::internal());
        }
        if switches.has(SortFault::SortIgnored) || switches.is(Variant::NoSort) {
            return Ok(None);
        }
        if kinds.iter().all(|kind| path(*kind, switches, by).is_none()) {
            if switches.is(Variant::UnknownSortIgnored) {
                return Ok(None);
            }
            if switches.has(SortFault::UnknownSortAnswers500) {
                return Err(Refusal::internal());
            }
            return Err(Refusal::invalid_path(format!("{by} is not an attribute to sort by")));
        }
        Ok(Some(Self { by: by.to_owned(), descending }))
    }

    /// The order that an index already has.
    pub(super) fn indexed(&self, kind: ResourceType) -> Option<Order> {
        let by_name = self.by.eq_ignore_ascii_case(kind.naming_attribute());
        by_name.then_some(if self.descending { Order::NameDescending } else { Order::Name })
    }

    /// Whether the order looks at this attribute.
    pub(super) fn mentions(&self, name: &str) -> bool {
        self.by.to_lowercase().contains(name)
    }

    pub(super) fn key(&self, kind: ResourceType, resource: &Map<String, Value>, switches: Switches) -> Key {
        let Some(path) = path(kind, switches, &self.by) else { return Key::Missing };
        let unsorted = match path.attribute.name {
            "name" => switches.has(SortFault::NamePartsNotSorted),
            "meta" => switches.has(SortFault::MetaNotSorted),
            _ => false,
        };
        match preferred(path, resource, switches) {
            Some(_) if unsorted => Key::Missing,
            Some(Value::Bool(flag)) => Key::Flag(*flag),
            Some(Value::String(text)) if text.is_empty() => Key::Missing,
            Some(Value::String(text)) if path.leaf().case_exact || switches.has(SortFault::SortMindsCase) => {
                Key::Text(text.clone())
            }
            Some(Value::String(text)) => Key::Text(text.to_lowercase()),
            Some(Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_)) | None => Key::Missing,
        }
    }

    /// Equal keys keep the order in which the resources were made.
    pub(super) fn sort(&self, found: &mut [(Key, Record)], switches: Switches) {
        found.sort_by(|(one, _), (other, _)| if self.descending { other.cmp(one) } else { one.cmp(other) });
        let missing = |(key, _): &(Key, Record)| *key == Key::Missing;
        if !self.descending && switches.has(SortFault::MissingComesFirst) {
            found.sort_by_key(|one| !missing(one));
        }
        if self.descending && switches.has(SortFault::MissingComesLast) {
            found.sort_by_key(missing);
        }
    }
}

/// The attribute, or its `value` where it is complex.
fn path(kind: ResourceType, switches: Switches, by: &str) -> Option<Path> {
    let path = Path::parse(kind, switches, by).filter(|path| path.leaf().returned != Returned::Never)?;
    if switches.has(SortFault::SortNamesMindCase) && !by.contains(path.attribute.name) {
        return None;
    }
    if path.leaf().data_type != DataType::Complex {
        return Some(path);
    }
    path.attribute.part("value").map(|part| Path { part: Some(part), ..path })
}

/// The primary element's value, else the first one's.
fn preferred(path: Path, resource: &Map<String, Value>, switches: Switches) -> Option<&Value> {
    let elements = Path { part: None, ..path }.values(resource);
    let first = switches.has(SortFault::FirstValueSorted);
    let primary = elements.iter().find(|element| !first && is_primary(element));
    let element = primary.or_else(|| elements.first()).copied()?;
    match path.part {
        None => Some(element),
        Some(part) => element.get(part.name),
    }
}
