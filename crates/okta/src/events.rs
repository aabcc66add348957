//! The org's System Log: what it saw of a flow.

use std::collections::BTreeMap;

use jiff::Timestamp;
use oinspect_core::{Cx, Finding};
use serde_json::Value;

use crate::api::{escaped, moment, text};
use crate::org::Org;

/// One line of the System Log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// `user.authentication.sso`, `app.oauth2.token.grant.id_token`...
    pub event_type: String,
    /// SUCCESS, FAILURE...
    pub outcome: String,
    /// Why, where it failed.
    pub reason: Option<String>,
    /// When.
    pub published: Timestamp,
    /// The id of who did it.
    pub actor: String,
    /// The ids of what it was done to: users, apps.
    pub targets: Vec<String>,
    /// What the org adds for those who look for causes.
    pub debug: BTreeMap<String, String>,
}

impl LogEvent {
    fn read(value: &Value) -> Self {
        let part = |name: &str| value.get(name).unwrap_or(&Value::Null);
        let outcome = part("outcome");
        let targets = part("target").as_array().map(Vec::as_slice).unwrap_or_default();
        let debug = part("debugContext").get("debugData").and_then(Value::as_object);
        let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Self {
            event_type: text(value, "eventType"),
            outcome: text(outcome, "result"),
            reason: outcome.get("reason").and_then(Value::as_str).map(str::to_owned),
            published: moment(value, "published"),
            actor: text(part("actor"), "id"),
            targets: targets.iter().map(|target| text(target, "id")).collect(),
            debug: debug
                .into_iter()
                .flatten()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.clone(), said(value)))
                .collect(),
        }
    }
}

impl Org {
    /// What happened since a moment, oldest first; the filter is one of the org's own:
    /// `eventType eq "user.authentication.sso" and target.id eq "0oa..."`. Real orgs write their log
    /// with a delay of seconds to minutes.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn events(
        &self,
        cx: &mut Cx,
        since: Timestamp,
        filter: Option<&str>,
    ) -> Result<Vec<LogEvent>, Finding> {
        let filter = filter.map(|filter| format!("&filter={}", escaped(filter))).unwrap_or_default();
        let since = escaped(&format!("{since:.3}"));
        let path = format!("/api/v1/logs?since={since}{filter}&limit=200&sortOrder=ASCENDING");
        Ok(self.list(cx, &path)?.iter().map(LogEvent::read).collect())
    }
}
