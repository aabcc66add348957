//! Where values stand in an answer.

use std::borrow::Cow;
use std::time::Duration;

use oinspect_core::Response;
use serde_json::Value;

use crate::json_path;
use crate::xml;

/// Where a value stands in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The part of the answer.
    pub location: Location,
    /// The header's name, the path in the JSON body, or the XPath; empty is the whole part.
    pub property: String,
}

/// A part of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// The status code.
    Status,
    /// One header, in any case; several of one name are joined by a comma.
    Header,
    /// The body as JSON.
    Json,
    /// The body as XML.
    Xml,
    /// The body as text.
    Text,
    /// Milliseconds until the answer was complete.
    Time,
    /// Bytes of the body.
    Size,
}

/// What a location is called: in exports, and in titles where it has no property.
static NAMES: [(Location, &[&str], &str); 7] = [
    (Location::Status, &["response_status"], "status"),
    (Location::Header, &["response_headers", "response_header"], "the header"),
    (Location::Json, &["response_json"], "the JSON body"),
    (Location::Xml, &["response_xml"], "the XML body"),
    (Location::Text, &["response_text"], "the body"),
    (Location::Time, &["response_time"], "the response time in ms"),
    (Location::Size, &["response_size"], "the size of the body in bytes"),
];

/// Why a value cannot be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// The body is not what the source takes it for: the target's doing.
    Body(String),
    /// The path cannot be read, or the search would cost too much: nothing follows for the target.
    Question(String),
}

impl Location {
    /// The part of an answer that an export calls this.
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, names, _)| names.contains(&name)).map(|(location, _, _)| *location)
    }
}

impl Source {
    /// The source in words.
    pub fn words(&self) -> String {
        match self.location {
            Location::Header => format!("the header {}", self.property),
            Location::Json | Location::Xml if !self.property.is_empty() => self.property.clone(),
            location => NAMES
                .iter()
                .find(|(one, _, _)| *one == location)
                .map(|(_, _, words)| (*words).to_owned())
                .expect("every location has a row"),
        }
    }

    /// The value in an answer, or none where the answer does not have it.
    pub fn extract(&self, answer: &Answer<'_>) -> Result<Option<Value>, Unreadable> {
        let response = answer.response;
        match self.location {
            Location::Status => Ok(Some(response.status.into())),
            Location::Header => Ok(self.header(response)),
            Location::Json => {
                let body = answer.json.as_ref().map_err(|why| Unreadable::Body(why.clone()))?;
                let found = json_path::find(body, &self.property).map_err(Unreadable::Question)?;
                Ok(found.map(Cow::into_owned))
            }
            Location::Xml => xml::find(&answer.text, &self.property),
            Location::Text => Ok(Some(answer.text.clone().into())),
            Location::Time => Ok(Some(milliseconds(response.elapsed).into())),
            Location::Size => Ok(Some(response.body.len().into())),
        }
    }

    fn header(&self, response: &Response) -> Option<Value> {
        let values: Vec<&str> = response
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(&self.property))
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", ").into())
    }
}

/// An answer, its body read once.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The answer itself.
    pub response: &'a Response,
    /// The body as text; bytes that are no UTF-8 are U+FFFD.
    pub text: String,
    /// The body as JSON, or why it is none.
    pub json: Result<Value, String>,
}

impl<'a> Answer<'a> {
    /// Reads the body of an answer.
    pub fn of(response: &'a Response) -> Self {
        let text = String::from_utf8_lossy(&response.body).into_owned();
        let json = if text.trim().is_empty() {
            Err("the body is empty, not JSON".to_owned())
        } else {
            serde_json::from_str(&text).map_err(|error| format!("the body is no JSON: {error}"))
        };
        Self { response, text, json }
    }
}

/// Whole milliseconds.
pub(crate) fn milliseconds(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn extract(source: &str, property: &str, body: &str) -> Result<Option<Value>, Unreadable> {
        let response = Response {
            status: 201,
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                ("x-many".to_owned(), "1".to_owned()),
                ("x-many".to_owned(), "2".to_owned()),
            ],
            body: body.as_bytes().to_vec(),
            elapsed: Duration::from_micros(12_900),
            retries: 0,
        };
        let source =
            Source { location: Location::named(source).expect(source), property: property.to_owned() };
        source.extract(&Answer::of(&response))
    }

    #[test]
    fn each_source_reads_its_own_part_of_the_answer() {
        let body = r#"{"a": {"b": [{"c": 7}]}}"#;
        for (source, property, value) in [
            ("response_status", "", json!(201)),
            ("response_headers", "Content-Type", json!("application/json")),
            ("response_header", "X-Many", json!("1, 2")),
            ("response_json", "a.b[0].c", json!(7)),
            ("response_json", "", json!({"a": {"b": [{"c": 7}]}})),
            ("response_text", "", json!(body)),
            ("response_time", "", json!(12)),
            ("response_size", "", json!(body.len())),
        ] {
            assert_eq!(extract(source, property, body), Ok(Some(value)), "{source} {property}");
        }
        assert_eq!(extract("response_xml", "/a/b", "<a><b>7</b></a>"), Ok(Some(json!("7"))));
    }

    #[test]
    fn what_is_missing_is_no_value_and_what_is_unreadable_says_why() {
        assert_eq!(extract("response_headers", "ETag", ""), Ok(None));
        assert_eq!(extract("response_json", "a.x", r#"{"a": 1}"#), Ok(None));
        assert!(matches!(extract("response_json", "a", "<html>"), Err(Unreadable::Body(_))));
        assert!(matches!(extract("response_json", "a[", "{}"), Err(Unreadable::Question(_))));
        assert!(matches!(extract("response_xml", "/a", "{}"), Err(Unreadable::Body(_))));
        assert_eq!(Location::named("response_mood"), None);
    }
}
