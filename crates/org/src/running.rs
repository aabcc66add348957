//! Starting and stopping the org.

mod serve;

use std::net::SocketAddr;
use std::thread::{self, JoinHandle};

use serde_json::{Value, json};
use thiserror::Error;
use tokio::sync::oneshot;
use url::Url;

use crate::app::{App, SignOn};
use crate::settings::Settings;
use crate::setup::Setup;
use crate::state::Shared;

/// Why the org could not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("listen on {address}")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The base URL cannot be an org's address: it is http or https, with a host and no path.
    #[error("use {url} as the org's base URL: it must be http(s)://host[:port], without a path")]
    BaseUrl {
        /// What was asked for.
        url: Url,
    },
    /// The identity's keys make no certificate for this host.
    #[error("make a TLS certificate from the org's identity")]
    Certificate(#[source] rcgen::Error),
    /// The TLS keys were not accepted.
    #[error("set up TLS")]
    Tls(#[source] std::io::Error),
    /// No thread or runtime could be had.
    #[error("start the server's own threads")]
    Threads(#[source] std::io::Error),
    /// The server ended before it was up.
    #[error("bring the server up")]
    Gone,
}

/// The org, serving. Dropping it stops it.
#[derive(Debug)]
pub struct Running {
    /// The org's address, without a slash at the end.
    pub url: String,
    /// The token of the Management API.
    pub token: String,
    /// The certificate of the org's own authority, if it speaks https.
    pub ca_pem: Option<String>,
    /// The SHA-256 of the server's public key, base64, if it speaks https.
    pub spki: Option<String>,
    org: Shared,
    base: Url,
    stop: Option<oneshot::Sender<()>>,
    ended: Option<oneshot::Receiver<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the org and returns once it listens. It serves on threads of its own, so it makes no
/// difference what becomes of the caller's runtime.
pub async fn start(settings: Settings) -> Result<Running, StartError> {
    let (up, is_up) = oneshot::channel();
    let (stop, stopped) = oneshot::channel();
    let (gone, ended) = oneshot::channel();
    let token = settings.identity.api_token.clone();
    let ca_pem = settings.tls.then(|| settings.identity.ca_certificate_pem.clone());
    let thread = thread::Builder::new()
        .name("org".to_owned())
        .spawn(move || {
            serve::run(&settings, up, stopped);
            let _ = gone.send(());
        })
        .map_err(StartError::Threads)?;
    let up = is_up.await.map_err(|_| StartError::Gone)??;
    Ok(Running {
        url: up.org.base_url.clone(),
        token,
        ca_pem,
        spki: up.spki,
        org: up.org,
        base: up.base,
        stop: Some(stop),
        ended: Some(ended),
        thread: Some(thread),
    })
}

impl Running {
    /// Sets an app up in the org, in the place of one with the same key; assignments stay.
    pub fn install(&self, app: App) -> Setup {
        let setup = self.org.identity.setup(&self.base, &app);
        let now = self.org.now();
        self.org.store().install(app, now);
        setup
    }

    /// The other of the two published keys signs ID tokens from now on.
    pub fn rotate_keys(&self) {
        self.org.provider.rotate();
    }

    /// Stops: requests under way are answered, no new ones are taken.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(ended) = self.ended.take() {
            let _ = ended.await;
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    /// Where the org is, how to get in and which apps it has, for a program to read. It holds the secrets
    /// of this test bed on purpose.
    pub fn announcement(&self) -> Value {
        let mut apps: Vec<_> = self.org.store().apps.values().cloned().collect();
        apps.sort_by_key(|app| app.serial);
        let apps: Vec<Value> = apps
            .iter()
            .map(|instance| {
                let setup = self.org.identity.setup(&self.base, &instance.app);
                let mut shown = json!({
                    "key": instance.app.key,
                    "label": instance.app.label,
                    "app_id": setup.app_id,
                });
                let more = match &instance.app.sign_on {
                    SignOn::Saml(_) => json!({
                        "sign_on": "saml",
                        "embed_link": setup.embed_link,
                        "metadata_url": setup.metadata_url,
                        "sso_url": setup.sso_url,
                        "entity_id": setup.entity_id,
                    }),
                    SignOn::Oidc(_) => json!({
                        "sign_on": "oidc",
                        "embed_link": setup.embed_link,
                        "issuer": setup.issuer,
                        "discovery_url": setup.discovery_url,
                        "client_id": setup.client_id,
                        "client_secret": setup.client_secret,
                    }),
                    SignOn::Service(_) => json!({ "sign_on": "service", "client_id": setup.client_id }),
                };
                if let (Some(shown), Value::Object(more)) = (shown.as_object_mut(), more) {
                    shown.extend(more);
                }
                shown
            })
            .collect();
        json!({ "url": self.url, "token": self.token, "ca_pem": self.ca_pem, "spki": self.spki, "apps": apps })
    }
}
