//! Certificates: those of one's own authority, and those that nobody should trust.

use std::net::{SocketAddr, TcpListener};

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use oinspect_core::TransportErrorKind;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use super::{Authority, get, network, saying, transport};
use crate::transport::{HttpTransport, SetUpError};

impl Authority {
    /// Certificates for this host, valid until this year.
    fn of(host: &str, until: i32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2000, 1, 1);
        params.not_after = rcgen::date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap();
        let authority = Self { folder };
        std::fs::write(authority.file("ca.pem"), issuer.pem()).unwrap();
        std::fs::write(authority.file("server.pem"), certificate.pem()).unwrap();
        std::fs::write(authority.file("server.key"), key.serialize_pem()).unwrap();
        authority
    }
}

/// An https server that answers `/` with 200, over HTTP/1.1 or HTTP/2.
struct Secure {
    port: u16,
    handle: Handle<SocketAddr>,
    _runtime: tokio::runtime::Runtime,
}

impl Secure {
    fn new(authority: &Authority) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let handle = Handle::new();
        let config = runtime
            .block_on(RustlsConfig::from_pem_file(authority.file("server.pem"), authority.file("server.key")))
            .unwrap();
        let serving = handle.clone();
        runtime.spawn(async move {
            let app = axum::Router::new().route("/", axum::routing::get(|| async { "secure" }));
            let server = axum_server::from_tcp_rustls(listener, config).unwrap();
            server.handle(serving).serve(app.into_make_service()).await.unwrap();
        });
        Self { port, handle, _runtime: runtime }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }
}

impl Drop for Secure {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

#[test]
fn ones_own_authority_is_trusted_once_it_is_named() {
    let authority = Authority::of("localhost", 2200);
    let server = Secure::new(&authority);
    let error = get(&transport(&network()), &server.url()).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Tls);
    assert_eq!(
        error.detail,
        format!(
            "the certificate of localhost:{} is not trusted: its issuer is not known \
             (if it is your own CA, set network.ca_file)",
            server.port
        )
    );
    let mut network = network();
    network.ca_file = Some(authority.file("ca.pem"));
    assert_eq!(get(&transport(&network), &server.url()).unwrap().body, b"secure");
}

#[test]
fn a_certificate_that_expired_or_names_another_host_is_not_trusted() {
    for (host, until, why) in
        [("localhost", 2001, "it has expired"), ("other.test", 2200, "it is for another name")]
    {
        let authority = Authority::of(host, until);
        let server = Secure::new(&authority);
        let mut network = network();
        network.ca_file = Some(authority.file("ca.pem"));
        let error = get(&transport(&network), &server.url()).unwrap_err();
        assert_eq!(error.kind, TransportErrorKind::Tls);
        assert!(error.detail.contains(why), "{}", error.detail);
    }
}

#[test]
fn a_server_without_tls_is_said_to_have_none() {
    let address = saying(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    let error = get(&transport(&network()), &format!("https://{address}/")).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Tls, "{}", error.detail);
    assert!(error.detail.contains("does not speak TLS"), "{}", error.detail);
}

#[test]
fn a_ca_file_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    let set_up = || {
        let mut network = network();
        network.ca_file = Some(path.clone());
        HttpTransport::new(&network, oinspect_core::Clock::System, crate::Interrupt::default()).unwrap_err()
    };
    let missing = set_up();
    assert!(matches!(missing, SetUpError::Unreadable { .. }));
    assert!(missing.to_string().contains("ca.pem"), "{missing}");
    for text in [
        "nonsense",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n!!\n",
    ] {
        std::fs::write(&path, text).unwrap();
        let useless = set_up();
        assert!(matches!(useless, SetUpError::NoCertificate { .. }), "{text}: {useless}");
    }
}
