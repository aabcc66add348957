//! The server's own threads: binding, TLS, serving, ending.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use url::Url;

use super::StartError;
use crate::router::router;
use crate::settings::Settings;
use crate::state::{Org, Shared};

/// How long requests under way may take once the org is told to stop.
const GRACE: Duration = Duration::from_secs(2);

/// What is known once the org listens.
pub(super) struct Up {
    pub(super) org: Shared,
    pub(super) base: Url,
    pub(super) spki: Option<String>,
}

/// An org that is about to serve.
struct Ready {
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    up: Up,
}

pub(super) fn run(
    settings: &Settings,
    up: oneshot::Sender<Result<Up, StartError>>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime = match Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = up.send(Err(StartError::Threads(error)));
            return;
        }
    };
    runtime.block_on(async {
        match prepare(settings) {
            Err(error) => {
                let _ = up.send(Err(error));
            }
            Ok(Ready { listener, tls, up: ready }) => {
                let org = Arc::clone(&ready.org);
                if up.send(Ok(ready)).is_ok() {
                    serve(listener, tls, org, stopped).await;
                }
            }
        }
    });
    runtime.shutdown_timeout(GRACE);
}

fn prepare(settings: &Settings) -> Result<Ready, StartError> {
    let listen = |source| StartError::Listen { address: settings.listen, source };
    let listener = TcpListener::bind(settings.listen).map_err(listen)?;
    listener.set_nonblocking(true).map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let base = base_url(settings, address)?;
    let (tls, spki) = if settings.tls {
        let (tls, spki) = tls(settings, &base)?;
        (Some(tls), Some(spki))
    } else {
        (None, None)
    };
    let org = Arc::new(Org::new(settings, base.as_str().trim_end_matches('/').to_owned()));
    Ok(Ready { listener, tls, up: Up { org, base, spki } })
}

/// What was asked for, or the address that was bound.
fn base_url(settings: &Settings, address: SocketAddr) -> Result<Url, StartError> {
    match &settings.base_url {
        Some(url) => {
            let plain = url.has_host()
                && matches!(url.scheme(), "http" | "https")
                && url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty();
            if plain { Ok(url.clone()) } else { Err(StartError::BaseUrl { url: url.clone() }) }
        }
        None => {
            let scheme = if settings.tls { "https" } else { "http" };
            Ok(Url::parse(&format!("{scheme}://{address}")).expect("a socket address makes a URL"))
        }
    }
}

/// TLS with a certificate for the host of the base URL and for this machine's own names.
fn tls(settings: &Settings, base: &Url) -> Result<(RustlsConfig, String), StartError> {
    let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    let host = base.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    if !hosts.contains(&host) {
        hosts.push(host);
    }
    let server =
        settings.identity.server_tls(&hosts, settings.clock.now()).map_err(StartError::Certificate)?;
    let unusable = |error: &dyn std::fmt::Display| StartError::Tls(std::io::Error::other(error.to_string()));
    let chain =
        CertificateDer::from_pem_slice(server.certificate_pem.as_bytes()).map_err(|e| unusable(&e))?;
    let key = PrivateKeyDer::from_pem_slice(server.key_pem.as_bytes()).map_err(|e| unusable(&e))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| unusable(&e))?
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .map_err(|e| unusable(&e))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((RustlsConfig::from_config(Arc::new(config)), server.spki))
}

/// Serves until told to stop. A sender that was dropped says so too.
async fn serve(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    org: Shared,
    stopped: oneshot::Receiver<()>,
) {
    let handle: Handle<SocketAddr> = Handle::new();
    let service = router(org).into_make_service();
    let serving = handle.clone();
    let server = tokio::spawn(async move {
        match tls {
            Some(tls) => axum_server::from_tcp_rustls(listener, tls)?.handle(serving).serve(service).await,
            None => axum_server::from_tcp(listener)?.handle(serving).serve(service).await,
        }
    });
    let _ = stopped.await;
    handle.graceful_shutdown(Some(GRACE));
    let _ = server.await;
}
