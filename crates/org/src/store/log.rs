//! The system log.

use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{Group, Instance, Store, User};

/// Something that happened, as whoever did it describes it.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// Such as `user.session.start`.
    pub(crate) kind: &'static str,
    /// Who did it.
    pub(crate) actor: Party,
    /// Whether it worked.
    pub(crate) outcome: Outcome,
    /// Whom and what it concerns.
    pub(crate) targets: Vec<Party>,
    /// `debugContext.debugData`.
    pub(crate) debug: Map<String, Value>,
    /// The public name of the session that it happened in.
    pub(crate) session: Option<String>,
}

/// An event with its place in the log.
#[derive(Debug, Clone)]
pub(crate) struct LogEvent {
    /// Its place in the log.
    pub(crate) serial: u64,
    pub(crate) uuid: String,
    pub(crate) published: Timestamp,
    pub(crate) event: Event,
}

/// Whether something worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Success,
    /// With Okta's word for why, such as `INVALID_CREDENTIALS`.
    Failure(String),
}

/// Somebody or something that an event names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Party {
    pub(crate) id: String,
    /// `User`, `AppInstance`, `AppUser`, `UserGroup`, `PublicClientApp`, `SystemPrincipal`...
    pub(crate) kind: &'static str,
    pub(crate) alternate_id: String,
    pub(crate) display_name: String,
}

impl Party {
    /// A user.
    pub(crate) fn user(user: &User) -> Self {
        Self {
            id: user.id.clone(),
            kind: "User",
            alternate_id: user.login().to_owned(),
            display_name: user.full_name(),
        }
    }

    /// An app.
    pub(crate) fn app(app: &Instance) -> Self {
        Self {
            id: app.ids.app_id.clone(),
            kind: "AppInstance",
            alternate_id: app.app.label.clone(),
            display_name: app.app.label.clone(),
        }
    }

    /// A user as an app knows it.
    pub(crate) fn app_user(id: &str, user_name: &str, user: &User) -> Self {
        Self {
            id: id.to_owned(),
            kind: "AppUser",
            alternate_id: user_name.to_owned(),
            display_name: user.full_name(),
        }
    }

    /// A group.
    pub(crate) fn group(group: &Group) -> Self {
        Self {
            id: group.id.clone(),
            kind: "UserGroup",
            alternate_id: "unknown".to_owned(),
            display_name: group.name.clone(),
        }
    }

    /// An app that acts: an OAuth client.
    pub(crate) fn client(app: &Instance) -> Self {
        Self {
            id: app.ids.client_id.clone(),
            kind: "PublicClientApp",
            alternate_id: app.ids.client_id.clone(),
            display_name: app.app.label.clone(),
        }
    }

    /// Whoever holds the API token.
    pub(crate) fn administrator() -> Self {
        Self {
            id: "00uadministrator0000".to_owned(),
            kind: "User",
            alternate_id: "admin@oinspect.test".to_owned(),
            display_name: "Org administrator".to_owned(),
        }
    }

    /// Somebody of whom only the name that was typed is known.
    pub(crate) fn unknown(login: &str) -> Self {
        Self {
            id: "unknown".to_owned(),
            kind: "User",
            alternate_id: login.to_owned(),
            display_name: "unknown".to_owned(),
        }
    }
}

impl Event {
    /// Something that worked.
    pub(crate) fn of(kind: &'static str, actor: Party, targets: Vec<Party>) -> Self {
        Self { kind, actor, outcome: Outcome::Success, targets, debug: Map::new(), session: None }
    }

    /// The same, failed for this reason.
    pub(crate) fn failed(self, reason: &str) -> Self {
        Self { outcome: Outcome::Failure(reason.to_owned()), ..self }
    }

    /// The same, with something in its debug data.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.debug.insert(name.to_owned(), value.into());
        self
    }

    /// The same, within a session.
    pub(crate) fn in_session(self, id: &str) -> Self {
        Self { session: Some(id.to_owned()), ..self }
    }
}

impl Store {
    /// Writes an event into the log.
    pub(crate) fn log(&mut self, event: Event, now: Timestamp) {
        let serial = self.next_serial();
        let uuid = uuid(&self.new_id("evt", event.kind));
        self.events.push(LogEvent { serial, uuid, published: now, event });
    }
}

/// The form of a UUID for something that follows from an id.
fn uuid(id: &str) -> String {
    let number =
        Sha256::digest(id).iter().take(16).fold(0u128, |number, byte| (number << 8) | u128::from(*byte));
    let hex = format!("{number:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-11f0-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 29))
}
