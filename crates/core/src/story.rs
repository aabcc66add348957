//! What a user agent did and saw: the visits and the messages that make the story of a flow.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::evidence::Exchange;
use crate::redaction::Redactor;
use crate::transport::{Request, Response};

/// The largest picture that is kept, in bytes.
pub const SCREENSHOT_CAP: usize = 512 * 1024;

/// One thing that a user agent did, and all that came of it, as it happened.
#[derive(Clone)]
pub struct Visit {
    /// What was done, as one would tell it: "open the app's tile".
    pub title: String,
    /// The user agent: "Chromium 156" or "HTTP agent".
    pub agent: String,
    /// When it began.
    pub started: Timestamp,
    /// Until everything was still.
    pub elapsed: Duration,
    /// The requests of the page itself, in order: every redirect is one. Not pictures, styles, scripts.
    pub passages: Vec<Passage>,
    /// Where it ended.
    pub arrived: Option<Arrived>,
    /// What one would have seen, as PNG.
    pub screenshot: Option<Vec<u8>>,
    /// Errors that the page wrote to the console.
    pub console: Vec<String>,
    /// What went wrong in the user agent itself.
    pub error: Option<String>,
}

/// One request of a user agent.
#[derive(Clone)]
pub struct Passage {
    /// Why it was sent.
    pub cause: Cause,
    /// When.
    pub started: Timestamp,
    /// What was sent. Its headers are those of the wire, cookies included.
    pub request: Request,
    /// What came back.
    pub response: Option<Response>,
    /// Why nothing came back.
    pub error: Option<String>,
}

/// Why a user agent sent a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// An address was opened, or a link.
    Navigation,
    /// The answer before said so.
    Redirect,
    /// A form was sent, by a person or by the page itself.
    Form,
    /// A script of the page asked.
    Script,
}

impl Cause {
    /// The word used in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::Redirect => "redirect",
            Self::Form => "form",
            Self::Script => "script",
        }
    }
}

/// The page at which a user agent came to rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Arrived {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its status, if it came over HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

/// A visit as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VisitRecord {
    /// What was done.
    pub title: String,
    /// The user agent.
    pub agent: String,
    /// When it began.
    pub started: Timestamp,
    /// Milliseconds until everything was still.
    pub duration_ms: f64,
    /// The requests, in order.
    pub hops: Vec<Hop>,
    /// Where it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<Arrived>,
    /// What one would have seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screenshot: Option<Screenshot>,
    /// Errors that the page wrote to the console.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub console: Vec<String>,
    /// What went wrong in the user agent itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A request of a user agent as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hop {
    /// Why it was sent.
    pub cause: Cause,
    /// The request and its answer.
    pub exchange: Exchange,
}

/// A picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Screenshot {
    /// The PNG in base64; absent where it was larger than is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub png: Option<String>,
    /// How many bytes it has.
    pub bytes: usize,
    /// SHA-256 of them.
    pub sha256: String,
}

impl VisitRecord {
    /// Keeps a visit, without what is secret in it.
    pub(crate) fn record(visit: &Visit, redactor: &Redactor) -> Self {
        // Cookies are learned while hops are recorded; a later hop may teach what an earlier one shows.
        for passage in &visit.passages {
            let _ = redactor.headers(&passage.request.headers);
            if let Some(response) = &passage.response {
                let _ = redactor.headers(&response.headers);
            }
        }
        let hops = visit.passages.iter();
        Self {
            title: redactor.text(&visit.title),
            agent: visit.agent.clone(),
            started: visit.started,
            duration_ms: milliseconds(visit.elapsed),
            hops: hops
                .map(|passage| Hop { cause: passage.cause, exchange: passage.exchange(redactor) })
                .collect(),
            arrived: visit.arrived.as_ref().map(|arrived| Arrived {
                url: redactor.url(&arrived.url),
                title: redactor.text(&arrived.title),
                status: arrived.status,
            }),
            screenshot: visit.screenshot.as_deref().map(|png| Screenshot {
                png: (png.len() <= SCREENSHOT_CAP).then(|| STANDARD.encode(png)),
                bytes: png.len(),
                sha256: format!("{:x}", Sha256::digest(png)),
            }),
            console: visit.console.iter().map(|line| redactor.text(line)).collect(),
            error: visit.error.as_deref().map(|error| redactor.text(error)),
        }
    }
}

impl Passage {
    fn exchange(&self, redactor: &Redactor) -> Exchange {
        let elapsed = self.response.as_ref().map_or(Duration::ZERO, |response| response.elapsed);
        Exchange::record(
            (self.started, milliseconds(elapsed)),
            &self.request,
            self.response.as_ref(),
            self.error.as_deref(),
            redactor,
        )
    }
}

/// Milliseconds with three digits.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

/// A protocol message, decoded for a reader, beside what the app made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// What it is: "SAML response", "ID token", "AuthnRequest".
    pub kind: String,
    /// The message laid out for reading: XML or JSON.
    pub text: String,
    /// What it says, value by value.
    pub values: Vec<SentValue>,
}

/// One value of a message, beside what the app displayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SentValue {
    /// Its name: an attribute, a claim, an element.
    pub name: String,
    /// The value as it was sent; several, one a line.
    pub sent: String,
    /// What the app displayed; absent where nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub displayed: Option<Displayed>,
}

/// What an app displayed in the place where a value belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Displayed {
    /// The text; absent where the place is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether it is the value that was sent.
    pub same: bool,
}

impl Message {
    /// The message without what is secret in it, and bounded.
    pub(crate) fn redacted(&self, redactor: &Redactor) -> Self {
        let (text, _) = redactor.body(&self.text);
        let value = |value: &SentValue| SentValue {
            name: redactor.text(&value.name),
            sent: redactor.text(&value.sent),
            displayed: value.displayed.as_ref().map(|displayed| Displayed {
                text: displayed.text.as_deref().map(|text| redactor.text(text)),
                same: displayed.same,
            }),
        };
        Self { kind: self.kind.clone(), text, values: self.values.iter().map(value).collect() }
    }
}
