//! What holds of both user agents.

use std::sync::Arc;
use std::time::Duration;

use oinspect_core::{Cause, Clock, Visit};
use oinspect_signin::{
    Act, Agent, AgentChoice, AgentError, AgentSettings, Agents, AppPages, AsWhom, Identity, Outcome, Page,
    Selector, Snapshot, Until, UrlGlob, calibrate, snapshot,
};
use url::Url;

use crate::app::App;
use crate::transport::Plain;

pub(crate) fn at(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

pub(crate) fn agents(choice: AgentChoice) -> Agents {
    let settings =
        AgentSettings { choice, page_timeout: Duration::from_secs(20), ..AgentSettings::default() };
    Agents::new(settings, Arc::new(Plain), Clock::System)
}

/// The HTTP agent always, a browser where there is one.
fn kinds() -> Vec<AgentChoice> {
    let browser = agents(AgentChoice::WebDriver);
    match browser.kind() {
        Ok(_) => vec![AgentChoice::Http, AgentChoice::WebDriver],
        Err(error) => {
            println!("skipped for the browser: failed to {error}");
            vec![AgentChoice::Http]
        }
    }
}

pub(crate) fn done(agent: &mut Agent, acts: &[Act]) -> (Visit, Page) {
    agent.perform("do it", acts).map_err(|(_, error)| error.to_string()).unwrap()
}

pub(crate) fn fill(field: &str, text: &str) -> Act {
    Act::Fill { field: at(field), text: text.to_owned() }
}

fn log_in(user: &str, app: &App) -> Vec<Act> {
    vec![
        Act::Open(app.at("/home")),
        Act::IfVisible(at("#no-such-banner"), vec![Act::Click(at("#nothing"))]),
        fill("[name=user]", user),
        fill("[name=password]", "right"),
        Act::Click(at("text=Sign in")),
        Act::WaitFor(Until::Url(UrlGlob("*/home".to_owned()))),
    ]
}

#[test]
fn a_form_is_filled_and_its_redirects_are_told() {
    let app = App::start();
    for choice in kinds() {
        let agents = agents(choice);
        let mut agent = agents.fresh().unwrap();
        let (visit, page) = done(&mut agent, &log_in("ann", &app));
        assert_eq!(page.url, app.at("/home"));
        assert_eq!((page.status, page.title.as_str()), (Some(200), "Home"));
        assert_eq!(page.text_of(&at("#signed-in")).as_deref(), Some("Welcome ann"));
        let told: Vec<(Cause, u16)> = visit
            .passages
            .iter()
            .map(|passage| (passage.cause, passage.response.as_ref().map_or(0, |answer| answer.status)))
            .collect();
        let wanted =
            [(Cause::Navigation, 303), (Cause::Redirect, 200), (Cause::Form, 303), (Cause::Redirect, 200)];
        assert_eq!(told, wanted, "{choice:?}");
        let post = &visit.passages[2];
        let body = String::from_utf8(post.request.body.clone().unwrap()).unwrap();
        assert_eq!(body, "user=ann&password=right&csrf=8a7b6c5d4e3f&way=password");
        let set = post.response.as_ref().unwrap().header("set-cookie").unwrap();
        assert!(set.starts_with("session=ann"), "{set}");
        let sent =
            visit.passages[3].request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("cookie"));
        assert_eq!(sent.unwrap().1, "session=ann");
        assert_eq!(agent.cookies(&app.at("/")).unwrap()[0].name, "session");
    }
}

#[test]
fn a_page_that_posts_itself_carries_the_cookies_that_its_site_may() {
    let app = App::start();
    let mut seen = Vec::new();
    for choice in kinds() {
        let agents = agents(choice);
        let mut agent = agents.fresh().unwrap();
        let (visit, page) = done(&mut agent, &[Act::Open(app.at("/login")), Act::Click(at("text=Use SSO"))]);
        assert_eq!(page.text_of(&at("#signed-in")).as_deref(), Some("Welcome ann"), "{choice:?}");
        let post = visit.passages.iter().find(|passage| passage.request.url.ends_with("/acs")).unwrap();
        assert_eq!(post.cause, Cause::Form);
        let header = |name: &str| {
            let mut all = post.request.headers.iter();
            all.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
        };
        assert_eq!(header("origin").as_deref(), Some(app.org("/").origin().ascii_serialization().as_str()));
        let answer = post.response.as_ref().unwrap();
        let carried: Vec<_> =
            answer.headers.iter().filter(|(_, value)| value.starts_with("carried")).cloned().collect();
        seen.push((header("cookie"), header("referer"), carried));
    }
    assert_eq!(seen[0].0.as_deref(), Some("none=1"));
    for other in &seen[1..] {
        assert_eq!(&seen[0], other, "the HTTP agent agrees with the browser");
    }
}

#[test]
fn a_loop_is_stopped_and_said() {
    let app = App::start();
    for choice in kinds() {
        let agents = agents(choice);
        let mut agent = agents.fresh().unwrap();
        let (visit, page) = done(&mut agent, &[Act::Open(app.at("/round"))]);
        assert!(page.loop_found, "{choice:?}");
        assert!(visit.passages.len() >= 5, "{choice:?}: {}", visit.passages.len());
        let (_, page) = done(&mut agent, &[Act::Open(app.at("/meta"))]);
        assert_eq!((page.url.path(), page.loop_found), ("/login", false), "{choice:?}");
    }
}

#[test]
fn a_server_error_is_a_page_and_a_dead_server_is_not() {
    let app = App::start();
    for choice in kinds() {
        let agents = agents(choice);
        let mut agent = agents.fresh().unwrap();
        let (_, page) = done(&mut agent, &[Act::Open(app.at("/broken"))]);
        assert_eq!((page.status, page.text.as_str()), (Some(500), "it broke"));
        let (_, page) = done(&mut agent, &[Act::Open(app.at("/broken-empty"))]);
        assert_eq!((page.status, page.url.path(), page.text.as_str()), (Some(500), "/broken-empty", ""));
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let dead = Url::parse(&format!("http://{free}/x")).unwrap();
        let (visit, error) = agent.perform("open it", &[Act::Open(dead)]).err().unwrap();
        assert!(matches!(error, AgentError::Unreached { .. }), "{error}");
        assert!(error.to_string().contains("nobody listens"), "{error}");
        assert!(visit.passages[0].error.is_some() && visit.error.is_some());
    }
}

#[test]
fn what_is_not_there_is_named() {
    let app = App::start();
    for choice in kinds() {
        let agents = agents(choice);
        let mut agent = agents.fresh().unwrap();
        let acts = [Act::Open(app.at("/login")), Act::Click(at("#nowhere"))];
        let (visit, error) = agent.perform("click", &acts).err().unwrap();
        let text = error.to_string();
        assert!(text.contains("click `#nowhere`") && text.contains("/login"), "{text}");
        assert_eq!(visit.passages.len(), 1);
        assert_eq!(visit.arrived.unwrap().title, "Login");
    }
}

fn identity(name: &str) -> Identity {
    Identity { login: name.to_owned(), ..Identity::default() }
}

fn probe(agent: &mut Agent, app: &App) -> Snapshot {
    let (_, page) = done(agent, &[Act::Open(app.at("/home"))]);
    snapshot(&page, &agent.cookies(&app.at("/")).unwrap())
}

#[test]
fn the_oracle_tells_who_is_signed_in() {
    let app = App::start();
    let (ann, bob, eve) = (identity("annabel"), identity("bobby"), identity("evelyn"));
    for choice in kinds() {
        let agents = agents(choice);
        let c0 = probe(&mut agents.fresh().unwrap(), &app);
        let mut agent = agents.fresh().unwrap();
        done(&mut agent, &log_in("annabel", &app));
        let c1 = probe(&mut agent, &app);
        agent.drop_cookies(&app.at("/")).unwrap();
        let c3 = probe(&mut agent, &app);
        let mut agent = agents.fresh().unwrap();
        done(&mut agent, &log_in("bobby", &app));
        let c2 = probe(&mut agent, &app);
        let calibration = calibrate(c0, c1, c2, c3, &ann, &bob, &AppPages::default()).unwrap();
        assert!(calibration.identity_is_shown && calibration.notes.is_empty(), "{:?}", calibration.notes);

        let mut fresh = agents.fresh().unwrap();
        let rejected = calibration.judge(&probe(&mut fresh, &app), None, &ann, Some(&eve), &[]);
        assert!(rejected.is_rejected(), "{}", rejected.sentence());
        done(&mut fresh, &log_in("evelyn", &app));
        let forged = calibration.judge(&probe(&mut fresh, &app), None, &ann, Some(&eve), &[]);
        assert_eq!(forged.outcome, Outcome::SignedIn { as_whom: AsWhom::Canary }, "{}", forged.sentence());
        let mut fresh = agents.fresh().unwrap();
        done(&mut fresh, &log_in("annabel", &app));
        let good = calibration.judge(&probe(&mut fresh, &app), None, &ann, Some(&eve), &[]);
        assert!(good.is_expected_user(), "{}", good.sentence());
    }
}
