//! One call of the Management API: credential, rate limit, pages, refusals.

use std::time::Duration;

use jiff::Timestamp;
use oinspect_core::{Cx, Finding, Method, Request, Response};
use serde_json::Value;
use url::Url;

use crate::org::{Credential, Org};
use crate::refusal::refusal;

/// How often a call is made again after the rate limit.
const TRIES: u32 = 3;
/// More pages of a list are not read.
const PAGES: usize = 20;
/// What is waited where the org does not say until when.
const UNSAID: Duration = Duration::from_secs(5);

impl Org {
    /// The address of a path, which begins with `/`. Segments that hold data are escaped by the caller.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url.as_str().trim_end_matches('/'))
    }

    /// A call with the credential. What is no success is a refusal.
    pub(crate) fn call(
        &self,
        cx: &mut Cx,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Response, Finding> {
        let url = self.url(path);
        let answer = self.answer(cx, method, &url, body)?;
        self.accept(method, &url, answer)
    }

    /// The same, where it may not be there.
    pub(crate) fn call_for_maybe(
        &self,
        cx: &mut Cx,
        method: Method,
        path: &str,
    ) -> Result<Option<Response>, Finding> {
        let url = self.url(path);
        let answer = self.answer(cx, method, &url, None)?;
        if answer.status == 404 {
            return Ok(None);
        }
        self.accept(method, &url, answer).map(Some)
    }

    /// Every page of a list, until an empty one: some lists always announce another.
    pub(crate) fn list(&self, cx: &mut Cx, path: &str) -> Result<Vec<Value>, Finding> {
        let mut all = Vec::new();
        let mut url = self.url(path);
        for _ in 0..PAGES {
            let answer = self.answer(cx, Method::Get, &url, None)?;
            let answer = self.accept(Method::Get, &url, answer)?;
            let next = self.next_page(&answer);
            match read(Method::Get, &url, &answer)? {
                Value::Array(page) if page.is_empty() => return Ok(all),
                Value::Array(page) => all.extend(page),
                _ => return Err(Finding::blocked(format!("the org answers no list to GET {url}"))),
            }
            match next {
                Some(next) => url = next,
                None => return Ok(all),
            }
        }
        cx.note(format!("only the first {PAGES} pages of {path} were read"));
        Ok(all)
    }

    /// A page elsewhere is not followed: the credential is for this org alone.
    fn next_page(&self, answer: &Response) -> Option<String> {
        let links = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("link"));
        let links = links.flat_map(|(_, value)| value.split(", <"));
        let next = links.filter_map(|link| {
            let (target, parameters) = link.trim_start_matches('<').split_once('>')?;
            parameters.contains("rel=\"next\"").then(|| self.base_url.join(target).ok()).flatten()
        });
        next.into_iter().find(|url| url.origin() == self.base_url.origin()).map(String::from)
    }

    fn accept(&self, method: Method, url: &str, answer: Response) -> Result<Response, Finding> {
        if (200..300).contains(&answer.status) {
            return Ok(answer);
        }
        Err(refusal(self, method, url, &answer))
    }

    /// A call that needs no credential.
    pub(crate) fn ask_anonymously(
        &self,
        cx: &mut Cx,
        method: Method,
        path: &str,
    ) -> Result<Response, Finding> {
        let url = self.url(path);
        let request = Request::new(method, &url).header("accept", "application/json");
        cx.send(&request).map_err(|finding| finding.as_obstacle("the org does not answer"))
    }

    fn answer(
        &self,
        cx: &mut Cx,
        method: Method,
        url: &str,
        body: Option<&Value>,
    ) -> Result<Response, Finding> {
        let authorization = self.authorization(cx)?;
        let mut request = Request::new(method, url)
            .header("accept", "application/json")
            .header("authorization", authorization);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        } else if method == Method::Post {
            // Without a length, the org answers 411.
            request = request.header("content-type", "application/json").body(Vec::new());
        }
        send_politely(cx, &request)
    }

    fn authorization(&self, cx: &mut Cx) -> Result<String, Finding> {
        match &self.credential {
            Credential::Ssws(token) => {
                cx.session().redactor.learn(token);
                Ok(format!("SSWS {token}"))
            }
            Credential::PrivateKey { client_id, pem, scopes } => {
                self.access_token(cx, client_id, pem, scopes).map(|token| format!("Bearer {token}"))
            }
        }
    }
}

/// Sends a request, and again when the rate limit is over, if that is soon enough.
pub(crate) fn send_politely(cx: &mut Cx, request: &Request) -> Result<Response, Finding> {
    let mut tries = 0;
    loop {
        let answer = cx.send(request).map_err(|finding| finding.as_obstacle("the org does not answer"))?;
        tries += 1;
        if answer.status != 429 {
            return Ok(answer);
        }
        let wait = until_reset(&answer);
        if tries >= TRIES || wait >= cx.left() {
            return Err(Finding::blocked(format!(
                "the org's rate limit is used up for another {} s, longer than the check may wait (E0000047); \
                 run fewer checks at a time, or raise limits.check",
                wait.as_secs()
            )));
        }
        cx.note(format!("the org's rate limit is used up: waiting {} s", wait.as_secs()));
        if !cx.pause(wait) {
            return Err(Finding::blocked("the run ended while the org's rate limit was waited for"));
        }
    }
}

/// Until the limit is lifted, by the org's own clock.
fn until_reset(answer: &Response) -> Duration {
    let reset = answer.header("x-rate-limit-reset").and_then(|reset| reset.trim().parse::<i64>().ok());
    let date = answer.header("date").and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    match (reset, date.map(|date| date.timestamp().as_second())) {
        (Some(reset), Some(now)) => Duration::from_secs(
            u64::try_from(reset.saturating_sub(now).max(0)).unwrap_or(0).saturating_add(1),
        ),
        _ => UNSAID,
    }
}

/// An answer as JSON.
pub(crate) fn read(method: Method, url: &str, answer: &Response) -> Result<Value, Finding> {
    serde_json::from_slice(&answer.body)
        .map_err(|error| Finding::blocked(format!("the org's answer to {method} {url} is no JSON: {error}")))
}

/// A part of a path or a query, escaped.
pub(crate) fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A member that is text; empty where it is not there.
pub(crate) fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A link among `_links`: of one, or of the first of many.
pub(crate) fn link(value: &Value, name: &str) -> Option<Url> {
    let link = value.get("_links")?.get(name)?;
    let link = link.get(0).unwrap_or(link);
    link.get("href")?.as_str().and_then(|href| Url::parse(href).ok())
}

/// A moment; the epoch where it is none.
pub(crate) fn moment(value: &Value, name: &str) -> Timestamp {
    text(value, name).parse().unwrap_or(Timestamp::UNIX_EPOCH)
}
