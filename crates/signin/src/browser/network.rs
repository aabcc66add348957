//! The story that the browser's performance log tells: every hop with what really went over the wire.
//!
//! The raw headers come in events of their own, without a number and out of order. They belong to
//! the hops of the same request in the order of hops, hops without such events left out.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use oinspect_core::{Cause, Method, Passage, Request, Response};
use serde_json::Value;
use url::Url;

use super::failure::plain;
use crate::page::place;

/// More hops than this are not kept.
const HOPS: usize = 400;
/// A script's request that takes longer is not waited for: it may wait for news for ever.
const POLLING: Duration = Duration::from_secs(3);
/// The longest that a page may announce its next address ahead and still be waited for, in seconds.
const ANNOUNCED: f64 = 5.0;

/// One document or script request, with all its redirects.
struct Hop {
    request: String,
    kind: Kind,
    frame: String,
    cause: Cause,
    wall: f64,
    began: f64,
    seen: Instant,
    url: String,
    method: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
    /// The body is large: it has to be asked for.
    body_is_elsewhere: bool,
    /// Whether events with raw headers come for it; not known before its answer.
    raw_follows: Option<bool>,
    answer: Option<Answer>,
    error: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Document,
    Script,
}

struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    took: f64,
}

/// What was seen since an agent began to act.
#[derive(Default)]
pub(crate) struct Network {
    hops: Vec<Hop>,
    raw_sent: HashMap<String, Vec<Vec<(String, String)>>>,
    raw_got: HashMap<String, Vec<Vec<(String, String)>>>,
    open: HashSet<String>,
    /// Why a frame goes to an address.
    reasons: HashMap<(String, String), String>,
    /// Frames that will go elsewhere by themselves soon.
    announced: HashSet<String>,
    /// Frames in other frames.
    inner: HashSet<String>,
    /// Where counting for loops begins.
    act_from: usize,
    moved: bool,
}

impl Network {
    /// Begins to count visits anew: somebody asks for what comes next.
    pub(crate) fn act(&mut self) {
        self.act_from = self.hops.len();
        self.moved = false;
    }

    /// Whether anything went anywhere since then.
    pub(crate) fn has_moved(&self) -> bool {
        self.moved
    }

    /// Takes one event; says whether it is one that a page at rest does not cause.
    pub(crate) fn take(&mut self, method: &str, params: &Value) -> bool {
        match method {
            "Network.requestWillBeSent" => self.sent(params),
            "Network.requestWillBeSentExtraInfo" => {
                raw(&mut self.raw_sent, params);
                false
            }
            "Network.responseReceived" => self.answered(params),
            "Network.responseReceivedExtraInfo" => {
                raw(&mut self.raw_got, params);
                false
            }
            "Network.loadingFinished" => self.open.remove(text(params, "requestId")),
            "Network.loadingFailed" => self.failed(params),
            "Page.frameAttached" => {
                if params.get("parentFrameId").is_some() {
                    self.inner.insert(text(params, "frameId").to_owned());
                }
                false
            }
            "Page.frameRequestedNavigation" | "Page.frameScheduledNavigation" => {
                let frame = text(params, "frameId").to_owned();
                self.reasons.insert(
                    (frame.clone(), text(params, "url").to_owned()),
                    text(params, "reason").to_owned(),
                );
                if params.get("delay").and_then(Value::as_f64).is_some_and(|delay| delay <= ANNOUNCED) {
                    self.announced.insert(frame);
                }
                true
            }
            "Page.frameClearedScheduledNavigation" => {
                self.announced.remove(text(params, "frameId"));
                true
            }
            "Page.frameNavigated" => {
                let frame = params.get("frame").unwrap_or(&Value::Null);
                self.announced.remove(text(frame, "id"));
                true
            }
            "Page.frameStartedNavigating" | "Page.navigatedWithinDocument" => {
                self.moved = true;
                true
            }
            _ => false,
        }
    }

    fn sent(&mut self, params: &Value) -> bool {
        let kind = match text(params, "type") {
            "Document" => Kind::Document,
            "XHR" | "Fetch" => Kind::Script,
            _ => return false,
        };
        let request = params.get("request").unwrap_or(&Value::Null);
        let url = text(request, "url");
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return false;
        }
        self.moved = true;
        let id = text(params, "requestId").to_owned();
        let began = params.get("timestamp").and_then(Value::as_f64).unwrap_or_default();
        let redirected = params.get("redirectResponse");
        if let (Some(answer), Some(hop)) =
            (redirected, self.hops.iter_mut().rev().find(|hop| hop.request == id))
        {
            hop.raw_follows =
                Some(params.get("redirectHasExtraInfo").and_then(Value::as_bool).unwrap_or(true));
            hop.answer = Some(read_answer(answer, began - hop.began));
        }
        if self.hops.len() >= HOPS {
            return true;
        }
        let frame = text(params, "frameId").to_owned();
        let method = text(request, "method").to_owned();
        let cause = match (kind, redirected) {
            (_, Some(_)) => Cause::Redirect,
            (Kind::Script, None) => Cause::Script,
            (Kind::Document, None) => self.cause(&frame, url, &method),
        };
        let body = request.get("postData").and_then(Value::as_str).map(str::to_owned);
        self.hops.push(Hop {
            request: id.clone(),
            kind,
            frame,
            cause,
            wall: params.get("wallTime").and_then(Value::as_f64).unwrap_or_default(),
            began,
            seen: Instant::now(),
            url: format!("{url}{}", text(request, "urlFragment")),
            method,
            headers: headers(request.get("headers")),
            body_is_elsewhere: body.is_none()
                && request.get("hasPostData").and_then(Value::as_bool).unwrap_or(false),
            body,
            raw_follows: None,
            answer: None,
            error: None,
        });
        self.open.insert(id);
        true
    }

    fn cause(&self, frame: &str, url: &str, method: &str) -> Cause {
        let reason = self.reasons.get(&(frame.to_owned(), url.to_owned())).map_or("", String::as_str);
        match reason {
            "formSubmissionGet" | "formSubmissionPost" => Cause::Form,
            "metaTagRefresh" | "httpHeaderRefresh" => Cause::Redirect,
            _ if method == "POST" => Cause::Form,
            _ => Cause::Navigation,
        }
    }

    fn answered(&mut self, params: &Value) -> bool {
        let id = text(params, "requestId");
        let at = params.get("timestamp").and_then(Value::as_f64).unwrap_or_default();
        let Some(hop) = self.hops.iter_mut().rev().find(|hop| hop.request == id) else { return false };
        hop.raw_follows = Some(params.get("hasExtraInfo").and_then(Value::as_bool).unwrap_or(true));
        hop.answer = Some(read_answer(params.get("response").unwrap_or(&Value::Null), at - hop.began));
        // A document is waited for by its state; its stream may stay open.
        if hop.kind == Kind::Document {
            self.open.remove(id);
        }
        true
    }

    fn failed(&mut self, params: &Value) -> bool {
        let id = text(params, "requestId");
        self.open.remove(id);
        let Some(hop) = self.hops.iter_mut().rev().find(|hop| hop.request == id) else { return false };
        let code = match params.get("blockedReason").and_then(Value::as_str) {
            Some("csp") => "net::ERR_BLOCKED_BY_CSP",
            _ => text(params, "errorText"),
        };
        hop.error = Some(code.to_owned());
        true
    }

    /// Whether something is under way that a page at rest would not wait for.
    pub(crate) fn is_pending(&self) -> bool {
        !self.announced.is_empty()
            || self.hops.iter().any(|hop| {
                self.open.contains(&hop.request)
                    && hop.answer.is_none()
                    && (hop.kind == Kind::Document || hop.seen.elapsed() < POLLING)
            })
    }

    /// Whether one place was visited three times since somebody asked for anything.
    pub(crate) fn goes_round(&self) -> bool {
        let mut visits: BTreeMap<String, u32> = BTreeMap::new();
        let documents = self.hops.iter().skip(self.act_from).filter(|hop| self.is_page(hop));
        documents.filter_map(|hop| Url::parse(&hop.url).ok()).any(|url| {
            let count = visits.entry(place(&url)).or_default();
            *count += 1;
            *count >= 3
        }) || self.last_page().is_some_and(|hop| hop.error.as_deref() == Some("net::ERR_TOO_MANY_REDIRECTS"))
    }

    fn is_page(&self, hop: &Hop) -> bool {
        hop.kind == Kind::Document && !self.inner.contains(&hop.frame)
    }

    fn last_page(&self) -> Option<&Hop> {
        self.hops.iter().rev().find(|hop| self.is_page(hop))
    }

    /// Address and status of the last document, or why there is none.
    pub(crate) fn arrival(&self) -> Option<(String, Result<u16, String>)> {
        let hop = self.hops.iter().rev().find(|hop| {
            // What a download, a 204 or a newer navigation cut off is not where one is.
            self.is_page(hop) && (hop.answer.is_some() || hop.error.as_deref() != Some("net::ERR_ABORTED"))
        })?;
        let came = match (&hop.answer, &hop.error) {
            (Some(answer), _) => Ok(answer.status),
            (None, Some(code)) => Err(plain(code)),
            (None, None) => Err("the server did not answer in time".to_owned()),
        };
        Some((hop.url.clone(), came))
    }

    /// The requests whose bodies have to be asked for.
    pub(crate) fn bodies_elsewhere(&self) -> Vec<String> {
        self.hops.iter().filter(|hop| hop.body_is_elsewhere).map(|hop| hop.request.clone()).collect()
    }

    /// Completes a request with the body that was asked for.
    pub(crate) fn body_came(&mut self, request: &str, body: &str) {
        for hop in self.hops.iter_mut().filter(|hop| hop.request == request && hop.body_is_elsewhere) {
            hop.body = Some(body.to_owned());
            hop.body_is_elsewhere = false;
        }
    }

    /// All of it, in order.
    pub(crate) fn passages(&self) -> Vec<Passage> {
        let mut sent: HashMap<&str, usize> = HashMap::new();
        let mut got: HashMap<&str, usize> = HashMap::new();
        self.hops
            .iter()
            .map(|hop| {
                let id = hop.request.as_str();
                let mut raw_sent = None;
                let mut raw_got = None;
                if hop.raw_follows != Some(false) {
                    raw_sent = next(&self.raw_sent, &mut sent, id);
                    if hop.answer.is_some() {
                        raw_got = next(&self.raw_got, &mut got, id);
                    }
                }
                passage(hop, raw_sent, raw_got)
            })
            .collect()
    }
}

type Raw = HashMap<String, Vec<Vec<(String, String)>>>;

fn next<'a, 'b>(
    raw: &'b Raw,
    used: &mut HashMap<&'a str, usize>,
    id: &'a str,
) -> Option<&'b [(String, String)]> {
    let at = used.entry(id).or_default();
    let headers = raw.get(id)?.get(*at)?;
    *at += 1;
    Some(headers)
}

fn passage(hop: &Hop, sent: Option<&[(String, String)]>, got: Option<&[(String, String)]>) -> Passage {
    let mut request = Request::new(Method::named(&hop.method).unwrap_or(Method::Get), hop.url.clone());
    request.headers = sent.unwrap_or(&hop.headers).to_vec();
    request.body = hop.body.clone().map(String::into_bytes);
    let response = hop.answer.as_ref().map(|answer| Response {
        status: answer.status,
        headers: got.unwrap_or(&answer.headers).iter().map(lower).collect(),
        body: Vec::new(),
        elapsed: Duration::try_from_secs_f64(answer.took).unwrap_or_default(),
        retries: 0,
    });
    Passage {
        cause: hop.cause,
        started: moment(hop.wall),
        request,
        error: hop.error.as_deref().filter(|_| response.is_none()).map(plain),
        response,
    }
}

fn lower((name, value): &(String, String)) -> (String, String) {
    (name.to_ascii_lowercase(), value.clone())
}

fn moment(wall: f64) -> Timestamp {
    let since = Duration::try_from_secs_f64(wall).unwrap_or_default();
    jiff::SignedDuration::try_from(since)
        .ok()
        .and_then(|since| Timestamp::from_duration(since).ok())
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

fn raw(into: &mut Raw, params: &Value) {
    let list = into.entry(text(params, "requestId").to_owned()).or_default();
    if list.len() < HOPS {
        list.push(headers(params.get("headers")));
    }
}

fn read_answer(response: &Value, took: f64) -> Answer {
    let status = response.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    Answer { status: status.unwrap_or_default(), headers: headers(response.get("headers")), took }
}

/// Headers are an object; those that repeat have one value a line.
fn headers(headers: Option<&Value>) -> Vec<(String, String)> {
    let Some(Value::Object(headers)) = headers else { return Vec::new() };
    headers
        .iter()
        .filter_map(|(name, value)| value.as_str().map(|value| (name, value)))
        .flat_map(|(name, value)| value.split('\n').map(|line| (name.clone(), line.to_owned())))
        .collect()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests;
