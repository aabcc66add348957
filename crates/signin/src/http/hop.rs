//! One request of a page, with the headers that a browser would send.

use oinspect_core::{Cause, Method, Request, Response};
use url::Url;

use super::jar::Jar;
use crate::form::{Form, encode};

/// What documents are asked for with.
const ACCEPT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/// Says what it is: apps that turn unknown agents away should be seen to.
const USER_AGENT: &str =
    concat!("Mozilla/5.0 (compatible; oinspect/", env!("CARGO_PKG_VERSION"), "; HTTP user agent)");
/// Separates the parts of a form that is sent in parts.
const BOUNDARY: &str = "----oinspect7MA4YWxkTrZu0gW";

/// One request to be sent.
#[derive(Clone)]
pub(crate) struct Next {
    pub(crate) cause: Cause,
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// Content type and body.
    pub(crate) body: Option<(String, String)>,
    /// The page that led there; none where somebody typed the address.
    pub(crate) initiator: Option<Url>,
    /// What it says of itself: the referrer policy of that page.
    pub(crate) policy: Option<String>,
    /// A redirect led across origins: the origin of the request is nobody's any more.
    pub(crate) crossed: bool,
}

impl Next {
    /// An address that is opened.
    pub(crate) fn open(url: Url, initiator: Option<Url>, policy: Option<String>) -> Self {
        Self {
            cause: Cause::Navigation,
            method: Method::Get,
            url,
            body: None,
            initiator,
            policy,
            crossed: false,
        }
    }

    /// A form that is sent.
    pub(crate) fn form(form: &Form, from: Url, policy: Option<String>) -> Self {
        let mut next = Self::open(form.action.clone(), Some(from), policy);
        next.cause = Cause::Form;
        if form.is_post {
            next.method = Method::Post;
            next.body = Some(if form.is_multipart {
                (format!("multipart/form-data; boundary={BOUNDARY}"), in_parts(&form.fields))
            } else {
                ("application/x-www-form-urlencoded".to_owned(), form.encoded())
            });
        } else {
            next.url.set_query(Some(&encode(&form.fields)));
        }
        next
    }

    /// Where an answer redirects to; none if it does not.
    pub(crate) fn redirected(&self, answer: &Response) -> Option<Result<Self, String>> {
        if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let location = answer.header("location")?;
        let Ok(mut url) = self.url.join(location) else {
            return Some(Err(format!("it redirects to {location:?}, which is no address")));
        };
        if !matches!(url.scheme(), "http" | "https") {
            return Some(Err(format!("it redirects to {}:, where a browser does not go", url.scheme())));
        }
        if url.fragment().is_none() {
            url.set_fragment(self.url.fragment());
        }
        let mut next = self.clone();
        next.cause = Cause::Redirect;
        let becomes_get = match answer.status {
            303 => self.method != Method::Head,
            301 | 302 => self.method == Method::Post,
            _ => false,
        };
        if becomes_get {
            next.method = Method::Get;
            next.body = None;
        }
        let leaves_initiator = self.initiator.as_ref().is_none_or(|from| from.origin() != self.url.origin());
        next.crossed = self.crossed || (leaves_initiator && url.origin() != self.url.origin());
        next.url = url;
        Some(Ok(next))
    }

    /// The request as it goes over the wire.
    pub(crate) fn request(&self, jar: &Jar, now: jiff::Timestamp) -> Request {
        let mut wire = self.url.clone();
        wire.set_fragment(None);
        let mut request = Request::new(self.method, wire.as_str())
            .header("user-agent", USER_AGENT)
            .header("accept", ACCEPT)
            .header("accept-language", "en-US,en;q=0.9");
        if self.method == Method::Post {
            request = request.header("origin", self.origin());
        }
        if let Some(referer) = self.referer() {
            request = request.header("referer", referer);
        }
        if let Some(cookies) = jar.header(&wire, self.method, self.initiator.as_ref(), now) {
            request = request.header("cookie", cookies);
        }
        if let Some((kind, body)) = &self.body {
            request = request.header("content-type", kind).body(body.as_bytes());
        }
        request
    }

    fn origin(&self) -> String {
        let Some(from) = self.initiator.as_ref().filter(|_| !self.crossed) else { return "null".to_owned() };
        let hides = match self.policy() {
            "no-referrer" => true,
            "same-origin" => from.origin() != self.url.origin(),
            _ => from.scheme() == "https" && self.url.scheme() == "http",
        };
        if hides { "null".to_owned() } else { from.origin().ascii_serialization() }
    }

    fn policy(&self) -> &str {
        // Of several, the last that is known counts.
        self.policy.as_deref().and_then(|policy| policy.rsplit(',').next()).unwrap_or_default().trim()
    }

    fn referer(&self) -> Option<String> {
        let from = self.initiator.as_ref().filter(|from| matches!(from.scheme(), "http" | "https"))?;
        let same = from.origin() == self.url.origin();
        let downgrades = from.scheme() == "https" && self.url.scheme() == "http";
        let mut whole = from.clone();
        whole.set_fragment(None);
        let _ = whole.set_username("");
        let _ = whole.set_password(None);
        let origin = || format!("{}/", from.origin().ascii_serialization());
        match self.policy() {
            "no-referrer" => None,
            "unsafe-url" => Some(whole.into()),
            "same-origin" => same.then(|| whole.into()),
            "origin" => Some(origin()),
            "strict-origin" => (!downgrades).then(origin),
            "origin-when-cross-origin" => Some(if same { whole.into() } else { origin() }),
            "no-referrer-when-downgrade" => (!downgrades).then(|| whole.into()),
            _ if same => Some(whole.into()),
            _ => (!downgrades).then(origin),
        }
    }
}

fn in_parts(fields: &[(String, String)]) -> String {
    let escape = |name: &str| name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let part = |(name, value): &(String, String)| {
        format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{value}\r\n",
            escape(name)
        )
    };
    fields.iter().map(part).collect::<String>() + &format!("--{BOUNDARY}--\r\n")
}
