//! What every request has at hand.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::api::Window;
use crate::clock::Clock;
use crate::identity::Identity;
use crate::oidc::Provider;
use crate::settings::{Settings, SignInSettings};
use crate::store::{Event, Store};

/// The org, as handlers share it.
pub(crate) type Shared = Arc<Org>;

/// The org: who it is, where it is, what it remembers.
#[derive(Debug)]
pub(crate) struct Org {
    pub(crate) identity: Identity,
    /// The org's address, and its issuer, without a slash at the end.
    pub(crate) base_url: String,
    pub(crate) clock: Clock,
    pub(crate) sign_in: SignInSettings,
    pub(crate) logout_channels: bool,
    pub(crate) calls_a_minute: u32,
    pub(crate) window: Window,
    pub(crate) saml_outbox: oinspect_saml::Outbox,
    pub(crate) provider: Provider,
    store: Mutex<Store>,
}

impl Org {
    /// An org at this address that remembers nothing yet.
    pub(crate) fn new(settings: &Settings, base_url: String) -> Self {
        let now = settings.clock.now();
        Self {
            identity: settings.identity.clone(),
            base_url,
            clock: settings.clock.clone(),
            sign_in: settings.sign_in,
            logout_channels: settings.logout_channels,
            calls_a_minute: settings.calls_a_minute,
            window: Window::default(),
            saml_outbox: settings.saml.clone(),
            provider: Provider::new(&settings.identity, settings.oidc.clone()),
            store: Mutex::new(Store::new(settings.identity.clone(), settings.seed, now)),
        }
    }

    /// What the org remembers, for as long as the guard lives: never across an `await`.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The address of a path, which begins with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// Whether browsers reach the org over https.
    pub(crate) fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Writes an event into the system log.
    pub(crate) fn record(&self, event: Event) {
        let now = self.now();
        self.store().log(event, now);
    }

    /// Whether the user may use the app.
    pub(crate) fn is_assigned(&self, user_id: &str, app_id: &str) -> bool {
        self.store().is_assigned(user_id, app_id)
    }
}
