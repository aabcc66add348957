//! A TOML document as a tree in which every node knows where it is written.

use std::ops::Range;

use serde_json::{Map, Value as Json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::place::{Origin, Place};
use crate::problem::Problem;

/// A value, and where it is written.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) origin: Origin,
    pub(crate) value: Value,
}

/// The kinds of values that TOML knows.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text {
        text: String,
        /// How it is shown, where showing it as it is would show a secret.
        shown: Option<String>,
    },
    Integer(i64),
    Float(f64),
    Boolean(bool),
    /// As it is written.
    Date(String),
    List(Vec<Node>),
    Table(Vec<Member>),
}

/// One key of a table, in the order of the file.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Where the key stands; the node knows where the value does.
    pub(crate) origin: Origin,
    pub(crate) node: Node,
}

/// Where spans point to.
enum Source<'a> {
    File { name: &'a str, text: &'a str },
    Other(&'a Origin),
}

impl Source<'_> {
    fn origin(&self, span: &Range<usize>) -> Origin {
        match self {
            Self::File { name, text } => Origin::File(Place::of(name, text, span)),
            Self::Other(origin) => (*origin).clone(),
        }
    }
}

/// The members of a file's top-level table.
pub(crate) fn parse_file(name: &str, text: &str) -> Result<Vec<Member>, Problem> {
    let source = Source::File { name, text };
    match DeTable::parse(text) {
        Ok(table) => Ok(members(table.get_ref(), &source)),
        Err(error) => {
            let place = Place::of(name, text, &error.span().unwrap_or(0..0));
            Err(Problem::Syntax { place: Box::new(place), message: error.message().to_owned() })
        }
    }
}

/// A single value from elsewhere; `None` where it is no TOML.
pub(crate) fn parse_value(text: &str, origin: &Origin) -> Option<Node> {
    DeValue::parse(text).ok().map(|value| node(&value, &Source::Other(origin)))
}

/// A text from elsewhere.
pub(crate) fn text(text: &str, origin: &Origin) -> Node {
    Node { origin: origin.clone(), value: Value::Text { text: text.to_owned(), shown: None } }
}

/// The parts of a key such as `name.givenName` or `"urn:x:2.0:User".department`.
pub(crate) fn dotted_key(key: &str) -> Vec<String> {
    let text = format!("{key} = 0");
    let mut parts = Vec::new();
    let Ok(table) = DeTable::parse(&text) else { return vec![key.to_owned()] };
    let mut table = Some(table.get_ref());
    while let Some((name, value)) = table.and_then(|table| table.iter().next()) {
        parts.push(name.get_ref().to_string());
        table = value.get_ref().as_table();
    }
    if parts.is_empty() { vec![key.to_owned()] } else { parts }
}

fn members(table: &DeTable<'_>, source: &Source<'_>) -> Vec<Member> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
        .into_iter()
        .map(|(key, value)| Member {
            name: key.get_ref().to_string(),
            origin: source.origin(&key.span()),
            node: node(value, source),
        })
        .collect()
}

fn node(value: &Spanned<DeValue<'_>>, source: &Source<'_>) -> Node {
    let origin = source.origin(&value.span());
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text { text: text.to_string(), shown: None },
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Float(number.as_str().parse().unwrap_or(f64::INFINITY)), Value::Integer),
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Boolean(*truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(elements) => {
            Value::List(elements.iter().map(|element| node(element, source)).collect())
        }
        DeValue::Table(table) => Value::Table(members(table, source)),
    };
    Node { origin, value }
}

impl Node {
    /// What the value is, for an error.
    pub(crate) const fn kind(&self) -> &'static str {
        match &self.value {
            Value::Text { .. } => "a string",
            Value::Integer(_) => "an integer",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "a boolean",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The error of a value that has another type than this.
    pub(crate) fn is_not(&self, expected: impl Into<String>, key: &str) -> Problem {
        Problem::WrongType {
            key: key.to_owned(),
            expected: expected.into(),
            found: self.kind().to_owned(),
            origin: Box::new(self.origin.clone()),
        }
    }

    /// The error of a value that makes no sense.
    pub(crate) fn is_bad(&self, why: impl Into<String>, key: &str) -> Problem {
        Problem::BadValue { key: key.to_owned(), why: why.into(), origin: Box::new(self.origin.clone()) }
    }

    /// The text, or the error of a value that is none.
    pub(crate) fn text(&self, expected: &str, key: &str) -> Result<&str, Problem> {
        match &self.value {
            Value::Text { text, .. } => Ok(text),
            _ => Err(self.is_not(expected, key)),
        }
    }

    /// A list of texts; a single text is a list of one.
    pub(crate) fn texts(&self, expected: &str, key: &str) -> Result<Vec<(&str, &Origin)>, Problem> {
        match &self.value {
            Value::List(nodes) => {
                nodes.iter().map(|node| Ok((node.text(expected, key)?, &node.origin))).collect()
            }
            _ => Ok(vec![(self.text(expected, key)?, &self.origin)]),
        }
    }

    /// Puts a value at a path inside this one, which becomes a table for it if it is none.
    pub(crate) fn set(&mut self, path: &[String], node: Self) {
        let Some((name, rest)) = path.split_first() else {
            *self = node;
            return;
        };
        if !matches!(self.value, Value::Table(_)) {
            self.value = Value::Table(Vec::new());
        }
        let Value::Table(members) = &mut self.value else { return };
        if let Some(member) = members.iter_mut().find(|member| member.name == *name) {
            member.node.set(rest, node);
        } else {
            let origin = node.origin.clone();
            let mut inner = Self { origin: origin.clone(), value: Value::Table(Vec::new()) };
            inner.set(rest, node);
            members.push(Member { name: name.clone(), origin, node: inner });
        }
    }

    /// The value as JSON, as it is or as it is shown.
    pub(crate) fn json(&self, shown: bool) -> Json {
        match &self.value {
            Value::Text { text, shown: Some(mask) } => Json::from(if shown { mask } else { text }.as_str()),
            Value::Text { text, shown: None } | Value::Date(text) => Json::from(text.as_str()),
            Value::Integer(number) => Json::from(*number),
            Value::Float(number) => Json::from(*number),
            Value::Boolean(truth) => Json::from(*truth),
            Value::List(nodes) => nodes.iter().map(|node| node.json(shown)).collect(),
            Value::Table(members) => members
                .iter()
                .map(|member| (member.name.clone(), member.node.json(shown)))
                .collect::<Map<_, _>>()
                .into(),
        }
    }
}
