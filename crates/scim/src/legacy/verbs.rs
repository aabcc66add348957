//! How checks speak SCIM 1.1: plain JSON, and bodies that are parts of resources.

use std::time::Duration;

use oinspect_core::{Capability, Cx, Finding, Method, Request};
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::kind::Kind;
use crate::verbs::{Scim, component, is_ours};

/// The one schema URN of SCIM 1.1's users, groups and lists.
pub(super) const CORE: &str = "urn:scim:schemas:core:1.0";
const MEDIA_TYPE: &str = "application/json";

/// How long the first look at a late change waits; each further look waits twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// A request to a path below the base URL that wants plain JSON.
pub(super) fn request(cx: &Cx, method: Method, path: &str) -> Result<Request, Finding> {
    let mut request = cx.request(method, path)?;
    if let Some((_, value)) = request.headers.iter_mut().find(|(name, _)| name == "Accept") {
        MEDIA_TYPE.clone_into(value);
    }
    Ok(request)
}

fn with_body(cx: &Cx, method: Method, path: &str, body: &Value) -> Result<Request, Finding> {
    Ok(request(cx, method, path)?.header("Content-Type", MEDIA_TYPE).body(body.to_string()))
}

/// Reads.
pub(super) fn get(cx: &mut Cx, path: &str) -> Result<Answer, Finding> {
    let request = request(cx, Method::Get, path)?;
    cx.ask(&request)
}

/// Reads until something holds, for as long as the server may take to show a change.
pub(super) fn get_when(cx: &mut Cx, path: &str, holds: impl Fn(&Answer) -> bool) -> Result<Answer, Finding> {
    let settle = cx.target()?.settle;
    let (mut waited, mut pause) = (Duration::ZERO, FIRST_PAUSE);
    loop {
        let answer = get(cx, path)?;
        if holds(&answer) || waited >= settle || !cx.pause(pause) {
            return Ok(answer);
        }
        waited += pause;
        pause = (pause * 2).min(settle.saturating_sub(waited).max(FIRST_PAUSE));
    }
}

/// Looks for resources by name, with the paging that Okta always sends.
pub(super) fn search(kind: Kind, name: &str) -> String {
    let filter = format!("{} eq {}", kind.naming(), Value::from(name));
    format!("{}?filter={}&startIndex=1&count=100", kind.endpoint(), component(&filter))
}

/// Creates a resource; whatever comes of it is removed at the end of the run.
pub(super) fn post(cx: &mut Cx, kind: Kind, body: &Value) -> Result<Answer, Finding> {
    let request = with_body(cx, Method::Post, kind.endpoint(), body)?;
    cx.may_send(&request)?;
    let answer = cx.ask(&request);
    remember(cx, kind, body, answer.as_ref().ok());
    answer
}

/// Replaces.
pub(super) fn put(cx: &mut Cx, path: &str, body: &Value) -> Result<Answer, Finding> {
    let request = with_body(cx, Method::Put, path, body)?;
    cx.ask(&request)
}

/// Changes the attributes that this part of a resource names; has to succeed.
///
/// # Errors
/// Not offered, where the server has no PATCH; broken, where it refuses this one.
pub(super) fn patch(cx: &mut Cx, path: &str, mut part: Value) -> Result<(), Finding> {
    part["schemas"] = json!([CORE]);
    let request = with_body(cx, Method::Patch, path, &part)?;
    let answer = cx.ask(&request)?;
    if answer.is_not_implemented() {
        return Err(Capability::Patch.missing());
    }
    answer.expect_success().map(drop)
}

/// Deletes.
pub(super) fn delete(cx: &mut Cx, path: &str) -> Result<Answer, Finding> {
    let request = request(cx, Method::Delete, path)?;
    let answer = cx.ask(&request)?;
    if answer.is_success() {
        cx.forget(&request.url);
    }
    Ok(answer)
}

/// Remembers what a POST may have created, so that it is removed at the end of the run.
fn remember(cx: &mut Cx, kind: Kind, body: &Value, answer: Option<&Answer>) {
    if answer.is_some_and(Answer::is_refusal) {
        return;
    }
    let ours = answer.filter(|answer| answer.is_success() && is_ours(cx, answer));
    if let (Some(id), Ok(target)) = (ours.and_then(|answer| answer.text_at("id")), cx.target()) {
        let path = kind.path(id);
        cx.created(format!("{}{path}", target.base_url), Box::new(move |cx| remove(cx, kind, &path)));
    } else if let Some(name) = at(body, kind.naming()).and_then(Value::as_str) {
        let name = name.to_owned();
        let label = format!("the {} {name}, if it was created at all", kind.noun());
        cx.created(label, Box::new(move |cx| remove_by_name(cx, kind, &name)));
    }
}

fn remove(cx: &mut Cx, kind: Kind, path: &str) -> Result<(), Finding> {
    let answer = delete(cx, path)?;
    if answer.is_success() || answer.status() == 404 {
        return Ok(());
    }
    Err(Finding::broken(format!("the {} deleted", kind.noun()), answer.described()))
}

/// Removes the resources of this name, in any case, and nothing else that a filter may bring up.
fn remove_by_name(cx: &mut Cx, kind: Kind, name: &str) -> Result<(), Finding> {
    let found = get(cx, &search(kind, name))?;
    for one in found.resources() {
        let text = |attribute: &str| at(one, attribute).and_then(Value::as_str);
        if let (Some(found), Some(id)) = (text(kind.naming()), text("id"))
            && found.eq_ignore_ascii_case(name)
        {
            remove(cx, kind, &kind.path(id))?;
        }
    }
    Ok(())
}
