//! Filters (RFC 7644, section 3.4.2.2): read, checked against the schemas, evaluated.

mod compare;
mod compile;
mod misread;
mod narrow;

use serde_json::{Map, Value};

use crate::fault::{ComparisonFault, GrammarFault};
use crate::schema::{Attribute, Path};
use crate::switches::Switches;
use compare::matches;
use scim_v2::filter::{CompValue, CompareOp};

pub(crate) use compile::{compile, compile_elements, normalised};
pub(crate) use narrow::narrowing;

/// A filter whose names are resolved.
#[derive(Debug)]
pub(crate) enum Test {
    Present(Place),
    Compare(Place, CompareOp, CompValue),
    /// One and the same element must pass the inner test.
    Element(Path, Box<Test>),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
}

/// Where a test finds its values.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// In the resource.
    Resource(Path),
    /// In the element that a value path stands at.
    Element(&'static Attribute),
    /// The attribute belongs to another resource type: it has no value here (section 3.4.2.1).
    Nowhere,
}

impl Test {
    /// Whether the resource, or the element of a value path, passes.
    pub(crate) fn passes(&self, subject: &Map<String, Value>, switches: Switches) -> bool {
        match self {
            Self::Present(Place::Resource(_)) if switches.has(ComparisonFault::PrFindsEverybody) => true,
            Self::Present(place) => place.values(subject).into_iter().any(is_assigned),
            Self::Compare(place, op, wanted) => matches(*place, subject, op, wanted, switches),
            Self::Element(path, _) if switches.has(GrammarFault::SquareBracketsReadOver) => {
                !path.values(subject).is_empty()
            }
            Self::Element(path, inner) if switches.has(GrammarFault::SquareBracketsMixValues) => {
                let elements = path.values(subject);
                let met = |test: &Self| {
                    let mut elements = elements.iter().filter_map(|element| element.as_object());
                    elements.any(|element| test.passes(element, switches))
                };
                if let Self::All(tests) = inner.as_ref() { tests.iter().all(met) } else { met(inner) }
            }
            Self::Element(path, inner) => path
                .values(subject)
                .into_iter()
                .filter_map(Value::as_object)
                .any(|element| inner.passes(element, switches)),
            Self::Not(inner) => !inner.passes(subject, switches),
            Self::All(tests) => tests.iter().all(|test| test.passes(subject, switches)),
            Self::Any(tests) => tests.iter().any(|test| test.passes(subject, switches)),
        }
    }

    /// Whether the test looks at this attribute.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        match self {
            Self::Present(place) | Self::Compare(place, _, _) => match place {
                Place::Resource(path) => path.attribute.name == name,
                Place::Element(_) | Place::Nowhere => false,
            },
            Self::Element(path, _) => path.attribute.name == name,
            Self::Not(inner) => inner.mentions(name),
            Self::All(tests) | Self::Any(tests) => tests.iter().any(|test| test.mentions(name)),
        }
    }
}

impl Place {
    fn values(self, subject: &Map<String, Value>) -> Vec<&Value> {
        match self {
            Self::Resource(path) => path.values(subject),
            Self::Element(attribute) => subject.get(attribute.name).into_iter().collect(),
            Self::Nowhere => Vec::new(),
        }
    }
}

/// Null, the empty string, and empty arrays and objects are no value (section 3.4.2.2, `pr`).
fn is_assigned(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        Value::Object(members) => members.values().any(is_assigned),
        Value::Bool(_) | Value::Number(_) => true,
    }
}
