//! Waiting for a page to come to rest: network, address and document.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::network::Network;
use super::tab::Tab;
use crate::error::AgentError;

/// Between two looks.
pub(crate) const LOOK: Duration = Duration::from_millis(20);
/// How long nothing may change for a page to be at rest.
const QUIET: Duration = Duration::from_millis(80);
/// How long is waited for a navigation that was asked for to begin.
const START: Duration = Duration::from_millis(1500);
/// A document that is readable, but still loads a picture, is waited for no longer than this.
const PICTURES: Duration = Duration::from_secs(3);

/// How long a page that goes round in circles may take to stop.
const STOPPING: Duration = Duration::from_secs(1);

/// How the wait ended.
pub(crate) struct Rest {
    /// Whether it came to rest in time.
    pub(crate) is_still: bool,
    /// Whether it goes round in circles; it was stopped then.
    pub(crate) goes_round: bool,
    /// Where it is.
    pub(crate) url: String,
}

/// How a page is at one moment.
#[derive(PartialEq, Eq, Clone)]
pub(crate) struct Look {
    is_loaded: bool,
    is_readable: bool,
    pub(crate) url: String,
    number: i64,
}

/// Reads the performance log; says whether anything happened.
pub(crate) async fn follow(tab: &Tab, network: &mut Network) -> Result<bool, AgentError> {
    let mut happened = false;
    for line in tab.log("performance").await? {
        let Some(message) = line.get("message").and_then(Value::as_str) else { continue };
        let Ok(event) = serde_json::from_str::<Value>(message) else { continue };
        let Some(event) = event.get("message") else { continue };
        let method = event.get("method").and_then(Value::as_str).unwrap_or_default();
        happened |= network.take(method, event.get("params").unwrap_or(&Value::Null));
    }
    Ok(happened)
}

/// How the page is now; nothing while it is between two documents.
pub(crate) async fn look(tab: &Tab) -> Result<Option<Look>, AgentError> {
    let seen = match tab.script("look at the page", include_str!("scripts/look.js"), Vec::new()).await {
        Ok(seen) => seen,
        // Between two documents there is nothing to run in.
        Err(AgentError::Refused { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let state = seen.get(0).and_then(Value::as_str).unwrap_or_default();
    Ok(Some(Look {
        is_loaded: state == "complete",
        is_readable: state == "complete" || state == "interactive",
        url: seen.get(1).and_then(Value::as_str).unwrap_or_default().to_owned(),
        number: seen.get(2).and_then(Value::as_i64).unwrap_or_default(),
    }))
}

/// Stops a page that keeps sending itself elsewhere. To stop loading would not do: a picture of such
/// a page never comes, and the driver waits for it.
async fn stop_scripts(tab: &Tab) -> Result<(), AgentError> {
    tab.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await.map(|_| ())
}

/// Undoes that for the next visit.
pub(crate) async fn let_scripts_run(tab: &Tab) -> Result<(), AgentError> {
    tab.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await.map(|_| ())
}

/// Waits until nothing is under way and nothing has changed for a moment, at most `limit`.
pub(crate) async fn rest(
    tab: &Tab,
    network: &mut Network,
    expects_move: bool,
    limit: Duration,
) -> Result<Rest, AgentError> {
    let begin = Instant::now();
    let mut quiet_since = begin;
    let mut last: Option<Look> = None;
    let mut stopped: Option<Instant> = None;
    loop {
        let happened = follow(tab, network).await?;
        if stopped.is_none() && network.goes_round() {
            stop_scripts(tab).await?;
            stopped = Some(Instant::now());
        }
        let awaited = expects_move && !network.has_moved() && begin.elapsed() < START;
        let is_over = begin.elapsed() >= limit || stopped.is_some_and(|at| at.elapsed() >= STOPPING);
        // While something is under way a look at the page says nothing, and keeps it from loading.
        let is_busy = happened || awaited || network.is_pending();
        let now = if is_busy && !is_over { None } else { look(tab).await? };
        let loaded = now
            .as_ref()
            .is_some_and(|look| look.is_loaded || (look.is_readable && quiet_since.elapsed() > PICTURES));
        let is_same = now.is_some() && now == last;
        let waits_for_pictures = now.as_ref().is_some_and(|look| !look.is_loaded && look.is_readable);
        if is_busy || !is_same {
            quiet_since = Instant::now();
        } else if loaded
            && quiet_since.elapsed() >= QUIET
            && !(waits_for_pictures && quiet_since.elapsed() < PICTURES)
        {
            let url = now.map(|look| look.url).unwrap_or_default();
            return Ok(Rest { is_still: true, goes_round: stopped.is_some(), url });
        }
        if now.is_some() {
            last = now;
        }
        if is_over {
            let url = last.map(|look| look.url).unwrap_or_default();
            return Ok(Rest { is_still: false, goes_round: stopped.is_some(), url });
        }
        // On a loaded page the next look comes when it can be the last.
        let until_quiet = QUIET.saturating_sub(quiet_since.elapsed());
        let pause = if is_busy || !loaded { LOOK } else { until_quiet.max(LOOK) };
        tokio::time::sleep(pause).await;
    }
}
