//! Servers that speak HTTP: what is sent, what is followed, what is waited for.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use oinspect_core::{Method, Request, Transport, TransportErrorKind};
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{PATIENT, get, network, read_request, saying, server, transport};
use crate::interrupt::Interrupt;
use crate::transport::HttpTransport;

/// A mock server that lives in a runtime of its own.
struct Mocked {
    runtime: tokio::runtime::Runtime,
    server: MockServer,
}

impl Mocked {
    fn new(mocks: Vec<Mock>) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            for mock in mocks {
                mock.mount(&server).await;
            }
            server
        });
        Self { runtime, server }
    }

    fn requests(&self) -> Vec<wiremock::Request> {
        self.runtime.block_on(self.server.received_requests()).unwrap()
    }
}

#[test]
fn a_request_arrives_as_written_and_its_answer_comes_back_whole() {
    let mocked = Mocked::new(vec![
        Mock::given(method("POST"))
            .and(path("/Users"))
            .and(query_param("filter", "userName eq \"a b\""))
            .and(header("content-type", "application/scim+json"))
            .respond_with(
                ResponseTemplate::new(201).insert_header("X-Upper", "Value").set_body_string("body"),
            ),
    ]);
    let url = format!("{}/Users?filter=userName eq \"a b\"", mocked.server.uri());
    let request = Request::new(Method::Post, url).header("Content-Type", "application/scim+json").body("{}");
    let response = transport(&network()).send(&request, PATIENT).unwrap();
    assert_eq!((response.status, response.body.as_slice()), (201, b"body".as_slice()));
    assert!(response.headers.contains(&("x-upper".to_owned(), "Value".to_owned())), "{:?}", response.headers);
    assert_eq!(mocked.requests()[0].body, b"{}");
}

#[test]
fn a_redirect_is_an_answer_and_is_not_followed() {
    let mocked = Mocked::new(vec![
        Mock::given(path("/from")).respond_with(ResponseTemplate::new(302).insert_header("Location", "/to")),
    ]);
    let response = get(&transport(&network()), &format!("{}/from", mocked.server.uri())).unwrap();
    assert_eq!((response.status, response.header("location")), (302, Some("/to")));
    assert_eq!(mocked.requests().len(), 1);
}

#[test]
fn no_cookie_is_ever_sent_back() {
    let mocked = Mocked::new(vec![
        Mock::given(method("GET"))
            .respond_with(ResponseTemplate::new(200).insert_header("Set-Cookie", "a=b; Path=/")),
    ]);
    let transport = transport(&network());
    get(&transport, &mocked.server.uri()).unwrap();
    get(&transport, &mocked.server.uri()).unwrap();
    assert!(mocked.requests().iter().all(|request| !request.headers.contains_key("cookie")));
}

#[test]
fn our_headers_go_along_unless_the_request_has_its_own() {
    let mocked = Mocked::new(vec![Mock::given(method("GET")).respond_with(ResponseTemplate::new(200))]);
    let mut network = network();
    network.headers = vec![("X-Extra".to_owned(), "ours".to_owned())];
    let transport = transport(&network);
    get(&transport, &mocked.server.uri()).unwrap();
    let own =
        Request::new(Method::Get, mocked.server.uri()).header("x-extra", "own").header("User-Agent", "me");
    transport.send(&own, PATIENT).unwrap();
    let requests = mocked.requests();
    assert_eq!(requests[0].headers["x-extra"], "ours");
    assert_eq!(requests[0].headers["user-agent"], concat!("oinspect/", env!("CARGO_PKG_VERSION")));
    assert_eq!(requests[1].headers["x-extra"], "own");
    assert_eq!(requests[1].headers["user-agent"], "me");
}

#[test]
fn a_plea_to_come_back_later_is_heard_and_counted() {
    let mocked = Mocked::new(vec![
        Mock::given(method("GET"))
            .respond_with(ResponseTemplate::new(429).insert_header("Retry-After", "0"))
            .up_to_n_times(1),
        Mock::given(method("GET"))
            .respond_with(
                ResponseTemplate::new(503).insert_header("Retry-After", "Sat, 01 Jan 2000 00:00:00 GMT"),
            )
            .up_to_n_times(1),
        Mock::given(method("GET")).respond_with(ResponseTemplate::new(200)),
    ]);
    let response = get(&transport(&network()), &mocked.server.uri()).unwrap();
    assert_eq!((response.status, response.retries), (200, 2));
}

#[test]
fn a_503_without_a_moment_to_come_back_is_an_answer() {
    let mocked = Mocked::new(vec![Mock::given(method("GET")).respond_with(ResponseTemplate::new(503))]);
    let response = get(&transport(&network()), &mocked.server.uri()).unwrap();
    assert_eq!((response.status, response.retries), (503, 0));
}

#[test]
fn whoever_never_stops_asking_to_wait_is_rate_limited() {
    let again = ResponseTemplate::new(429).insert_header("Retry-After", "0");
    let mocked = Mocked::new(vec![Mock::given(method("GET")).respond_with(again)]);
    let error = get(&transport(&network()), &mocked.server.uri()).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::RateLimited);
    assert!(error.detail.contains("answers 429 and asks to wait for 0 s, after 3 tries"), "{}", error.detail);
    assert_eq!(mocked.requests().len(), 4);
}

#[test]
fn whoever_asks_for_too_long_is_not_waited_for() {
    let later = ResponseTemplate::new(503).insert_header("Retry-After", "3600");
    let mocked = Mocked::new(vec![Mock::given(method("GET")).respond_with(later)]);
    let error = get(&transport(&network()), &mocked.server.uri()).unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::RateLimited);
    assert!(
        error.detail.contains("for 3600 s") && error.detail.contains("network.max_rate_limit_wait"),
        "{}",
        error.detail
    );
}

#[test]
fn an_interruption_ends_a_wait_at_once() {
    let interrupt = Interrupt::default();
    let mut network = network();
    network.max_rate_limit_wait = Duration::from_mins(10);
    let transport = HttpTransport::new(&network, oinspect_core::Clock::System, interrupt.clone()).unwrap();
    let is_over = Arc::new(AtomicBool::new(false));
    let over = Arc::clone(&is_over);
    let address = server(move |mut stream| {
        read_request(&stream);
        let answer =
            b"HTTP/1.1 429 Slow\r\nRetry-After: 300\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        stream.write_all(answer).unwrap();
        // The client may not wait yet: raise again until it has gone.
        while !over.load(Ordering::SeqCst) {
            interrupt.raise();
            std::thread::yield_now();
        }
    });
    let started = Instant::now();
    let error = get(&transport, &format!("http://{address}/")).unwrap_err();
    is_over.store(true, Ordering::SeqCst);
    assert!(error.detail.contains("interrupted"), "{}", error.detail);
    assert!(started.elapsed() < Duration::from_mins(1));
}

#[test]
fn a_limit_of_requests_per_second_spreads_them() {
    let mocked = Mocked::new(vec![Mock::given(method("GET")).respond_with(ResponseTemplate::new(200))]);
    let mut network = network();
    network.requests_per_second = Some(20.0);
    let transport = transport(&network);
    let started = Instant::now();
    for _ in 0..5 {
        get(&transport, &mocked.server.uri()).unwrap();
    }
    assert!(started.elapsed() >= Duration::from_millis(200), "four intervals of 50 ms");
}

#[test]
fn connections_are_used_again() {
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let address = server(move |mut stream| {
        counted.fetch_add(1, Ordering::SeqCst);
        std::thread::spawn(move || {
            while read_request(&stream).starts_with("GET") {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").unwrap();
            }
        });
    });
    let transport = transport(&network());
    for _ in 0..50 {
        get(&transport, &format!("http://{address}/")).unwrap();
    }
    assert!(connections.load(Ordering::SeqCst) < 50);
}

#[test]
fn a_proxy_carries_everything_but_what_is_local() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let proxy = server(move |mut stream| {
        kept.lock().unwrap().push(read_request(&stream));
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nproxy");
    });
    let mut network = network();
    network.proxy = Some(format!("http://{proxy}").parse().unwrap());
    let transport = transport(&network);
    assert_eq!(get(&transport, "http://app.test/x").unwrap().body, b"proxy");
    assert!(seen.lock().unwrap()[0].starts_with("GET http://app.test/x HTTP/1.1"));
    let local = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlocal");
    assert_eq!(get(&transport, &format!("http://{local}/")).unwrap().body, b"local");
}

#[test]
fn many_threads_share_one_client() {
    let mocked = Mocked::new(vec![Mock::given(method("GET")).respond_with(ResponseTemplate::new(200))]);
    let transport = transport(&network());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(get(&transport, &mocked.server.uri()).unwrap().status, 200));
        }
    });
}

#[test]
fn a_client_may_be_dropped_within_async_code() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let transport = transport(&network());
    runtime.block_on(async { drop(transport) });
}

/// A server that closes a connection on the second request that comes through it.
#[test]
fn a_kept_connection_that_closes_is_no_failure_of_the_request() {
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&requests);
    let address = server(move |stream| {
        // A connection that ends brings no request.
        let arrives = || {
            let came = read_request(&stream).len() > 1;
            counted.fetch_add(usize::from(came), Ordering::SeqCst);
        };
        arrives();
        (&stream).write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").unwrap();
        arrives();
    });
    let transport = transport(&network());
    let url = format!("http://{address}/");
    assert_eq!(get(&transport, &url).unwrap().status, 200);
    let post = Request::new(Method::Post, &url).body("{}");
    assert_eq!(transport.send(&post, PATIENT).unwrap().status, 200);
    assert_eq!(requests.load(Ordering::SeqCst), 3, "the second one was sent again, on a new connection");
}
