//! A Runscope suite: steps that send requests or pause, as they stand in an export.

use std::time::Duration;

use oinspect_core::{Level, Method};
use serde_json::Value;

use crate::assertion::Comparison;
use crate::source::Source;

/// A Runscope suite.
#[derive(Debug, Clone)]
pub struct Suite {
    /// Its name, by which Okta's own suites are known.
    pub name: String,
    /// What it says about itself.
    pub description: String,
    /// SHA-256 of the file, so that a reviewer sees that it is unmodified.
    pub sha256: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// One step of a suite.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Whether the suite leaves it out.
    pub skipped: bool,
    /// What it does.
    pub action: Action,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum Action {
    /// Sends a request and judges the answer.
    Request(Box<RequestStep>),
    /// Waits.
    Pause(Duration),
}

/// A step that sends a request and judges the answer. Texts still hold their `{{templates}}`.
#[derive(Debug, Clone)]
pub struct RequestStep {
    /// What the author says about it; may hold braces that mean nothing.
    pub note: String,
    /// How strongly the suite demands it, by the beginning of the note.
    pub level: Level,
    /// The method.
    pub method: Method,
    /// The URL.
    pub url: String,
    /// Header names and values, in order.
    pub headers: Vec<(String, String)>,
    /// What is sent along.
    pub payload: Payload,
    /// User and password of HTTP Basic.
    pub basic_auth: Option<(String, String)>,
    /// What must hold of the answer.
    pub assertions: Vec<Assertion>,
    /// What is taken out of the answer for later steps.
    pub extractions: Vec<Extraction>,
    /// Scripts that run before the request is sent; none is empty.
    pub before_scripts: Vec<String>,
    /// Scripts that run after the answer has come; none is empty.
    pub scripts: Vec<String>,
}

/// What a request sends along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// Nothing.
    None,
    /// A text.
    Text(String),
    /// Names and values, URL-encoded.
    Form(Vec<(String, String)>),
    /// Names and values, as `multipart/form-data`.
    Multipart(Vec<(String, String)>),
}

/// What must hold of an answer.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// Where the value stands.
    pub source: Source,
    /// How the value must compare.
    pub comparison: Comparison,
    /// With what; null where the comparison needs nothing.
    pub target: Value,
}

/// What is taken out of an answer for later steps.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// The variable that receives it.
    pub name: String,
    /// Where the value stands.
    pub source: Source,
}

impl Suite {
    /// The steps that send requests, with their number among those, from 1.
    pub fn requests(&self) -> impl Iterator<Item = (usize, &Step, &RequestStep)> {
        self.steps
            .iter()
            .filter_map(|step| match &step.action {
                Action::Request(request) => Some((step, &**request)),
                Action::Pause(_) => None,
            })
            .enumerate()
            .map(|(position, (step, request))| (position + 1, step, request))
    }
}

impl RequestStep {
    /// How many results the step has: its assertions and scripts, or the answer itself where there
    /// are none.
    pub fn checks(&self) -> usize {
        (self.assertions.len() + self.before_scripts.len() + self.scripts.len()).max(1)
    }
}

/// How many results a run of this suite has. A script counts like an assertion.
pub fn planned(suite: &Suite) -> usize {
    suite.requests().map(|(_, _, request)| request.checks()).sum()
}
