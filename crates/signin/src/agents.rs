//! The user agents of a run: decides which kind there is, and hands out clean ones.

use std::sync::{Arc, Mutex, PoisonError};

use oinspect_core::{Clock, Transport};

use crate::agent::Agent;
use crate::browser::{Browser, Engine};
use crate::error::AgentError;
use crate::http::HttpAgent;
use crate::settings::{AgentChoice, AgentKind, AgentSettings};

/// The user agents of one run. Dropping this ends the driver and every browser.
pub struct Agents {
    settings: Arc<AgentSettings>,
    transport: Arc<dyn Transport>,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    engine: Option<Arc<Engine>>,
    /// Why there is no browser, where that was found out and may be lived with.
    fallback: Option<String>,
}

impl Agents {
    /// Starts nothing yet. The transport carries the requests of the HTTP agent.
    pub fn new(settings: AgentSettings, transport: Arc<dyn Transport>, clock: Clock) -> Self {
        Self { settings: Arc::new(settings), transport, clock, state: Mutex::default() }
    }

    /// Which kind [`Agents::fresh`] hands out. Starts the driver to know.
    ///
    /// # Errors
    /// Where a browser is wanted and there is none.
    pub fn kind(&self) -> Result<AgentKind, AgentError> {
        Ok(match self.engine()? {
            Some(_) => AgentKind::WebDriver,
            None => AgentKind::Http,
        })
    }

    /// Why the HTTP agent is used although a browser would have been better.
    pub fn explanation(&self) -> Option<String> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let why = state.fallback.as_ref()?;
        Some(format!("{why}: the HTTP user agent is used; it runs no JavaScript"))
    }

    /// A user agent with a clean profile. A driver that died is started again.
    ///
    /// # Errors
    /// Where a browser is wanted and cannot be had.
    pub fn fresh(&self) -> Result<Agent, AgentError> {
        let Some(engine) = self.engine()? else { return Ok(self.fresh_http()) };
        match Browser::open(&engine, self.clock) {
            Err(AgentError::BrowserDied { .. }) => {
                self.give_up(&engine);
                match self.engine()? {
                    Some(engine) => Browser::open(&engine, self.clock).map(Agent::browser),
                    None => Ok(self.fresh_http()),
                }
            }
            // The first browser tells whether there are any.
            Err(AgentError::NoBrowser { why }) if self.may_fall_back(&engine) => {
                let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
                state.engine = None;
                state.fallback = Some(format!("the browser could not be opened ({why})"));
                drop(state);
                Ok(self.fresh_http())
            }
            opened => opened.map(Agent::browser),
        }
    }

    /// An HTTP agent with a clean profile, whatever else there is.
    pub fn fresh_http(&self) -> Agent {
        Agent::http(HttpAgent::new(Arc::clone(&self.transport), self.clock, self.settings.page_timeout))
    }

    fn may_fall_back(&self, engine: &Engine) -> bool {
        self.may_do_without() && !engine.has_opened()
    }

    /// Whether the HTTP agent may stand in: nobody asked for a browser, and nobody named one.
    fn may_do_without(&self) -> bool {
        self.settings.choice == AgentChoice::Auto && self.settings.webdriver_url.is_none()
    }

    /// Another driver is started for the next browser. The browsers of this one are ended if it is dead;
    /// if it only failed, those in use may go on.
    fn give_up(&self, engine: &Arc<Engine>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        engine.is_alive();
        if state.engine.as_ref().is_some_and(|current| Arc::ptr_eq(current, engine)) {
            state.engine = None;
        }
    }

    /// The running driver, started if need be; none where the HTTP agent is to be used.
    fn engine(&self) -> Result<Option<Arc<Engine>>, AgentError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if self.settings.choice == AgentChoice::Http || state.fallback.is_some() {
            return Ok(None);
        }
        if let Some(engine) = state.engine.as_ref().filter(|engine| engine.is_alive()) {
            return Ok(Some(Arc::clone(engine)));
        }
        let started = Engine::start(Arc::clone(&self.settings));
        match started {
            Ok(engine) => Ok(Some(Arc::clone(state.engine.insert(Arc::new(engine))))),
            Err(AgentError::DriverMissing { looked }) if self.may_do_without() => {
                state.fallback = Some(format!("no chromedriver was found ({looked})"));
                Ok(None)
            }
            Err(AgentError::DriverStart { driver, why }) if self.may_do_without() => {
                state.fallback = Some(format!("{driver} does not run ({why})"));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

impl Drop for Agents {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = state.engine.take() {
            engine.stop();
        }
    }
}
