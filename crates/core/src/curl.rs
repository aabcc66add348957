//! A recorded request as a command line to copy.

use std::fmt::Write;

use crate::evidence::RequestRecord;

/// The request as one `curl` line. Secrets are already placeholders; the reader fills them in.
pub fn curl_line(request: &RequestRecord) -> String {
    let mut line = format!("curl -i -X {} {}", request.method, quoted(&request.url));
    for (name, value) in &request.headers {
        let _ = write!(line, " -H {}", quoted(&format!("{name}: {value}")));
    }
    if let Some(body) = &request.body {
        let _ = write!(line, " --data-raw {}", quoted(&body.text));
    }
    line
}

/// Quoted for a POSIX shell: nothing inside single quotes is special but the quote itself.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Body;

    #[test]
    fn a_quote_in_the_body_stays_one_shell_word() {
        let request = RequestRecord {
            method: "POST".to_owned(),
            url: "http://localhost/Users".to_owned(),
            headers: vec![("Accept".to_owned(), "*/*".to_owned())],
            body: Some(Body { text: "it's".to_owned(), ..Body::default() }),
        };
        assert_eq!(
            curl_line(&request),
            r"curl -i -X POST 'http://localhost/Users' -H 'Accept: */*' --data-raw 'it'\''s'"
        );
    }
}
