//! The one HTTP client: time limits, bounded reads, and no redirect followed.

mod failure;
mod pace;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use oinspect_core::{Clock, Request, Response, Transport, TransportError, TransportErrorKind};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, NoProxy, Proxy};
use tokio::runtime::Runtime;
use url::Url;

use crate::config::Network;
use crate::interrupt::Interrupt;

use failure::Peer;
use pace::Pace;

/// How often a request is sent again when the target asks to come back later.
const RETRIES: u32 = 3;

/// Idle connections are dropped before a usual server drops them: a request sent into a connection
/// that is being closed would look like the server's fault.
const IDLE: Duration = Duration::from_secs(1);

/// Carries every request of a run. Call it from plain threads, not from within async code.
pub struct HttpTransport {
    client: Client,
    /// Takes a new connection for every request; made when it is first needed.
    fresh: OnceLock<Client>,
    /// Taken only when dropped.
    runtime: Option<Runtime>,
    network: Network,
    headers: HeaderMap,
    pace: Pace,
    clock: Clock,
    interrupt: Interrupt,
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// The CA file cannot be read.
    #[error("read the certificates of network.ca_file, {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The CA file holds no certificate, or a broken one.
    #[error(
        "use network.ca_file, {}: it holds no usable certificate; it has to be PEM, \
         beginning with -----BEGIN CERTIFICATE-----", path.display()
    )]
    NoCertificate {
        /// The file.
        path: PathBuf,
        /// Why, where a certificate is broken.
        source: Option<reqwest::Error>,
    },
    /// The proxy cannot be used.
    #[error("use network.proxy")]
    Proxy(#[source] reqwest::Error),
    /// A header cannot be sent.
    #[error("use the header network.headers.{name}: it holds characters that a header cannot hold")]
    Header {
        /// The header.
        name: String,
    },
    /// The client cannot be made.
    #[error("set up the HTTP client")]
    Client(#[source] reqwest::Error),
    /// The machine gives no threads.
    #[error("start the threads of the HTTP client")]
    Threads(#[source] std::io::Error),
}

impl HttpTransport {
    /// A client with these settings. `clock` is asked only when a target names a moment to come back.
    pub fn new(network: &Network, clock: Clock, interrupt: Interrupt) -> Result<Self, SetUpError> {
        // Only the first one counts: a second is refused, and that is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("oinspect-http")
            .enable_all()
            .build()
            .map_err(SetUpError::Threads)?;
        Ok(Self {
            client: client(network, usize::MAX)?,
            fresh: OnceLock::new(),
            runtime: Some(runtime),
            network: network.clone(),
            headers: default_headers(network)?,
            pace: Pace::new(network.requests_per_second),
            clock,
            interrupt,
        })
    }

    /// Sends until there is an answer that is no plea to come back later.
    async fn deliver(&self, request: &Request, timeout: Duration) -> Result<Response, TransportError> {
        let url = sendable_url(&request.url)?;
        let peer = Peer::of(&url, self.network.proxy.as_ref());
        let headers = self.headers_of(request)?;
        let mut waited = Duration::ZERO;
        let mut retries = 0;
        loop {
            self.pace.turn(&self.interrupt).await.map_err(|_| peer.interrupted())?;
            let exchange = self.exchange(request, &url, headers.clone(), &peer);
            let mut response = match tokio::time::timeout(timeout, exchange).await {
                Ok(answer) => answer?,
                Err(_) => return Err(peer.timed_out(timeout)),
            };
            response.retries = retries;
            let Some(wait) = pace::asked_to_wait(&response, retries, self.clock) else {
                return Ok(response);
            };
            let allowed = self.network.max_rate_limit_wait;
            waited = waited.saturating_add(wait);
            if retries == RETRIES || waited > allowed {
                return Err(peer.rate_limited(response.status, wait, retries, allowed));
            }
            retries += 1;
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.interrupt.raised() => return Err(peer.interrupted()),
            }
        }
    }

    async fn exchange(
        &self,
        request: &Request,
        url: &Url,
        headers: HeaderMap,
        peer: &Peer,
    ) -> Result<Response, TransportError> {
        let method = reqwest::Method::from_bytes(request.method.name().as_bytes())
            .expect("every method of ours is one of HTTP");
        let by = |client: &Client| {
            let outgoing = client.request(method.clone(), url.clone()).headers(headers.clone());
            match &request.body {
                Some(body) => outgoing.body(body.clone()),
                None => outgoing,
            }
        };
        let started = Instant::now();
        let mut came = by(&self.client).send().await;
        // A server may close an idle connection at any moment, also as the next request is on its way
        // (RFC 9112, section 9.3.1). One that closes a new one, too, does so because of the request.
        if came.as_ref().is_err_and(failure::is_closed_connection)
            && let Some(fresh) = self.fresh()
        {
            came = by(fresh).send().await;
        }
        let mut incoming = came.map_err(|error| peer.failed(&error))?;
        let mut body = Vec::new();
        while let Some(chunk) = incoming.chunk().await.map_err(|error| peer.failed(&error))? {
            if body.len() + chunk.len() > self.network.max_body_bytes {
                return Err(peer.too_large(self.network.max_body_bytes));
            }
            body.extend_from_slice(&chunk);
        }
        let headers = incoming
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let status = incoming.status().as_u16();
        Ok(Response { status, headers, body, elapsed: started.elapsed(), retries: 0 })
    }

    /// The client that keeps no connection: of settings that have made one, another can be made.
    fn fresh(&self) -> Option<&Client> {
        if self.fresh.get().is_none() {
            let _ = self.fresh.set(client(&self.network, 0).ok()?);
        }
        self.fresh.get()
    }

    /// The request's own headers; ours only where it has none of that name.
    fn headers_of(&self, request: &Request) -> Result<HeaderMap, TransportError> {
        let mut headers = HeaderMap::new();
        for (name, value) in &request.headers {
            let (name, value) = header(name, value).ok_or_else(|| TransportError {
                kind: TransportErrorKind::Unsendable,
                detail: format!("the header `{name}` holds characters that a header cannot hold"),
            })?;
            headers.append(name, value);
        }
        for name in self.headers.keys() {
            if !headers.contains_key(name) {
                for value in self.headers.get_all(name) {
                    headers.append(name.clone(), value.clone());
                }
            }
        }
        Ok(headers)
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: &Request, timeout: Duration) -> Result<Response, TransportError> {
        let runtime = self.runtime.as_ref().expect("taken only when dropped");
        runtime.block_on(self.deliver(request, timeout))
    }

    fn pause(&self, duration: Duration) {
        let runtime = self.runtime.as_ref().expect("taken only when dropped");
        runtime.block_on(async {
            if self.interrupt.is_raised() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(duration) => {}
                () = self.interrupt.raised() => {}
            }
        });
    }
}

// A runtime that is dropped within async code would panic; one that is told to go does not.
impl Drop for HttpTransport {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl std::fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpTransport").field("network", &self.network).finish_non_exhaustive()
    }
}

fn client(network: &Network, kept_connections: usize) -> Result<Client, SetUpError> {
    let mut certificates = match &network.ca_file {
        Some(path) => certificates(path)?,
        None => Vec::new(),
    };
    if let Some(pem) = &network.org_authority {
        certificates.extend(Certificate::from_pem_bundle(pem.as_bytes()).map_err(SetUpError::Client)?);
    }
    let proxy = match &network.proxy {
        Some(url) => {
            let local = NoProxy::from_string("localhost,127.0.0.0/8,::1");
            Some(Proxy::all(url.clone()).map_err(SetUpError::Proxy)?.no_proxy(local))
        }
        None => None,
    };
    let builder = || {
        #[expect(clippy::disallowed_methods, reason = "this is the one client")]
        let builder = Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(kept_connections)
            .no_proxy();
        match &proxy {
            Some(proxy) => builder.proxy(proxy.clone()),
            None => builder,
        }
    };
    let built = builder().tls_certs_merge(certificates.clone()).build();
    // A machine without any certificates (a small container) can still test what is not https.
    built.or_else(|_| builder().tls_certs_only(certificates).build()).map_err(|source| {
        // Only here does it show that what is inside the PEM is no certificate.
        match &network.ca_file {
            Some(path) => SetUpError::NoCertificate { path: path.clone(), source: Some(source) },
            None => SetUpError::Client(source),
        }
    })
}

fn certificates(path: &PathBuf) -> Result<Vec<Certificate>, SetUpError> {
    let pem = std::fs::read(path).map_err(|source| SetUpError::Unreadable { path: path.clone(), source })?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) => Err(SetUpError::NoCertificate { path: path.clone(), source: None }),
        Err(error) => Err(SetUpError::NoCertificate { path: path.clone(), source: Some(error) }),
    }
}

fn default_headers(network: &Network) -> Result<HeaderMap, SetUpError> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_static(concat!("oinspect/", env!("CARGO_PKG_VERSION"))));
    for (name, value) in &network.headers {
        let (name, value) = header(name, value).ok_or_else(|| SetUpError::Header { name: name.clone() })?;
        headers.insert(name, value);
    }
    Ok(headers)
}

fn header(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    Some((name.parse().ok()?, HeaderValue::from_bytes(value.as_bytes()).ok()?))
}

fn sendable_url(text: &str) -> Result<Url, TransportError> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host()).ok_or_else(
        || TransportError {
            kind: TransportErrorKind::Unsendable,
            // Without the query: it may hold a secret.
            detail: format!(
                "`{}` is no http or https URL",
                text.split(['?', '#']).next().unwrap_or_default()
            ),
        },
    )
}
