//! From the text of a filter to tests over attributes that exist.

use scim_v2::filter::{AttrExp, AttrPath, CompValue, CompareOp, Filter, ValFilter};

use super::{Place, Test, misread};
use crate::fault::{ComparisonFault, FilterFault, GrammarFault, PasswordFault};
use crate::http::Refusal;
use crate::schema::{Attribute, DataType, Path, ResourceType, Returned};
use crate::switches::Switches;
use crate::variant::Variant;

/// Reads a filter for resources of `kind` in a search over `kinds`.
pub(crate) fn compile(
    text: &str,
    kind: ResourceType,
    kinds: &[ResourceType],
    switches: Switches,
) -> Result<Test, Refusal> {
    let read = misread::text(text, switches)?;
    let filter: Filter = normalised(&read)
        .parse()
        .or_else(|error| misread::mended(&read, switches).map_or(Err(error), |mended| mended.parse()))
        .map_err(|_| Refusal::invalid_filter(format!("the filter cannot be read: {}", shortened(text))))?;
    Reader { kind, kinds, switches }.filter(&filter)
}

/// Reads the inside of a value path over the elements of `attribute`.
pub(crate) fn compile_elements(filter: &ValFilter, attribute: &'static Attribute) -> Result<Test, Refusal> {
    match filter {
        ValFilter::Attr(AttrExp::Present(path)) => Ok(Test::Present(part(attribute, path)?)),
        ValFilter::Attr(AttrExp::Comparison(path, op, wanted)) => {
            comparison(part(attribute, path)?, op, wanted)
        }
        ValFilter::Not(inner) => Ok(Test::Not(Box::new(compile_elements(inner, attribute)?))),
        ValFilter::And(parts) => parts
            .iter()
            .map(|inner| compile_elements(inner, attribute))
            .collect::<Result<_, _>>()
            .map(Test::All),
        ValFilter::Or(parts) => parts
            .iter()
            .map(|inner| compile_elements(inner, attribute))
            .collect::<Result<_, _>>()
            .map(Test::Any),
    }
}

/// `not(` without a space is in the RFC's grammar, though the parser wants one; outside of quotes
/// only.
pub(crate) fn normalised(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut quoted = false;
    let mut escaped = false;
    for character in text.trim().chars() {
        if character == '(' && !quoted && ends_with_not(&result) {
            result.push(' ');
        }
        result.push(character);
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && character == '\\' && !escaped;
    }
    result
}

fn ends_with_not(text: &str) -> bool {
    let word: String =
        text.chars().rev().take_while(|c| c.is_ascii_alphanumeric() || ".:_-".contains(*c)).collect();
    word.eq_ignore_ascii_case("ton")
}

struct Reader<'a> {
    kind: ResourceType,
    kinds: &'a [ResourceType],
    switches: Switches,
}

impl Reader<'_> {
    fn filter(&self, filter: &Filter) -> Result<Test, Refusal> {
        match filter {
            Filter::Attr(AttrExp::Present(path) | AttrExp::Comparison(path, ..)) if self.is_lost(path) => {
                let left_out = self.switches.has(FilterFault::UnknownAttributeLeftOut);
                Ok(if left_out { Test::All(Vec::new()) } else { Test::Any(Vec::new()) })
            }
            Filter::Attr(AttrExp::Present(_)) if self.switches.has(ComparisonFault::OnlyEqKnown) => {
                Err(Refusal::invalid_filter("only eq is supported"))
            }
            Filter::Attr(AttrExp::Present(path)) => Ok(Test::Present(self.place(path)?)),
            Filter::Attr(AttrExp::Comparison(path, op, wanted)) => {
                let place = self.place(path)?;
                misread::condition(place, op, wanted, self.switches)
                    .unwrap_or_else(|| comparison(with_default_part(place), op, wanted))
            }
            Filter::ValuePath(value_path) => match self.place(&value_path.attr)? {
                Place::Resource(path)
                    if path.part.is_none() && path.attribute.data_type == DataType::Complex =>
                {
                    let inner = compile_elements(&value_path.filter, path.attribute)?;
                    Ok(Test::Element(path, Box::new(inner)))
                }
                Place::Nowhere => Ok(Test::Any(Vec::new())),
                Place::Resource(_) | Place::Element(_) => Err(Refusal::invalid_filter(format!(
                    "{} has no parts to filter by",
                    value_path.attr.name
                ))),
            },
            Filter::Not(inner) => Ok(misread::not(self.filter(inner)?, self.switches)),
            Filter::And(parts) => Ok(misread::all(self.filters(parts)?, self.switches)),
            Filter::Or(parts) => Ok(misread::any(self.filters(parts)?, self.switches)),
        }
    }

    fn filters(&self, parts: &[Filter]) -> Result<Vec<Test>, Refusal> {
        parts.iter().map(|part| self.filter(part)).collect()
    }

    /// Whether the attribute is unknown, or taken for unknown, and nobody says so.
    fn is_lost(&self, path: &AttrPath) -> bool {
        let resolved = self.kinds.iter().filter_map(|kind| self.resolved(*kind, path));
        if self.switches.has(GrammarFault::ExtensionsNotFiltered)
            && resolved.into_iter().any(|path| path.extension.is_some())
        {
            return true;
        }
        let known = |kind: &ResourceType| self.resolved(*kind, path).is_some();
        (self.switches.has(FilterFault::UnknownAttributeLeftOut)
            || self.switches.is(Variant::UnknownFilterAttributeIsEmpty))
            && !self.kinds.iter().any(known)
    }

    fn resolved(&self, kind: ResourceType, path: &AttrPath) -> Option<Path> {
        Path::resolve(kind, self.switches, path.uri.as_deref(), &path.name, path.sub_attr.as_deref())
    }

    fn place(&self, path: &AttrPath) -> Result<Place, Refusal> {
        let searchable = self.switches.has(FilterFault::PasswordSearchable);
        let resolve = |kind| {
            self.resolved(kind, path)
                .filter(|path| {
                    searchable
                        || path.attribute.returned != Returned::Never
                        || self.switches.has(PasswordFault::PasswordInFilter)
                })
                .filter(|known| !misread::refused_name(path, *known, kind, self.switches))
        };
        if let Some(path) = resolve(self.kind) {
            return Ok(Place::Resource(path));
        }
        if self.kinds.iter().any(|kind| resolve(*kind).is_some()) {
            return Ok(Place::Nowhere);
        }
        Err(Refusal::invalid_filter(format!("{path} is not an attribute to filter by")))
    }
}

fn part(attribute: &'static Attribute, path: &AttrPath) -> Result<Place, Refusal> {
    let known = if path.uri.is_none() && path.sub_attr.is_none() { attribute.part(&path.name) } else { None };
    known
        .map(Place::Element)
        .ok_or_else(|| Refusal::invalid_filter(format!("{path} is no part of {}", attribute.name)))
}

/// A comparison with a complex attribute means its `value`.
fn with_default_part(place: Place) -> Place {
    match place {
        Place::Resource(Path { extension, attribute, part: None }) => {
            Place::Resource(Path { extension, attribute, part: attribute.part("value") })
        }
        other @ (Place::Resource(_) | Place::Element(_) | Place::Nowhere) => other,
    }
}

/// Refuses what cannot be compared: order of booleans, numbers with text, a complex value.
fn comparison(place: Place, op: &CompareOp, wanted: &CompValue) -> Result<Test, Refusal> {
    let attribute = match place {
        Place::Resource(path) => path.leaf(),
        Place::Element(attribute) => attribute,
        Place::Nowhere => return Ok(Test::Compare(place, op.clone(), wanted.clone())),
    };
    let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    let ordering = matches!(op, CompareOp::Gt | CompareOp::Ge | CompareOp::Lt | CompareOp::Le);
    let sensible = match (attribute.data_type, wanted) {
        (_, CompValue::Null) | (DataType::Boolean, CompValue::True | CompValue::False) => equality,
        (DataType::Binary, CompValue::Str(_)) => !ordering,
        (DataType::DateTime, CompValue::Str(text)) => {
            !(equality || ordering) || text.parse::<jiff::Timestamp>().is_ok()
        }
        (DataType::String | DataType::Reference, CompValue::Str(_)) => true,
        (_, CompValue::True | CompValue::False | CompValue::Number(_) | CompValue::Str(_)) => false,
    };
    if sensible {
        Ok(Test::Compare(place, op.clone(), wanted.clone()))
    } else {
        Err(Refusal::invalid_filter(format!("{} cannot be compared like that", attribute.name)))
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_is_put_after_not_outside_of_quotes_only() {
        assert_eq!(normalised("not(a pr)"), "not (a pr)");
        assert_eq!(normalised(r#"a eq "not(b)" and NOT(c pr)"#), r#"a eq "not(b)" and NOT (c pr)"#);
        assert_eq!(normalised(r#"a eq "\"not(""#), r#"a eq "\"not(""#);
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        for text in [
            "active gt true",
            r#"active eq "true""#,
            "userName eq 5",
            "name eq \"x\"",
            r#"meta.created gt "yesterday""#,
            r#"password eq "x""#,
            r#"shoeSize eq "x""#,
            r#"emails[colour eq "red"]"#,
            r#"userName[value eq "x"]"#,
            r#"userName eq "x" and"#,
            "userName eq bjensen",
            "userName xx \"a\"",
            "",
        ] {
            let result = compile(text, ResourceType::User, &[ResourceType::User], Switches::default());
            assert!(result.is_err(), "{text} was accepted");
        }
    }
}
