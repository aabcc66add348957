//! One user agent with a clean profile: a browser, or the HTTP agent.

use oinspect_core::{Passage, Visit};
use url::Url;

use crate::act::Act;
use crate::browser::Browser;
use crate::error::AgentError;
use crate::http::HttpAgent;
use crate::page::Page;
use crate::settings::AgentKind;

/// A user agent with a profile of its own. Dropping it ends its browser.
pub struct Agent {
    inner: Inner,
    /// What was sent since somebody last asked.
    trail: Vec<Passage>,
}

enum Inner {
    Browser(Box<Browser>),
    Http(Box<HttpAgent>),
}

/// A cookie of a profile, without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CookieSeen {
    /// Its name.
    pub name: String,
    /// SHA-256 of its value, shortened: enough to see whether it changed.
    pub value_hash: String,
    /// The host or domain that it is sent to.
    pub domain: String,
    /// The path that it is sent to.
    pub path: String,
    /// Whether it ends with the browser.
    pub is_session: bool,
    /// `Lax`, `Strict`, `None`; absent where the app said nothing.
    pub same_site: Option<String>,
    /// Whether scripts cannot read it.
    pub http_only: bool,
    /// Whether it is for secure connections only.
    pub secure: bool,
}

impl Agent {
    pub(crate) fn browser(browser: Browser) -> Self {
        Self { inner: Inner::Browser(Box::new(browser)), trail: Vec::new() }
    }

    pub(crate) fn http(agent: HttpAgent) -> Self {
        Self { inner: Inner::Http(Box::new(agent)), trail: Vec::new() }
    }

    /// Which one it is.
    pub fn kind(&self) -> AgentKind {
        match &self.inner {
            Inner::Browser(_) => AgentKind::WebDriver,
            Inner::Http(_) => AgentKind::Http,
        }
    }

    /// Does one thing after another, waiting after each for the page to come to rest.
    ///
    /// # Errors
    /// The visit until then, and what could not be done.
    #[expect(clippy::result_large_err, reason = "a visit that failed is evidence like any other")]
    pub fn perform(&mut self, title: &str, acts: &[Act]) -> Result<(Visit, Page), (Visit, AgentError)> {
        let came = match &mut self.inner {
            Inner::Browser(browser) => browser.perform(title, acts),
            Inner::Http(agent) => agent.perform(title, acts),
        };
        let visit = match &came {
            Ok((visit, _)) | Err((visit, _)) => visit,
        };
        self.trail.extend(visit.passages.iter().cloned());
        came
    }

    /// What was sent since this was last asked, whoever asked the agent to act.
    pub fn take_trail(&mut self) -> Vec<Passage> {
        std::mem::take(&mut self.trail)
    }

    /// The page at which it stands.
    pub fn page(&self) -> &Page {
        match &self.inner {
            Inner::Browser(browser) => browser.page(),
            Inner::Http(agent) => agent.page(),
        }
    }

    /// Forgets every cookie that would be sent to this host, and what its scripts have stored.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub fn drop_cookies(&mut self, of: &Url) -> Result<(), AgentError> {
        match &mut self.inner {
            Inner::Browser(browser) => browser.drop_cookies(of),
            Inner::Http(agent) => {
                agent.drop_cookies(of);
                Ok(())
            }
        }
    }

    /// The cookies that would be sent to this host, whatever the path.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub fn cookies(&self, of: &Url) -> Result<Vec<CookieSeen>, AgentError> {
        match &self.inner {
            Inner::Browser(browser) => browser.cookies(of),
            Inner::Http(agent) => Ok(agent.cookies(of)),
        }
    }
}
