//! Why a user agent could not do what it was asked. Texts complete "failed to ...".

use std::time::Duration;

use crate::act::Until;
use crate::selector::Selector;

/// What went wrong in the world of a user agent: never a finding about the app by itself.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// No program speaks WebDriver here.
    #[error("find chromedriver ({looked}); install it, or name it with `driver`")]
    DriverMissing {
        /// Where it was looked for.
        looked: String,
    },
    /// It does not run.
    #[error("start {driver}: {why}")]
    DriverStart {
        /// The program.
        driver: String,
        /// What it said or did.
        why: String,
    },
    /// It opens no browser.
    #[error("open a browser: {why}")]
    NoBrowser {
        /// What the driver said.
        why: String,
    },
    /// The browser or its driver is gone.
    #[error("go on with the browser: it or its driver ended when asked to {during} ({why})")]
    BrowserDied {
        /// What was going on.
        during: String,
        /// What was noticed.
        why: String,
    },
    /// The driver refuses a command.
    #[error("{doing}: {why}")]
    Refused {
        /// What was asked.
        doing: String,
        /// What the driver said.
        why: String,
    },
    /// Nothing to fill or click there.
    #[error("{doing} `{selector}`: {why} at {url}")]
    NoElement {
        /// "click" or "fill".
        doing: &'static str,
        /// The place.
        selector: Selector,
        /// The page.
        url: String,
        /// Why not.
        why: String,
    },
    /// It did not come.
    #[error("see {until} within {limit:?}; the page is {url}")]
    NeverSeen {
        /// What was waited for.
        until: Until,
        /// For how long.
        limit: Duration,
        /// The page.
        url: String,
    },
    /// The page itself did not come.
    #[error("reach {url}: {why}")]
    Unreached {
        /// The address.
        url: String,
        /// In plain words, the browser's own code after them.
        why: String,
    },
    /// Only a script could do it.
    #[error("click `{selector}` at {url}: it needs JavaScript, which the HTTP user agent does not run")]
    NeedsScript {
        /// The place.
        selector: Selector,
        /// The page.
        url: String,
    },
}
