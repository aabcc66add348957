//! What a target or a suite writes must not steer the terminal of who reads the results.

use std::net::TcpListener;

use axum::http::StatusCode;
use serde_json::json;

use crate::stage::{Desk, Said, runtime};
use crate::suite_file::{suite, users};

/// Clears the screen, names the window, turns the text round, and says what we would say.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;mine\u{7}\u{202e}\r{}\neverything required is kept";

/// A server whose every answer is [`HOSTILE`]; it ends with the test.
fn hostile() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/scim", listener.local_addr().unwrap());
    runtime().spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let app = axum::Router::new().fallback(|| async { (StatusCode::INTERNAL_SERVER_ERROR, HOSTILE) });
        axum::serve(listener, app).await.unwrap();
    });
    url
}

/// Nothing is left but our own colours.
#[track_caller]
fn is_tame(said: &Said) {
    let text = format!("{}{}", said.out, said.err);
    let escapes = text.split('\u{1b}').skip(1);
    for escape in escapes {
        let style = escape.split_once('m').map_or(escape, |(style, _)| style);
        assert!(
            style.strip_prefix('[').is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit())),
            "{said:#?}"
        );
    }
    assert!(!text.contains(['\u{7}', '\u{202e}', '\r']), "{said:#?}");
    assert!(!text.lines().any(|line| line.starts_with("everything required is kept")), "{said:#?}");
}

#[test]
fn an_answer_with_escape_sequences_is_shown_and_not_obeyed() {
    let desk = Desk::new();
    let base_url = format!("scim.base_url={}", hostile());
    for command in [&["run", "--verbose"][..], &["doctor"]] {
        let said = desk.oinspect(&[command, &["--color", "always", "--set", &base_url]].concat());
        assert!(said.code == 1 || said.code == 3, "{said:#?}");
        is_tame(&said);
    }
    assert!(desk.report().summary.failed > 0);
}

#[test]
fn a_suite_with_escape_sequences_is_shown_and_not_obeyed() {
    let desk = Desk::new();
    let mut step = users();
    step["url"] = json!(hostile());
    step["headers"] = json!({});
    step["note"] = json!(HOSTILE);
    step["scripts"] = json!(["assert.equal(response.body, 1, response.body)"]);
    desk.write("suite.json", &suite(&[step]));
    let said = desk.oinspect(&["runscope", "suite.json", "--verbose", "--color", "always"]);
    said.expect(1, &["request", "␛[2J"]);
    is_tame(&said);
}

#[test]
fn an_option_with_escape_sequences_is_quoted_and_not_obeyed() {
    let said = Desk::new().oinspect(&["explain", HOSTILE, "--color", "always"]);
    assert_eq!(said.code, 2);
    assert!(!said.err.contains("\u{1b}[2J"), "{said:#?}");
}
