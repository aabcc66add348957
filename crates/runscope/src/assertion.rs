//! How values compare. One table holds every comparison's name, aliases and words.

use std::cmp::Ordering;

use serde_json::Value;

/// How a value must compare with its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Nothing in it: an empty text, list or object, null, or no value at all.
    Empty,
    /// Something in it; `false` and `0` are something.
    NotEmpty,
    /// The same text.
    Equal,
    /// Another text.
    NotEqual,
    /// A part of the text, or an element of the list.
    Contains,
    /// No part of the text, nor an element of the list.
    DoesNotContain,
    /// Convertible to a number.
    IsANumber,
    /// The same number.
    EqualNumber,
    /// A smaller number.
    IsLessThan,
    /// A smaller number, or the same.
    IsLessThanOrEqual,
    /// A greater number.
    IsGreaterThan,
    /// A greater number, or the same.
    IsGreaterThanOrEqual,
    /// An object with this key.
    HasKey,
    /// A list with this element.
    HasValue,
    /// Present, and null.
    IsNull,
}

/// A row of the table: how a comparison is written in exports, and how it is read out.
struct Row {
    comparison: Comparison,
    /// The documented name first.
    names: &'static [&'static str],
    /// Between the subject and the target.
    words: &'static str,
    needs_target: bool,
}

const fn row(
    comparison: Comparison,
    names: &'static [&'static str],
    words: &'static str,
    needs_target: bool,
) -> Row {
    Row { comparison, names, words, needs_target }
}

static TABLE: [Row; 15] = [
    row(Comparison::Empty, &["empty", "is_empty"], "is empty", false),
    row(Comparison::NotEmpty, &["not_empty", "is_not_empty"], "is not empty", false),
    row(Comparison::Equal, &["equal", "equals"], "is", true),
    row(Comparison::NotEqual, &["not_equal", "not_equals", "does_not_equal"], "is not", true),
    row(Comparison::Contains, &["contains"], "contains", true),
    row(Comparison::DoesNotContain, &["does_not_contain", "not_contains"], "does not contain", true),
    row(Comparison::IsANumber, &["is_a_number"], "is a number", false),
    row(Comparison::EqualNumber, &["equal_number", "equals_number"], "is", true),
    row(Comparison::IsLessThan, &["is_less_than", "less_than"], "is less than", true),
    row(Comparison::IsLessThanOrEqual, &["is_less_than_or_equal", "less_than_or_equal"], "is at most", true),
    row(Comparison::IsGreaterThan, &["is_greater_than", "greater_than"], "is greater than", true),
    row(
        Comparison::IsGreaterThanOrEqual,
        &["is_greater_than_or_equal", "greater_than_or_equal"],
        "is at least",
        true,
    ),
    row(Comparison::HasKey, &["has_key"], "has the key", true),
    row(Comparison::HasValue, &["has_value"], "has the element", true),
    row(Comparison::IsNull, &["is_null"], "is null", false),
];

impl Comparison {
    /// The comparison with this name or alias.
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.names.contains(&name)).map(|row| row.comparison)
    }

    fn row(self) -> &'static Row {
        TABLE.iter().find(|row| row.comparison == self).expect("the table has a row for each comparison")
    }

    /// The comparison in words, such as `is at least 3`; a text target stands in quotes unless the
    /// comparison makes a number of it.
    pub fn words(self, target: &Value) -> String {
        let row = self.row();
        if !row.needs_target {
            return row.words.to_owned();
        }
        let text = cast(target);
        let plain = number(target).is_some() || text == "true" || text == "false";
        if plain { format!("{} {text}", row.words) } else { format!("{} {text:?}", row.words) }
    }

    /// Whether the comparison holds. No value is a value that is missing.
    pub fn holds(self, actual: Option<&Value>, target: &Value) -> bool {
        let numbers = || Some((number(actual?)?, number(target)?));
        match self {
            Self::Empty => actual.is_none_or(is_empty),
            Self::NotEmpty => !actual.is_none_or(is_empty),
            Self::Equal => equal(actual, target),
            Self::NotEqual => !equal(actual, target),
            Self::Contains => contains(actual, target),
            Self::DoesNotContain => !contains(actual, target),
            Self::IsANumber => actual.and_then(number).is_some(),
            Self::EqualNumber => numbers().is_some_and(|(a, b)| a.partial_cmp(&b) == Some(Ordering::Equal)),
            Self::IsLessThan => numbers().is_some_and(|(a, b)| a < b),
            Self::IsLessThanOrEqual => numbers().is_some_and(|(a, b)| a <= b),
            Self::IsGreaterThan => numbers().is_some_and(|(a, b)| a > b),
            Self::IsGreaterThanOrEqual => numbers().is_some_and(|(a, b)| a >= b),
            Self::HasKey => actual.and_then(Value::as_object).is_some_and(|o| o.contains_key(&cast(target))),
            Self::HasValue => actual.and_then(Value::as_array).is_some_and(|list| has_element(list, target)),
            Self::IsNull => actual.is_some_and(Value::is_null),
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn equal(actual: Option<&Value>, target: &Value) -> bool {
    actual.is_some_and(|actual| cast(actual) == cast(target))
}

fn contains(actual: Option<&Value>, target: &Value) -> bool {
    let wanted = cast(target);
    match actual {
        None | Some(Value::Null) => false,
        Some(list @ Value::Array(elements)) => {
            has_element(elements, target) || list.to_string().contains(&wanted)
        }
        Some(value) => cast(value).contains(&wanted),
    }
}

fn has_element(list: &[Value], target: &Value) -> bool {
    let wanted = cast(target);
    list.iter().any(|element| cast(element) == wanted)
}

/// A value as text: numbers in their shortest form, lists and objects as JSON.
pub fn cast(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::String(text) => text.clone(),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), _, _) => whole.to_string(),
            (_, Some(whole), _) => whole.to_string(),
            (_, _, Some(float)) => float.to_string(),
            (None, None, None) => number.to_string(),
        },
        Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// A value as a number, if it is one or is the text of one.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn holds(name: &str, actual: &Value, target: &Value) -> bool {
        Comparison::named(name).expect(name).holds(Some(actual), target)
    }

    #[test]
    fn every_comparison_accepts_what_it_means_and_refuses_the_rest() {
        for (name, accepted, refused, target) in [
            (
                "empty",
                vec![json!(""), json!([]), json!({}), json!(null)],
                vec![json!(0), json!(false), json!(" ")],
                json!(null),
            ),
            (
                "not_empty",
                vec![json!(false), json!(0), json!("x"), json!([null])],
                vec![json!(""), json!([]), json!({}), json!(null)],
                json!(null),
            ),
            (
                "equal",
                vec![json!(401), json!("401"), json!(401.0)],
                vec![json!("4010"), json!(null), json!(["401"])],
                json!("401"),
            ),
            ("not_equal", vec![json!("Ada"), json!(null)], vec![json!("ada")], json!("ada")),
            (
                "contains",
                vec![json!("a b"), json!(["b"]), json!(["abc"]), json!({"b": 1})],
                vec![json!("B"), json!([]), json!(null)],
                json!("b"),
            ),
            (
                "does_not_contain",
                vec![json!("B"), json!([]), json!(null)],
                vec![json!("a b"), json!(["b"])],
                json!("b"),
            ),
            (
                "is_a_number",
                vec![json!(0), json!("1.5"), json!("-2"), json!(" 3 ")],
                vec![json!("x"), json!(true), json!(""), json!("inf"), json!("NaN"), json!(null)],
                json!(null),
            ),
            (
                "equal_number",
                vec![json!(200), json!("200.0"), json!(2e2)],
                vec![json!(201), json!("x"), json!(null)],
                json!("200"),
            ),
            ("is_less_than", vec![json!(599), json!("1")], vec![json!(600), json!("x")], json!("600")),
            ("is_less_than_or_equal", vec![json!(600)], vec![json!(601)], json!(600)),
            ("is_greater_than", vec![json!(601)], vec![json!(600), json!(null)], json!(600)),
            ("is_greater_than_or_equal", vec![json!(600)], vec![json!(599)], json!("600")),
            (
                "has_key",
                vec![json!({"a": null})],
                vec![json!({"A": 1}), json!(["a"]), json!("a")],
                json!("a"),
            ),
            (
                "has_value",
                vec![json!(["a"]), json!([1, "a"])],
                vec![json!(["ab"]), json!("a"), json!({"a": "a"})],
                json!("a"),
            ),
            ("is_null", vec![json!(null)], vec![json!(0), json!(""), json!([])], json!(null)),
        ] {
            for actual in accepted {
                assert!(holds(name, &actual, &target), "{name} {actual} {target}");
            }
            for actual in refused {
                assert!(!holds(name, &actual, &target), "not {name} {actual} {target}");
            }
        }
    }

    #[test]
    fn a_missing_value_is_empty_and_nothing_else() {
        for row in &TABLE {
            let expected = matches!(
                row.comparison,
                Comparison::Empty | Comparison::NotEqual | Comparison::DoesNotContain
            );
            assert_eq!(row.comparison.holds(None, &json!("x")), expected, "{}", row.names[0]);
        }
    }

    #[test]
    fn aliases_mean_the_same_and_unknown_names_mean_nothing() {
        assert_eq!(Comparison::named("equals"), Some(Comparison::Equal));
        assert_eq!(Comparison::named("not_contains"), Some(Comparison::DoesNotContain));
        assert_eq!(Comparison::named("greater_than"), Some(Comparison::IsGreaterThan));
        assert_eq!(Comparison::named("resembles"), None);
    }

    #[test]
    fn booleans_and_numbers_are_cast_to_their_shortest_text() {
        for (value, text) in [
            (json!(true), "true"),
            (json!(0), "0"),
            (json!(1.0), "1"),
            (json!(-2.50), "-2.5"),
            (json!(u64::MAX), "18446744073709551615"),
            (json!([1, "a"]), "[1,\"a\"]"),
        ] {
            assert_eq!(cast(&value), text);
        }
    }

    #[test]
    fn words_quote_texts_but_not_numbers() {
        assert_eq!(Comparison::EqualNumber.words(&json!("200")), "is 200");
        assert_eq!(Comparison::Equal.words(&json!("Ada")), "is \"Ada\"");
        assert_eq!(Comparison::NotEmpty.words(&json!(null)), "is not empty");
    }
}
