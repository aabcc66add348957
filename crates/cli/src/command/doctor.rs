//! `oinspect doctor`: looks for what would keep a run from working; each line names the setting.

use std::sync::Arc;

use anstyle::AnsiColor;
use jiff::SignedDuration;
use jiff::fmt::rfc2822;
use oinspect_core::{Cx, Finding, Method, Request, Response, Seed, Session};
use oinspect_run::{Config, Interrupt, open_session};
use oinspect_scim::Target;

use crate::args::Doctor;
use crate::console::Console;
use crate::failure::Failure;
use crate::session::{configuration, no_session};

/// Tokens and assertions are refused when clocks differ by more than this.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// What a look at one thing came to.
enum Look {
    Fine(String),
    Odd(String),
    Wrong(String),
}

pub(crate) fn run(args: &Doctor, console: &Console) -> Result<u8, Failure> {
    let config = configuration(&args.configuration, console)?;
    let target = config.scim_target().map_err(Failure::of_problem)?;
    let session = Arc::new(open_session(&config, Seed::fresh(), &Interrupt::default()).map_err(no_session)?);
    let mut looks = vec![file(&config)];
    looks.extend(base_url(&target));
    let mut cx = Cx::new(Arc::clone(&session), "doctor");
    match ask(&mut cx, &target, "/Users?startIndex=1&count=1") {
        Ok(users) => {
            looks.push(clock(&session, &users));
            looks.push(credentials(&target, &users));
            looks.push(discovery(&mut cx, &target));
        }
        Err(finding) => looks.push(Look::Wrong(unreachable(&target, finding))),
    }
    let wrong = looks.iter().filter(|look| matches!(look, Look::Wrong(_))).count();
    for look in &looks {
        console.say(line(look));
    }
    if wrong == 0 {
        console.say("nothing keeps a run from working");
        return Ok(0);
    }
    console.say(format!("{wrong} of {} looks found what would keep a run from working", looks.len()));
    Ok(oinspect_core::Outcome::Incomplete.exit_code())
}

fn line(look: &Look) -> String {
    let (style, word, text) = match look {
        Look::Fine(text) => (AnsiColor::Green.on_default(), "✓ fine ", text),
        Look::Odd(text) => (AnsiColor::Yellow.on_default(), "! odd  ", text),
        Look::Wrong(text) => (AnsiColor::Red.on_default().bold(), "✗ wrong", text),
    };
    format!("{style}{word}{style:#} {text}")
}

fn ask(cx: &mut Cx, target: &Target, path: &str) -> Result<Response, Finding> {
    let mut request = Request::new(Method::Get, format!("{}{path}", target.base_url))
        .header("Accept", "application/scim+json");
    if let Some(auth) = &target.auth {
        request = request.header("Authorization", auth);
    }
    request.headers.extend(target.headers.iter().cloned());
    cx.send(&request)
}

fn file(config: &Config) -> Look {
    match &config.file {
        Some(path) => Look::Fine(format!("configuration: {}", path.display())),
        None => Look::Odd(
            "configuration: no oinspect.toml here or above; only --set and OINSPECT_* count".to_owned(),
        ),
    }
}

/// What Okta would not accept, whatever the server answers.
fn base_url(target: &Target) -> Vec<Look> {
    let url = &target.base_url;
    let mut looks = Vec::new();
    let local = url::Url::parse(url).is_ok_and(|url| match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    });
    if url.starts_with("http://") && !local {
        looks.push(Look::Wrong(format!(
            "scim.base_url: {url} is not https; credentials would travel in the open"
        )));
    }
    if url.contains('_') {
        looks.push(Look::Odd(format!(
            "scim.base_url: {url} holds an underscore, which Okta refuses in a base URL"
        )));
    }
    if looks.is_empty() {
        looks.push(Look::Fine(format!("scim.base_url: {url}")));
    }
    looks
}

fn unreachable(target: &Target, finding: Finding) -> String {
    let why = match finding {
        Finding::Broken { actual, .. } => actual,
        Finding::Blocked { why }
        | Finding::NotVerified { why }
        | Finding::NotOffered { what: why }
        | Finding::NotConfigured { what: why } => why,
    };
    format!("scim.base_url: {} does not answer: {why}", target.base_url)
}

fn clock(session: &Session, response: &Response) -> Look {
    let Some(theirs) = response.header("date").and_then(|date| rfc2822::parse(date).ok()) else {
        return Look::Odd("clock: the server does not say what time it is".to_owned());
    };
    let ours = session.clock.now();
    let apart = ours.duration_since(theirs.timestamp()).abs();
    if apart <= CLOCK_TOLERANCE {
        return Look::Fine("clock: the server's and ours agree".to_owned());
    }
    Look::Odd(format!("clock: the server says {}, here it is {ours:.0}: {apart:#} apart", theirs.timestamp()))
}

fn credentials(target: &Target, users: &Response) -> Look {
    let given = if target.auth.is_some() { "scim.auth" } else { "scim.auth (not set)" };
    let url = &target.base_url;
    match users.status {
        200 if serde_json::from_slice::<serde_json::Value>(&users.body)
            .is_ok_and(|json| json.is_object()) =>
        {
            Look::Fine(format!("{given}: the server lists users"))
        }
        200..=299 => {
            Look::Wrong(format!("scim.base_url: {url}/Users answers {}, but no JSON object", users.status))
        }
        300..=399 => Look::Wrong(format!(
            "scim.base_url: {url}/Users redirects to {}; write the final URL",
            users.header("location").unwrap_or("nowhere")
        )),
        401 | 403 => Look::Wrong(format!("{given}: the server refuses it with {}", users.status)),
        404 => Look::Wrong(format!(
            "scim.base_url: there is no {url}/Users; is a part such as /scim/v2 missing?"
        )),
        status => Look::Wrong(format!("scim.base_url: {url}/Users answers {status}")),
    }
}

fn discovery(cx: &mut Cx, target: &Target) -> Look {
    match ask(cx, target, "/ServiceProviderConfig") {
        Ok(response) if response.status == 200 => {
            Look::Fine("discovery: /ServiceProviderConfig is served".to_owned())
        }
        Ok(response) => Look::Odd(format!(
            "discovery: /ServiceProviderConfig answers {}; every feature is taken to be supported",
            response.status
        )),
        Err(finding) => Look::Wrong(unreachable(target, finding)),
    }
}
