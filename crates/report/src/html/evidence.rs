//! Evidence as the page shows it.

use std::collections::HashMap;

use oinspect_core::{BODY_CAP, Body, Evidence, Exchange, Step};

use super::body::laid_out;
use super::marks::{Piece, pieces};
use super::pictures::Pictures;
use super::visits::{DecodedView, VisitView, decoded_view, visit_view};
use crate::transcript::{byte_count, cut_note};
use crate::visible::one_line;

/// Where on the page things are that evidence points to.
pub(crate) struct Places<'a> {
    /// The addresses of the checks, by their ids.
    pub(crate) anchors: HashMap<&'a str, String>,
    /// The pictures.
    pub(crate) pictures: Pictures<'a>,
}

/// One step.
pub(crate) enum StepView<'a> {
    Visit(Box<VisitView<'a>>),
    Decoded(Box<DecodedView>),
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

/// The steps of an evidence; those of user agents are numbered.
pub(crate) fn steps<'a>(evidence: &Evidence, places: &Places<'a>) -> Vec<StepView<'a>> {
    let mut visits = 0;
    evidence
        .steps
        .iter()
        .map(|step| match step {
            Step::Exchange(exchange) => StepView::Exchange(Box::new(exchange_view(exchange, BODY_CAP))),
            Step::Note { text } => StepView::Note(pieces(text)),
            Step::Visit(visit) => {
                visits += 1;
                StepView::Visit(Box::new(visit_view(visits, visit, places)))
            }
            Step::Message(message) => StepView::Decoded(Box::new(decoded_view(message))),
            Step::Shared { name, made_by } => StepView::Shared {
                name: pieces(name),
                made_by: one_line(made_by, 200),
                anchor: places.anchors.get(made_by.as_str()).cloned(),
            },
        })
        .collect()
}

/// An exchange with at most so many bytes of each body.
pub(crate) fn exchange_view(exchange: &Exchange, most: usize) -> ExchangeView {
    let request = &exchange.request;
    ExchangeView {
        line: pieces(&one_line(path(&request.url), 160)),
        method: one_line(&request.method, 20),
        status: exchange.response.as_ref().map(|response| response.status),
        took: took(exchange.duration_ms),
        started: exchange.started.strftime("%H:%M:%S%.3f UTC").to_string(),
        url: pieces(&request.url),
        request: message(&request.headers, request.body.as_ref(), most),
        response: exchange
            .response
            .as_ref()
            .map(|response| message(&response.headers, response.body.as_ref(), most)),
        retries: exchange.response.as_ref().map_or(0, |response| response.retries),
        error: exchange.error.as_deref().map(pieces),
    }
}

/// What of a URL tells requests to one target apart.
fn path(url: &str) -> &str {
    url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|slash| &rest[slash..])).unwrap_or(url)
}

fn message(headers: &[(String, String)], body: Option<&Body>, most: usize) -> MessageView {
    MessageView {
        headers: headers.iter().map(|(name, value)| (pieces(name), pieces(value))).collect(),
        body: body.map(|body| body_view(body, most)),
    }
}

fn body_view(body: &Body, most: usize) -> BodyView {
    let shown = &body.text[..body.text.floor_char_boundary(most)];
    let left_out = (shown.len() < body.text.len())
        .then(|| format!("the first {} are shown here; report.json holds more", byte_count(shown.len())));
    BodyView {
        text: pieces(&laid_out(shown)),
        bytes: byte_count(body.bytes),
        cut: left_out.or_else(|| cut_note(body)),
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
