//! What a browser's error codes mean, in plain words.

/// A network error as a sentence, its code after it.
pub(crate) fn plain(code: &str) -> String {
    let name = code.trim().trim_start_matches("net::");
    let words = match name {
        "ERR_CONNECTION_REFUSED" => "nobody listens there",
        "ERR_CONNECTION_RESET" | "ERR_CONNECTION_CLOSED" | "ERR_EMPTY_RESPONSE" => {
            "the server ended the connection without an answer"
        }
        "ERR_NAME_NOT_RESOLVED" | "ERR_NAME_RESOLUTION_FAILED" => "the name has no address",
        "ERR_ADDRESS_UNREACHABLE" | "ERR_INTERNET_DISCONNECTED" | "ERR_NETWORK_UNREACHABLE" => {
            "there is no way to that address"
        }
        "ERR_CONNECTION_TIMED_OUT" | "ERR_TIMED_OUT" => "the server did not answer in time",
        "ERR_UNSAFE_PORT" => "browsers refuse to open this port",
        "ERR_CERT_AUTHORITY_INVALID" => {
            "its certificate is signed by an authority that the browser does not know"
        }
        "ERR_CERT_COMMON_NAME_INVALID" => "its certificate is for another name",
        "ERR_CERT_DATE_INVALID" => "its certificate has expired or is not valid yet",
        "ERR_CERT_REVOKED" => "its certificate was revoked",
        "ERR_SSL_PROTOCOL_ERROR" | "ERR_SSL_VERSION_OR_CIPHER_MISMATCH" => {
            "the server does not speak TLS there, or none that the browser speaks"
        }
        "ERR_TOO_MANY_REDIRECTS" => "it redirects without end",
        "ERR_INVALID_REDIRECT" | "ERR_UNSAFE_REDIRECT" => "it redirects to where a browser does not go",
        "ERR_INVALID_RESPONSE" | "ERR_INVALID_HTTP_RESPONSE" => "the answer is no HTTP",
        "ERR_BLOCKED_BY_RESPONSE" => "the answer's own headers forbid showing it",
        "ERR_BLOCKED_BY_CLIENT" | "ERR_BLOCKED_BY_ADMINISTRATOR" => "the browser's policy blocks it",
        "ERR_BLOCKED_BY_CSP" => "the page's content security policy forbids it",
        "ERR_ABORTED" => "the page went elsewhere before the answer came",
        _ => return format!("the browser could not load it ({code})"),
    };
    format!("{words} ({code})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_sentences_and_stay_readable() {
        assert_eq!(
            plain("net::ERR_CERT_AUTHORITY_INVALID"),
            "its certificate is signed by an authority that the browser does not know (net::ERR_CERT_AUTHORITY_INVALID)"
        );
        assert_eq!(plain("net::ERR_X"), "the browser could not load it (net::ERR_X)");
    }
}
