//! What is set about user agents.

use std::path::PathBuf;
use std::time::Duration;

use url::Url;

/// Which user agent to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgentChoice {
    /// A browser where there is one, else the HTTP agent.
    #[default]
    Auto,
    /// A browser, and nothing else.
    WebDriver,
    /// The HTTP agent.
    Http,
}

/// Which user agent it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentKind {
    /// A real browser.
    WebDriver,
    /// Cookies, redirects and forms, no scripts.
    Http,
}

impl AgentKind {
    /// How it is called in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WebDriver => "a browser, driven by WebDriver",
            Self::Http => "the HTTP user agent",
        }
    }
}

/// What is set about user agents.
#[derive(Debug, Clone)]
pub struct AgentSettings {
    /// Which one.
    pub choice: AgentChoice,
    /// A driver that runs already, or a Selenium Grid.
    pub webdriver_url: Option<Url>,
    /// Where chromedriver is; otherwise it is looked for.
    pub driver: Option<PathBuf>,
    /// Where the browser is; otherwise chromedriver looks for it.
    pub browser: Option<PathBuf>,
    /// Whether one can watch.
    pub headed: bool,
    /// SHA-256 of the public keys that need no known authority, in base64.
    pub trusted_keys: Vec<String>,
    /// The longest that is waited for one page to come to rest.
    pub page_timeout: Duration,
    /// Whether pictures are taken.
    pub screenshots: bool,
}

impl Default for AgentSettings {
    fn default() -> Self {
        Self {
            choice: AgentChoice::Auto,
            webdriver_url: None,
            driver: None,
            browser: None,
            headed: false,
            trusted_keys: Vec::new(),
            page_timeout: Duration::from_secs(15),
            screenshots: true,
        }
    }
}
