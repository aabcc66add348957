//! One WebDriver session, command by command; every refusal is told in our words.

use std::time::Duration;

use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::Url;

use crate::error::AgentError;

/// The longest that the driver may take for one command.
const COMMAND: Duration = Duration::from_secs(30);

/// A command that the WebDriver standard does not have, or that must not do more than it says.
#[derive(Debug)]
struct Vendor {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (hyper::Method, Option<String>) {
        (hyper::Method::POST, Some(self.body.to_string()))
    }
}

/// A session.
#[derive(Clone)]
pub(crate) struct Tab(pub(crate) Client);

impl Tab {
    /// Goes to an address, without waiting. A page that does not come is no error here.
    pub(crate) async fn go(&self, url: &Url) -> Result<(), AgentError> {
        let asked = self.vendor("open an address", "url", json!({ "url": url.as_str() })).await;
        match asked {
            Err(AgentError::Refused { .. }) | Ok(_) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The new lines of a log.
    pub(crate) async fn log(&self, kind: &str) -> Result<Vec<Value>, AgentError> {
        match self.vendor("read the browser's log", "se/log", json!({ "type": kind })).await? {
            Value::Array(lines) => Ok(lines),
            _ => Ok(Vec::new()),
        }
    }

    /// A command of the DevTools protocol.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value, AgentError> {
        let body = json!({ "cmd": command, "params": parameters });
        self.vendor("speak to the browser's tools", "goog/cdp/execute", body).await
    }

    async fn vendor(&self, doing: &str, path: &'static str, body: Value) -> Result<Value, AgentError> {
        timed(doing, self.0.issue_cmd(Vendor { path, body })).await
    }

    /// Runs a script of ours in the page.
    pub(crate) async fn script(
        &self,
        doing: &str,
        script: &str,
        given: Vec<Value>,
    ) -> Result<Value, AgentError> {
        timed(doing, self.0.execute(script, given)).await
    }

    /// The element that a script handed over.
    pub(crate) fn element(&self, handed: &Value) -> Option<Element> {
        let id = handed.as_object()?.values().next()?.as_str()?;
        Some(Element::from_element_id(self.0.clone(), ElementRef::from(id.to_owned())))
    }

    /// A picture of what one sees.
    pub(crate) async fn picture(&self) -> Result<Vec<u8>, AgentError> {
        timed("take a picture", self.0.screenshot()).await
    }
}

/// Waits for a command, within bounds.
pub(crate) async fn timed<T>(
    doing: &str,
    command: impl Future<Output = Result<T, CmdError>>,
) -> Result<T, AgentError> {
    match tokio::time::timeout(COMMAND, command).await {
        Ok(answer) => answer.map_err(|error| told(doing, &error)),
        Err(_) => Err(AgentError::BrowserDied {
            during: doing.to_owned(),
            why: format!("no answer within {COMMAND:?}"),
        }),
    }
}

fn told(doing: &str, error: &CmdError) -> AgentError {
    let died = |why: String| AgentError::BrowserDied { during: doing.to_owned(), why };
    let refused = |why: String| AgentError::Refused { doing: doing.to_owned(), why };
    match error {
        CmdError::Standard(said) => {
            let why = first_line(&said.message);
            let gone = ["not reachable", "disconnected", "crashed", "window already closed", "not connected"];
            if matches!(said.error, ErrorStatus::InvalidSessionId | ErrorStatus::NoSuchWindow)
                || gone.iter().any(|gone| why.contains(gone))
            {
                return died(why);
            }
            refused(why)
        }
        CmdError::Failed(_) | CmdError::FailedC(_) | CmdError::Lost(_) => {
            died(first_line(&error.to_string()))
        }
        other => refused(first_line(&other.to_string())),
    }
}

/// Drivers put stack traces and their version below.
pub(crate) fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}
