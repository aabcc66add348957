//! The one place where secrets become placeholders, when evidence is recorded.
//!
//! Redaction keeps equality: one secret, one placeholder, so that evidence can still be judged.

mod encodings;
mod known;
mod names;

use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use serde_json::Value;

pub use names::is_secret_name;

use crate::bounds::{BODY_CAP, LINE_CAP};
use known::{Known, MOST_SECRETS, SHORTEST_ANYWHERE, UNNUMBERED, WITHHELD};
use names::{is_cookie_header, is_credential_header};

/// Knows the run's secrets and takes them out of what is kept.
#[derive(Debug, Default)]
pub struct Redactor {
    known: RwLock<Known>,
    /// Texts that had to go as a whole, because a secret could not be cut out of them.
    withheld: AtomicUsize,
}

impl Redactor {
    /// Learns a secret: from now on it is a placeholder, in every encoding.
    ///
    /// Of a credential such as `Bearer abc...` the scheme is no secret and stays readable.
    pub fn learn(&self, secret: &str) {
        let _ = self.placeholder_within(secret, usize::MAX);
    }

    /// Learns what a body of ours holds of secrets, however many a target has made up meanwhile.
    pub(crate) fn learn_own(&self, body: &[u8]) {
        if let Ok(json) = serde_json::from_slice::<Value>(body) {
            self.learn_members(&json, usize::MAX);
        }
    }

    /// The placeholder of a credential, its scheme kept in front.
    fn placeholder(&self, secret: &str) -> String {
        self.placeholder_within(secret, MOST_SECRETS)
    }

    fn placeholder_within(&self, secret: &str, most: usize) -> String {
        let secret = secret.trim();
        if secret.is_empty() {
            return String::new();
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        match names::scheme_and_credential(secret) {
            Some((scheme, credential)) => {
                if let Some((_, password)) = names::basic_user_and_password(scheme, credential) {
                    known.placeholder(&password, most);
                }
                format!("{scheme} {}", known.placeholder(credential, most))
            }
            None => known.placeholder(secret, most),
        }
    }

    /// What is known, with matchers that know it, too.
    fn known(&self) -> RwLockReadGuard<'_, Known> {
        loop {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            if !known.is_stale() {
                return known;
            }
            drop(known);
            self.known.write().unwrap_or_else(PoisonError::into_inner).sharpen();
        }
    }

    /// A text without the known secrets.
    pub fn text(&self, text: &str) -> String {
        self.counted(self.known().redact(text))
    }

    fn counted(&self, kept: String) -> String {
        if kept == WITHHELD {
            self.withheld.fetch_add(1, Ordering::Relaxed);
        }
        kept
    }

    /// A URL, a header or a sentence as it is kept: without the known secrets, and if it is longer than
    /// [`LINE_CAP`], its beginning and how long it was.
    pub(crate) fn line(&self, text: &str) -> String {
        let (mut kept, is_cut) = self.beginning(text, LINE_CAP);
        if is_cut {
            let _ = write!(kept, "... ({} bytes)", text.len());
        }
        kept
    }

    /// The beginning of a text, at most `most` bytes, without the known secrets; and whether that is
    /// not the whole. What is not kept costs little, however long it is.
    fn beginning(&self, text: &str, most: usize) -> (String, bool) {
        let (kept, is_cut) = self.known().beginning(text, most);
        (self.counted(kept), is_cut)
    }

    /// How many texts were withheld as a whole when they were recorded.
    pub fn withheld(&self) -> usize {
        self.withheld.load(Ordering::Relaxed)
    }

    /// Headers as they are kept: credentials and session cookies are learned and replaced.
    pub(crate) fn headers(&self, headers: &[(String, String)]) -> Vec<(String, String)> {
        headers
            .iter()
            .map(|(name, value)| {
                let kept = if is_credential_header(name) {
                    self.placeholder(value)
                } else if is_cookie_header(name) {
                    self.cookies(name, value)
                } else {
                    self.line(value)
                };
                (self.line(name), kept)
            })
            .collect()
    }

    /// Cookie names and attributes stay readable; values do not.
    fn cookies(&self, header: &str, value: &str) -> String {
        let sets = header.eq_ignore_ascii_case("set-cookie");
        let redacted: Vec<String> = value
            .split(';')
            .enumerate()
            .map(|(position, part)| match part.split_once('=') {
                Some((name, secret)) if !sets || position == 0 => {
                    format!("{name}={}", self.placeholder(secret))
                }
                _ => part.to_owned(),
            })
            .collect();
        redacted.join(";")
    }

    /// A URL as it is kept: parameters that hold secrets by their name are learned and replaced.
    pub(crate) fn url(&self, url: &str) -> String {
        if let Ok(parsed) = url::Url::parse(url) {
            for (name, value) in parsed.query_pairs() {
                if is_secret_name(&name) {
                    self.learn(&value);
                }
            }
            if let Some(password) = parsed.password() {
                self.learn(password);
            }
        }
        self.line(url)
    }

    /// A body as it is kept: members that hold secrets by their name are learned and replaced, wherever
    /// they stand; of the text, at most [`BODY_CAP`] bytes. Says whether that is not the whole.
    pub(crate) fn body(&self, body: &str) -> (String, bool) {
        match serde_json::from_str::<Value>(body) {
            Ok(json) => {
                if self.learn_members(&json, MOST_SECRETS) {
                    self.beginning(&self.without_members(json).to_string(), BODY_CAP)
                } else {
                    self.beginning(body, BODY_CAP)
                }
            }
            Err(_) => {
                for (name, value) in url::form_urlencoded::parse(body.as_bytes()) {
                    if is_secret_name(&name) && value.len() < 4096 {
                        self.learn(&value);
                    }
                }
                self.beginning(body, BODY_CAP)
            }
        }
    }

    /// Learns every secret member; says whether one cannot be found in text again: it is too short, or
    /// there were too many.
    fn learn_members(&self, json: &Value, most: usize) -> bool {
        match json {
            Value::Object(members) => members.iter().fold(false, |short, (name, value)| match value {
                Value::String(secret) if is_secret_name(name) => {
                    short
                        | self.placeholder_within(secret, most).ends_with(UNNUMBERED)
                        | (secret.len() < SHORTEST_ANYWHERE)
                }
                value => short | self.learn_members(value, most),
            }),
            Value::Array(elements) => {
                elements.iter().fold(false, |short, element| short | self.learn_members(element, most))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
    }

    fn without_members(&self, json: Value) -> Value {
        match json {
            Value::Object(members) => members
                .into_iter()
                .map(|(name, value)| match value {
                    Value::String(secret) if is_secret_name(&name) && !secret.is_empty() => {
                        let placeholder = self.placeholder(&secret);
                        (name, Value::String(placeholder))
                    }
                    value => (name, self.without_members(value)),
                })
                .collect(),
            Value::Array(elements) => elements.into_iter().map(|one| self.without_members(one)).collect(),
            value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => value,
        }
    }

    /// The last guard before an event is written: takes out what was learned to be secret since its
    /// texts were recorded, and says how many texts had to be withheld as a whole.
    ///
    /// The names of members are ours, and so are the values of some: see `OURS`.
    pub fn seal(&self, json: &mut Value) -> usize {
        let known = self.known();
        if known.is_empty() { 0 } else { seal(&known, json) }
    }
}

/// Members of events whose values are never a target's: our own words, names and times. A target
/// that calls one of them a token must not take the event away.
///
/// A picture is our own encoding of pixels: no text can be read out of it.
const OURS: [&str; 13] = [
    "png",
    "sha256",
    "id",
    "group",
    "verdict",
    "weight",
    "level",
    "document",
    "kind",
    "profile",
    "started",
    "finished",
    "valid_until",
];

fn seal(known: &Known, json: &mut Value) -> usize {
    match json {
        Value::String(text) => {
            if !known.shows(text) {
                return 0;
            }
            *text = known.redact(text);
            usize::from(text == WITHHELD)
        }
        Value::Array(elements) => elements.iter_mut().map(|element| seal(known, element)).sum(),
        Value::Object(members) => members
            .iter_mut()
            .filter(|(name, value)| !(value.is_string() && OURS.contains(&name.as_str())))
            .map(|(_, value)| seal(known, value))
            .sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

#[cfg(test)]
mod tests;
