//! What was sent and what came back, as it is kept: redacted and bounded.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::redaction::Redactor;
use crate::story::{Hop, Message, VisitRecord};
use crate::transport::{Request, Response};

/// What happened during one check, in order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The steps, in order.
    pub steps: Vec<Step>,
}

impl Evidence {
    /// The HTTP exchanges among the steps, without those of user agents.
    pub fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        self.steps.iter().filter_map(|step| match step {
            Step::Exchange(exchange) => Some(&**exchange),
            Step::Note { .. } | Step::Shared { .. } | Step::Visit(_) | Step::Message(_) => None,
        })
    }

    /// What user agents sent, in order.
    pub fn hops(&self) -> impl Iterator<Item = &Hop> {
        self.steps.iter().flat_map(|step| match step {
            Step::Visit(visit) => visit.hops.as_slice(),
            Step::Exchange(_) | Step::Note { .. } | Step::Shared { .. } | Step::Message(_) => &[],
        })
    }

    /// The exchange that a finding speaks of: the last one, or the one before that got no answer
    /// where the last one only asked whether the target is still there.
    pub fn deciding(&self) -> Option<&Exchange> {
        let exchanges: Vec<&Exchange> = self.exchanges().collect();
        match exchanges.as_slice() {
            [.., unanswered, probe] if unanswered.error.is_some() && probe.error.is_none() => {
                Some(unanswered)
            }
            exchanges => exchanges.last().copied(),
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// A request, and its answer if one came.
    Exchange(Box<Exchange>),
    /// Something a reader has to know to follow the steps.
    Note {
        /// The sentence.
        text: String,
    },
    /// Something made once in the run, by another check, was used.
    Shared {
        /// What it is.
        name: String,
        /// The check whose evidence shows how it was made.
        made_by: String,
    },
    /// Something that a user agent did.
    Visit(Box<VisitRecord>),
    /// A protocol message that passed by, decoded.
    Message(Box<Message>),
}

/// One HTTP request, and its answer if one came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// When the request was sent.
    pub started: Timestamp,
    /// Milliseconds until the answer was complete or given up.
    pub duration_ms: f64,
    /// What was sent.
    pub request: RequestRecord,
    /// What came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<ResponseRecord>,
    /// Why nothing came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Exchange {
    /// Keeps an exchange, without what is secret in it; `times` are its beginning and how many
    /// milliseconds it took.
    pub(crate) fn record(
        times: (Timestamp, f64),
        request: &Request,
        response: Option<&Response>,
        error: Option<&str>,
        redactor: &Redactor,
    ) -> Self {
        // The response first: what it teaches us to be secret may stand in the request, too.
        let response = response.map(|response| ResponseRecord::record(response, redactor));
        Self {
            started: times.0,
            duration_ms: times.1,
            request: RequestRecord::record(request, redactor),
            response,
            error: error.map(|error| redactor.line(error)),
        }
    }
}

/// A request as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RequestRecord {
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// Header names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
}

/// A response as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResponseRecord {
    /// The status code.
    pub status: u16,
    /// Header names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// How often the target asked to come back later before it answered.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub retries: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A body as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Body {
    /// The text, without what was secret; bytes that are no UTF-8 are shown as U+FFFD.
    pub text: String,
    /// How many bytes there were on the wire.
    pub bytes: usize,
    /// SHA-256 of all of them, where `text` holds only the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_sha256: Option<String>,
}

impl Body {
    fn record(bytes: &[u8], redactor: &Redactor) -> Option<Self> {
        if bytes.is_empty() {
            return None;
        }
        let (text, is_cut) = redactor.body(&String::from_utf8_lossy(bytes));
        let cut_sha256 = is_cut.then(|| format!("{:x}", Sha256::digest(bytes)));
        Some(Self { text, bytes: bytes.len(), cut_sha256 })
    }
}

impl RequestRecord {
    /// Keeps a request, without what is secret in it.
    pub(crate) fn record(request: &Request, redactor: &Redactor) -> Self {
        let headers = redactor.headers(&request.headers);
        if let Some(body) = &request.body {
            redactor.learn_own(body);
        }
        Self {
            method: request.method.name().to_owned(),
            url: redactor.url(&request.url),
            headers,
            body: request.body.as_deref().and_then(|body| Body::record(body, redactor)),
        }
    }
}

impl ResponseRecord {
    /// Keeps a response, without what is secret in it.
    pub(crate) fn record(response: &Response, redactor: &Redactor) -> Self {
        Self {
            status: response.status,
            headers: redactor.headers(&response.headers),
            body: Body::record(&response.body, redactor),
            retries: response.retries,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounds::{BODY_CAP, LINE_CAP};

    #[test]
    fn a_cut_body_keeps_its_length_and_hash() {
        let redactor = Redactor::default();
        let long = vec![b'a'; BODY_CAP + 1];
        let body = Body::record(&long, &redactor).expect("not empty");
        assert_eq!((body.text.len(), body.bytes), (BODY_CAP, BODY_CAP + 1));
        assert_eq!(body.cut_sha256.map(|hash| hash.len()), Some(64));
    }

    #[test]
    fn a_line_is_cut_and_says_how_long_it_was() {
        let redactor = Redactor::default();
        assert_eq!(redactor.line("\u{e9}"), "\u{e9}");
        let long = format!("x{}", "\u{e9}".repeat(LINE_CAP));
        let cut = redactor.line(&long);
        assert!(cut.ends_with(&format!("\u{e9}... ({} bytes)", 2 * LINE_CAP + 1)), "{}", cut.len());
        assert!(cut.len() < LINE_CAP + 32);
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        let long = "ü".repeat(BODY_CAP);
        let body = Body::record(long.as_bytes(), &Redactor::default()).expect("not empty");
        assert!(body.text.len() <= BODY_CAP);
    }
}
