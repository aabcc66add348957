//! Evidence as the page shows it.

use std::collections::HashMap;

use oinspect_core::{Body, Evidence, Exchange, Step};

use super::body::laid_out;
use super::marks::{Piece, pieces};
use crate::transcript::{byte_count, cut_note};
use crate::visible::one_line;

/// One step.
pub(crate) enum StepView {
    Exchange(Box<ExchangeView>),
    Note(Vec<Piece>),
    Shared { name: Vec<Piece>, made_by: String, anchor: Option<String> },
}

/// A request, and its answer if one came.
pub(crate) struct ExchangeView {
    pub(crate) line: Vec<Piece>,
    pub(crate) method: String,
    pub(crate) status: Option<u16>,
    pub(crate) took: String,
    pub(crate) started: String,
    pub(crate) url: Vec<Piece>,
    pub(crate) request: MessageView,
    pub(crate) response: Option<MessageView>,
    pub(crate) retries: u32,
    pub(crate) error: Option<Vec<Piece>>,
}

impl ExchangeView {
    /// The hundreds of the status, as a word for the style.
    pub(crate) fn tone(&self) -> &'static str {
        match self.status {
            Some(200..=299) => "good",
            Some(100..=199 | 300..=399) => "neutral",
            Some(_) | None => "bad",
        }
    }
}

/// Headers and body of a request or a response.
pub(crate) struct MessageView {
    pub(crate) headers: Vec<(Vec<Piece>, Vec<Piece>)>,
    pub(crate) body: Option<BodyView>,
}

/// A body, laid out.
pub(crate) struct BodyView {
    pub(crate) text: Vec<Piece>,
    pub(crate) bytes: String,
    pub(crate) cut: Option<String>,
}

/// The steps of an evidence; `anchors` leads to the checks that made what was shared.
pub(crate) fn steps(evidence: &Evidence, anchors: &HashMap<&str, String>) -> Vec<StepView> {
    evidence
        .steps
        .iter()
        .map(|step| match step {
            Step::Exchange(exchange) => StepView::Exchange(Box::new(exchange_view(exchange))),
            Step::Note { text } => StepView::Note(pieces(text)),
            Step::Visit(visit) => StepView::Note(pieces(&visit.title)),
            Step::Message(message) => StepView::Note(pieces(&message.kind)),
            Step::Shared { name, made_by } => StepView::Shared {
                name: pieces(name),
                made_by: one_line(made_by, 200),
                anchor: anchors.get(made_by.as_str()).cloned(),
            },
        })
        .collect()
}

fn exchange_view(exchange: &Exchange) -> ExchangeView {
    let request = &exchange.request;
    ExchangeView {
        line: pieces(&one_line(path(&request.url), 160)),
        method: one_line(&request.method, 20),
        status: exchange.response.as_ref().map(|response| response.status),
        took: took(exchange.duration_ms),
        started: exchange.started.strftime("%H:%M:%S%.3f UTC").to_string(),
        url: pieces(&request.url),
        request: message(&request.headers, request.body.as_ref()),
        response: exchange
            .response
            .as_ref()
            .map(|response| message(&response.headers, response.body.as_ref())),
        retries: exchange.response.as_ref().map_or(0, |response| response.retries),
        error: exchange.error.as_deref().map(pieces),
    }
}

/// What of a URL tells requests to one target apart.
fn path(url: &str) -> &str {
    url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|slash| &rest[slash..])).unwrap_or(url)
}

fn message(headers: &[(String, String)], body: Option<&Body>) -> MessageView {
    MessageView {
        headers: headers.iter().map(|(name, value)| (pieces(name), pieces(value))).collect(),
        body: body.map(|body| BodyView {
            text: pieces(&laid_out(&body.text)),
            bytes: byte_count(body.bytes),
            cut: cut_note(body),
        }),
    }
}

/// A duration in the unit that a reader thinks in.
pub(crate) fn took(milliseconds: f64) -> String {
    if milliseconds >= 10_000.0 {
        format!("{:.0} s", milliseconds / 1000.0)
    } else if milliseconds >= 1000.0 {
        format!("{:.1} s", milliseconds / 1000.0)
    } else {
        format!("{milliseconds:.0} ms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_told_apart_by_its_path() {
        assert_eq!(path("http://localhost:8080/scim/Users?count=1"), "/scim/Users?count=1");
        assert_eq!(path("http://localhost"), "http://localhost");
        assert_eq!(path("[withheld]"), "[withheld]");
    }
}
