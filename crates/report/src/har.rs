//! The HTTP exchanges as an HTTP Archive 1.2, for tools that read recorded traffic.
//!
//! What a user agent did is a page; the requests that came of it belong to the page.

use jiff::Timestamp;
use oinspect_core::{Body, Evidence, Exchange, Report, RequestRecord, ResponseRecord, Step};
use serde_json::{Value, json};

use crate::transcript::cut_note;

/// Sizes that were not measured.
const UNKNOWN: i64 = -1;

/// Pages and entries with their beginnings, by which they are sorted.
#[derive(Default)]
struct Traffic {
    pages: Vec<(Timestamp, Value)>,
    entries: Vec<(Timestamp, Value)>,
}

/// All exchanges of the report, those of user agents too, oldest first; the comment of each names
/// its check.
pub fn har(report: &Report) -> String {
    let mut traffic = Traffic::default();
    for group in &report.groups {
        traffic.collect(&group.evidence, &format!("group {}", group.header.id));
        for check in &group.checks {
            traffic.collect(&check.evidence, &format!("check {} ({})", check.id, check.verdict.name()));
        }
    }
    let archive = json!({
        "log": {
            "version": "1.2",
            "creator": { "name": report.run.tool.name, "version": report.run.tool.version },
            "pages": oldest_first(traffic.pages),
            "entries": oldest_first(traffic.entries),
            "comment": format!("oinspect run {}; secrets are placeholders", report.run.id),
        }
    });
    format!("{archive:#}\n")
}

fn oldest_first(mut parts: Vec<(Timestamp, Value)>) -> Vec<Value> {
    parts.sort_by_key(|(started, _)| *started);
    parts.into_iter().map(|(_, part)| part).collect()
}

impl Traffic {
    fn collect(&mut self, evidence: &Evidence, whose: &str) {
        for step in &evidence.steps {
            match step {
                Step::Exchange(exchange) => self.entries.push((exchange.started, entry(exchange, whose))),
                Step::Visit(visit) => {
                    let id = format!("visit-{}", self.pages.len() + 1);
                    let page = json!({
                        "startedDateTime": visit.started.to_string(),
                        "id": id,
                        "title": visit.title,
                        "pageTimings": { "onLoad": visit.duration_ms, "comment": "until everything was still" },
                        "comment": format!("{whose}, {}", visit.agent),
                    });
                    self.pages.push((visit.started, page));
                    for hop in &visit.hops {
                        let comment = format!("{whose}: {}", hop.cause.name());
                        let mut entry = entry(&hop.exchange, &comment);
                        entry["pageref"] = Value::from(id.as_str());
                        self.entries.push((hop.exchange.started, entry));
                    }
                }
                Step::Note { .. } | Step::Shared { .. } | Step::Message(_) => {}
            }
        }
    }
}

fn entry(exchange: &Exchange, comment: &str) -> Value {
    let comment = match &exchange.error {
        Some(error) => format!("{comment}: {error}"),
        None => comment.to_owned(),
    };
    let mut entry = json!({
        "startedDateTime": exchange.started.to_string(),
        "time": exchange.duration_ms,
        "request": request(&exchange.request),
        "response": exchange.response.as_ref().map_or_else(no_response, response),
        "cache": {},
        "timings": { "send": 0, "wait": exchange.duration_ms, "receive": 0 },
        "comment": comment,
    });
    if let Some(error) = &exchange.error {
        // Where browsers put it.
        entry["response"]["_error"] = Value::from(error.as_str());
    }
    entry
}

fn request(request: &RequestRecord) -> Value {
    let mut kept = json!({
        "method": request.method,
        "url": request.url,
        "httpVersion": "unknown",
        "cookies": cookies(&request.headers, "cookie"),
        "headers": pairs(&request.headers),
        "queryString": query(&request.url),
        "headersSize": UNKNOWN,
        "bodySize": size(request.body.as_ref()),
    });
    if let Some(body) = &request.body {
        kept["postData"] = json!({ "mimeType": mime_type(&request.headers), "text": body.text });
        comment_on_cut(&mut kept["postData"], body);
    }
    kept
}

fn response(response: &ResponseRecord) -> Value {
    let mut content =
        json!({ "size": size(response.body.as_ref()), "mimeType": mime_type(&response.headers) });
    if let Some(body) = &response.body {
        content["text"] = Value::from(body.text.as_str());
        comment_on_cut(&mut content, body);
    }
    json!({
        "status": response.status,
        "statusText": "",
        "httpVersion": "unknown",
        "cookies": cookies(&response.headers, "set-cookie"),
        "headers": pairs(&response.headers),
        "content": content,
        "redirectURL": header(&response.headers, "location").unwrap_or_default(),
        "headersSize": UNKNOWN,
        "bodySize": size(response.body.as_ref()),
    })
}

/// What browsers write for a request without an answer.
fn no_response() -> Value {
    json!({
        "status": 0,
        "statusText": "",
        "httpVersion": "",
        "cookies": [],
        "headers": [],
        "content": { "size": 0, "mimeType": "x-unknown" },
        "redirectURL": "",
        "headersSize": UNKNOWN,
        "bodySize": UNKNOWN,
    })
}

fn comment_on_cut(part: &mut Value, body: &Body) {
    if let Some(note) = cut_note(body) {
        part["comment"] = Value::from(note);
    }
}

fn size(body: Option<&Body>) -> usize {
    body.map_or(0, |body| body.bytes)
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

fn mime_type(headers: &[(String, String)]) -> &str {
    header(headers, "content-type").unwrap_or("x-unknown")
}

fn pairs(headers: &[(String, String)]) -> Vec<Value> {
    headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

fn query(url: &str) -> Vec<Value> {
    let Ok(url) = url::Url::parse(url) else { return Vec::new() };
    url.query_pairs().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

/// Cookies by name; of `Set-Cookie` only the first part is the cookie, the rest are its attributes.
fn cookies(headers: &[(String, String)], header: &str) -> Vec<Value> {
    let parts = if header == "cookie" { usize::MAX } else { 1 };
    headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case(header))
        .flat_map(|(_, value)| value.split(';').take(parts))
        .filter_map(|part| part.trim().split_once('='))
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_cookie_header_is_one_cookie() {
        let headers = vec![("Set-Cookie".to_owned(), "sid=[secret 1]; Path=/; HttpOnly".to_owned())];
        assert_eq!(cookies(&headers, "set-cookie"), [json!({ "name": "sid", "value": "[secret 1]" })]);
    }

    #[test]
    fn a_url_that_is_none_has_no_query() {
        assert!(query("[withheld: it would have shown a secret]").is_empty());
        assert_eq!(query("http://a/?filter=a%20eq%20b").len(), 1);
    }
}
