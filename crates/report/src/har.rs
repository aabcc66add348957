//! The HTTP exchanges as an HTTP Archive 1.2, for tools that read recorded traffic.

use oinspect_core::{Body, Evidence, Exchange, Report, RequestRecord, ResponseRecord};
use serde_json::{Value, json};

use crate::transcript::cut_note;

/// Sizes that were not measured.
const UNKNOWN: i64 = -1;

/// All exchanges of the report, oldest first; the comment of each names its check.
pub fn har(report: &Report) -> String {
    let mut exchanges: Vec<(String, &Exchange)> = Vec::new();
    for group in &report.groups {
        collect(&mut exchanges, &group.evidence, &format!("group {}", group.header.id));
        for check in &group.checks {
            let comment = format!("check {} ({})", check.id, check.verdict.name());
            collect(&mut exchanges, &check.evidence, &comment);
        }
    }
    exchanges.sort_by_key(|(_, exchange)| exchange.started);
    let entries: Vec<Value> = exchanges.iter().map(|(comment, exchange)| entry(exchange, comment)).collect();
    let archive = json!({
        "log": {
            "version": "1.2",
            "creator": { "name": report.run.tool.name, "version": report.run.tool.version },
            "entries": entries,
            "comment": format!("oinspect run {}; secrets are placeholders", report.run.id),
        }
    });
    format!("{archive:#}\n")
}

fn collect<'a>(exchanges: &mut Vec<(String, &'a Exchange)>, evidence: &'a Evidence, comment: &str) {
    exchanges.extend(evidence.exchanges().map(|exchange| (comment.to_owned(), exchange)));
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
