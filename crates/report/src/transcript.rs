//! Evidence as plain text, for formats that have nothing better.

use std::fmt::Write;

use oinspect_core::{Body, Evidence, Exchange, Step};

use crate::story::{write_message, write_visit};

/// The steps in order, one paragraph each.
pub(crate) fn transcript(evidence: &Evidence) -> String {
    told(evidence.steps.iter())
}

/// Only what user agents did and which messages passed by; empty where there was no user agent.
pub(crate) fn story(evidence: &Evidence) -> String {
    told(evidence.steps.iter().filter(|step| matches!(step, Step::Visit(_) | Step::Message(_))))
}

fn told<'a>(steps: impl Iterator<Item = &'a Step>) -> String {
    let mut text = String::new();
    let mut visits = 0;
    for step in steps {
        if !text.is_empty() {
            text.push('\n');
        }
        match step {
            Step::Exchange(exchange) => write_exchange(&mut text, exchange),
            Step::Visit(visit) => {
                visits += 1;
                write_visit(&mut text, visits, visit);
            }
            Step::Message(message) => write_message(&mut text, message),
            Step::Note { text: note } => {
                let _ = writeln!(text, "* {note}");
            }
            Step::Shared { name, made_by } => {
                let _ = writeln!(text, "* uses {name}, made by {made_by}");
            }
        }
    }
    text
}

/// Lines that were sent begin with `>`, lines that came back with `<`, as curl shows them.
fn write_exchange(text: &mut String, exchange: &Exchange) {
    let request = &exchange.request;
    let _ = writeln!(text, "> {} {}", request.method, request.url);
    write_headers(text, '>', &request.headers);
    write_body(text, '>', request.body.as_ref());
    if let Some(response) = &exchange.response {
        let _ = write!(text, "< {} after {} ms", response.status, exchange.duration_ms.round());
        if response.retries > 0 {
            let _ = write!(text, ", asked to come back later {} times", response.retries);
        }
        text.push('\n');
        write_headers(text, '<', &response.headers);
        write_body(text, '<', response.body.as_ref());
    }
    if let Some(error) = &exchange.error {
        let _ = writeln!(text, "* no answer after {} ms: {error}", exchange.duration_ms.round());
    }
}

fn write_headers(text: &mut String, mark: char, headers: &[(String, String)]) {
    for (name, value) in headers {
        let _ = writeln!(text, "{mark} {name}: {value}");
    }
}

fn write_body(text: &mut String, mark: char, body: Option<&Body>) {
    let Some(body) = body else { return };
    let _ = writeln!(text, "{mark}");
    for line in body.text.lines() {
        let _ = writeln!(text, "{mark} {line}");
    }
    if let Some(cut) = cut_note(body) {
        let _ = writeln!(text, "* {cut}");
    }
}

/// How much of a body is missing, and how to recognise the whole; `None` for a whole body.
pub(crate) fn cut_note(body: &Body) -> Option<String> {
    let hash = body.cut_sha256.as_ref()?;
    Some(format!(
        "cut: {} are kept of {}; SHA-256 of the whole: {hash}",
        byte_count(body.text.len()),
        byte_count(body.bytes)
    ))
}

/// A number of bytes as a person reads it, such as `65,536 bytes`.
pub(crate) fn byte_count(bytes: usize) -> String {
    let digits = bytes.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + if bytes == 1 { " byte" } else { " bytes" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(byte_count(1_048_576), "1,048,576 bytes");
        assert_eq!((byte_count(1), byte_count(999)), ("1 byte".to_owned(), "999 bytes".to_owned()));
    }
}
