//! Looks at the SCIM server: its address, its clock, the credentials, discovery.

use jiff::SignedDuration;
use jiff::fmt::rfc2822;
use oinspect_core::{Method, Request, Response, Session, TransportError, TransportErrorKind};
use oinspect_scim::Target;

use super::Look;

/// Tokens and assertions are refused when clocks differ by more than this.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// Everything about the SCIM server.
pub(super) fn looks(session: &Session, target: &Target) -> Vec<Look> {
    let mut looks = base_url(target);
    match ask(session, target, "/Users?startIndex=1&count=1") {
        Ok(users) => {
            looks.push(clock(session, &users));
            let credentials = credentials(target, &users);
            let is_let_in = matches!(credentials, Look::Fine(_));
            looks.push(credentials);
            if is_let_in {
                looks.push(discovery(session, target));
            }
        }
        Err(error) => looks.push(Look::Wrong(unreachable(target, &error))),
    }
    looks
}

fn ask(session: &Session, target: &Target, path: &str) -> Result<Response, TransportError> {
    let mut request = Request::new(Method::Get, format!("{}{path}", target.base_url))
        .header("Accept", "application/scim+json");
    if let Some(auth) = &target.auth {
        request = request.header("Authorization", auth);
    }
    request.headers.extend(target.headers.iter().cloned());
    session.transport.send(&request, session.request_timeout)
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

fn unreachable(target: &Target, error: &TransportError) -> String {
    let next = match error.kind {
        TransportErrorKind::Unreachable => "; is the app running, and is this its address?",
        TransportErrorKind::TimedOut => "; the app hangs, or limits.request is too short for it",
        TransportErrorKind::Broken => "; the app's log may say why",
        // These name the setting themselves.
        TransportErrorKind::Tls
        | TransportErrorKind::TooLarge
        | TransportErrorKind::RateLimited
        | TransportErrorKind::Unsendable => "",
    };
    format!("scim.base_url: {} does not answer: {error}{next}", target.base_url)
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
    let url = &target.base_url;
    let of_url = |what: String| Look::Wrong(format!("scim.base_url: {url}/Users {what}"));
    match users.status {
        200..=299 if is_object(users) => match &target.auth {
            Some(_) => Look::Fine("scim.auth: the server lists users".to_owned()),
            None => Look::Odd("scim.auth: it is not set, and the server lists users all the same".to_owned()),
        },
        200..=299 if is_page(users) => of_url(format!(
            "answers {} with an HTML page; is this the address of the web site rather than of its SCIM server?",
            users.status
        )),
        status @ 200..=299 => of_url(format!("answers {status}, but no JSON object")),
        300..=399 => of_url(match users.header("location") {
            Some(there) if is_same(url, there) => "redirects to itself".to_owned(),
            Some(there) => format!("redirects to {there}; write the final URL"),
            None => "redirects to nowhere".to_owned(),
        }),
        status @ (401 | 403) => Look::Wrong(refused(target, status)),
        404 => Look::Wrong(format!(
            "scim.base_url: there is no {url}/Users; is a part such as /scim/v2 missing?"
        )),
        status @ 500.. => of_url(format!("answers {status}; the app's log may say why")),
        status => of_url(format!("answers {status}")),
    }
}

fn refused(target: &Target, status: u16) -> String {
    match &target.auth {
        None => format!(
            "scim.auth: it is not set, and the server answers {status}; write auth = \"Bearer ${{SCIM_TOKEN}}\" under [scim]"
        ),
        Some(auth) if !auth.trim().contains(' ') => format!(
            "scim.auth: the server refuses it with {status}; it is one word: does it lack a scheme, such as Bearer?"
        ),
        Some(_) => {
            format!("scim.auth: the server refuses it with {status}; is the token right, and still valid?")
        }
    }
}

fn is_object(response: &Response) -> bool {
    serde_json::from_slice::<serde_json::Value>(&response.body).is_ok_and(|json| json.is_object())
}

fn is_page(response: &Response) -> bool {
    response.header("content-type").is_some_and(|value| value.contains("html"))
        || response.body.trim_ascii_start().starts_with(b"<")
}

/// Whether a redirect of `/Users` leads to `/Users` again.
fn is_same(base_url: &str, location: &str) -> bool {
    let Ok(here) = url::Url::parse(&format!("{base_url}/Users")) else { return false };
    here.join(location).is_ok_and(|there| there.origin() == here.origin() && there.path() == here.path())
}

fn discovery(session: &Session, target: &Target) -> Look {
    let instead = "; every feature is taken to be supported";
    match ask(session, target, "/ServiceProviderConfig") {
        Ok(response) if response.status == 200 && is_object(&response) => {
            Look::Fine("discovery: /ServiceProviderConfig is served".to_owned())
        }
        Ok(response) if response.status == 200 => {
            Look::Odd(format!("discovery: /ServiceProviderConfig answers 200, but no JSON object{instead}"))
        }
        Ok(response) => {
            Look::Odd(format!("discovery: /ServiceProviderConfig answers {}{instead}", response.status))
        }
        Err(error) => Look::Wrong(unreachable(target, &error)),
    }
}
