//! The browser as a user agent: acts one after another, and tells what happened.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fantoccini::ClientBuilder;
use fantoccini::elements::Element;
use fantoccini::error::NewSessionError;
use hyper_util::client::legacy::connect::HttpConnector;
use oinspect_core::{Arrived, Clock, Visit};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use super::capabilities::capabilities;
use super::cookies;
use super::engine::Engine;
use super::network::Network;
use super::stillness::{self, LOOK, Rest};
use super::tab::{Tab, first_line, timed};
use crate::act::{Act, Until};
use crate::agent::CookieSeen;
use crate::error::AgentError;
use crate::page::Page;
use crate::selector::Selector;

/// The longest that a new browser may take.
const OPEN: Duration = Duration::from_mins(1);
/// The longest that something to fill or click is waited for, on a page that has come to rest.
const APPEAR: Duration = Duration::from_secs(3);
/// How many lines of the console are kept.
const CONSOLE: usize = 20;
/// How deep conditional acts may be nested.
const NESTED: u8 = 8;

/// A browser with a profile of its own.
pub(crate) struct Browser {
    engine: Arc<Engine>,
    tab: Tab,
    profile: Option<TempDir>,
    name: String,
    clock: Clock,
    page: Page,
}

impl Browser {
    /// Opens one.
    pub(crate) fn open(engine: &Arc<Engine>, clock: Clock) -> Result<Self, AgentError> {
        let profile = engine.new_profile()?;
        let wanted = capabilities(&engine.settings, profile.as_ref().map(TempDir::path));
        let opened = engine.block_on(async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(wanted);
            tokio::time::timeout(OPEN, builder.connect(engine.url().as_str())).await
        });
        let client = match opened {
            Ok(Ok(client)) => client,
            Ok(Err(error)) => return Err(not_opened(&error)),
            Err(_) => return Err(AgentError::NoBrowser { why: format!("no answer within {OPEN:?}") }),
        };
        engine.count_opened();
        let told = |name: &str| {
            client.capabilities().and_then(|told| told.get(name)).and_then(Value::as_str).unwrap_or_default()
        };
        let major = told("browserVersion").split('.').next().unwrap_or_default().to_owned();
        let name = match told("browserName") {
            "chrome" | "chromium" | "chrome-headless-shell" => "Chromium",
            other => other,
        };
        let name = format!("{name} {major}");
        Ok(Self { engine: Arc::clone(engine), tab: Tab(client), profile, name, clock, page: Page::blank() })
    }

    pub(crate) fn page(&self) -> &Page {
        &self.page
    }

    #[expect(clippy::result_large_err, reason = "a visit that failed is evidence like any other")]
    pub(crate) fn perform(
        &mut self,
        title: &str,
        acts: &[Act],
    ) -> Result<(Visit, Page), (Visit, AgentError)> {
        let engine = Arc::clone(&self.engine);
        let started = self.clock.now();
        let begin = Instant::now();
        let was_stopped = std::mem::take(&mut self.page.loop_found);
        let mut run = Run {
            tab: &self.tab,
            network: Network::default(),
            limit: engine.settings.page_timeout,
            owes_rest: None,
            last: None,
        };
        let done = engine.block_on(async {
            if was_stopped {
                stillness::let_scripts_run(run.tab).await?;
            }
            // What the last visit left in the log belongs to nobody.
            stillness::follow(run.tab, &mut Network::default()).await?;
            run.acts(acts, 0).await?;
            run.finish().await
        });
        let mut visit = Visit {
            title: title.to_owned(),
            agent: self.name.clone(),
            started,
            elapsed: Duration::ZERO,
            passages: Vec::new(),
            arrived: None,
            screenshot: None,
            console: Vec::new(),
            error: None,
        };
        // Also of what failed, everything is told that can be.
        let (page, error) = match done {
            Ok(page) => (Some(page), None),
            Err(error @ AgentError::BrowserDied { .. }) => (None, Some(error)),
            Err(error) => (engine.block_on(run.finish()).ok(), Some(error)),
        };
        if page.is_some() {
            // A page that cannot be stopped cannot be pictured either: the driver would wait for it.
            let can_be_pictured = page.as_ref().is_some_and(|page| page.still || !page.loop_found);
            engine.block_on(run.gather(&mut visit, engine.settings.screenshots && can_be_pictured));
        }
        visit.passages = run.network.passages();
        visit.elapsed = begin.elapsed();
        if let Some(page) = page {
            visit.arrived =
                Some(Arrived { url: page.url.to_string(), title: page.title.clone(), status: page.status });
            self.page = page;
        }
        let error = error.or_else(|| {
            let failure = self.page.failure.clone().filter(|_| !self.page.loop_found)?;
            Some(AgentError::Unreached { url: self.page.url.to_string(), why: failure })
        });
        match error {
            Some(error) => {
                visit.error = Some(error.to_string());
                Err((visit, error))
            }
            None => Ok((visit, self.page.clone())),
        }
    }

    pub(crate) fn cookies(&self, of: &Url) -> Result<Vec<CookieSeen>, AgentError> {
        self.engine.block_on(cookies::seen(&self.tab, of))
    }

    pub(crate) fn drop_cookies(&mut self, of: &Url) -> Result<(), AgentError> {
        self.engine.block_on(cookies::forget(&self.tab, of))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.engine.close(self.tab.0.clone(), self.profile.take());
    }
}

/// The acts of one visit.
struct Run<'a> {
    tab: &'a Tab,
    network: Network,
    limit: Duration,
    /// An act was done whose page has not come to rest; whether it must lead somewhere.
    owes_rest: Option<bool>,
    last: Option<Rest>,
}

impl Run<'_> {
    async fn acts(&mut self, acts: &[Act], depth: u8) -> Result<(), AgentError> {
        for act in acts {
            if !matches!(act, Act::WaitFor(_)) {
                self.rest().await?;
            }
            match act {
                Act::Open(url) => {
                    self.network.act();
                    self.tab.go(url).await?;
                    self.owes_rest = Some(true);
                }
                Act::Fill { field, text } => {
                    let (element, is_empty) = self.find("fill", field).await?;
                    self.network.act();
                    if !is_empty {
                        timed("empty a field", element.clear()).await.or_else(forgive)?;
                    }
                    timed("fill a field", element.send_keys(text))
                        .await
                        .map_err(|error| self.at(error, "fill", field))?;
                }
                Act::Click(selector) => {
                    let (element, _) = self.find("click", selector).await?;
                    self.network.act();
                    timed("click", element.click())
                        .await
                        .map_err(|error| self.at(error, "click", selector))?;
                    self.owes_rest = Some(false);
                }
                Act::WaitFor(until) => self.wait(until).await?,
                Act::IfVisible(selector, then) => {
                    if self.sees(selector).await? && depth < NESTED {
                        Box::pin(self.acts(then, depth + 1)).await?;
                    }
                }
                Act::PostForm { action, fields } => {
                    self.network.act();
                    let given = vec![json!(action.as_str()), json!(fields)];
                    self.tab.script("post a form", include_str!("scripts/post.js"), given).await?;
                    self.owes_rest = Some(true);
                }
            }
        }
        Ok(())
    }

    /// Comes to rest, if anything was done since it last did.
    async fn rest(&mut self) -> Result<(), AgentError> {
        if let Some(expects_move) = self.owes_rest.take() {
            let rest = stillness::rest(self.tab, &mut self.network, expects_move, self.limit).await?;
            self.last = Some(rest);
        }
        Ok(())
    }

    fn here(&self) -> String {
        self.last.as_ref().map(|rest| rest.url.clone()).unwrap_or_default()
    }

    fn at(&self, error: AgentError, doing: &'static str, selector: &Selector) -> AgentError {
        match error {
            AgentError::Refused { why, .. } => {
                AgentError::NoElement { doing, selector: selector.clone(), url: self.here(), why }
            }
            other => other,
        }
    }

    async fn sees(&self, selector: &Selector) -> Result<bool, AgentError> {
        Ok(self.try_find(selector, false).await?.is_some())
    }

    /// The element, and whether it is an empty field.
    async fn try_find(
        &self,
        selector: &Selector,
        clicks: bool,
    ) -> Result<Option<(Element, bool)>, AgentError> {
        let given = match selector.words() {
            Some(words) => vec![Value::Null, json!(words), json!(clicks)],
            None => vec![json!(selector.0), Value::Null, json!(clicks)],
        };
        let found = self.tab.script("look for an element", include_str!("scripts/find.js"), given).await;
        match found {
            Ok(found) => {
                let is_empty = found.get(1).and_then(Value::as_bool).unwrap_or(false);
                Ok(found.get(0).and_then(|one| self.tab.element(one)).map(|element| (element, is_empty)))
            }
            Err(AgentError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn find(
        &mut self,
        doing: &'static str,
        selector: &Selector,
    ) -> Result<(Element, bool), AgentError> {
        let begin = Instant::now();
        loop {
            if let Some(found) = self.try_find(selector, doing == "click").await? {
                return Ok(found);
            }
            if begin.elapsed() >= APPEAR.min(self.limit) {
                let url = stillness::look(self.tab).await?.map(|look| look.url).unwrap_or_default();
                let why = "nothing of the kind is to be seen".to_owned();
                return Err(AgentError::NoElement { doing, selector: selector.clone(), url, why });
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn wait(&mut self, until: &Until) -> Result<(), AgentError> {
        let begin = Instant::now();
        loop {
            stillness::follow(self.tab, &mut self.network).await?;
            let url = stillness::look(self.tab).await?.map(|look| look.url).unwrap_or_default();
            let came = match until {
                Until::Url(glob) => Url::parse(&url).is_ok_and(|url| glob.matches(&url)),
                Until::Visible(selector) => self.sees(selector).await?,
            };
            if came {
                self.owes_rest.get_or_insert(false);
                return Ok(());
            }
            if begin.elapsed() >= self.limit {
                return Err(AgentError::NeverSeen { until: until.clone(), limit: self.limit, url });
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Comes to rest for the last time and reads the page.
    async fn finish(&mut self) -> Result<Page, AgentError> {
        self.owes_rest.get_or_insert(false);
        self.rest().await?;
        let read = self.tab.script("read the page", include_str!("scripts/read.js"), Vec::new()).await;
        let read = match read {
            Ok(read) => read,
            Err(AgentError::Refused { .. }) => Value::Null,
            Err(error) => return Err(error),
        };
        let shown = read.get(0).and_then(Value::as_str).unwrap_or_default();
        let html = read.get(1).and_then(Value::as_str).unwrap_or_default().to_owned();
        let arrival = self.network.arrival();
        let status = arrival.as_ref().and_then(|(_, came)| came.clone().ok());
        let rest = self.last.as_ref();
        let goes_round = rest.is_some_and(|rest| rest.goes_round);
        // The browser's own error page: what it stands for is the address that did not come.
        let mut page = match (shown.starts_with("chrome-error:"), arrival) {
            (true, Some((url, came))) => {
                let url = Url::parse(&url).unwrap_or_else(|_| Page::blank().url);
                let mut page = Page::new(url, status, String::new());
                page.failure = came.err();
                page
            }
            (_, arrival) => {
                let url = Url::parse(shown).unwrap_or_else(|_| Page::blank().url);
                let mut page = Page::new(url, status, html);
                let cut_off = arrival.and_then(|(_, came)| came.err());
                page.failure = cut_off.filter(|_| rest.is_some_and(|rest| !rest.is_still));
                page
            }
        };
        page.loop_found = goes_round;
        page.still = rest.is_none_or(|rest| rest.is_still);
        Ok(page)
    }

    /// What else a reader wants to see. What cannot be had is left out.
    async fn gather(&mut self, visit: &mut Visit, screenshots: bool) {
        for request in self.network.bodies_elsewhere() {
            let asked =
                self.tab.devtools("Network.getRequestPostData", json!({ "requestId": request })).await;
            if let Some(body) =
                asked.ok().as_ref().and_then(|said| said.get("postData")).and_then(Value::as_str)
            {
                self.network.body_came(&request, body);
            }
        }
        if screenshots {
            visit.screenshot = self.tab.picture().await.ok();
        }
        let lines = self.tab.log("browser").await.unwrap_or_default();
        let errors = lines.iter().filter(|line| text(line, "level") == "SEVERE");
        let errors = errors.map(|line| text(line, "message")).filter(|line| !line.contains("/favicon.ico"));
        visit.console = errors.take(CONSOLE).map(|line| line.chars().take(500).collect()).collect();
    }
}

/// A field that cannot be emptied can often be filled: a date, a choice.
fn forgive(error: AgentError) -> Result<(), AgentError> {
    match error {
        AgentError::Refused { .. } => Ok(()),
        other => Err(other),
    }
}

fn not_opened(error: &NewSessionError) -> AgentError {
    let why = match error {
        NewSessionError::SessionNotCreated(said) => first_line(&said.message),
        NewSessionError::NotW3C(Value::Object(said)) => first_line(
            said.get("message").and_then(Value::as_str).unwrap_or("an answer that is no WebDriver"),
        ),
        NewSessionError::Failed(_) | NewSessionError::FailedC(_) | NewSessionError::Lost(_) => {
            let why = first_line(&error.to_string());
            return AgentError::BrowserDied { during: "open a browser".to_owned(), why };
        }
        other => first_line(&other.to_string()),
    };
    AgentError::NoBrowser { why }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
