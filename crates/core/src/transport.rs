//! What goes to a target and what comes back, and the door that carries it.

use std::fmt;
use std::time::Duration;

/// The HTTP methods that checks use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Reads the headers alone.
    Head,
    /// Creates or searches.
    Post,
    /// Replaces.
    Put,
    /// Modifies.
    Patch,
    /// Deletes.
    Delete,
    /// Asks what is possible.
    Options,
}

impl Method {
    /// The method as it is written on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
        }
    }

    /// The method with this name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Get, Self::Head, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Options]
            .into_iter()
            .find(|method| method.name().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One request. Redirects are never followed; an answer is what the target itself said.
#[derive(Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute URL; characters that a URL cannot hold are percent-encoded on the way out.
    pub url: String,
    /// Header names and values, in order. Names may repeat.
    pub headers: Vec<(String, String)>,
    /// The body, if there is one.
    pub body: Option<Vec<u8>>,
}

impl Request {
    /// A request without headers or body.
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self { method, url: url.into(), headers: Vec::new(), body: None }
    }

    /// The same request with one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same request with a body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }
}

// Headers and URL may hold secrets, so that a request never prints them.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

/// What a target answered.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header names in lower case, and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body, at most the transport's limit.
    pub body: Vec<u8>,
    /// From the first byte sent to the last byte received, without waiting for a rate limit.
    pub elapsed: Duration,
    /// How often the target asked to come back later (429, 503 with `Retry-After`) before it answered.
    pub retries: u32,
}

impl Response {
    /// The first header with this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportErrorKind {
    /// The name has no address, or nobody listens there.
    Unreachable,
    /// The time allowed for a request passed.
    TimedOut,
    /// TLS could not be established.
    Tls,
    /// The connection ended before the answer did, or the answer is no HTTP.
    Broken,
    /// The answer is larger than is read.
    TooLarge,
    /// The target kept asking to come back later, or for longer than is waited.
    RateLimited,
    /// The request cannot be sent: its URL or a header is no URL or header.
    Unsendable,
}

/// A request that got no answer. Its text completes "failed to reach the target: ...".
#[derive(Debug, Clone, thiserror::Error)]
#[error("{detail}")]
pub struct TransportError {
    /// What kind of failure it was.
    pub kind: TransportErrorKind,
    /// What happened, naming host and port, never a secret.
    pub detail: String,
}

/// Carries requests to targets: with a time limit, bounded reads, and no redirect followed.
pub trait Transport: Send + Sync {
    /// Sends one request and waits for its answer, at most `timeout`.
    fn send(&self, request: &Request, timeout: Duration) -> Result<Response, TransportError>;

    /// Lets time pass, for targets whose changes are not visible at once. A transport that answers
    /// from memory has nothing to wait for.
    fn pause(&self, duration: Duration) {
        let _ = duration;
    }
}
