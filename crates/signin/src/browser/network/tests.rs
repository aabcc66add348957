//! Made events in the orders in which Chromium sends them.

use serde_json::{Value, json};

use super::*;

fn told(events: &[(&str, Value)]) -> Network {
    let mut network = Network::default();
    for (method, params) in events {
        network.take(method, params);
    }
    network
}

fn sent(id: &str, url: &str, kind: &str, redirect: Option<u16>, raw: bool) -> (&'static str, Value) {
    let mut params = json!({
        "requestId": id, "frameId": "F", "type": kind, "timestamp": 10.0, "wallTime": 1_700_000_000.5,
        "redirectHasExtraInfo": raw,
        "request": { "url": url, "method": "GET", "headers": { "User-Agent": "x" } },
    });
    if let (Some(status), Value::Object(params)) = (redirect, &mut params) {
        params.insert(
            "redirectResponse".to_owned(),
            json!({ "status": status, "headers": { "Location": url } }),
        );
    }
    ("Network.requestWillBeSent", params)
}

fn raw_sent(id: &str, cookie: &str) -> (&'static str, Value) {
    ("Network.requestWillBeSentExtraInfo", json!({ "requestId": id, "headers": { "Cookie": cookie } }))
}

fn raw_got(id: &str, cookies: &str) -> (&'static str, Value) {
    ("Network.responseReceivedExtraInfo", json!({ "requestId": id, "headers": { "Set-Cookie": cookies } }))
}

fn answered(id: &str, status: u16, raw: bool) -> (&'static str, Value) {
    let response = json!({ "status": status, "headers": { "Content-Type": "text/html" } });
    let params = json!({ "requestId": id, "hasExtraInfo": raw, "timestamp": 10.25, "response": response });
    ("Network.responseReceived", params)
}

fn cookie_of(passage: &Passage) -> Option<&str> {
    passage.request.headers.iter().find(|(name, _)| name == "Cookie").map(|(_, value)| value.as_str())
}

#[test]
fn raw_headers_find_their_hop_though_they_come_late_and_some_never() {
    let network = told(&[
        raw_sent("1", "hop=1"),
        sent("1", "https://app.test/a", "Document", None, false),
        // The second hop is known before the first one's raw answer.
        sent("1", "https://app.test/b", "Document", Some(302), true),
        // An internal redirect has no raw headers at all.
        sent("1", "https://app.test/c", "Document", Some(307), false),
        raw_got("1", "x=1\ny=2"),
        raw_got("1", "z=3"),
        answered("1", 200, true),
        raw_sent("1", "hop=3"),
    ]);
    let passages = network.passages();
    let causes: Vec<Cause> = passages.iter().map(|passage| passage.cause).collect();
    assert_eq!(causes, [Cause::Navigation, Cause::Redirect, Cause::Redirect]);
    assert_eq!([0, 1, 2].map(|at| cookie_of(&passages[at])), [Some("hop=1"), None, Some("hop=3")]);
    let set = |at: usize| -> Vec<String> {
        let answer: &Response = passages[at].response.as_ref().unwrap();
        answer
            .headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
            .map(|(_, value)| value.clone())
            .collect()
    };
    assert_eq!(
        [set(0), set(1), set(2)],
        [vec!["x=1".to_owned(), "y=2".to_owned()], vec![], vec!["z=3".to_owned()]]
    );
    assert_eq!(passages[2].response.as_ref().unwrap().elapsed, Duration::from_millis(250));
    assert_eq!(passages[0].started.as_millisecond(), 1_700_000_000_500);
    assert!(!network.is_pending());
}

#[test]
fn pictures_are_no_part_of_the_story_and_scripts_are() {
    let network = told(&[
        sent("1", "https://app.test/a", "Document", None, false),
        sent("2", "https://app.test/logo.png", "Image", None, false),
        sent("3", "https://app.test/data", "Fetch", None, false),
        sent("4", "chrome://new-tab-page/", "Document", None, false),
        ("Network.requestWillBeSent", json!("nonsense")),
        ("Page.frameNavigated", Value::Null),
    ]);
    assert_eq!(
        network.passages().iter().map(|passage| passage.cause).collect::<Vec<_>>(),
        [Cause::Navigation, Cause::Script]
    );
    assert!(network.is_pending());
}

#[test]
fn a_form_is_known_by_its_reason_and_a_failure_by_its_code() {
    let reason = json!({ "frameId": "F", "url": "https://app.test/find?q=1", "reason": "formSubmissionGet" });
    let network = told(&[
        ("Page.frameRequestedNavigation", reason),
        sent("1", "https://app.test/find?q=1", "Document", None, false),
        ("Network.loadingFailed", json!({ "requestId": "1", "errorText": "net::ERR_CERT_DATE_INVALID" })),
    ]);
    let passages = network.passages();
    assert_eq!(passages[0].cause, Cause::Form);
    assert!(passages[0].error.as_ref().unwrap().contains("expired"));
    assert!(matches!(network.arrival(), Some((_, Err(why))) if why.contains("ERR_CERT_DATE_INVALID")));
}

#[test]
fn three_visits_of_one_place_are_a_loop_unless_somebody_asked_in_between() {
    let visit = |id: &str| sent(id, &format!("https://app.test/a?{id}"), "Document", None, false);
    assert!(!told(&[visit("1"), visit("2")]).goes_round());
    assert!(told(&[visit("1"), visit("2"), visit("3")]).goes_round());
    let mut network = told(&[visit("1"), visit("2")]);
    network.act();
    let (method, params) = visit("3");
    network.take(method, &params);
    assert!(!network.goes_round());
}
