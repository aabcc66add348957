//! What a suite made in the target: removed at the end when asked, listed when not.

use oinspect_core::{Cx, Event, Finding, Leftover, Method, Redactor, Request, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::assertion::cast;

/// Why something is still there.
const NOT_ASKED: &str = "--cleanup was not given";

/// What was made and is left to somebody else.
#[derive(Debug)]
pub(crate) struct Made {
    /// Whether it is to be removed at the end.
    cleanup: bool,
    /// What is left behind.
    left: Vec<String>,
}

impl Made {
    pub(crate) fn new(cleanup: bool) -> Self {
        Self { cleanup, left: Vec::new() }
    }

    /// Remembers what an exchange made, and forgets what it removed.
    pub(crate) fn follow(
        &mut self,
        cx: &mut Cx,
        request: &Request,
        response: &Response,
        json: Option<&Value>,
    ) {
        let collection = without_query(&request.url);
        if request.method == Method::Delete && matches!(response.status, 200..=299 | 404 | 410) {
            let label = label(collection);
            cx.forget(&label);
            self.left.retain(|left| *left != label);
        }
        let id = json.and_then(|json| json.get("id")).filter(|id| id.is_string() || id.is_number());
        let (Method::Post, 201, Some(id)) = (request.method, response.status, id) else { return };
        let url = format!("{collection}/{}", utf8_percent_encode(&cast(id), SEGMENT));
        let label = label(&url);
        if self.cleanup {
            let authorization: Vec<(String, String)> = request
                .headers
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case("authorization"))
                .cloned()
                .collect();
            cx.created(label, Box::new(move |cx| remove(cx, url, authorization)));
        } else {
            self.left.push(label);
        }
    }

    /// Says what is left behind.
    pub(crate) fn report(self, redactor: &Redactor, emit: &mut dyn FnMut(Event)) {
        for label in self.left {
            emit(Event::LeftBehind(Leftover { label: redactor.text(&label), why: NOT_ASKED.to_owned() }));
        }
    }
}

/// What stays as it is in one segment of a path.
const SEGMENT: &percent_encoding::AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@').remove(b':');

fn label(url: &str) -> String {
    format!("POST {url}")
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/')
}

fn remove(cx: &mut Cx, url: String, authorization: Vec<(String, String)>) -> Result<(), Finding> {
    let request = Request { headers: authorization, ..Request::new(Method::Delete, url) };
    let response = cx.send(&request)?;
    match response.status {
        200..=299 | 404 | 410 => Ok(()),
        status => Err(Finding::broken("204", status.to_string())),
    }
}
