//! The one place where secrets become placeholders, when evidence is recorded.
//!
//! Redaction keeps equality: one secret, one placeholder, so that evidence can still be judged.

mod encodings;
mod names;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;

pub use names::is_secret_name;

use encodings::{decodings, spellings};
use names::{is_cookie_header, is_credential_header};

/// Shorter values are redacted only where they were recorded: they would also occur by chance.
const SHORTEST_ANYWHERE: usize = 8;

/// How many encodings may lie on top of one another and still be seen through.
const DEPTH: u8 = 3;

/// What stands where a secret could not be cut out.
const WITHHELD: &str = "[withheld: it would have shown a secret]";

/// Knows the run's secrets and takes them out of what is kept.
#[derive(Debug, Default)]
pub struct Redactor {
    known: RwLock<Known>,
    /// Texts that had to go as a whole, because a secret could not be cut out of them.
    withheld: AtomicUsize,
}

#[derive(Default)]
struct Known {
    /// Each secret's number, in the order in which they were learned; the placeholder shows it.
    secrets: HashMap<String, usize>,
    /// Spelling and replacement, for secrets long enough to be looked for anywhere.
    patterns: Vec<(String, String)>,
    spelled: Option<AhoCorasick>,
    literal: Option<AhoCorasick>,
    /// Whether secrets were learned that the matchers do not know yet.
    is_stale: bool,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").field("secrets", &self.secrets.len()).finish_non_exhaustive()
    }
}

impl Known {
    /// The placeholder of a secret, after learning it if it is new.
    fn placeholder(&mut self, secret: &str) -> String {
        if let Some(number) = self.secrets.get(secret) {
            return format!("[secret {number}]");
        }
        let number = self.secrets.len() + 1;
        self.secrets.insert(secret.to_owned(), number);
        let placeholder = format!("[secret {number}]");
        if secret.len() >= SHORTEST_ANYWHERE {
            self.patterns
                .extend(spellings(secret).into_iter().map(|spelling| (spelling, placeholder.clone())));
            self.is_stale = true;
        }
        placeholder
    }

    /// Makes the matchers know every secret. Once for many secrets: a body may hold thousands.
    fn sharpen(&mut self) {
        self.spelled = matcher(self.patterns.iter().map(|(spelling, _)| spelling.as_str()));
        let long = self.secrets.keys().filter(|secret| secret.len() >= SHORTEST_ANYWHERE);
        self.literal = matcher(long.map(String::as_str));
        self.is_stale = false;
    }

    fn shows_literally(&self, text: &str) -> bool {
        self.literal.as_ref().is_some_and(|literal| literal.is_match(text))
    }

    /// Whether a secret can be read out of a text, through any encoding we know.
    fn shown_in(&self, text: &str, depth: u8) -> bool {
        // No encoding makes a text shorter than what it says.
        text.len() >= SHORTEST_ANYWHERE
            && (self.shows_literally(text)
                || (depth > 0 && decodings(text).iter().any(|decoded| self.shown_in(decoded, depth - 1))))
    }

    fn redact(&self, text: &str) -> String {
        let Some(spelled) = &self.spelled else { return text.to_owned() };
        let replacements: Vec<&str> =
            self.patterns.iter().map(|(_, placeholder)| placeholder.as_str()).collect();
        let text = spelled.replace_all(text, &replacements);
        if !self.shown_in(&text, DEPTH) {
            return text;
        }
        // An unusual or nested encoding: take out the whole words that show a secret, the smallest
        // that do.
        for separators in ["\"'<>&?,;:()[]{} \t\r\n", " \t\r\n"] {
            let masked: String = words(&text, separators)
                .map(|word| if self.shown_in(word, DEPTH) { "[secret]" } else { word })
                .collect();
            if !self.shown_in(&masked, DEPTH) {
                return masked;
            }
        }
        WITHHELD.to_owned()
    }
}

fn matcher<'a>(patterns: impl Iterator<Item = &'a str>) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok()
}

/// A text cut before and after each separator; nothing is lost.
fn words<'a>(text: &'a str, separators: &'a str) -> impl Iterator<Item = &'a str> {
    text.split_inclusive(|c| separators.contains(c)).flat_map(|piece| {
        let word = piece.trim_end_matches(|c| separators.contains(c));
        [word, &piece[word.len()..]]
    })
}

impl Redactor {
    /// Learns a secret: from now on it is a placeholder, in every encoding.
    ///
    /// Of a credential such as `Bearer abc...` the scheme is no secret and stays readable.
    pub fn learn(&self, secret: &str) {
        let _ = self.placeholder(secret);
    }

    /// The placeholder of a credential, its scheme kept in front.
    fn placeholder(&self, secret: &str) -> String {
        let secret = secret.trim();
        if secret.is_empty() {
            return String::new();
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        match names::scheme_and_credential(secret) {
            Some((scheme, credential)) => {
                if let Some((_, password)) = names::basic_user_and_password(scheme, credential) {
                    known.placeholder(&password);
                }
                format!("{scheme} {}", known.placeholder(credential))
            }
            None => known.placeholder(secret),
        }
    }

    /// What is known, with matchers that know it, too.
    fn known(&self) -> RwLockReadGuard<'_, Known> {
        loop {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            if !known.is_stale {
                return known;
            }
            drop(known);
            self.known.write().unwrap_or_else(PoisonError::into_inner).sharpen();
        }
    }

    /// A text without the known secrets.
    pub fn text(&self, text: &str) -> String {
        let kept = self.known().redact(text);
        if kept == WITHHELD {
            self.withheld.fetch_add(1, Ordering::Relaxed);
        }
        kept
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
                    self.text(value)
                };
                (self.text(name), kept)
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
        self.text(url)
    }

    /// A body as it is kept: members that hold secrets by their name are learned and replaced.
    pub(crate) fn body(&self, body: &str) -> String {
        match serde_json::from_str::<Value>(body) {
            Ok(json) => {
                let short = self.learn_members(&json);
                if short { self.text(&self.without_short_members(json).to_string()) } else { self.text(body) }
            }
            Err(_) => {
                for (name, value) in url::form_urlencoded::parse(body.as_bytes()) {
                    if is_secret_name(&name) && value.len() < 4096 {
                        self.learn(&value);
                    }
                }
                self.text(body)
            }
        }
    }

    /// Learns every secret member; says whether one is too short to be found in text again.
    fn learn_members(&self, json: &Value) -> bool {
        match json {
            Value::Object(members) => members.iter().fold(false, |short, (name, value)| match value {
                Value::String(secret) if is_secret_name(name) => {
                    self.learn(secret);
                    short | (secret.len() < SHORTEST_ANYWHERE)
                }
                value => short | self.learn_members(value),
            }),
            Value::Array(elements) => {
                elements.iter().fold(false, |short, element| short | self.learn_members(element))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
    }

    fn without_short_members(&self, json: Value) -> Value {
        match json {
            Value::Object(members) => members
                .into_iter()
                .map(|(name, value)| match value {
                    Value::String(secret) if is_secret_name(&name) && !secret.is_empty() => {
                        let placeholder = self.placeholder(&secret);
                        (name, Value::String(placeholder))
                    }
                    value => (name, self.without_short_members(value)),
                })
                .collect(),
            Value::Array(elements) => {
                elements.into_iter().map(|one| self.without_short_members(one)).collect()
            }
            value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => value,
        }
    }

    /// The last guard before an event is written: takes out what was learned to be secret since its
    /// texts were recorded, and says how many texts had to be withheld as a whole.
    ///
    /// The names of members are ours, and so are the values of some: see `OURS`.
    pub fn seal(&self, json: &mut Value) -> usize {
        let known = self.known();
        if known.literal.is_none() { 0 } else { seal(&known, json) }
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
            if !known.shown_in(text, DEPTH) {
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
