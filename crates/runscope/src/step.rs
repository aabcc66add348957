//! Runs one request step: resolve, scripts before, send, extract, scripts after, judge.

use std::sync::Arc;

use oinspect_core::{
    Cx, Event, Finding, GroupHeader, Note, NoteKind, Redactor, Response, Session, is_secret_name,
};
use serde_json::{Value, json};

use crate::assertion::{Comparison, cast};
use crate::cleanup::Made;
use crate::okta::OktaSuite;
use crate::request::{Draft, dictionary, draft};
use crate::result::StepResults;
use crate::script::{self, Input, Limits, ScriptError};
use crate::source::{Answer, Location, Unreadable, milliseconds};
use crate::status::reason;
use crate::suite::{Assertion, RequestStep, Step, Suite};
use crate::variables::Variables;

/// The most that is shown of one value.
const LONGEST_SHOWN: usize = 500;

/// The most that is shown of what a script says.
pub(crate) const LONGEST_LINE: usize = 2000;

/// One request step on its way.
pub(crate) struct StepRun<'a> {
    pub(crate) session: &'a Arc<Session>,
    pub(crate) suite: &'a Suite,
    pub(crate) step: &'a Step,
    pub(crate) request: &'a RequestStep,
    /// The number among the request steps, from 1.
    pub(crate) number: usize,
    pub(crate) variables: &'a mut Variables,
    pub(crate) made: &'a mut Made,
}

/// What came of each part of a step.
pub(crate) struct Outcomes {
    pub(crate) assertions: Vec<Result<(), Finding>>,
    pub(crate) before_scripts: Vec<Result<(), Finding>>,
    pub(crate) scripts: Vec<Result<(), Finding>>,
    /// Whether an answer came at all.
    pub(crate) answer: Result<(), Finding>,
}

impl StepRun<'_> {
    /// Runs the step as one group of results.
    pub(crate) fn run(mut self, emit: &mut dyn FnMut(Event)) {
        let redactor = &self.session.redactor;
        let id = format!("runscope.{:02}", self.number);
        let title = match self.request.note.as_str() {
            "" => format!("{} {}", self.request.method, self.request.url),
            note => note.to_owned(),
        };
        emit(Event::GroupStarted(GroupHeader {
            id: id.clone(),
            title: redactor.text(&title),
            suite: redactor.text(&self.suite.name),
        }));
        let mut cx = Cx::new(Arc::clone(self.session), &id);
        let started = self.session.clock.now();
        let outcomes = self.execute(&mut cx, emit);
        let evidence = cx.finish();
        StepResults {
            group: id,
            step: self.step,
            request: self.request,
            evidence,
            times: (started, self.session.clock.now()),
            redactor,
        }
        .emit(&outcomes, emit);
    }

    fn execute(&mut self, cx: &mut Cx, emit: &mut dyn FnMut(Event)) -> Outcomes {
        if self.step.skipped {
            cx.note("the suite leaves this step out");
            let finding = Finding::NotOffered { what: "the suite leaves this step out".to_owned() };
            return self.all(&finding, Vec::new());
        }
        let mut draft = match draft(self.request, self.variables, &self.session.redactor) {
            Ok(draft) => draft,
            Err(why) => return self.all(&Finding::blocked(why), Vec::new()),
        };
        let before_scripts = self.run_before_scripts(cx, &mut draft);
        if before_scripts.iter().any(Result::is_err) {
            return self.all(&Finding::blocked("a script before the request failed"), before_scripts);
        }
        let sent = draft.to_json();
        let request = draft.into_request();
        let response = match cx.send(&request) {
            Ok(response) => response,
            Err(finding) => return self.all(&finding, before_scripts),
        };
        let answer = Answer::of(&response);
        self.made.follow(cx, &request, &response, answer.json.as_ref().ok());
        self.warn_of_empty_server(&answer, emit);
        self.extract(cx, &answer);
        let scripts = self.run_scripts(cx, &sent, &answer);
        let assertions =
            self.request.assertions.iter().map(|assertion| self.judge(assertion, &answer)).collect();
        Outcomes { assertions, before_scripts, scripts, answer: Ok(()) }
    }

    /// The same cause for everything that has no outcome yet; what the step would have defined has no
    /// value.
    fn all(&mut self, finding: &Finding, before_scripts: Vec<Result<(), Finding>>) -> Outcomes {
        for extraction in &self.request.extractions {
            self.variables.lose(&extraction.name, &format!("step {} got no answer", self.step.number));
        }
        let same = |count| vec![Err(finding.clone()); count];
        let missing = self.request.before_scripts.len() - before_scripts.len();
        Outcomes {
            assertions: same(self.request.assertions.len()),
            before_scripts: before_scripts.into_iter().chain(same(missing)).collect(),
            scripts: same(self.request.scripts.len()),
            answer: Err(finding.clone()),
        }
    }

    fn run_before_scripts(&mut self, cx: &mut Cx, draft: &mut Draft) -> Vec<Result<(), Finding>> {
        let mut outcomes = Vec::new();
        for source in &self.request.before_scripts {
            let before = draft.to_json();
            let (outcome, after) = self.run_script(cx, source, &before, None);
            let outcome = outcome.and_then(|()| {
                let changed = after.map_or(Ok(()), |after| draft.change(&before, &after));
                changed.map_err(|why| Finding::broken("a request that can be sent", why))
            });
            let failed = outcome.is_err();
            outcomes.push(outcome);
            if failed {
                break;
            }
        }
        outcomes
    }

    fn run_scripts(&mut self, cx: &mut Cx, sent: &Value, answer: &Answer<'_>) -> Vec<Result<(), Finding>> {
        let response = response_json(answer);
        let scripts = &self.request.scripts;
        scripts.iter().map(|source| self.run_script(cx, source, sent, Some(&response)).0).collect()
    }

    fn run_script(
        &mut self,
        cx: &mut Cx,
        source: &str,
        request: &Value,
        response: Option<&Value>,
    ) -> (Result<(), Finding>, Option<Value>) {
        let seed = self.variables.random();
        let input = Input {
            variables: self.variables.values().clone(),
            request: Some(request.clone()),
            response: response.cloned(),
            seed,
        };
        let output = script::run(source, input, Limits::default());
        for (name, value) in &output.set {
            self.variables.set(name, value);
            note_variable(cx, "a script", name, value);
        }
        for line in &output.log {
            cx.note(format!("the script logged: {}", excerpt(line, LONGEST_LINE, &self.session.redactor)));
        }
        (output.result.map_err(|error| script_finding(&error, &self.session.redactor)), output.request)
    }

    fn extract(&mut self, cx: &mut Cx, answer: &Answer<'_>) {
        for extraction in &self.request.extractions {
            let mut source = extraction.source.clone();
            let found = self
                .variables
                .resolve(&source.property)
                .and_then(|property| {
                    source.property = property;
                    source.extract(answer).map_err(|unreadable| match unreadable {
                        Unreadable::Body(why) | Unreadable::Question(why) => why,
                    })
                })
                .and_then(|value| match value {
                    None => Err(format!("the answer has no {}", source.words())),
                    Some(Value::Null) => Err(format!("{} is null", source.words())),
                    Some(value) => Ok(cast(&value)),
                });
            match found {
                Ok(value) => {
                    self.variables.set(&extraction.name, &value);
                    note_variable(cx, &source.words(), &extraction.name, &value);
                }
                Err(why) => {
                    cx.note(format!("{{{{{}}}}} gets no value: {why}", extraction.name));
                    self.variables.lose(&extraction.name, &format!("in step {}, {why}", self.step.number));
                }
            }
        }
    }

    fn judge(&mut self, assertion: &Assertion, answer: &Answer<'_>) -> Result<(), Finding> {
        let mut source = assertion.source.clone();
        source.property = self.variables.resolve(&source.property).map_err(Finding::blocked)?;
        let target = match &assertion.target {
            Value::String(text) => Value::String(self.variables.resolve(text).map_err(Finding::blocked)?),
            other => other.clone(),
        };
        let expected = format!("{} {}", source.words(), assertion.comparison.words(&target));
        match source.extract(answer) {
            Ok(actual) if assertion.comparison.holds(actual.as_ref(), &target) => Ok(()),
            Ok(actual) => {
                let secret = source.property.rsplit(['.', '[']).next().is_some_and(is_secret_name);
                if let (true, Some(Value::String(value))) = (secret, &actual) {
                    self.session.redactor.learn(value);
                }
                let actual = if secret && actual.is_some() {
                    "[secret]".to_owned()
                } else {
                    shown(actual.as_ref(), &self.session.redactor)
                };
                Err(Finding::broken(expected, actual))
            }
            // An empty body is empty, whatever it was taken for.
            Err(Unreadable::Body(_))
                if assertion.comparison == Comparison::Empty && answer.text.trim().is_empty() =>
            {
                Ok(())
            }
            Err(Unreadable::Body(why)) => Err(Finding::broken(expected, why)),
            Err(Unreadable::Question(why)) => Err(Finding::NotVerified { why }),
        }
    }

    /// Okta's protocol suites look at the first user of the server, and make none before.
    fn warn_of_empty_server(&self, answer: &Answer<'_>, emit: &mut dyn FnMut(Event)) {
        let wants_one = self.request.assertions.iter().any(|assertion| {
            assertion.source.location == Location::Json
                && assertion.source.property == "Resources"
                && assertion.comparison == Comparison::NotEmpty
        });
        let empty = answer.json.as_ref().is_ok_and(|body| {
            body.get("Resources").is_some_and(|list| list.as_array().is_some_and(Vec::is_empty))
                || body.get("totalResults").is_some_and(|total| total.as_u64() == Some(0))
        });
        if wants_one && empty && OktaSuite::of(self.suite) == Some(OktaSuite::Spec) {
            let text =
                "the server has no user yet: this suite needs at least one before it starts".to_owned();
            emit(Event::Noted(Note { kind: NoteKind::Warning, text }));
        }
    }
}

fn note_variable(cx: &mut Cx, from: &str, name: &str, value: &str) {
    let value = if is_secret_name(name) {
        "a secret".to_owned()
    } else {
        shown(Some(&value.into()), &cx.session().redactor)
    };
    cx.note(format!("{from} gives {{{{{name}}}}} its value: {value}"));
}

/// A value as a finding shows it.
fn shown(value: Option<&Value>, redactor: &Redactor) -> String {
    let text = value.map_or_else(|| "no value".to_owned(), Value::to_string);
    let shown = excerpt(&text, LONGEST_SHOWN, redactor);
    if shown.len() < LONGEST_SHOWN { shown } else { format!("{shown}... ({} bytes)", text.len()) }
}

/// The beginning of a text, secrets taken out before it is cut: half of one is not known as a secret.
pub(crate) fn excerpt(text: &str, longest: usize, redactor: &Redactor) -> String {
    let mut text = redactor.text(text);
    text.truncate(text.floor_char_boundary(longest));
    text
}

/// A script that throws found something; one that was stopped found nothing out.
fn script_finding(error: &ScriptError, redactor: &Redactor) -> Finding {
    match error {
        ScriptError::Threw(message) => {
            Finding::broken("the script passes", excerpt(message, LONGEST_LINE, redactor))
        }
        ScriptError::Unavailable(_)
        | ScriptError::TimeLimit(_)
        | ScriptError::MemoryLimit(_)
        | ScriptError::StackLimit
        | ScriptError::NotStarted(_) => Finding::NotVerified { why: error.to_string() },
    }
}

/// The answer as scripts see it.
fn response_json(answer: &Answer<'_>) -> Value {
    let Response { status, headers, body, elapsed, retries: _ } = answer.response;
    json!({
        "status": status,
        "reason": reason(*status),
        "headers": dictionary(headers),
        "body": answer.text,
        "response_time_ms": milliseconds(*elapsed),
        "size_bytes": body.len(),
    })
}
