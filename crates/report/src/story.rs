//! What a user agent did and which messages passed by, in the words that all formats share.

use std::fmt::Write;

use oinspect_core::{Hop, Message, SentValue, VisitRecord};

use crate::visible::one_line;

/// The longest address that a line shows.
const ADDRESS: usize = 140;
/// The longest value of a query that is shown beside its name.
const QUERY_VALUE: usize = 24;
/// The longest value of a message that a line shows.
const VALUE: usize = 200;
/// So many errors of a page's console are told; more are a number.
pub(crate) const CONSOLE: usize = 20;

/// What came of looking for a sent value in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// The app shows what was sent.
    Same,
    /// The app shows something else.
    Different,
    /// The place where the app would show it is not there.
    NotShown,
    /// Nobody looked.
    NotLookedFor,
}

impl Comparison {
    /// What came of looking for this value.
    pub(crate) fn of(value: &SentValue) -> Self {
        match &value.displayed {
            None => Self::NotLookedFor,
            Some(displayed) if displayed.same => Self::Same,
            Some(displayed) if displayed.text.is_none() => Self::NotShown,
            Some(_) => Self::Different,
        }
    }

    /// The word a reader sees.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::NotShown => "not shown",
            Self::NotLookedFor => "not looked for",
        }
    }

    /// The sign beside the word: colour never carries meaning alone.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Same => "✓",
            Self::Different => "✗",
            Self::NotShown => "∅",
            Self::NotLookedFor => "–",
        }
    }
}

/// Host, path and the names of the query: what tells the stations of a sign-in apart. Long values,
/// messages above all, are left to the full address.
pub(crate) fn short_address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let Some((place, query)) = rest.split_once('?') else { return one_line(rest, ADDRESS) };
    let shown: Vec<String> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) if value.chars().count() > QUERY_VALUE => format!("{name}=…"),
            _ => pair.to_owned(),
        })
        .collect();
    one_line(&format!("{place}?{}", shown.join("&")), ADDRESS)
}

/// A visit: what was done, then one line a request, then where it ended.
pub(crate) fn write_visit(text: &mut String, number: usize, visit: &VisitRecord) {
    let _ = writeln!(
        text,
        "* step {number}: {} ({}, {}, {} ms)",
        one_line(&visit.title, VALUE),
        one_line(&visit.agent, VALUE),
        visit.started.strftime("%H:%M:%S UTC"),
        visit.duration_ms.round()
    );
    for hop in &visit.hops {
        write_hop(text, hop);
    }
    if let Some(arrived) = &visit.arrived {
        let status = arrived.status.map(|status| format!(" ({status})")).unwrap_or_default();
        let title = one_line(&arrived.title, VALUE);
        let _ = writeln!(text, "  ended at {} \"{title}\"{status}", short_address(&arrived.url));
    }
    for line in visit.console.iter().take(CONSOLE) {
        let _ = writeln!(text, "  console: {}", one_line(line, VALUE));
    }
    if visit.console.len() > CONSOLE {
        let _ = writeln!(text, "  console: {} more", visit.console.len() - CONSOLE);
    }
    if let Some(error) = &visit.error {
        let _ = writeln!(text, "  the user agent failed: {}", one_line(error, VALUE));
    }
}

fn write_hop(text: &mut String, hop: &Hop) {
    let exchange = &hop.exchange;
    let came = match (&exchange.response, &exchange.error) {
        (Some(response), _) => response.status.to_string(),
        (None, Some(error)) => format!("no answer: {}", one_line(error, VALUE)),
        (None, None) => "no answer".to_owned(),
    };
    let _ = writeln!(
        text,
        "  {:<10} {} {} -> {came}",
        hop.cause.name(),
        exchange.request.method,
        short_address(&exchange.request.url)
    );
}

/// A message: its kind, then one line a value.
pub(crate) fn write_message(text: &mut String, message: &Message) {
    let _ = writeln!(text, "* {}", one_line(&message.kind, VALUE));
    for value in &message.values {
        let _ = write!(text, "  {}: {}", one_line(&value.name, VALUE), quoted(&value.sent));
        let comparison = Comparison::of(value);
        match (comparison, value.displayed.as_ref().and_then(|displayed| displayed.text.as_deref())) {
            (Comparison::NotLookedFor, _) => {}
            (Comparison::Different, Some(shown)) => {
                let _ = write!(text, ", different in the app: {}", quoted(shown));
            }
            _ => {
                let _ = write!(text, ", {} in the app", comparison.word());
            }
        }
        text.push('\n');
    }
}

/// A value on one line; several, one a line, are parted by commas.
fn quoted(value: &str) -> String {
    let lines: Vec<String> = value.lines().map(|line| format!("\"{}\"", one_line(line, VALUE))).collect();
    one_line(&lines.join(", "), 2 * VALUE)
}

#[cfg(test)]
mod tests {
    use oinspect_core::Displayed;

    use super::*;

    #[test]
    fn an_address_keeps_the_names_of_its_query_and_loses_long_values() {
        assert_eq!(
            short_address(&format!(
                "https://idp.test/sso?SAMLRequest={}&RelayState=%2Fdeep#top",
                "a".repeat(900)
            )),
            "idp.test/sso?SAMLRequest=…&RelayState=%2Fdeep"
        );
        assert_eq!(short_address("http://localhost:8480/t/acme/home"), "localhost:8480/t/acme/home");
        assert_eq!(short_address("[withheld]"), "[withheld]");
        assert_eq!(short_address(&"x".repeat(5000)).chars().count(), ADDRESS);
    }

    #[test]
    fn a_value_is_the_same_different_not_shown_or_not_looked_for() {
        let value = |displayed| SentValue { name: String::new(), sent: String::new(), displayed };
        let shown = |text: Option<&str>, same| Some(Displayed { text: text.map(str::to_owned), same });
        assert_eq!(Comparison::of(&value(None)), Comparison::NotLookedFor);
        assert_eq!(Comparison::of(&value(shown(Some("a"), true))), Comparison::Same);
        assert_eq!(Comparison::of(&value(shown(None, true))), Comparison::Same);
        assert_eq!(Comparison::of(&value(shown(Some("a"), false))), Comparison::Different);
        assert_eq!(Comparison::of(&value(shown(None, false))), Comparison::NotShown);
    }
}
