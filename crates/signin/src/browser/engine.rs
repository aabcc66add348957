//! What all browsers of a run share: the driver, the runtime that speaks to it, their profiles.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use fantoccini::Client;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use url::Url;

use super::driver::{self, Driver};
use crate::error::AgentError;
use crate::settings::AgentSettings;

/// The longest that is waited for browsers to close by themselves.
const CLOSING: Duration = Duration::from_secs(3);

/// One driver and the runtime that speaks to it.
pub(crate) struct Engine {
    pub(crate) settings: Arc<AgentSettings>,
    runtime: Option<Runtime>,
    /// Ours; none where a remote one is used.
    driver: Mutex<Option<Driver>>,
    url: Url,
    profiles: Option<TempDir>,
    opened: AtomicU32,
    closing: Mutex<Vec<JoinHandle<()>>>,
    stopped: AtomicBool,
}

impl Engine {
    /// Starts chromedriver, or only remembers where the remote one is.
    pub(crate) fn start(settings: Arc<AgentSettings>) -> Result<Self, AgentError> {
        let remote = settings.webdriver_url.clone();
        let failed = |driver: &str, why: String| AgentError::DriverStart { driver: driver.to_owned(), why };
        if let Some(url) = remote.as_ref().filter(|url| url.scheme() != "http") {
            return Err(failed(url.as_str(), "a remote driver is spoken to over plain http only".to_owned()));
        }
        let (driver, profiles) = match &remote {
            Some(_) => (None, None),
            None => {
                let program = driver::find(settings.driver.as_deref())?;
                let profiles = tempfile::Builder::new().prefix("oinspect-browsers-").tempdir();
                let profiles = profiles.map_err(|error| failed("a profile", error.to_string()))?;
                (Some(Driver::start(&program)?), Some(profiles))
            }
        };
        let url = match (remote, &driver) {
            (Some(mut url), _) => {
                if !url.path().ends_with('/') {
                    url.set_path(&format!("{}/", url.path()));
                }
                url
            }
            (None, driver) => {
                let port = driver.as_ref().map_or(0, |driver| driver.port);
                Url::parse(&format!("http://127.0.0.1:{port}/")).expect("a port makes a URL")
            }
        };
        let runtime =
            Builder::new_multi_thread().worker_threads(1).thread_name("webdriver").enable_all().build();
        let runtime = runtime.map_err(|error| failed("the runtime that speaks to it", error.to_string()))?;
        Ok(Self {
            settings,
            runtime: Some(runtime),
            driver: Mutex::new(driver),
            url,
            profiles,
            opened: AtomicU32::new(0),
            closing: Mutex::default(),
            stopped: AtomicBool::new(false),
        })
    }

    /// Whether the driver still runs; of a remote one that is not known.
    pub(crate) fn is_alive(&self) -> bool {
        let mut driver = self.driver.lock().unwrap_or_else(PoisonError::into_inner);
        !self.stopped.load(Ordering::Relaxed) && driver.as_mut().is_none_or(Driver::is_alive)
    }

    /// Whether a browser was ever opened.
    pub(crate) fn has_opened(&self) -> bool {
        self.opened.load(Ordering::Relaxed) > 0
    }

    pub(crate) fn count_opened(&self) {
        self.opened.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// A directory for one profile; none where the browser runs elsewhere.
    pub(crate) fn new_profile(&self) -> Result<Option<TempDir>, AgentError> {
        let Some(profiles) = &self.profiles else { return Ok(None) };
        let made = tempfile::Builder::new().prefix("profile-").tempdir_in(profiles.path());
        made.map(Some)
            .map_err(|error| AgentError::NoBrowser { why: format!("no room for a profile: {error}") })
    }

    /// Waits for something asynchronous. Never called from within a runtime.
    pub(crate) fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.as_ref().expect("it lives as long as the engine").block_on(future)
    }

    /// Closes a browser without keeping anybody waiting.
    pub(crate) fn close(&self, client: Client, profile: Option<TempDir>) {
        let Some(runtime) = &self.runtime else { return };
        let mut closing = self.closing.lock().unwrap_or_else(PoisonError::into_inner);
        closing.retain(|task| !task.is_finished());
        closing.push(runtime.spawn(async move {
            let _ = tokio::time::timeout(CLOSING, client.close()).await;
            drop(profile);
        }));
    }

    /// Ends every browser and the driver.
    pub(crate) fn stop(&self) {
        if self.stopped.swap(true, Ordering::Relaxed) {
            return;
        }
        let closing = std::mem::take(&mut *self.closing.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(runtime) = &self.runtime {
            // Not `block_on`: this may be dropped anywhere.
            let (done, wait) = mpsc::channel();
            runtime.spawn(async move {
                for task in closing {
                    let _ = task.await;
                }
                let _ = done.send(());
            });
            let _ = wait.recv_timeout(CLOSING);
        }
        if let Some(mut driver) = self.driver.lock().unwrap_or_else(PoisonError::into_inner).take() {
            driver.end();
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stop();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
