//! What every answer of a run has to keep to, tallied while the checks ask for other things.
//!
//! One server-wide habit, such as errors in HTML, would break every row that provokes an error. It is
//! counted here instead, and the last group of the suite judges the whole tally.

mod naming;

use std::sync::{Mutex, PoisonError};

use oinspect_core::{Finding, Method, Request};
use serde_json::Value;

use crate::answer::{Answer, ERROR, LIST, at};
use naming::{is_below, schemas};

/// How many answers that break a rule are kept as examples.
const EXAMPLES: usize = 3;
/// Shorter credentials occur by chance.
const SHORTEST_CREDENTIAL: usize = 8;

/// The media types under which SCIM's JSON may travel.
const JSON: [&str; 2] = ["application/scim+json", "application/json"];

/// The keywords of RFC 7644, table 9, of RFC 9865 and of RFC 7644's text on bulk requests.
const KEYWORDS: [&str; 13] = [
    "invalidFilter",
    "tooMany",
    "uniqueness",
    "mutability",
    "invalidSyntax",
    "invalidPath",
    "noTarget",
    "invalidValue",
    "invalidVers",
    "sensitive",
    "invalidCursor",
    "expiredCursor",
    "invalidCount",
];

/// What gives a dump of the program away; all in lower case.
const INTERNALS: [&str; 14] = [
    "traceback (most recent call last)",
    "\tat ",
    "\n    at ",
    "stack trace",
    "nullpointerexception",
    "java.lang.",
    "org.springframework",
    "select * from",
    "insert into ",
    "sqlstate",
    "syntax error at or near",
    "unique constraint failed",
    "node_modules/",
    "goroutine 1 [",
];

/// A rule that every answer has to keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// An error has a JSON body of the Error schema.
    ErrorEnvelope,
    /// An error's body repeats the status as a string.
    ErrorStatus,
    /// An error travels under SCIM's media type.
    ErrorMediaType,
    /// A keyword in an error is one of the RFC's.
    ErrorKeyword,
    /// An error shows nothing of the program's inside.
    ErrorInternals,
    /// A body of a success travels under SCIM's media type.
    MediaType,
    /// Every resource and message names its schemas.
    Schemas,
    /// Every user and group has an id.
    Id,
    /// A credential never comes back.
    Credential,
}

impl Rule {
    const ALL: [Self; 9] = [
        Self::ErrorEnvelope,
        Self::ErrorStatus,
        Self::ErrorMediaType,
        Self::ErrorKeyword,
        Self::ErrorInternals,
        Self::MediaType,
        Self::Schemas,
        Self::Id,
        Self::Credential,
    ];
}

/// How an answer stands to a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    /// The rule says nothing about it.
    Beside,
    Kept,
    Broken(String),
}

/// How all answers of a run so far stand to each rule.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    counts: Mutex<[Count; Rule::ALL.len()]>,
}

#[derive(Debug, Clone, Default)]
struct Count {
    judged: u64,
    broken: u64,
    examples: Vec<String>,
}

impl Observed {
    /// Tallies an answer to a request whose path below the base URL is known.
    pub(crate) fn note(&self, request: &Request, path: &str, answer: &Answer) {
        // Gateways answer these in their own way while the server is away or busy.
        if matches!(answer.status(), 429 | 502 | 503 | 504) {
            return;
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for rule in Rule::ALL {
            let count = &mut counts[rule as usize];
            match standing(rule, request, path, answer) {
                Standing::Beside => continue,
                Standing::Kept => {}
                Standing::Broken(what) => {
                    count.broken += 1;
                    if count.examples.len() < EXAMPLES {
                        let path = path.split('?').next().unwrap_or_default();
                        let status = answer.status();
                        count.examples.push(format!("{} {path} ({status}): {what}", request.method));
                    }
                }
            }
            count.judged += 1;
        }
    }

    /// Judges all answers so far by one rule.
    ///
    /// # Errors
    /// Broken, once for all answers that break it; not verified, where no answer was about it.
    pub(crate) fn judge(&self, rule: Rule, wanted: &str) -> Result<(), Finding> {
        let count = self.counts.lock().unwrap_or_else(PoisonError::into_inner)[rule as usize].clone();
        if count.judged == 0 {
            return Err(Finding::NotVerified { why: "no answer of this run was of this kind".to_owned() });
        }
        if count.broken == 0 {
            return Ok(());
        }
        let (broken, judged) = (count.broken, count.judged);
        let examples = count.examples.join("; ");
        Err(Finding::broken(wanted, format!("{broken} of {judged} answers break this, such as {examples}")))
    }
}

fn standing(rule: Rule, request: &Request, path: &str, answer: &Answer) -> Standing {
    let has_body = request.method != Method::Head && !answer.is_empty();
    match rule {
        Rule::ErrorEnvelope
        | Rule::ErrorStatus
        | Rule::ErrorMediaType
        | Rule::ErrorKeyword
        | Rule::ErrorInternals => {
            // What HEAD is answered has no body, and OPTIONS is not SCIM's.
            if answer.status() < 400 || matches!(request.method, Method::Head | Method::Options) {
                return Standing::Beside;
            }
            error_standing(rule, request, answer)
        }
        Rule::MediaType if answer.is_success() && has_body && request.method != Method::Options => {
            media_type(request, answer)
        }
        Rule::Schemas if answer.is_success() && has_body => schemas(request, path, answer),
        Rule::Id if answer.is_success() && has_body && asks_for_whole_resources(request, path) => {
            let lacking = shown(answer).into_iter().find(|one| {
                let id = at(one, "id").and_then(Value::as_str);
                id.is_none_or(str::is_empty)
            });
            match lacking {
                Some(_) => Standing::Broken("a resource without `id`".to_owned()),
                None => Standing::Kept,
            }
        }
        Rule::Credential => credential(request, answer),
        Rule::MediaType | Rule::Schemas | Rule::Id => Standing::Beside,
    }
}

fn error_standing(rule: Rule, request: &Request, answer: &Answer) -> Standing {
    let is_error = answer.any_json().is_some_and(Value::is_object) && answer.has_schema(ERROR);
    match rule {
        Rule::ErrorEnvelope if is_error => Standing::Kept,
        Rule::ErrorEnvelope => Standing::Broken(if answer.is_empty() {
            "no body".to_owned()
        } else if answer.any_json().is_some_and(Value::is_object) {
            "a body whose `schemas` do not name the Error schema".to_owned()
        } else {
            "a body that is no JSON object".to_owned()
        }),
        Rule::ErrorMediaType if answer.is_empty() => Standing::Beside,
        Rule::ErrorMediaType => media_type(request, answer),
        Rule::ErrorStatus if is_error => match answer.at("status") {
            Some(Value::String(status)) if *status == answer.status().to_string() => Standing::Kept,
            status => Standing::Broken(format!("`status` is {}", crate::answer::shown(status))),
        },
        Rule::ErrorKeyword if is_error => match answer.at("scimType") {
            None | Some(Value::Null) => Standing::Kept,
            Some(Value::String(keyword)) if KEYWORDS.contains(&keyword.as_str()) => Standing::Kept,
            Some(keyword) => Standing::Broken(format!("`scimType` is {keyword}")),
        },
        Rule::ErrorInternals if !answer.is_empty() => {
            // As the text is read by a client: line ends and tabs are escaped within JSON.
            let text = answer.text_at("detail").map_or_else(|| answer.text(), str::to_owned).to_lowercase();
            match INTERNALS.iter().find(|sign| text.contains(*sign)) {
                Some(sign) => Standing::Broken(format!("the body holds {:?}", sign.trim())),
                None => Standing::Kept,
            }
        }
        _ => Standing::Beside,
    }
}

fn media_type(request: &Request, answer: &Answer) -> Standing {
    // A client that asks for application/json may get it.
    let plain = header(request, "accept").is_some_and(|accept| accept.contains("application/json"));
    let wanted = if plain { &JSON[..] } else { &JSON[..1] };
    let sent = answer.header("content-type").unwrap_or("no Content-Type");
    let essence = sent.split(';').next().unwrap_or_default().trim();
    if wanted.iter().any(|one| one.eq_ignore_ascii_case(essence)) {
        Standing::Kept
    } else {
        Standing::Broken(format!("sent as {sent}"))
    }
}

/// Whether an answer shows users or groups; what discovery shows needs no id.
fn asks_for_whole_resources(request: &Request, path: &str) -> bool {
    let known = ["/users", "/groups"].iter().any(|endpoint| is_below(path, endpoint));
    known && matches!(request.method, Method::Get | Method::Post | Method::Put | Method::Patch)
}

/// The resources that an answer shows: those of a list, or the one.
fn shown(answer: &Answer) -> Vec<&Value> {
    if answer.has_schema(LIST) || answer.at("Resources").is_some() {
        return answer.resources().iter().collect();
    }
    answer.any_json().into_iter().collect()
}

fn credential(request: &Request, answer: &Answer) -> Standing {
    let Some(sent) = header(request, "authorization") else { return Standing::Beside };
    let secret = sent.split_once(' ').map_or(sent, |(_, secret)| secret).trim();
    if secret.len() < SHORTEST_CREDENTIAL {
        return Standing::Beside;
    }
    if answer.text().contains(secret) {
        return Standing::Broken("the body holds the credential".to_owned());
    }
    if answer.header("location").is_some_and(|location| location.contains(secret)) {
        return Standing::Broken("the Location holds the credential".to_owned());
    }
    Standing::Kept
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let found = request.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use oinspect_core::Response;

    use super::*;

    fn standing_of(rule: Rule, method: Method, status: u16, media_type: &str, body: &str) -> Standing {
        let answer = Answer::new(
            Response {
                status,
                headers: vec![("content-type".to_owned(), media_type.to_owned())],
                body: body.into(),
                elapsed: Duration::ZERO,
                retries: 0,
            },
            Arc::default(),
        );
        let request = Request::new(method, "").header("Authorization", "Bearer s3cr3t-token");
        standing(rule, &request, "/Users/1", &answer)
    }

    const FORM: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404"}"#;
    const SCIM: &str = "application/scim+json; charset=utf-8";

    #[test]
    fn a_scim_error_keeps_every_rule_of_errors() {
        for rule in [Rule::ErrorEnvelope, Rule::ErrorStatus, Rule::ErrorMediaType, Rule::ErrorKeyword] {
            assert_eq!(standing_of(rule, Method::Get, 404, SCIM, FORM), Standing::Kept, "{rule:?}");
        }
        assert_eq!(standing_of(Rule::ErrorEnvelope, Method::Head, 404, SCIM, ""), Standing::Beside);
    }

    #[test]
    fn an_error_that_is_none_breaks_the_envelope_and_nothing_that_follows_from_it() {
        let html = "<h1>Not found</h1>";
        assert!(matches!(
            standing_of(Rule::ErrorEnvelope, Method::Get, 404, "text/html", html),
            Standing::Broken(_)
        ));
        assert_eq!(standing_of(Rule::ErrorStatus, Method::Get, 404, "text/html", html), Standing::Beside);
        assert_eq!(standing_of(Rule::ErrorMediaType, Method::Get, 404, "", ""), Standing::Beside);
    }

    #[test]
    fn a_credential_that_comes_back_is_seen() {
        let body = r#"{"detail":"s3cr3t-token is not valid"}"#;
        assert!(matches!(standing_of(Rule::Credential, Method::Get, 401, SCIM, body), Standing::Broken(_)));
    }

    #[test]
    fn what_a_delete_shows_is_no_resource() {
        let body = r#"{"deleted":true}"#;
        assert_eq!(standing_of(Rule::Schemas, Method::Delete, 200, SCIM, body), Standing::Beside);
        assert!(matches!(standing_of(Rule::Schemas, Method::Get, 200, SCIM, body), Standing::Broken(_)));
    }

    #[test]
    fn a_finding_counts_and_keeps_three_examples() {
        let observed = Observed::default();
        let answer = Answer::new(
            Response { status: 404, headers: vec![], body: vec![], elapsed: Duration::ZERO, retries: 0 },
            Arc::default(),
        );
        for number in 0..5 {
            let path = format!("/Users/{number}?x=1");
            observed.note(&Request::new(Method::Get, ""), &path, &answer);
        }
        let Err(Finding::Broken { actual, .. }) = observed.judge(Rule::ErrorEnvelope, "a SCIM error") else {
            panic!("five answers break it")
        };
        assert!(actual.starts_with("5 of 5 answers") && actual.contains("GET /Users/2 (404): no body"));
        assert!(!actual.contains("/Users/3") && !actual.contains("x=1"), "{actual}");
        assert!(matches!(observed.judge(Rule::MediaType, ""), Err(Finding::NotVerified { .. })));
    }
}
