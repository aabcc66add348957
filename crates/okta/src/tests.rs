//! The driver against an org that answers from a table.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use oinspect_core::{
    Clock, Cx, Finding, Redactor, Request, Response, Session, Step, Transport, TransportError,
    TransportErrorKind,
};
use oinspect_signin::{Act, AgentChoice, AgentSettings, Agents};
use serde_json::json;
use url::Url;

use crate::{Credential, NewUser, Org, User, sign_in};

/// Method and address, status, headers, body. A line is used up, but for the last of its kind.
type Line = (&'static str, u16, Vec<(&'static str, String)>, String);

#[derive(Default)]
struct Table {
    lines: Mutex<Vec<Line>>,
    asked: Mutex<Vec<Request>>,
    paused: Mutex<Duration>,
}

impl Transport for Table {
    fn send(&self, request: &Request, _: Duration) -> Result<Response, TransportError> {
        self.asked.lock().unwrap().push(request.clone());
        let asked = format!("{} {}", request.method, request.url);
        let mut lines = self.lines.lock().unwrap();
        let mut fits = lines.iter().enumerate().filter(|(_, line)| line.0 == asked).map(|(at, _)| at);
        let Some(first) = fits.next() else {
            let detail = format!("nothing answers {asked}");
            return Err(TransportError { kind: TransportErrorKind::Unsendable, detail });
        };
        let line = if fits.next().is_some() { lines.remove(first) } else { lines[first].clone() };
        Ok(Response {
            status: line.1,
            headers: line.2.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            body: line.3.into_bytes(),
            elapsed: Duration::ZERO,
            retries: 0,
        })
    }

    fn pause(&self, duration: Duration) {
        *self.paused.lock().unwrap() += duration;
    }
}

fn json_line(asked: &'static str, status: u16, body: &serde_json::Value) -> Line {
    (asked, status, Vec::new(), body.to_string())
}

fn page(asked: &'static str, html: &str) -> Line {
    (asked, 200, vec![("content-type", "text/html".to_owned())], html.to_owned())
}

fn table(lines: Vec<Line>) -> (Arc<Table>, Arc<Session>) {
    let table = Arc::new(Table { lines: Mutex::new(lines), ..Table::default() });
    let transport = Arc::clone(&table) as Arc<dyn Transport>;
    (table, Arc::new(Session::new(transport, Arc::new(Redactor::default()))))
}

fn org() -> Org {
    Org {
        base_url: Url::parse("https://org.test").unwrap(),
        credential: Credential::Ssws("00secretsecret".to_owned()),
        embedded: false,
    }
}

fn why(finding: Finding) -> String {
    match finding {
        Finding::Blocked { why } => why,
        other => panic!("{other:?}"),
    }
}

fn user() -> User {
    User {
        id: "00u1".to_owned(),
        login: "ann@example.com".to_owned(),
        email: "ann@example.com".to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Smith".to_owned(),
        status: "ACTIVE".to_owned(),
    }
}

#[test]
fn a_user_is_created_and_removed_in_two_calls() {
    let made = json!({ "id": "00u1", "status": "ACTIVE", "profile": {
        "login": "ann@example.com", "email": "ann@example.com", "firstName": "Ann", "lastName": "Smith" } });
    let gone = json!({ "errorCode": "E0000007", "errorSummary": "Not found" });
    let (table, session) = table(vec![
        json_line("POST https://org.test/api/v1/users?activate=true", 200, &made),
        ("DELETE https://org.test/api/v1/users/00u1?sendEmail=false", 204, Vec::new(), String::new()),
        ("DELETE https://org.test/api/v1/users/00u1?sendEmail=false", 204, Vec::new(), String::new()),
        json_line("GET https://org.test/api/v1/users/00u1", 200, &made),
        json_line("GET https://org.test/api/v1/users/00u1", 404, &gone),
    ]);
    let mut cx = Cx::new(Arc::clone(&session), "okta.users");
    let new = NewUser {
        login: "ann@example.com".to_owned(),
        password: "Tr0ub4dor&3xyz".to_owned(),
        ..NewUser::default()
    };
    assert_eq!(org().create_user(&mut cx, &new).unwrap(), user());
    let created = session.take_created();
    assert!(created[0].label.contains("ann@example.com"), "{}", created[0].label);
    for one in created {
        (one.remove)(&mut cx).unwrap();
    }
    let asked = table.asked.lock().unwrap();
    let deletions = asked.iter().filter(|request| request.method.name() == "DELETE").count();
    assert_eq!(deletions, 2);
    let evidence = serde_json::to_string(&cx.finish()).unwrap();
    assert!(!evidence.contains("Tr0ub4dor") && !evidence.contains("00secretsecret"), "{evidence}");
}

#[test]
fn a_refusal_is_one_sentence_that_says_what_to_do() {
    for (status, code, said, todo) in [
        (401, "E0000011", "Invalid token provided", "org.token"),
        (403, "E0000006", "You do not have permission", "role"),
        (404, "E0000007", "Not found: Resource not found: 0oa1 (AppInstance)", "org.base_url"),
    ] {
        let body = json!({ "errorCode": code, "errorSummary": said, "errorCauses": [] });
        let (_, session) = table(vec![json_line("GET https://org.test/api/v1/apps/0oa1", status, &body)]);
        let mut cx = Cx::new(session, "okta.apps");
        let text = why(org().app(&mut cx, "0oa1").unwrap_err());
        for part in [code, said, todo, "GET /api/v1/apps/0oa1"] {
            assert!(text.contains(part), "{text}");
        }
    }
}

#[test]
fn a_rate_limit_is_waited_for_by_the_orgs_own_clock() {
    let limited = |reset: i64| -> Line {
        let headers = vec![
            ("date", "Tue, 14 Nov 2023 22:13:20 GMT".to_owned()),
            ("x-rate-limit-reset", (1_700_000_000 + reset).to_string()),
        ];
        ("GET https://org.test/api/v1/apps/0oa1", 429, headers, "{}".to_owned())
    };
    let app = json!({ "id": "0oa1", "label": "App", "_links": {
        "appLinks": [{ "href": "https://org.test/home/x/0oa1/aln1" }], "metadata": { "href": "https://org.test/m" } } });
    let (asked, session) =
        table(vec![limited(4), json_line("GET https://org.test/api/v1/apps/0oa1", 200, &app)]);
    let found = org().app(&mut Cx::new(session, "okta.apps"), "0oa1").unwrap();
    assert_eq!(found.embed_link.unwrap().path(), "/home/x/0oa1/aln1");
    assert_eq!(*asked.paused.lock().unwrap(), Duration::from_secs(5));
    let (asked, session) = table(vec![limited(3600)]);
    let text = why(org().app(&mut Cx::new(session, "okta.apps"), "0oa1").unwrap_err());
    assert!(text.contains("3601 s"), "{text}");
    assert!(asked.paused.lock().unwrap().is_zero(), "an hour is not waited for");
}

#[test]
fn a_log_is_read_page_by_page_and_ends_on_an_empty_one() {
    let event = json!([{ "eventType": "user.authentication.sso", "published": "2026-03-25T13:45:47.000Z",
        "outcome": { "result": "SUCCESS" }, "actor": { "id": "00u1" }, "target": [{ "id": "0oa1" }],
        "debugContext": { "debugData": { "initiator": "sp", "requestId": "r" } } }]);
    let next = |after: &str| {
        vec![
            ("link", "<https://org.test/api/v1/logs?x=1>; rel=\"self\"".to_owned()),
            ("link", format!("<https://org.test/api/v1/logs?after={after}>; rel=\"next\"")),
        ]
    };
    let first = "GET https://org.test/api/v1/logs?since=2026-03-25T13%3A00%3A00.000Z&filter=eventType%20eq%20%22x%22&limit=200&sortOrder=ASCENDING";
    let (_, session) = table(vec![
        (first, 200, next("1"), event.to_string()),
        ("GET https://org.test/api/v1/logs?after=1", 200, next("2"), "[]".to_owned()),
    ]);
    let since: Timestamp = "2026-03-25T13:00:00Z".parse().unwrap();
    let events = org().events(&mut Cx::new(session, "okta.log"), since, Some("eventType eq \"x\"")).unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].targets[0].as_str(), events[0].debug["initiator"].as_str()), ("0oa1", "sp"));
}

#[test]
fn a_service_app_gets_one_token_for_all_its_calls() {
    let app = json!({ "id": "0oa1" });
    let (table, session) = table(vec![
        json_line("POST https://org.test/oauth2/v1/token", 200, &json!({ "access_token": "tokentoken123" })),
        json_line("GET https://org.test/api/v1/apps/0oa1", 200, &app),
    ]);
    let credential = Credential::PrivateKey {
        client_id: "0oaservice".to_owned(),
        pem: include_str!("../../../fixtures/keys/test-idp.pem").to_owned(),
        scopes: vec!["okta.apps.read".to_owned()],
    };
    let org = Org { credential, ..org() };
    let mut cx = Cx::new(session, "okta.apps");
    org.app(&mut cx, "0oa1").unwrap();
    org.app(&mut cx, "0oa1").unwrap();
    let asked = table.asked.lock().unwrap();
    assert_eq!(asked.iter().filter(|request| request.url.ends_with("/token")).count(), 1);
    let sent = |request: &Request| request.headers.iter().any(|(_, value)| value == "Bearer tokentoken123");
    assert_eq!(asked.iter().filter(|request| sent(request)).count(), 2);
}

const FIRST: &str = "<form action=/idp/identify method=post><input name=identifier><input type=submit data-type=save value=Next></form>";
const SECOND: &str = "<form action=/idp/answer method=post><input name=credentials.passcode type=password><input type=submit data-type=save value=Verify></form>";

/// Signs in with the pages that follow the password.
fn signed_in(after: &[Line]) -> (Result<Url, Finding>, Vec<Step>) {
    let mut lines =
        vec![page("GET https://org.test/app", FIRST), page("POST https://org.test/idp/identify", SECOND)];
    lines.extend_from_slice(after);
    let (table, session) = table(lines);
    let settings = AgentSettings { choice: AgentChoice::Http, ..AgentSettings::default() };
    let agents = Agents::new(settings, table, Clock::System);
    let mut agent = agents.fresh().unwrap();
    let open = Act::Open(Url::parse("https://org.test/app").unwrap());
    agent.perform("open the app", &[open]).map_err(|(_, error)| error.to_string()).unwrap();
    let mut cx = Cx::new(session, "okta.sign-in");
    let ended = sign_in(&mut cx, &mut agent, &org(), "ann@example.com", "Tr0ub4dor&3xyz");
    (ended.map(|page| page.url), cx.finish().steps)
}

#[test]
fn signing_in_passes_both_pages_and_ends_at_the_app() {
    let to_app = (
        "POST https://org.test/idp/answer",
        302,
        vec![("location", "https://app.test/".to_owned())],
        String::new(),
    );
    let (ended, steps) = signed_in(&[to_app, page("GET https://app.test/", "<h1>Welcome</h1>")]);
    assert_eq!(ended.unwrap().as_str(), "https://app.test/");
    assert_eq!(steps.len(), 2, "one visit a page");
    let evidence = serde_json::to_string(&steps).unwrap();
    assert!(!evidence.contains("Tr0ub4dor"), "{evidence}");
}

#[test]
fn what_the_org_says_instead_is_handed_on() {
    for (html, said) in [
        (
            format!("<div class=infobox-error>Unable to sign in</div>{SECOND}"),
            "ann@example.com: Unable to sign in",
        ),
        (
            "<main data-se=app-access-denied><p>Your account is not assigned</p></main>".to_owned(),
            "not assigned to the app",
        ),
        ("<div class=authenticator-enroll-list>Set up</div>".to_owned(), "another authenticator"),
        ("<input name=credentials.newPassword type=password>".to_owned(), "new password"),
        ("<div class=authenticator-verify-list>Choose</div>".to_owned(), "second factor"),
        (SECOND.to_owned(), "asks ann@example.com the same again"),
    ] {
        let (ended, _) = signed_in(&[page("POST https://org.test/idp/answer", &html)]);
        let text = why(ended.unwrap_err());
        assert!(text.contains(said), "{text}");
    }
}
