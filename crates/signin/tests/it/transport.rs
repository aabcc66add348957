//! The smallest transport: one connection a request, plain HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use oinspect_core::{Request, Response, Transport, TransportError, TransportErrorKind};

pub(crate) struct Plain;

impl Transport for Plain {
    fn send(&self, request: &Request, timeout: Duration) -> Result<Response, TransportError> {
        let failed = |kind, detail: String| TransportError { kind, detail };
        let url = url::Url::parse(&request.url).expect("agents send to URLs");
        let address =
            format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(80));
        let begin = Instant::now();
        let mut stream = TcpStream::connect(&address).map_err(|error| {
            failed(TransportErrorKind::Unreachable, format!("nobody listens at {address}: {error}"))
        })?;
        stream.set_read_timeout(Some(timeout)).expect("a timeout can be set");
        let target =
            format!("{}{}", url.path(), url.query().map(|query| format!("?{query}")).unwrap_or_default());
        let mut head =
            format!("{} {target} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n", request.method);
        for (name, value) in &request.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        let body = request.body.clone().unwrap_or_default();
        head.extend(["content-length: ", &body.len().to_string(), "\r\n\r\n"]);
        let mut answer = Vec::new();
        stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(&body))
            .and_then(|()| stream.read_to_end(&mut answer).map(|_| ()))
            .map_err(|error| failed(TransportErrorKind::Broken, error.to_string()))?;
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.ok_or_else(|| failed(TransportErrorKind::Broken, "no head".to_owned()))?;
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Ok(Response {
            status: status.unwrap_or_default(),
            headers,
            body: answer[end + 4..].to_vec(),
            elapsed: begin.elapsed(),
            retries: 0,
        })
    }
}
