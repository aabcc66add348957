//! What a SCIM server answered, and the questions that checks ask of it.

use std::sync::Arc;

use oinspect_core::{Finding, Redactor, Response};
use serde_json::Value;

/// The schema URN of an error body.
pub(crate) const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
/// The schema URN of a list.
pub(crate) const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/// How much of a body a finding quotes.
const QUOTED: usize = 160;

/// What a SCIM server answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    response: Response,
    json: Result<Value, String>,
    redactor: Arc<Redactor>,
}

impl Answer {
    pub(crate) fn new(response: Response, redactor: Arc<Redactor>) -> Self {
        let json = serde_json::from_slice(&response.body).map_err(|error| error.to_string());
        Self { response, json, redactor }
    }

    pub(crate) fn status(&self) -> u16 {
        self.response.status
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.response.status)
    }

    pub(crate) fn is_refusal(&self) -> bool {
        (400..500).contains(&self.response.status)
    }

    /// The server says that it does not have this function at all.
    pub(crate) fn is_not_implemented(&self) -> bool {
        matches!(self.response.status, 405 | 501)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.response.body.is_empty()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.response.header(name)
    }

    /// The text of the body, as far as it is text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.response.body).into_owned()
    }

    /// The JSON body.
    ///
    /// # Errors
    /// Broken, where the body is no JSON.
    pub(crate) fn json(&self) -> Result<&Value, Finding> {
        self.json.as_ref().map_err(|error| {
            let seen = self.described();
            let actual = if self.is_empty() { seen } else { format!("{seen} that is no JSON ({error})") };
            Finding::broken("a JSON body", actual)
        })
    }

    /// The JSON body, if there is one.
    pub(crate) fn any_json(&self) -> Option<&Value> {
        self.json.as_ref().ok()
    }

    /// A value of the JSON body; names are compared without case, as RFC 7643 2.1 has it.
    pub(crate) fn at(&self, path: &str) -> Option<&Value> {
        self.json.as_ref().ok().and_then(|json| at(json, path))
    }

    /// The text at a path of the JSON body.
    pub(crate) fn text_at(&self, path: &str) -> Option<&str> {
        self.at(path).and_then(Value::as_str)
    }

    /// Judges the status.
    ///
    /// # Errors
    /// Broken, where it is another one.
    pub(crate) fn expect_status(&self, wanted: u16) -> Result<&Self, Finding> {
        if self.status() == wanted {
            return Ok(self);
        }
        Err(Finding::broken(format!("status {wanted}"), self.described()))
    }

    /// Judges that the request succeeded, whatever the exact status.
    ///
    /// # Errors
    /// Broken, where it did not.
    pub(crate) fn expect_success(&self) -> Result<&Self, Finding> {
        if self.is_success() {
            return Ok(self);
        }
        Err(Finding::broken("a success (status 2xx)", self.described()))
    }

    /// Judges that the request was refused as the client's mistake.
    ///
    /// # Errors
    /// Broken, where it was accepted or the server failed.
    pub(crate) fn expect_refusal(&self) -> Result<&Self, Finding> {
        if self.is_refusal() {
            return Ok(self);
        }
        Err(Finding::broken("a refusal (status 400)", self.described()))
    }

    /// Whether the body's `schemas` name this URN.
    pub(crate) fn has_schema(&self, urn: &str) -> bool {
        self.at("schemas").and_then(Value::as_array).is_some_and(|schemas| {
            schemas
                .iter()
                .any(|schema| schema.as_str().is_some_and(|schema| schema.eq_ignore_ascii_case(urn)))
        })
    }

    /// The elements of a list; none where `Resources` is absent.
    pub(crate) fn resources(&self) -> &[Value] {
        self.at("Resources").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// How many results the list says there are in all, leniently read.
    pub(crate) fn total(&self) -> Option<u64> {
        let total = self.at("totalResults")?;
        total.as_u64().or_else(|| total.as_str()?.trim().parse().ok())
    }

    /// The answer in a few words: status, and the beginning of the body.
    pub(crate) fn described(&self) -> String {
        let status = self.status();
        if self.response.body.is_empty() {
            return match self.header("location") {
                Some(location) => format!("status {status} to {location}"),
                None => format!("status {status} without a body"),
            };
        }
        // Before it is cut: half a secret is not known as one.
        let text = self.redactor.text(&self.text());
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = text.floor_char_boundary(QUOTED);
        let ellipsis = if end < text.len() { "..." } else { "" };
        format!("status {status} with the body {}{ellipsis}", &text[..end])
    }
}

/// The names of what an object holds, for findings about what is shown or not.
pub(crate) fn outlined(json: Option<&Value>) -> String {
    match json.and_then(Value::as_object) {
        Some(members) if members.is_empty() => "an empty object".to_owned(),
        Some(members) => members.keys().map(String::as_str).collect::<Vec<_>>().join(", "),
        None => "no object".to_owned(),
    }
}

/// A value inside JSON by a dotted path; names are compared without case.
pub(crate) fn at<'a>(json: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(json, |value, name| {
        let members = value.as_object()?;
        members.get(name).or_else(|| {
            members.iter().find(|(member, _)| member.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        })
    })
}

/// A value as a finding shows it; absent is said in a word.
pub(crate) fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer::new(
            Response {
                status,
                headers: vec![("location".to_owned(), "/login".to_owned())],
                body: body.into(),
                elapsed: Duration::ZERO,
                retries: 0,
            },
            Arc::default(),
        )
    }

    #[test]
    fn member_names_are_found_in_any_case() {
        let json = json!({ "Name": { "FAMILYNAME": "Ox" } });
        assert_eq!(at(&json, "name.familyName"), Some(&json!("Ox")));
        assert_eq!(at(&json, "name.givenName"), None);
    }

    #[test]
    fn a_body_that_is_no_json_is_quoted_in_the_finding() {
        let finding = answer(200, "<html>\n  Sign in</html>").json().unwrap_err();
        let Finding::Broken { actual, .. } = finding else { panic!("{finding:?}") };
        assert!(actual.contains("status 200 with the body <html> Sign in</html>"), "{actual}");
    }

    #[test]
    fn a_body_that_is_missing_is_not_called_malformed() {
        let finding = answer(401, "").json().unwrap_err();
        assert_eq!(finding, Finding::broken("a JSON body", "status 401 to /login"));
    }

    #[test]
    fn what_an_answer_shows_is_said_by_names() {
        assert_eq!(outlined(Some(&json!({ "id": "1", "name": {} }))), "id, name");
        assert_eq!(outlined(None), "no object");
    }

    #[test]
    fn a_secret_is_not_cut_in_two() {
        let answer = answer(200, &format!("{}0123456789abcdef", "x".repeat(QUOTED - 8)));
        answer.redactor.learn("0123456789abcdef");
        assert!(!answer.described().contains("0123"), "{}", answer.described());
    }

    #[test]
    fn a_redirect_says_where_to() {
        assert_eq!(answer(302, "").described(), "status 302 to /login");
    }

    #[test]
    fn totals_are_read_leniently() {
        assert_eq!(answer(200, r#"{"totalResults":"3"}"#).total(), Some(3));
        assert_eq!(answer(200, r#"{"totalresults":3}"#).total(), Some(3));
        assert_eq!(answer(200, "[]").total(), None);
    }
}
