//! What the transport makes of servers that behave, and of those that do not.

mod hostile;
mod polite;
mod tls;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use oinspect_core::{Clock, Method, Request, Response, Transport, TransportError};

use super::HttpTransport;
use crate::config::Network;
use crate::interrupt::Interrupt;

/// Enough for everything on one machine that answers at all.
const PATIENT: Duration = Duration::from_secs(20);
/// Enough to see that somebody does not answer.
const SHORT: Duration = Duration::from_millis(200);

fn network() -> Network {
    Network {
        ca_file: None,
        org_authority: None,
        proxy: None,
        headers: Vec::new(),
        requests_per_second: None,
        max_body_bytes: 1 << 20,
        max_rate_limit_wait: Duration::from_secs(2),
    }
}

fn transport(network: &Network) -> HttpTransport {
    HttpTransport::new(network, Clock::System, Interrupt::default()).unwrap()
}

fn get(transport: &HttpTransport, url: &str) -> Result<Response, TransportError> {
    transport.send(&Request::new(Method::Get, url), PATIENT)
}

/// A server in a thread of its own that treats each connection as it likes. It ends with the test
/// process; each connection ends with its client.
fn server(treat: impl Fn(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            treat(stream.unwrap());
        }
    });
    address.to_string()
}

/// Reads the head of a request and its body, if it says how long that is.
fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned))
        .map_or(0, |length| length.trim().parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    head + "\n" + &String::from_utf8_lossy(&body)
}

/// Answers each connection with these bytes and closes it.
fn saying(answer: &'static [u8]) -> String {
    server(move |mut stream| {
        read_request(&stream);
        let _ = stream.write_all(answer);
    })
}

/// Answers nothing until the client gives up.
fn hold(mut stream: TcpStream) {
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
}

/// A private authority and a server certificate of it for `localhost`, written as PEM files.
struct Authority {
    folder: tempfile::TempDir,
}

impl Authority {
    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}
