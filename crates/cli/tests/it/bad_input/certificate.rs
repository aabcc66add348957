//! An https server whose certificate nobody knows, until its authority is named.

use std::net::{SocketAddr, TcpListener};

use axum::http::{HeaderMap, StatusCode};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::stage::{Desk, runtime};
use crate::suite_file::{suite, users};

const TOKEN: &str = "Bearer a-token-of-the-test";

/// A server that lets one token in.
struct Secure {
    base_url: String,
    /// The authority's certificate, as PEM.
    authority: String,
    handle: Handle<SocketAddr>,
}

impl Secure {
    fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate =
            CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        let pem = (certificate.pem().into_bytes(), key.serialize_pem().into_bytes());
        let config = runtime().block_on(RustlsConfig::from_pem(pem.0, pem.1)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let handle = Handle::new();
        let serving = handle.clone();
        runtime().spawn(async move {
            let app = axum::Router::new().fallback(answer);
            let server = axum_server::from_tcp_rustls(listener, config).unwrap();
            server.handle(serving).serve(app.into_make_service()).await.unwrap();
        });
        Self { base_url: format!("https://localhost:{port}/scim/v2"), authority: issuer.pem(), handle }
    }

    /// A desk that knows the server, its token and, if asked, its authority.
    fn desk(&self) -> Desk {
        let desk = Desk::new().env("SCIM_AUTH", TOKEN);
        desk.describe(&self.base_url);
        desk.write("ca.pem", &self.authority);
        desk.write("suite.json", &suite(&[users()]));
        desk
    }
}

impl Drop for Secure {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

async fn answer(headers: HeaderMap) -> (StatusCode, &'static str) {
    if headers.get("authorization").is_some_and(|value| value == TOKEN) {
        (StatusCode::OK, "{\"totalResults\": 0}")
    } else {
        (StatusCode::UNAUTHORIZED, "{}")
    }
}

const NAMED: [&str; 2] = ["--set", "network.ca_file=ca.pem"];

#[test]
fn a_certificate_that_nobody_knows_blocks_and_names_the_setting() {
    let server = Secure::new();
    let desk = server.desk();
    for args in [&["run", "--check", "scim.auth"][..], &["runscope", "suite.json"]] {
        let said = desk.oinspect(args);
        said.expect(3, &["because", "is not trusted", "network.ca_file"]);
        assert_eq!(desk.report().summary.blocked, desk.report().summary.planned);
    }
    desk.oinspect(&["doctor"]).expect(3, &["wrong", "is not trusted", "network.ca_file"]);
}

#[test]
fn the_same_certificate_is_good_once_its_authority_is_named() {
    let server = Secure::new();
    let desk = server.desk();
    let check = "scim.auth.no-token-is-refused";
    desk.oinspect(&[&["run", "--check", check], &NAMED[..]].concat()).expect(0, &["1 passed"]);
    desk.oinspect(&[&["runscope", "suite.json"], &NAMED[..]].concat()).expect(0, &["1 passed"]);
    desk.oinspect(&[&["doctor"], &NAMED[..]].concat()).expect(0, &["nothing keeps a run from working"]);
}

#[test]
fn an_authority_that_cannot_be_read_is_a_wrong_setting() {
    let server = Secure::new();
    let desk = server.desk();
    let said = desk.oinspect(&["run", "--set", "network.ca_file=nope.pem"]);
    said.expect_only(2, &["nope.pem"]);
    desk.write("nonsense.pem", "nonsense");
    desk.oinspect(&["run", "--set", "network.ca_file=nonsense.pem"]).expect_only(2, &["nonsense.pem"]);
}
