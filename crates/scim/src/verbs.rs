//! How checks speak SCIM: one verb each for what a client does to a server.

use std::sync::Arc;
use std::time::Duration;

use oinspect_core::{Cx, Finding, Method, Request};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::kind::Kind;
use crate::observed::Observed;
use crate::target::Target;

/// SCIM's own media type.
pub(crate) const MEDIA_TYPE: &str = "application/scim+json";
/// The schema URN of a PATCH body.
pub(crate) const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// What a URL component keeps as it is.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a segment of a path keeps as it is besides: the signs that RFC 3986 allows in it. A server that
/// does not decode the paths of bulk operations meets the id as it gave it out.
const SEGMENT: &AsciiSet = &COMPONENT
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// How long the first look at a late change waits; each further look waits twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// A text as one component of a URL.
pub(crate) fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// A text as one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// The path of one user.
pub(crate) fn user_path(id: &str) -> String {
    Kind::User.path(id)
}

/// The path that looks for resources by a filter, everything percent-encoded.
pub(crate) fn query(kind: Kind, filter: &str) -> String {
    format!("{}?filter={}", kind.endpoint(), component(filter))
}

/// The path that looks for a userName, everything percent-encoded.
pub(crate) fn user_name_query(user_name: &str) -> String {
    query(Kind::User, &user_name_filter(user_name))
}

/// The filter that looks for a userName.
pub(crate) fn user_name_filter(user_name: &str) -> String {
    format!("userName eq {}", Value::from(user_name))
}

/// How checks speak SCIM.
pub(crate) trait Scim {
    /// The server under test.
    fn target(&self) -> Result<Arc<Target>, Finding>;
    /// A request to a path below the base URL, with every header that the server wants.
    fn request(&self, method: Method, path: &str) -> Result<Request, Finding>;
    /// Sends a request as it is.
    fn ask(&mut self, request: &Request) -> Result<Answer, Finding>;
    /// Reads.
    fn get(&mut self, path: &str) -> Result<Answer, Finding>;
    /// Creates a resource; whatever comes of it is removed at the end of the run.
    fn post(&mut self, kind: Kind, body: &Value) -> Result<Answer, Finding>;
    /// Creates a user; whatever comes of it is removed at the end of the run.
    fn post_user(&mut self, body: &Value) -> Result<Answer, Finding>;
    /// Sends any request that may create a resource of this name.
    fn send_creation(&mut self, kind: Kind, name: Option<&str>, request: &Request)
    -> Result<Answer, Finding>;
    /// Replaces.
    fn put(&mut self, path: &str, body: &Value) -> Result<Answer, Finding>;
    /// Modifies by a list of operations.
    fn patch(&mut self, path: &str, operations: Value) -> Result<Answer, Finding>;
    /// Deletes.
    fn delete(&mut self, path: &str) -> Result<Answer, Finding>;
    /// Reads until something holds, for as long as the server may take to show a change.
    fn get_when(&mut self, path: &str, holds: impl Fn(&Answer) -> bool) -> Result<Answer, Finding>;
}

impl Scim for Cx {
    fn target(&self) -> Result<Arc<Target>, Finding> {
        self.settings()
    }

    fn request(&self, method: Method, path: &str) -> Result<Request, Finding> {
        let target = self.target()?;
        let mut request =
            Request::new(method, format!("{}{path}", target.base_url)).header("Accept", MEDIA_TYPE);
        if let Some(auth) = &target.auth {
            request = request.header("Authorization", auth);
        }
        request.headers.extend(target.headers.iter().cloned());
        Ok(request)
    }

    fn ask(&mut self, request: &Request) -> Result<Answer, Finding> {
        let answer = ask_aside(self, request)?;
        let target = self.target()?;
        if let Some(path) = request.url.strip_prefix(target.base_url.as_str()) {
            self.session().gathered::<Observed>().note(request, path, &answer);
        }
        Ok(answer)
    }

    fn get(&mut self, path: &str) -> Result<Answer, Finding> {
        let request = self.request(Method::Get, path)?;
        self.ask(&request)
    }

    fn post(&mut self, kind: Kind, body: &Value) -> Result<Answer, Finding> {
        let request = with_json(self.request(Method::Post, kind.endpoint())?, body.to_string());
        self.send_creation(kind, body.get(kind.naming()).and_then(Value::as_str), &request)
    }

    fn post_user(&mut self, body: &Value) -> Result<Answer, Finding> {
        self.post(Kind::User, body)
    }

    fn send_creation(
        &mut self,
        kind: Kind,
        name: Option<&str>,
        request: &Request,
    ) -> Result<Answer, Finding> {
        self.may_send(request)?;
        let answer = self.ask(request);
        remember(self, kind, name, answer.as_ref().ok());
        answer
    }

    fn put(&mut self, path: &str, body: &Value) -> Result<Answer, Finding> {
        let request = with_json(self.request(Method::Put, path)?, body.to_string());
        self.ask(&request)
    }

    fn patch(&mut self, path: &str, operations: Value) -> Result<Answer, Finding> {
        let body = json!({ "schemas": [PATCH_OP], "Operations": operations });
        let request = with_json(self.request(Method::Patch, path)?, body.to_string());
        self.ask(&request)
    }

    fn delete(&mut self, path: &str) -> Result<Answer, Finding> {
        let request = self.request(Method::Delete, path)?;
        let answer = self.ask(&request)?;
        if answer.is_success() {
            self.forget(&request.url);
        }
        Ok(answer)
    }

    fn get_when(&mut self, path: &str, holds: impl Fn(&Answer) -> bool) -> Result<Answer, Finding> {
        let settle = self.target()?.settle;
        let (mut waited, mut pause) = (Duration::ZERO, FIRST_PAUSE);
        loop {
            let answer = self.get(path)?;
            if holds(&answer) || waited >= settle || !self.pause(pause) {
                return Ok(answer);
            }
            waited += pause;
            pause = (pause * 2).min(settle.saturating_sub(waited).max(FIRST_PAUSE));
        }
    }
}

/// Sends a request whose answer may come from before the SCIM code, so that it is not tallied with the
/// others: a web server may refuse a malformed URL in its own way.
pub(crate) fn ask_aside(cx: &mut Cx, request: &Request) -> Result<Answer, Finding> {
    let response = cx.send(request)?;
    Ok(Answer::new(response, Arc::clone(&cx.session().redactor)))
}

/// Waits until a new resource can be read, where the server shows changes late.
///
/// # Errors
/// Blocked, where the server cannot be asked.
pub(crate) fn await_shown(cx: &mut Cx, path: &str) -> Result<(), Finding> {
    if !cx.target()?.settle.is_zero() {
        cx.get_when(path, Answer::is_success)?;
    }
    Ok(())
}

/// Waits until whatever was done would be shown, for a check that expects nothing to change.
///
/// # Errors
/// Blocked, where the server's settings are missing.
pub(crate) fn let_settle(cx: &mut Cx) -> Result<(), Finding> {
    let settle = cx.target()?.settle;
    if !settle.is_zero() {
        cx.pause(settle);
    }
    Ok(())
}

/// The request with a JSON body, under SCIM's own media type.
pub(crate) fn with_json(request: Request, body: String) -> Request {
    request.header("Content-Type", MEDIA_TYPE).body(body)
}

/// Remembers what a POST may have created, so that it is removed at the end of the run.
pub(crate) fn remember(cx: &mut Cx, kind: Kind, name: Option<&str>, answer: Option<&Answer>) {
    let ours = answer.filter(|answer| answer.is_success() && is_ours(cx, answer));
    let id = ours.and_then(|answer| answer.text_at("id"));
    match (id, name) {
        (Some(id), _) => remember_one(cx, kind, id),
        // Refused: nothing was created.
        (None, _) if answer.is_some_and(Answer::is_refusal) => {}
        // No answer, or one that does not say what was created: look for it by its name.
        (None, Some(name)) => remember_named(cx, kind, name),
        (None, None) => {}
    }
}

/// Remembers a resource that this run has certainly created, so that it is removed at the end.
pub(crate) fn remember_one(cx: &mut Cx, kind: Kind, id: &str) {
    let Ok(target) = cx.target() else { return };
    let path = kind.path(id);
    let label = format!("{}{path}", target.base_url);
    cx.created(label, Box::new(move |cx| remove(cx, kind, &path)));
}

/// Remembers what this run may have created under this name, so that it is looked for and removed at the
/// end.
pub(crate) fn remember_named(cx: &mut Cx, kind: Kind, name: &str) {
    let name = name.to_owned();
    let label = format!("the {} {name}, if it was created at all", kind.noun());
    cx.created(label, Box::new(move |cx| remove_by_name(cx, kind, &name)));
}

/// Whether an answer shows something that this run named. A server that answers a creation with
/// somebody else's user must not bring us to delete that one.
pub(crate) fn is_ours(cx: &Cx, answer: &Answer) -> bool {
    answer.text().to_lowercase().contains(&cx.session().run.0)
}

fn remove(cx: &mut Cx, kind: Kind, path: &str) -> Result<(), Finding> {
    let answer = cx.delete(path)?;
    if answer.is_success() || answer.status() == 404 {
        return Ok(());
    }
    Err(Finding::broken(format!("the {} deleted", kind.noun()), answer.described()))
}

/// Removes the resources of this name, in any case, and nothing else that a filter may bring up.
fn remove_by_name(cx: &mut Cx, kind: Kind, name: &str) -> Result<(), Finding> {
    let found = cx.get(&query(kind, &format!("{} eq {}", kind.naming(), Value::from(name))))?;
    for one in found.resources() {
        let found = crate::answer::at(one, kind.naming()).and_then(Value::as_str);
        let same = found.is_some_and(|found| found.eq_ignore_ascii_case(name));
        if let (true, Some(id)) = (same, crate::answer::at(one, "id").and_then(Value::as_str)) {
            remove(cx, kind, &kind.path(id))?;
        }
    }
    Ok(())
}
