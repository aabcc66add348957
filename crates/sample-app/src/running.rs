//! Starting and stopping the app.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::serve::ListenerExt as _;
use serde_json::{Value, json};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::{Notify, oneshot};

use crate::clock;
use crate::portal::Portal;
use crate::raw;
use crate::settings::Settings;
use crate::site::{Creations, Site, TENANTS, Tokens, legacy_base, router};
use crate::store::Store;
use crate::switches::Switches;
use crate::trust::{ConnectError, OidcEndpoints, SamlEndpoints, Sso};

/// How long requests under way may take once the app is told to stop.
const GRACE: Duration = Duration::from_secs(2);

/// Why the app could not start.
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
    /// The database cannot be opened or written.
    #[error("open the database {}", file.as_deref().map_or("in memory".into(), |file| file.display().to_string()))]
    Database {
        /// The file; `None` for memory.
        file: Option<PathBuf>,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The first users and groups could not be stored.
    #[error("store the first users and groups")]
    Seed,
    /// A tenant's single sign-on cannot be set up.
    #[error("set up single sign-on for the tenant `{tenant}`")]
    Sso {
        /// The tenant.
        tenant: String,
        /// What is wrong with its settings.
        source: ConnectError,
    },
    /// No thread or runtime could be had.
    #[error("start the server's own threads")]
    Threads(#[source] std::io::Error),
    /// The server ended before it was up.
    #[error("bring the server up")]
    Gone,
}

/// The app, serving. Dropping it stops it.
#[derive(Debug)]
pub struct Running {
    /// The site's address, without a slash at the end.
    pub url: String,
    /// The admin page.
    pub admin_url: String,
    /// The tenants, each with a SCIM service of its own.
    pub tenants: Vec<Tenant>,
    /// The token endpoint, with the first tenant's client.
    pub oauth: OAuth,
    portals: Vec<Arc<Portal>>,
    stop: Option<oneshot::Sender<()>>,
    ended: Option<oneshot::Receiver<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A tenant and how to speak to it.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// The tenant's name.
    pub name: String,
    /// The base URI of its SCIM service.
    pub scim_url: String,
    /// The base URI of its SCIM 1.1 service, over the same users and groups.
    pub scim_1_1_url: String,
    /// Its bearer token.
    pub token: String,
    /// Its client at the token endpoint.
    pub client_id: String,
    /// That client's secret.
    pub client_secret: String,
    /// Its SAML service provider.
    pub saml: SamlEndpoints,
    /// Its OpenID Connect relying party.
    pub oidc: OidcEndpoints,
    /// The login page.
    pub login_url: String,
    /// The page that a sign-in ends on unless another was asked for; it shows the user's name.
    pub home_url: String,
    /// The page that shows what is known of the user.
    pub profile_url: String,
    /// A page deep inside, for signed-in users only.
    pub deep_link: String,
    /// Signs out.
    pub sign_out_url: String,
}

/// How to get an access token.
#[derive(Debug, Clone)]
pub struct OAuth {
    /// The token endpoint.
    pub token_url: String,
    /// The client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
}

/// Starts the app and returns once it listens. It serves on threads of its own, so it makes no
/// difference what becomes of the caller's runtime.
pub async fn start(settings: Settings) -> Result<Running, StartError> {
    let (up, is_up) = oneshot::channel();
    let (stop, stopped) = oneshot::channel();
    let (gone, ended) = oneshot::channel();
    let thread = thread::Builder::new()
        .name("sample-app".to_owned())
        .spawn(move || {
            run(&settings, up, stopped);
            let _ = gone.send(());
        })
        .map_err(StartError::Threads)?;
    let Up { url, tenants, portals } = is_up.await.map_err(|_| StartError::Gone)??;
    let first = tenants.first().ok_or(StartError::Gone)?;
    Ok(Running {
        admin_url: format!("{url}/admin"),
        oauth: OAuth {
            token_url: format!("{url}/oauth/token"),
            client_id: first.client_id.clone(),
            client_secret: first.client_secret.clone(),
        },
        url,
        tenants,
        portals,
        stop: Some(stop),
        ended: Some(ended),
        thread: Some(thread),
    })
}

impl Running {
    /// Makes a tenant trust these identity providers from now on.
    pub fn connect(&self, tenant: &str, sso: Sso) -> Result<(), ConnectError> {
        let portal = self.portals.iter().find(|portal| portal.name == tenant);
        portal.ok_or_else(|| ConnectError::UnknownTenant { tenant: tenant.to_owned() })?.connect(sso)
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

    /// Where everything is and how to get in, for a program to read. It holds the secrets of this
    /// test bed on purpose.
    pub fn announcement(&self) -> Value {
        let tenants: Vec<Value> = self
            .tenants
            .iter()
            .map(|tenant| {
                json!({
                    "name": tenant.name,
                    "scim_url": tenant.scim_url,
                    "scim_1_1_url": tenant.scim_1_1_url,
                    "token": tenant.token,
                    "client_id": tenant.client_id,
                    "client_secret": tenant.client_secret,
                    "saml": {
                        "entity_id": tenant.saml.entity_id,
                        "acs_url": tenant.saml.acs_url,
                        "metadata_url": tenant.saml.metadata_url,
                        "start_url": tenant.saml.start_url,
                    },
                    "oidc": {
                        "redirect_uri": tenant.oidc.redirect_uri,
                        "start_url": tenant.oidc.start_url,
                        "initiate_login_uri": tenant.oidc.initiate_login_uri,
                        "post_logout_redirect_uri": tenant.oidc.post_logout_redirect_uri,
                    },
                    "login_url": tenant.login_url,
                    "home_url": tenant.home_url,
                    "profile_url": tenant.profile_url,
                    "deep_link": tenant.deep_link,
                    "sign_out_url": tenant.sign_out_url,
                })
            })
            .collect();
        json!({
            "url": self.url,
            "admin_url": self.admin_url,
            "tenants": tenants,
            "oauth": {
                "token_url": self.oauth.token_url,
                "client_id": self.oauth.client_id,
                "client_secret": self.oauth.client_secret,
            },
        })
    }
}

/// What is known once the app listens.
struct Up {
    url: String,
    tenants: Vec<Tenant>,
    portals: Vec<Arc<Portal>>,
}

fn run(settings: &Settings, up: oneshot::Sender<Result<Up, StartError>>, stopped: oneshot::Receiver<()>) {
    let runtime = match Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = up.send(Err(StartError::Threads(error)));
            return;
        }
    };
    runtime.block_on(async {
        match prepare(settings).await {
            Err(error) => {
                let _ = up.send(Err(error));
            }
            Ok((listener, site, known)) => {
                if up.send(Ok(known)).is_ok() {
                    serve(listener, site, stopped).await;
                }
            }
        }
    });
    runtime.shutdown_timeout(GRACE);
}

async fn prepare(settings: &Settings) -> Result<(TcpListener, Arc<Site>, Up), StartError> {
    let listen = |source| StartError::Listen { address: settings.listen, source };
    let listener = TcpListener::bind(settings.listen).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let url = match &settings.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("http://{address}"),
    };
    let switches = Switches::new(&settings.faults, &settings.variants);
    let file = settings.database.as_deref();
    let store = Store::open(file, switches)
        .map_err(|source| StartError::Database { file: settings.database.clone(), source })?;
    let moment = clock::written(clock::now());
    store.seed(&TENANTS, settings.users, settings.groups, &moment).map_err(|_| StartError::Seed)?;
    let tokens = Tokens::new(settings.tokens, settings.access_token_seconds);
    let bases: Vec<String> = TENANTS.iter().map(|name| format!("{url}/{name}/scim/v2")).collect();
    // Browsers keep the cookies of `localhost` apart from those of an identity provider on 127.0.0.1.
    let people = match &settings.public_url {
        None if address.ip().is_loopback() => format!("http://localhost:{}", address.port()),
        Some(_) | None => url.clone(),
    };
    let portals = portals(settings, &people)?;
    let tenants = TENANTS
        .iter()
        .zip(&bases)
        .zip(&portals)
        .enumerate()
        .filter_map(|(place, ((name, base), portal))| {
            let credentials = tokens.of(place)?.clone();
            Some(Tenant {
                name: (*name).to_owned(),
                scim_url: base.clone(),
                scim_1_1_url: legacy_base(base),
                token: credentials.token,
                client_id: credentials.client_id,
                client_secret: credentials.client_secret,
                saml: portal.saml.clone(),
                oidc: portal.oidc.clone(),
                login_url: format!("{}/login", portal.home),
                home_url: format!("{}/home", portal.home),
                profile_url: format!("{}/profile", portal.home),
                deep_link: format!("{}/reports/7", portal.home),
                sign_out_url: format!("{}/sign-out", portal.home),
            })
        })
        .collect();
    let site = Site {
        store: Mutex::new(store),
        tokens: Mutex::new(tokens),
        switches,
        misbehaviour: settings.misbehaviour,
        bases,
        portals: portals.clone(),
        requests: AtomicUsize::new(0),
        creations: Creations::default(),
        patches: Mutex::default(),
        end: Notify::new(),
    };
    Ok((listener, Arc::new(site), Up { url, tenants, portals }))
}

/// The portals of the tenants, connected as the settings say.
fn portals(settings: &Settings, site: &str) -> Result<Vec<Arc<Portal>>, StartError> {
    // Whoever made a client before has installed a provider; one is as good as another.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = Arc::new(OnceLock::new());
    let portals: Vec<Arc<Portal>> = (0u32..)
        .zip(TENANTS)
        .map(|(tenant, name)| Arc::new(Portal::new(tenant, name, site, settings, Arc::clone(&http))))
        .collect();
    for (tenant, sso) in &settings.sso {
        let portal = portals.iter().find(|portal| portal.name == tenant);
        portal
            .ok_or_else(|| ConnectError::UnknownTenant { tenant: tenant.clone() })
            .and_then(|portal| portal.connect(sso.clone()))
            .map_err(|source| StartError::Sso { tenant: tenant.clone(), source })?;
    }
    Ok(portals)
}

/// Serves until told to stop. A sender that was dropped says so too.
async fn serve(listener: TcpListener, site: Arc<Site>, stopped: oneshot::Receiver<()>) {
    match site.misbehaviour {
        Some(misbehaviour) if misbehaviour.is_raw() => {
            tokio::select! {
                () = raw::serve(listener, misbehaviour) => {}
                _ = stopped => {}
            }
        }
        Some(_) | None => {
            let (closing, closed) = oneshot::channel::<()>();
            let end = Arc::clone(&site);
            let listener = listener.tap_io(|stream| {
                let _ = stream.set_nodelay(true);
            });
            let server = axum::serve(listener, router(site)).with_graceful_shutdown(async {
                let _ = closed.await;
            });
            let server = tokio::spawn(async move { server.await });
            tokio::select! {
                _ = stopped => {}
                () = end.end.notified() => {}
            }
            let _ = closing.send(());
            let _ = tokio::time::timeout(GRACE, server).await;
        }
    }
}
