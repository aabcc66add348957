//! Servers that are not there, hang, break off, never end, or speak something else.

use std::io::Write;
use std::net::TcpListener;

use oinspect_core::{Method, Request, Transport, TransportError, TransportErrorKind};

use super::{PATIENT, SHORT, get, hold, network, read_request, saying, server, transport};

fn error(address: &str) -> TransportError {
    get(&transport(&network()), &format!("http://{address}/path?token=hidden")).expect_err("no answer")
}

/// An address at which nobody listens.
fn nobody() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

#[test]
fn nobody_there_is_a_refused_connection() {
    let address = nobody();
    let error = error(&address);
    assert_eq!(error.kind, TransportErrorKind::Unreachable);
    assert_eq!(error.detail, format!("connection refused by {address}"));
}

#[test]
fn a_host_without_an_address_is_named() {
    // A name that no resolver may look up: no network is asked.
    let host = format!("{}.test", "x".repeat(64));
    let error = error(&format!("{host}:8480"));
    assert_eq!(error.kind, TransportErrorKind::Unreachable);
    assert_eq!(error.detail, format!("no address for {host}"));
}

#[test]
fn a_proxy_that_is_not_there_is_named_with_the_target() {
    let address = nobody();
    let mut network = network();
    network.proxy = Some(format!("http://user:hidden-password@{address}").parse().unwrap());
    let error = get(&transport(&network), "http://app.test/x").unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Unreachable);
    assert_eq!(error.detail, format!("connection refused by the proxy {address}, on the way to app.test:80"));
}

#[test]
fn a_server_that_hangs_is_given_up_in_time() {
    let address = server(hold);
    let request = Request::new(Method::Get, format!("http://{address}/"));
    let error = transport(&network()).send(&request, SHORT).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::TimedOut);
    assert_eq!(error.detail, format!("no complete answer from {address} within 200ms"));
}

#[test]
fn the_time_counts_for_the_body_too() {
    let address = server(|mut stream| {
        read_request(&stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").unwrap();
        hold(stream);
    });
    let request = Request::new(Method::Get, format!("http://{address}/"));
    let error = transport(&network()).send(&request, SHORT).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::TimedOut);
}

#[test]
fn a_connection_that_closes_early_is_broken() {
    for answer in [
        b"".as_slice(),
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
    ] {
        let address = saying(answer);
        let error = error(&address);
        assert_eq!(error.kind, TransportErrorKind::Broken, "{}", error.detail);
        assert_eq!(
            error.detail,
            format!("the connection to {address} closed before the answer was complete")
        );
    }
}

#[test]
fn what_is_no_http_is_said_to_be_none() {
    for answer in [b"SSH-2.0-OpenSSH_9.2\r\n".as_slice(), b"\x15\x03\x03\x00\x02\x02\x28\r\n\r\n"] {
        let address = saying(answer);
        let error = error(&address);
        assert_eq!(error.kind, TransportErrorKind::Broken, "{}", error.detail);
        assert_eq!(error.detail, format!("the answer of {address} is no HTTP"));
    }
}

#[test]
fn an_answer_without_end_is_cut_at_the_limit() {
    let address = server(|mut stream| {
        read_request(&stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    let error = error(&address);
    assert_eq!(error.kind, TransportErrorKind::TooLarge);
    assert_eq!(
        error.detail,
        format!("the answer of {address} is larger than the 1048576 bytes of network.max_body_bytes")
    );
}

#[test]
fn headers_without_end_are_an_error_and_do_not_fill_the_memory() {
    let address = server(|mut stream| {
        read_request(&stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"X-More: and more and more and more\r\n").is_ok() {}
    });
    assert_eq!(error(&address).kind, TransportErrorKind::Broken);
}

/// What is packed is never unpacked: a few bytes could become gigabytes.
#[test]
fn a_packed_answer_stays_packed() {
    let address = saying(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\nConnection: close\r\n\r\n\x1f\x8b\x08\0",
    );
    let response = get(&transport(&network()), &format!("http://{address}/")).unwrap();
    assert_eq!(response.body, b"\x1f\x8b\x08\0");
    assert_eq!(response.header("content-encoding"), Some("gzip"));
}

#[test]
fn html_and_odd_bytes_are_an_answer_like_any_other() {
    let address = saying(
        b"HTTP/1.1 500 Oops\r\nX-Odd: caf\xe9\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>",
    );
    let response = get(&transport(&network()), &format!("http://{address}/")).unwrap();
    assert_eq!((response.status, response.body.as_slice()), (500, b"<html>".as_slice()));
    assert_eq!(response.header("x-odd"), Some("caf\u{fffd}"));
}

#[test]
fn what_cannot_be_sent_is_said_without_secrets() {
    let transport = transport(&network());
    for url in ["no url?token=hidden", "ftp://x/?token=hidden", "/relative?token=hidden"] {
        let error = get(&transport, url).unwrap_err();
        assert_eq!(error.kind, TransportErrorKind::Unsendable);
        assert!(error.detail.contains("is no http or https URL"), "{}", error.detail);
        assert!(!error.detail.contains("hidden"), "{}", error.detail);
    }
    let request = Request::new(Method::Get, "http://x/").header("X-A", "hidden\nB: c");
    let error = transport.send(&request, PATIENT).unwrap_err();
    assert_eq!(error.detail, "the header `X-A` holds characters that a header cannot hold");
}

#[test]
fn no_failure_shows_the_query() {
    for address in [saying(b""), saying(b"nonsense\r\n\r\n"), nobody()] {
        let error = error(&address);
        assert!(!error.detail.contains("hidden") && !error.detail.contains("path"), "{}", error.detail);
    }
}
