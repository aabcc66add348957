//! A server in the test's own hands: it may hold a request back, change the answer, or give none.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The longest that either side waits for the other.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

type Headers = Vec<(String, String)>;

/// A request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: Headers,
    pub(crate) body: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    pub(crate) fn get(target: &str, token: &str) -> Self {
        let headers = vec![("Authorization".to_owned(), format!("Bearer {token}"))];
        Self { method: "GET".to_owned(), target: target.to_owned(), headers, body: Vec::new() }
    }
}

type Answer = dyn Fn(Asked) -> Option<Answered> + Send + Sync;

/// The server, on a free port, for as long as the value lives. No answer closes the connection.
pub(crate) struct Door {
    pub(crate) url: String,
    address: SocketAddr,
    closed: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Door {
    pub(crate) fn open(answer: impl Fn(Asked) -> Option<Answered> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let closed = Arc::new(AtomicBool::new(false));
        let answer: Arc<Answer> = Arc::new(answer);
        let thread = {
            let closed = Arc::clone(&closed);
            thread::spawn(move || {
                for stream in listener.incoming() {
                    if closed.load(Ordering::SeqCst) {
                        break;
                    }
                    let (Ok(stream), answer) = (stream, Arc::clone(&answer)) else { continue };
                    thread::spawn(move || serve(stream, &*answer));
                }
            })
        };
        Self { url: format!("http://{address}"), address, closed, thread: Some(thread) }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut stream: TcpStream, answer: &Answer) {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let Some((first, headers, body)) = message(&mut reader) else { return };
    let mut words = first.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if let Some(answered) = answer(Asked { method, target, headers, body }) {
        let first = format!("HTTP/1.1 {} Said", answered.status);
        // Whoever asked may be gone.
        let _ = stream.write_all(&written(&first, &answered.headers, &answered.body));
    }
}

/// Asks a server once.
pub(crate) fn ask(url: &str, asked: &Asked) -> Answered {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut headers = asked.headers.clone();
    headers.push(("Host".to_owned(), address.to_owned()));
    let first = format!("{} {} HTTP/1.1", asked.method, asked.target);
    stream.write_all(&written(&first, &headers, &asked.body)).unwrap();
    let (first, headers, body) = message(&mut BufReader::new(stream)).unwrap();
    let status = first.split(' ').nth(1).unwrap().parse().unwrap();
    Answered { status, headers, body }
}

/// Headers that belong to one connection or one body.
fn is_ours(name: &str) -> bool {
    ["connection", "content-length", "transfer-encoding", "host"]
        .iter()
        .any(|one| name.eq_ignore_ascii_case(one))
}

fn written(first: &str, headers: &[(String, String)], body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{first}\r\n").into_bytes();
    for (name, value) in headers.iter().filter(|(name, _)| name == "Host" || !is_ours(name)) {
        bytes.extend(format!("{name}: {value}\r\n").into_bytes());
    }
    let no_body = first.ends_with(" 204 Said");
    if !no_body {
        bytes.extend(format!("Content-Length: {}\r\n", body.len()).into_bytes());
    }
    bytes.extend(b"Connection: close\r\n\r\n");
    bytes.extend(body);
    bytes
}

/// The first line, the headers and the body of a message; none where the other side is gone.
fn message(reader: &mut impl BufRead) -> Option<(String, Headers, Vec<u8>)> {
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        Some(line.trim_end().to_owned())
    };
    let first = line()?;
    let mut headers = Vec::new();
    while let Some((name, value)) = line()?.split_once(':') {
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let header = |wanted: &str| {
        headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str())
    };
    if header("transfer-encoding") == Some("chunked") {
        let body = chunks(reader)?;
        return Some((first, headers, body));
    }
    let length = header("content-length").map_or(0, |value| value.parse().unwrap());
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body).ok()?;
    Some((first, headers, body))
}

/// A body in chunks, each between its length and the end of a line; an empty one is the last.
fn chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = u64::from_str_radix(line.trim_end(), 16).ok()?;
        reader.by_ref().take(length).read_to_end(&mut body).ok()?;
        reader.read_line(&mut String::new()).ok()?;
        if length == 0 {
            return Some(body);
        }
    }
}
