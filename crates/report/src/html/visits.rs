//! What a user agent did, and the messages that passed by, as the page shows them.

use oinspect_core::{Arrived, Evidence, Hop, Message, SentValue, Step, VisitRecord};

use super::body::laid_out;
use super::evidence::{ExchangeView, Places, exchange_view, took};
use super::marks::{Piece, pieces};
use super::pictures::Picture;
use crate::story::{CONSOLE, Comparison, short_address};
use crate::transcript::byte_count;
use crate::visible::one_line;

/// The most that the page shows of one body that a user agent sent or got: whole pages of markup
/// are many, and seldom what a reader looks for.
const HOP_BODY: usize = 16 * 1024;

/// One thing that a user agent did.
pub(crate) struct VisitView<'a> {
    pub(crate) number: usize,
    pub(crate) title: Vec<Piece>,
    pub(crate) agent: String,
    pub(crate) started: String,
    pub(crate) took: String,
    pub(crate) hops: Vec<HopView>,
    pub(crate) arrived: Option<ArrivedView>,
    pub(crate) picture: Option<Picture<'a>>,
    /// Why there is a screenshot but no picture of it.
    pub(crate) no_picture: Option<String>,
    pub(crate) console: Vec<Vec<Piece>>,
    pub(crate) more_console: usize,
    pub(crate) error: Option<Vec<Piece>>,
}

/// A request of a user agent.
pub(crate) struct HopView {
    pub(crate) cause: &'static str,
    pub(crate) exchange: ExchangeView,
}

/// Where it ended; the last of the requests tells the status.
pub(crate) struct ArrivedView {
    pub(crate) address: Vec<Piece>,
    pub(crate) title: String,
}

/// A protocol message.
pub(crate) struct DecodedView {
    pub(crate) kind: String,
    pub(crate) values: Vec<ValueView>,
    /// Whether anybody looked for the values in the app.
    pub(crate) compared: bool,
    pub(crate) text: Vec<Piece>,
    pub(crate) size: String,
}

/// A value of a message, beside what the app displayed.
pub(crate) struct ValueView {
    pub(crate) name: Vec<Piece>,
    pub(crate) sent: Vec<Piece>,
    pub(crate) displayed: Option<Vec<Piece>>,
    pub(crate) word: &'static str,
    pub(crate) sign: &'static str,
    /// The word for the style.
    pub(crate) tone: &'static str,
}

pub(crate) fn visit_view<'a>(number: usize, visit: &VisitRecord, places: &Places<'a>) -> VisitView<'a> {
    let screenshot = visit.screenshot.as_ref();
    let picture = screenshot.and_then(|screenshot| places.pictures.find(screenshot));
    let no_picture = screenshot
        .filter(|_| picture.is_none())
        .map(|screenshot| format!("The picture of {} is not on this page.", byte_count(screenshot.bytes)));
    VisitView {
        number,
        title: pieces(&visit.title),
        agent: one_line(&visit.agent, 80),
        started: visit.started.strftime("%H:%M:%S%.3f UTC").to_string(),
        took: took(visit.duration_ms),
        hops: visit.hops.iter().map(hop_view).collect(),
        arrived: visit.arrived.as_ref().map(arrived_view),
        picture,
        no_picture,
        console: visit.console.iter().take(CONSOLE).map(|line| pieces(&one_line(line, 1000))).collect(),
        more_console: visit.console.len().saturating_sub(CONSOLE),
        error: visit.error.as_deref().map(pieces),
    }
}

fn hop_view(hop: &Hop) -> HopView {
    let mut exchange = exchange_view(&hop.exchange, HOP_BODY);
    exchange.line = pieces(&short_address(&hop.exchange.request.url));
    HopView { cause: hop.cause.name(), exchange }
}

fn arrived_view(arrived: &Arrived) -> ArrivedView {
    ArrivedView { address: pieces(&short_address(&arrived.url)), title: one_line(&arrived.title, 160) }
}

pub(crate) fn decoded_view(message: &Message) -> DecodedView {
    DecodedView {
        kind: one_line(&message.kind, 120),
        values: message.values.iter().map(value_view).collect(),
        compared: message.values.iter().any(|value| value.displayed.is_some()),
        text: pieces(&laid_out(&message.text)),
        size: byte_count(message.text.len()),
    }
}

fn value_view(value: &SentValue) -> ValueView {
    let comparison = Comparison::of(value);
    ValueView {
        name: pieces(&one_line(&value.name, 200)),
        sent: pieces(&value.sent),
        displayed: value.displayed.as_ref().and_then(|displayed| displayed.text.as_deref()).map(pieces),
        word: comparison.word(),
        sign: comparison.sign(),
        tone: match comparison {
            Comparison::Same => "good",
            Comparison::Different => "bad",
            Comparison::NotShown | Comparison::NotLookedFor => "neutral",
        },
    }
}

/// What a story is made of, in a few words; `None` where no user agent was at work.
pub(crate) fn outline(evidence: &Evidence) -> Option<String> {
    let (mut visits, mut messages) = (0, 0);
    for step in &evidence.steps {
        match step {
            Step::Visit(_) => visits += 1,
            Step::Message(_) => messages += 1,
            Step::Exchange(_) | Step::Note { .. } | Step::Shared { .. } => {}
        }
    }
    let count = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        many => Some(format!("{many} {noun}s")),
    };
    let parts: Vec<String> =
        [count(visits, "step"), count(messages, "message")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
