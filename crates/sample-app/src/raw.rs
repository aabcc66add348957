//! Misbehaviour below HTTP: a listener that writes bytes and knows no requests.

use std::io::ErrorKind;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};

use crate::misbehaviour::Misbehaviour;

const GIGABYTE: usize = 1_073_741_824;
const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/scim+json\r\ncontent-length: ";
const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/scim+json\r\ntransfer-encoding: chunked\r\n\r\n";
/// The time between one byte and the next.
const DRIP: Duration = Duration::from_millis(20);
/// More of a request's first line is not kept.
const FIRST_BYTES: usize = 64;
const LIST: &str = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\
                    \"totalResults\":1,\"startIndex\":1,\"itemsPerPage\":1,\"Resources\":[";
const FILLER: &str = "{\"userName\":\"one-of-very-many@example.com\",\"active\":true},";

/// Takes connections for ever.
pub(crate) async fn serve(listener: TcpListener, misbehaviour: Misbehaviour) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(misbehave(stream, misbehaviour));
        }
    }
}

async fn misbehave(stream: TcpStream, misbehaviour: Misbehaviour) {
    let Some(first_bytes) = read_head(&stream).await else { return };
    let is_lie = Misbehaviour::LIES.contains(&misbehaviour);
    if is_lie && first_bytes.split(|byte| *byte == b' ').nth(1) == Some(b"/") {
        write(&stream, b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        return;
    }
    match misbehaviour {
        Misbehaviour::Answers1Gb => {
            let head = format!("{HEAD}{GIGABYTE}\r\n\r\n{LIST}");
            let filler = FILLER.repeat(512);
            let mut left = GIGABYTE - LIST.len();
            if !write(&stream, head.as_bytes()).await {
                return;
            }
            while left > 0 {
                let size = left.min(filler.len());
                if !write(&stream, filler.as_bytes().get(..size).unwrap_or_default()).await {
                    return;
                }
                left -= size;
            }
        }
        Misbehaviour::ClosesHalfWay => {
            let head = format!("{HEAD}{}\r\n\r\n{LIST}", LIST.len() * 2);
            write(&stream, head.as_bytes()).await;
        }
        Misbehaviour::CutChunks => {
            let chunk = format!("{CHUNKED}{:x}\r\n{LIST}", LIST.len() * 2);
            write(&stream, chunk.as_bytes()).await;
        }
        Misbehaviour::Drips => {
            let head = format!("{HEAD}{GIGABYTE}\r\n\r\n");
            let mut is_there = write(&stream, head.as_bytes()).await;
            while is_there {
                tokio::time::sleep(DRIP).await;
                is_there = write(&stream, b" ").await;
            }
        }
        Misbehaviour::Hangs
        | Misbehaviour::EndlessPages
        | Misbehaviour::GrowingTotals
        | Misbehaviour::SameCursor
        | Misbehaviour::TenMegabytes
        | Misbehaviour::SwollenTexts
        | Misbehaviour::NestedJson
        | Misbehaviour::Utf16
        | Misbehaviour::Latin1
        | Misbehaviour::AcceptsEverything
        | Misbehaviour::RejectsEverything
        | Misbehaviour::LoginPageWhateverHappens
        | Misbehaviour::SamePageForEverybody
        | Misbehaviour::EverybodySignedIn
        | Misbehaviour::SsoAnswers500
        | Misbehaviour::SignInLoop
        | Misbehaviour::AnswersHtml
        | Misbehaviour::RedirectLoop
        | Misbehaviour::RateLimited
        | Misbehaviour::Dies => while read_some(&stream).await.is_some() {},
    }
}

/// Reads up to the end of a request's head and returns how it began; nothing when the client went away.
async fn read_head(stream: &TcpStream) -> Option<Vec<u8>> {
    let (mut first, mut last) = (Vec::new(), Vec::new());
    while let Some(bytes) = read_some(stream).await {
        first.extend(bytes.iter().copied().take(FIRST_BYTES.saturating_sub(first.len())));
        last.extend(bytes);
        if last.windows(4).any(|window| window == b"\r\n\r\n") {
            return Some(first);
        }
        let surplus = last.len().saturating_sub(3);
        last.drain(..surplus);
    }
    None
}

async fn read_some(stream: &TcpStream) -> Option<Vec<u8>> {
    let mut buffer = vec![0; 4096];
    loop {
        stream.readable().await.ok()?;
        match stream.try_read(&mut buffer) {
            Ok(0) => return None,
            Ok(size) => {
                buffer.truncate(size);
                return Some(buffer);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return None,
        }
    }
}

async fn write(stream: &TcpStream, mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        if stream.writable().await.is_err() {
            return false;
        }
        match stream.try_write(bytes) {
            Ok(size) => bytes = bytes.get(size..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return false,
        }
    }
    true
}
