//! Reads an export. Unknown keys are accepted; what we would have to ignore is an error instead.

use std::time::Duration;

use oinspect_core::{Level, Method};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::assertion::Comparison;
use crate::error::Error;
use crate::source::{Location, Source};
use crate::suite::{Action, Assertion, Extraction, Payload, RequestStep, Step, Suite};

/// The longest pause that is kept; Runscope itself allows three minutes.
const LONGEST_PAUSE: Duration = Duration::from_mins(10);

impl Suite {
    /// Reads an export from the bytes of its file.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let json: Value = serde_json::from_slice(text).map_err(|source| Error::NotJson {
            line: source.line(),
            column: source.column(),
            source,
        })?;
        let Value::Object(export) = json else {
            return Err(not_a_suite("the top level is no object"));
        };
        let Some(name) = export.get("name").and_then(Value::as_str) else {
            return Err(not_a_suite("there is no `name`"));
        };
        let steps = match export.get("steps") {
            Some(Value::Array(steps)) => steps,
            Some(_) => return Err(not_a_suite("`steps` is no list")),
            None => return Err(not_a_suite("there are no `steps`")),
        };
        if steps.is_empty() {
            return Err(not_a_suite("`steps` is empty"));
        }
        let steps = steps
            .iter()
            .enumerate()
            .map(|(position, step)| parse_step(position + 1, step))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            name: name.to_owned(),
            description: export.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
            sha256: format!("{:x}", Sha256::digest(bytes)),
            steps,
        })
    }
}

fn not_a_suite(missing: &str) -> Error {
    Error::NotASuite { missing: missing.to_owned() }
}

fn parse_step(number: usize, json: &Value) -> Result<Step, Error> {
    let bad = |problem: String| Error::BadStep { step: number, problem };
    let Value::Object(step) = json else { return Err(bad("it is no object".to_owned())) };
    let Some(step_type) = step.get("step_type").and_then(Value::as_str) else {
        return Err(bad("it has no `step_type`".to_owned()));
    };
    let action = match step_type {
        "request" => Action::Request(Box::new(parse_request(step).map_err(bad)?)),
        "pause" => Action::Pause(parse_pause(step).map_err(bad)?),
        // `condition`, `conditional-loop` and `subtest` exist. The published material leaves open how
        // an export spells their comparisons and what a missing subtest means; a guess would be worse.
        _ => return Err(Error::UnsupportedStep { step: number, step_type: step_type.to_owned() }),
    };
    Ok(Step { number, skipped: step.get("skipped").and_then(Value::as_bool).unwrap_or(false), action })
}

fn parse_pause(step: &Map<String, Value>) -> Result<Duration, String> {
    match step.get("duration").map(text_of).and_then(|text| text.trim().parse::<f64>().ok()) {
        Some(seconds) if seconds >= 0.0 => {
            Ok(Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE))
        }
        _ => Err("its `duration` is no number of seconds".to_owned()),
    }
}

fn parse_request(step: &Map<String, Value>) -> Result<RequestStep, String> {
    let note = step.get("note").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let method = step.get("method").and_then(Value::as_str).unwrap_or("GET");
    let url = step.get("url").and_then(Value::as_str).unwrap_or_default().trim();
    if url.is_empty() {
        return Err("it has no `url`".to_owned());
    }
    Ok(RequestStep {
        level: level_of(&note),
        note,
        method: Method::named(method).ok_or_else(|| format!("the method {method:?} is not supported"))?,
        url: url.to_owned(),
        headers: pairs(step, "headers")?,
        payload: parse_payload(step)?,
        basic_auth: parse_auth(step.get("auth"))?,
        assertions: list(step, "assertions")?.iter().map(parse_assertion).collect::<Result<_, _>>()?,
        extractions: list(step, "variables")?
            .iter()
            .map(parse_extraction)
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?,
        before_scripts: parse_scripts(step, "before_scripts")?,
        scripts: parse_scripts(step, "scripts")?,
    })
}

/// A step is required unless its note says that it is optional.
fn level_of(note: &str) -> Level {
    let optional = note.get(..14).is_some_and(|prefix| prefix.eq_ignore_ascii_case("optional test:"));
    if optional { Level::Should } else { Level::Must }
}

/// A list that may be left out.
fn list<'a>(step: &'a Map<String, Value>, key: &str) -> Result<&'a [Value], String> {
    match step.get(key) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(elements)) => Ok(elements),
        Some(_) => Err(format!("`{key}` is no list")),
    }
}

/// Names with one value or a list of values: exports hold both.
fn pairs(step: &Map<String, Value>, key: &str) -> Result<Vec<(String, String)>, String> {
    let members = match step.get(key) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        // Some exporters write an empty dictionary as an empty list.
        Some(Value::Array(elements)) if elements.is_empty() => return Ok(Vec::new()),
        Some(Value::Object(members)) => members,
        Some(_) => return Err(format!("`{key}` is no object")),
    };
    Ok(members
        .iter()
        .flat_map(|(name, value)| match value {
            Value::Array(values) => values.iter().map(|one| (name.clone(), text_of(one))).collect(),
            one => vec![(name.clone(), text_of(one))],
        })
        .collect())
}

fn parse_payload(step: &Map<String, Value>) -> Result<Payload, String> {
    let form = pairs(step, "form")?;
    let multipart = list(step, "multipart_form")?;
    match step.get("binary_body") {
        None | Some(Value::Null) => {}
        Some(Value::Array(files)) if files.is_empty() => {}
        Some(Value::String(text)) if text.is_empty() => {}
        Some(Value::String(text)) => return Ok(Payload::Text(text.clone())),
        Some(_) => return Err("its `binary_body` is a file that is not inside the export".to_owned()),
    }
    if !multipart.is_empty() {
        return multipart.iter().map(parse_part).collect::<Result<_, _>>().map(Payload::Multipart);
    }
    if !form.is_empty() {
        return Ok(Payload::Form(form));
    }
    match step.get("body").or_else(|| step.get("data")) {
        None | Some(Value::Null) => Ok(Payload::None),
        Some(Value::String(body)) if body.is_empty() => Ok(Payload::None),
        Some(Value::String(body)) => Ok(Payload::Text(body.clone())),
        Some(json) => Ok(Payload::Text(json.to_string())),
    }
}

/// A text field of a multipart form. A file's content is not part of an export.
fn parse_part(part: &Value) -> Result<(String, String), String> {
    let name = ["name", "key"].iter().find_map(|key| part.get(key)).and_then(Value::as_str);
    match (name, part.get("value")) {
        (Some(name), Some(value)) if !value.is_object() && !value.is_array() => {
            Ok((name.to_owned(), text_of(value)))
        }
        (Some(name), _) => Err(format!("its `multipart_form` field {name:?} is not inside the export")),
        (None, _) => Err("a field of its `multipart_form` has no `name`".to_owned()),
    }
}

fn parse_auth(auth: Option<&Value>) -> Result<Option<(String, String)>, String> {
    let members = match auth {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(members)) => members,
        Some(_) => return Err("`auth` is no object".to_owned()),
    };
    match members.get("auth_type").and_then(Value::as_str) {
        None | Some("" | "none") => Ok(None),
        Some("basic") => {
            let member = |name: &str| members.get(name).map(text_of).unwrap_or_default();
            Ok(Some((member("username"), member("password"))))
        }
        Some(other) => Err(format!("its `auth_type` {other:?} is not supported, only `basic` is")),
    }
}

fn parse_scripts(step: &Map<String, Value>, key: &str) -> Result<Vec<String>, String> {
    let scripts: Vec<&str> = match step.get(key) {
        Some(Value::String(script)) => vec![script],
        _ => list(step, key)?
            .iter()
            .map(|script| match script {
                Value::Null => Ok(""),
                script => script.as_str().ok_or_else(|| format!("an element of `{key}` is no script")),
            })
            .collect::<Result<_, _>>()?,
    };
    Ok(scripts.into_iter().filter(|script| !script.trim().is_empty()).map(str::to_owned).collect())
}

fn parse_assertion(assertion: &Value) -> Result<Assertion, String> {
    let comparison = assertion.get("comparison").and_then(Value::as_str).unwrap_or_default();
    Ok(Assertion {
        source: parse_source(assertion)?,
        comparison: Comparison::named(comparison)
            .ok_or_else(|| format!("there is no comparison {comparison:?}"))?,
        target: assertion.get("value").cloned().unwrap_or_default(),
    })
}

/// An entry without a name defines nothing.
fn parse_extraction(entry: &Value) -> Result<Option<Extraction>, String> {
    match entry.get("name") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(name)) if name.trim().is_empty() => Ok(None),
        Some(Value::String(name)) => {
            Ok(Some(Extraction { name: name.trim().to_owned(), source: parse_source(entry)? }))
        }
        Some(_) => Err("the `name` of a variable is no text".to_owned()),
    }
}

fn parse_source(entry: &Value) -> Result<Source, String> {
    let name = entry.get("source").and_then(Value::as_str).unwrap_or_default();
    let location = Location::named(name).ok_or_else(|| format!("there is no source {name:?}"))?;
    let property = entry.get("property").map(text_of).unwrap_or_default();
    Ok(Source { location, property: property.trim().to_owned() })
}

/// A value as the text that a person would have typed; null is nothing.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
