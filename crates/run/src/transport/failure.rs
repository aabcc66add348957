//! What went wrong, in one line that names host, port and cause, and never a secret.

use std::error::Error;
use std::io;
use std::time::Duration;

use oinspect_core::{TransportError, TransportErrorKind};
use url::Url;

/// Whom a request is for.
pub(super) struct Peer {
    /// Host and port.
    name: String,
    /// Who is connected to: the peer, or the proxy in front of it.
    door: String,
    is_proxied: bool,
}

impl Peer {
    pub(super) fn of(url: &Url, proxy: Option<&Url>) -> Self {
        let name = host_and_port(url);
        let is_local = match url.host() {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        match proxy {
            Some(proxy) if !is_local => {
                Self { door: format!("the proxy {}", host_and_port(proxy)), name, is_proxied: true }
            }
            _ => Self { door: name.clone(), name, is_proxied: false },
        }
    }

    pub(super) fn timed_out(&self, timeout: Duration) -> TransportError {
        error(
            TransportErrorKind::TimedOut,
            format!("no complete answer from {} within {timeout:?}", self.name),
        )
    }

    pub(super) fn too_large(&self, limit: usize) -> TransportError {
        error(
            TransportErrorKind::TooLarge,
            format!("the answer of {} is larger than the {limit} bytes of network.max_body_bytes", self.name),
        )
    }

    pub(super) fn interrupted(&self) -> TransportError {
        error(
            TransportErrorKind::RateLimited,
            format!("the run was interrupted while a request to {} waited for its turn", self.name),
        )
    }

    pub(super) fn rate_limited(
        &self,
        status: u16,
        wait: Duration,
        retries: u32,
        allowed: Duration,
    ) -> TransportError {
        let asked = match wait {
            Duration::MAX => "for ever".to_owned(),
            wait => format!("for {} s", wait.as_secs_f64()),
        };
        let name = &self.name;
        let again = if retries == 0 { String::new() } else { format!(", after {retries} tries") };
        error(
            TransportErrorKind::RateLimited,
            format!(
                "{name} answers {status} and asks to wait {asked}{again}; a request waits at most \
                 {allowed:?} in all (network.max_rate_limit_wait)"
            ),
        )
    }

    /// The cause behind a failed exchange.
    pub(super) fn failed(&self, failure: &reqwest::Error) -> TransportError {
        if failure.is_builder() {
            let detail = format!("the request to {} cannot be sent: {}", self.name, innermost(failure));
            return error(TransportErrorKind::Unsendable, detail);
        }
        if failure.is_dns() {
            let host = self.door.rsplit_once(':').map_or(self.door.as_str(), |(host, _)| host);
            return error(TransportErrorKind::Unreachable, format!("no address for {host}"));
        }
        if let Some(tls) = cause::<rustls::Error>(failure) {
            return self.tls(tls);
        }
        if failure.is_connect() {
            return self.no_connection(failure);
        }
        self.broken(failure)
    }

    fn tls(&self, failure: &rustls::Error) -> TransportError {
        let name = &self.name;
        let detail = match failure {
            rustls::Error::InvalidCertificate(why) => format!(
                "the certificate of {name} is not trusted: {} \
                 (if it is your own CA, set network.ca_file)",
                certificate(why)
            ),
            rustls::Error::InvalidMessage(_) => {
                format!("{name} does not speak TLS (is it http rather than https?)")
            }
            other => format!("no TLS with {name}: {other}"),
        };
        error(TransportErrorKind::Tls, detail)
    }

    fn no_connection(&self, failure: &reqwest::Error) -> TransportError {
        let door = &self.door;
        let detail = match cause::<io::Error>(failure).map(io::Error::kind) {
            Some(io::ErrorKind::ConnectionRefused) => format!("connection refused by {door}"),
            Some(io::ErrorKind::TimedOut) => format!("no connection to {door}: nobody answers"),
            Some(io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset) => {
                format!("{door} closes the connection before it is set up")
            }
            _ => format!("no connection to {door}: {}", innermost(failure)),
        };
        let detail = if self.is_proxied { format!("{detail}, on the way to {}", self.name) } else { detail };
        error(TransportErrorKind::Unreachable, detail)
    }

    fn broken(&self, failure: &reqwest::Error) -> TransportError {
        let name = &self.name;
        let detail = if cause::<hyper::Error>(failure).is_some_and(hyper::Error::is_parse) {
            format!("the answer of {name} is no HTTP")
        } else if is_closed_connection(failure) {
            format!("the connection to {name} closed before the answer was complete")
        } else {
            format!("the answer of {name} broke off: {}", innermost(failure))
        };
        error(TransportErrorKind::Broken, detail)
    }
}

/// Whether a connection that had been set up was closed.
pub(super) fn is_closed_connection(failure: &reqwest::Error) -> bool {
    if failure.is_connect() {
        return false;
    }
    match cause::<hyper::Error>(failure) {
        Some(http) if http.is_parse() => false,
        Some(http) if http.is_incomplete_message() || http.is_closed() => true,
        _ => matches!(
            cause::<io::Error>(failure).map(io::Error::kind),
            Some(
                io::ErrorKind::UnexpectedEof
                    | io::ErrorKind::ConnectionReset
                    | io::ErrorKind::ConnectionAborted
                    | io::ErrorKind::BrokenPipe
            )
        ),
    }
}

fn error(kind: TransportErrorKind, detail: String) -> TransportError {
    TransportError { kind, detail }
}

fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port_or_known_default().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn certificate(why: &rustls::CertificateError) -> String {
    use rustls::CertificateError as Cause;
    match why {
        Cause::UnknownIssuer => "its issuer is not known".to_owned(),
        Cause::Expired | Cause::ExpiredContext { .. } => "it has expired".to_owned(),
        Cause::NotValidYet | Cause::NotValidYetContext { .. } => "it is not valid yet".to_owned(),
        Cause::NotValidForName | Cause::NotValidForNameContext { .. } => "it is for another name".to_owned(),
        Cause::Revoked => "it was revoked".to_owned(),
        other => other.to_string(),
    }
}

/// The first cause of this type. An `io::Error` hides what it wraps from `source`, so it is opened.
fn cause<E: Error + 'static>(failure: &reqwest::Error) -> Option<&E> {
    let mut next: Option<&(dyn Error + 'static)> = failure.source();
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

/// The last cause, which says most and holds no URL.
fn innermost(failure: &reqwest::Error) -> String {
    let mut last: &(dyn Error + 'static) = failure;
    while let Some(next) = last.source() {
        last = next;
    }
    if last.is::<reqwest::Error>() { "no cause given".to_owned() } else { last.to_string() }
}
