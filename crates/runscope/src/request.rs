//! Makes the request of a step: templates resolved, payload encoded, URL safe to send.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use oinspect_core::{Method, Redactor, Request};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::parse::text_of;
use crate::suite::{Payload, RequestStep};
use crate::variables::Variables;

/// What a URL cannot hold as it is. Authors write filters with raw spaces and quotes; what they have
/// encoded already stays as it is.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A request, with the form that its body was made from.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<String>,
    pub(crate) form: Vec<(String, String)>,
}

/// Resolves the texts of a step.
///
/// # Errors
/// Says which variable has no value, and why.
pub(crate) fn draft(
    step: &RequestStep,
    variables: &mut Variables,
    redactor: &Redactor,
) -> Result<Draft, String> {
    let url = encoded(&variables.resolve(&step.url)?);
    let mut headers = resolve_pairs(&step.headers, variables)?;
    if let Some((user, password)) = &step.basic_auth {
        let (user, password) = (variables.resolve(user)?, variables.resolve(password)?);
        redactor.learn(&password);
        let credential = STANDARD.encode(format!("{user}:{password}"));
        set_header(&mut headers, "Authorization", format!("Basic {credential}"));
    }
    let mut form = Vec::new();
    let body = match &step.payload {
        Payload::None => None,
        Payload::Text(text) => Some(variables.resolve(text)?),
        Payload::Form(fields) => {
            form = resolve_pairs(fields, variables)?;
            default_header(&mut headers, "Content-Type", "application/x-www-form-urlencoded");
            Some(form_body(&form))
        }
        Payload::Multipart(fields) => {
            let fields = resolve_pairs(fields, variables)?;
            let boundary = format!("oinspect{:016x}", variables.random());
            set_header(&mut headers, "Content-Type", format!("multipart/form-data; boundary={boundary}"));
            Some(multipart_body(&fields, &boundary))
        }
    };
    Ok(Draft { method: step.method, url, headers, body, form })
}

fn resolve_pairs(
    pairs: &[(String, String)],
    variables: &mut Variables,
) -> Result<Vec<(String, String)>, String> {
    pairs.iter().map(|(name, value)| Ok((variables.resolve(name)?, variables.resolve(value)?))).collect()
}

/// A URL with what it cannot hold percent-encoded.
pub(crate) fn encoded(url: &str) -> String {
    utf8_percent_encode(url.trim(), UNSAFE).to_string()
}

fn form_body(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn multipart_body(fields: &[(String, String)], boundary: &str) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        let name = name.replace('"', "%22").replace(['\r', '\n'], " ");
        let _ = write!(
            body,
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    body + &format!("--{boundary}--\r\n")
}

fn set_header(headers: &mut Vec<(String, String)>, name: &str, value: String) {
    headers.retain(|(one, _)| !one.eq_ignore_ascii_case(name));
    headers.push((name.to_owned(), value));
}

fn default_header(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    if !headers.iter().any(|(one, _)| one.eq_ignore_ascii_case(name)) {
        headers.push((name.to_owned(), value.to_owned()));
    }
}

impl Draft {
    /// The request as it is sent.
    pub(crate) fn into_request(self) -> Request {
        Request {
            method: self.method,
            url: self.url,
            headers: self.headers,
            body: self.body.map(String::into_bytes),
        }
    }

    /// The request as scripts see it.
    pub(crate) fn to_json(&self) -> Value {
        let url = url::Url::parse(&self.url).ok();
        let part =
            |get: fn(&url::Url) -> Option<&str>| url.as_ref().and_then(get).map_or(Value::Null, Value::from);
        let params: Vec<(String, String)> =
            url.iter().flat_map(|url| url.query_pairs().into_owned()).collect();
        json!({
            "method": self.method.name(),
            "url": self.url,
            "headers": dictionary(&self.headers),
            "body": self.body.as_deref().unwrap_or_default(),
            "form": dictionary(&self.form),
            "params": dictionary(&params),
            "host": part(url::Url::host_str),
            "path": part(|url| Some(url.path())),
            "scheme": part(|url| Some(url.scheme())),
            "size_bytes": self.body.as_ref().map_or(0, String::len),
        })
    }

    /// Takes over what a script changed. A URL or body set directly wins over its parts.
    ///
    /// # Errors
    /// Says what the script made of the request that cannot be sent.
    pub(crate) fn change(&mut self, before: &Value, after: &Value) -> Result<(), String> {
        let changed = |key: &str| (before.get(key) != after.get(key)).then(|| after.get(key)).flatten();
        if let Some(method) = changed("method") {
            let name = text_of(method);
            self.method =
                Method::named(&name).ok_or_else(|| format!("the script set the method {name:?}"))?;
        }
        if let Some(url) = changed("url") {
            self.url = encoded(&text_of(url));
        } else if ["scheme", "host", "path", "params"].iter().any(|key| changed(key).is_some()) {
            self.change_parts(&changed)?;
        }
        if let Some(headers) = changed("headers") {
            self.headers = pairs_of(headers);
        }
        if let Some(body) = changed("body") {
            self.body = Some(text_of(body));
        } else if let Some(form) = changed("form") {
            self.form = pairs_of(form);
            default_header(&mut self.headers, "Content-Type", "application/x-www-form-urlencoded");
            self.body = Some(form_body(&self.form));
        }
        Ok(())
    }

    fn change_parts<'a>(&mut self, changed: &impl Fn(&str) -> Option<&'a Value>) -> Result<(), String> {
        let refused = |what: &str| format!("the script set a {what} that no URL can hold");
        let mut url = url::Url::parse(&self.url).map_err(|_| refused("part of the URL"))?;
        if let Some(scheme) = changed("scheme") {
            url.set_scheme(&text_of(scheme)).map_err(|()| refused("scheme"))?;
        }
        if let Some(host) = changed("host") {
            url.set_host(Some(&text_of(host))).map_err(|_| refused("host"))?;
        }
        if let Some(path) = changed("path") {
            url.set_path(&text_of(path));
        }
        if let Some(params) = changed("params") {
            let params = pairs_of(params);
            url.set_query(None);
            if !params.is_empty() {
                url.query_pairs_mut().extend_pairs(params);
            }
        }
        self.url = url.into();
        Ok(())
    }
}

/// Names with the list of their values.
pub(crate) fn dictionary(pairs: &[(String, String)]) -> Value {
    let mut members = Map::new();
    for (name, value) in pairs {
        if let Value::Array(values) = members.entry(name.clone()).or_insert_with(|| Value::Array(Vec::new()))
        {
            values.push(value.clone().into());
        }
    }
    members.into()
}

/// Names with values, each alone or in a list.
fn pairs_of(dictionary: &Value) -> Vec<(String, String)> {
    let members = dictionary.as_object().into_iter().flatten();
    members
        .flat_map(|(name, value)| match value {
            Value::Array(values) => values.iter().map(|one| (name.clone(), text_of(one))).collect(),
            one => vec![(name.clone(), text_of(one))],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Draft {
        Draft {
            method: Method::Get,
            url: "http://localhost:1/a?x=1".to_owned(),
            headers: vec![("Accept".to_owned(), "*/*".to_owned())],
            body: None,
            form: Vec::new(),
        }
    }

    #[test]
    fn raw_spaces_and_quotes_are_encoded_and_what_is_encoded_stays() {
        assert_eq!(
            encoded("http://localhost/Users?filter=userName eq \"a%40b\"&count=1"),
            "http://localhost/Users?filter=userName%20eq%20%22a%40b%22&count=1"
        );
    }

    #[test]
    fn a_script_changes_headers_parameters_and_method() {
        let mut draft = sample();
        let before = draft.to_json();
        let mut after = before.clone();
        after["headers"]["X-Added"] = json!("yes");
        after["params"]["y"] = json!(["2", "3"]);
        after["method"] = json!("post");
        after["form"] = json!({"a": ["b c"]});
        draft.change(&before, &after).expect("a request");
        assert_eq!(draft.url, "http://localhost:1/a?x=1&y=2&y=3");
        assert_eq!((draft.method, draft.body.as_deref()), (Method::Post, Some("a=b+c")));
        assert_eq!(draft.headers[1], ("X-Added".to_owned(), "yes".to_owned()));
    }

    #[test]
    fn a_url_set_directly_wins_over_its_parts_and_nonsense_is_refused() {
        let mut draft = sample();
        let before = draft.to_json();
        let mut after = before.clone();
        after["params"] = json!({"z": "1"});
        after["url"] = json!("http://localhost:1/b c");
        draft.change(&before, &after).expect("a request");
        assert_eq!(draft.url, "http://localhost:1/b%20c");
        assert!(draft.change(&before, &json!({"method": "BREW"})).is_err());
    }

    #[test]
    fn multipart_fields_stand_between_boundaries() {
        let body = multipart_body(&[("a\"b".to_owned(), "1".to_owned())], "B");
        assert_eq!(body, "--B\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\n1\r\n--B--\r\n");
    }
}
