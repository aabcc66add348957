//! The HTTP agent: follows redirects, sends forms, also those that send themselves, keeps cookies.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use oinspect_core::{Arrived, Cause, Clock, Passage, Response, Transport, TransportErrorKind, Visit};
use url::Url;

use super::clicks::{self, Click};
use super::hop::Next;
use super::jar::Jar;
use crate::act::{Act, Until};
use crate::agent::CookieSeen;
use crate::error::AgentError;
use crate::form::{Edits, Form, elements};
use crate::page::{Page, place};

/// More redirects in a row are not followed.
const REDIRECTS: usize = 20;
/// More requests for one act are not sent.
const REQUESTS: usize = 60;
/// A page that announces its next address later than this many seconds is at rest.
const ANNOUNCED: f64 = 5.0;
/// More of a page than this is not read.
const LONGEST_PAGE: usize = 4_000_000;
/// How deep conditional acts may be nested.
const NESTED: u8 = 8;

/// A user agent without scripts.
pub(crate) struct HttpAgent {
    transport: Arc<dyn Transport>,
    clock: Clock,
    limit: Duration,
    jar: Jar,
    page: Page,
    /// What the page said of how it wants to be referred to.
    policy: Option<String>,
    edits: Edits,
}

impl HttpAgent {
    pub(crate) fn new(transport: Arc<dyn Transport>, clock: Clock, limit: Duration) -> Self {
        let edits = Edits::default();
        Self { transport, clock, limit, jar: Jar::default(), page: Page::blank(), policy: None, edits }
    }

    pub(crate) fn page(&self) -> &Page {
        &self.page
    }

    pub(crate) fn cookies(&self, of: &Url) -> Vec<CookieSeen> {
        self.jar.seen(of, self.clock.now())
    }

    pub(crate) fn drop_cookies(&mut self, of: &Url) {
        self.jar.forget(of);
    }

    #[expect(clippy::result_large_err, reason = "a visit that failed is evidence like any other")]
    pub(crate) fn perform(
        &mut self,
        title: &str,
        acts: &[Act],
    ) -> Result<(Visit, Page), (Visit, AgentError)> {
        let started = self.clock.now();
        let begin = Instant::now();
        let mut passages = Vec::new();
        let done = self.acts(&mut passages, acts, 0);
        let page = &self.page;
        let mut visit = Visit {
            title: title.to_owned(),
            agent: "HTTP agent".to_owned(),
            started,
            elapsed: begin.elapsed(),
            passages,
            arrived: Some(Arrived {
                url: page.url.to_string(),
                title: page.title.clone(),
                status: page.status,
            }),
            screenshot: None,
            console: Vec::new(),
            error: None,
        };
        match done {
            Ok(()) => Ok((visit, self.page.clone())),
            Err(error) => {
                visit.error = Some(error.to_string());
                Err((visit, error))
            }
        }
    }

    fn acts(&mut self, passages: &mut Vec<Passage>, acts: &[Act], depth: u8) -> Result<(), AgentError> {
        for act in acts {
            match act {
                Act::Open(url) => self.go(passages, Next::open(url.clone(), None, None))?,
                Act::Fill { field, text } => {
                    let place = clicks::field(&self.page, field)?;
                    self.edits.texts.insert(place, text.clone());
                }
                Act::Click(selector) => match clicks::click(&self.page, &self.edits, selector)? {
                    Click::Link(url) => {
                        let next = Next::open(url, Some(self.page.url.clone()), self.policy.clone());
                        self.go(passages, next)?;
                    }
                    Click::Send(form) => {
                        let next = Next::form(&form, self.page.url.clone(), self.policy.clone());
                        self.go(passages, next)?;
                    }
                    Click::Tick(ticks) => self.edits.ticks.extend(ticks),
                    Click::Nothing => {}
                },
                Act::WaitFor(until) => {
                    let came = match until {
                        Until::Url(glob) => glob.matches(&self.page.url),
                        Until::Visible(selector) => self.page.has(selector),
                    };
                    // Nothing changes here by itself: what is not there does not come.
                    if !came {
                        let url = self.page.url.to_string();
                        return Err(AgentError::NeverSeen { until: until.clone(), limit: self.limit, url });
                    }
                }
                Act::IfVisible(selector, then) => {
                    if depth < NESTED && self.page.has(selector) {
                        self.acts(passages, then, depth + 1)?;
                    }
                }
                Act::PostForm { action, fields } => {
                    let form = Form {
                        id: None,
                        action: action.clone(),
                        is_post: true,
                        is_multipart: false,
                        fields: fields.clone(),
                        sends_itself: false,
                    };
                    let next = Next::form(&form, self.page.url.clone(), self.policy.clone());
                    self.go(passages, next)?;
                }
            }
        }
        Ok(())
    }

    /// Goes where a request leads, until a page is at rest.
    fn go(&mut self, passages: &mut Vec<Passage>, first: Next) -> Result<(), AgentError> {
        let begin = Instant::now();
        let mut visits: HashMap<String, u32> = HashMap::new();
        let mut redirects = 0;
        let mut next = first;
        for _ in 0..REQUESTS {
            let count = visits.entry(place(&next.url)).or_default();
            *count += 1;
            let goes_round = *count >= 3;
            let left = self.limit.saturating_sub(begin.elapsed());
            let answer = self.send(passages, &next, left)?;
            match next.redirected(&answer) {
                Some(Ok(target)) if !goes_round && redirects < REDIRECTS => {
                    redirects += 1;
                    next = target;
                }
                Some(Ok(_)) => {
                    self.arrive(&next, &answer);
                    self.page.loop_found = true;
                    return Ok(());
                }
                Some(Err(why)) => {
                    self.arrive(&next, &answer);
                    self.page.failure = Some(why.clone());
                    return Err(AgentError::Unreached { url: next.url.to_string(), why });
                }
                None => {
                    redirects = 0;
                    self.arrive(&next, &answer);
                    let Some(target) = self.goes_on(&answer) else { return Ok(()) };
                    if goes_round {
                        self.page.loop_found = true;
                        return Ok(());
                    }
                    next = target;
                }
            }
        }
        self.page.loop_found = true;
        Ok(())
    }

    fn send(
        &mut self,
        passages: &mut Vec<Passage>,
        next: &Next,
        left: Duration,
    ) -> Result<Response, AgentError> {
        let started = self.clock.now();
        let request = next.request(&self.jar, started);
        let unreached = |why: String| AgentError::Unreached { url: next.url.to_string(), why };
        if left.is_zero() {
            return Err(unreached(format!("the page did not come to rest within {:?}", self.limit)));
        }
        let answer = self.transport.send(&request, left);
        let mut passage = Passage { cause: next.cause, started, request, response: None, error: None };
        match answer {
            Ok(answer) => {
                let now = self.clock.now();
                let set = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
                for (_, line) in set {
                    self.jar.set(&next.url, line, now);
                }
                passage.response = Some(answer.clone());
                passages.push(passage);
                Ok(answer)
            }
            Err(error) => {
                let why = match error.kind {
                    TransportErrorKind::TooLarge => format!("the page is too large ({})", error.detail),
                    _ => error.detail.clone(),
                };
                passage.error = Some(error.detail);
                passages.push(passage);
                self.page = Page::new(next.url.clone(), None, String::new());
                self.page.failure = Some(why.clone());
                self.edits = Edits::default();
                Err(unreached(why))
            }
        }
    }

    fn arrive(&mut self, at: &Next, answer: &Response) {
        let kind = answer.header("content-type").unwrap_or("text/html").to_ascii_lowercase();
        let body = &answer.body[..answer.body.len().min(LONGEST_PAGE)];
        let text = String::from_utf8_lossy(body);
        let html = if kind.contains("html") || kind.contains("xml") {
            text.into_owned()
        } else if kind.starts_with("text/") || kind.contains("json") {
            format!("<pre>{}</pre>", text.replace('&', "&amp;").replace('<', "&lt;"))
        } else {
            String::new()
        };
        self.page = Page::new(at.url.clone(), Some(answer.status), html);
        self.policy = answer.header("referrer-policy").map(|policy| policy.trim().to_ascii_lowercase());
        self.edits = Edits::default();
    }

    /// Where a page goes by itself: a form that it sends, an address that it announces.
    fn goes_on(&self, answer: &Response) -> Option<Next> {
        if let Some(form) = self.page.forms().into_iter().find(|form| form.sends_itself) {
            return Some(Next::form(&form, self.page.url.clone(), self.policy.clone()));
        }
        let document = self.page.document();
        let meta = elements(&document, "meta").into_iter().find_map(|meta| {
            let is_refresh = meta.attr("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
            if is_refresh { meta.attr("content").map(str::to_owned) } else { None }
        });
        let refresh = answer.header("refresh").map(str::to_owned).or(meta)?;
        let url = refresh_target(&refresh, &self.page.url)?;
        let mut next = Next::open(url, Some(self.page.url.clone()), self.policy.clone());
        next.cause = Cause::Redirect;
        Some(next)
    }
}

/// `0; url=/next`: where to, if soon. One that only reloads its page is at rest.
fn refresh_target(refresh: &str, page: &Url) -> Option<Url> {
    let (delay, rest) = refresh.split_once([';', ','])?;
    if !delay.trim().parse::<f64>().is_ok_and(|delay| delay <= ANNOUNCED) {
        return None;
    }
    let rest = rest.trim();
    let names_it = rest.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("url"));
    let target = if names_it { rest.get(3..)?.trim_start().strip_prefix('=')?.trim() } else { rest };
    let url = page.join(target.trim_matches(['"', '\''])).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_announces_its_next_address_is_followed_only_if_soon() {
        let page = Url::parse("https://app.test/a").unwrap();
        let to = |refresh: &str| refresh_target(refresh, &page).map(String::from);
        assert_eq!(to("0; url=/b").as_deref(), Some("https://app.test/b"));
        assert_eq!(to("1;URL='c?x=1'").as_deref(), Some("https://app.test/c?x=1"));
        assert_eq!(to("300; url=/b"), None);
        assert_eq!(to("5"), None);
        assert_eq!(to("0; url=javascript:alert(1)"), None);
    }
}
