//! A target in this process, and what a run against it said.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use oinspect_core::{
    CheckResult, Event, Evidence, Leftover, Note, Redactor, Request, Response, Seed, Session, Transport,
    TransportError, TransportErrorKind,
};
use oinspect_runscope::{Error, Options, Suite, run};

type Answers = dyn Fn(&Request) -> Result<Response, TransportErrorKind> + Send + Sync;

/// A target in this process: answers by a function and remembers what it was asked.
pub(crate) struct Target {
    answers: Box<Answers>,
    pub(crate) asked: Mutex<Vec<Request>>,
}

impl Transport for Target {
    fn send(&self, request: &Request, _: Duration) -> Result<Response, TransportError> {
        self.asked.lock().expect("not poisoned").push(request.clone());
        (self.answers)(request).map_err(|kind| TransportError { kind, detail: "it broke".to_owned() })
    }
}

pub(crate) fn answer(status: u16, body: &str) -> Response {
    Response {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.as_bytes().to_vec(),
        elapsed: Duration::from_millis(20),
        retries: 0,
    }
}

/// A session over a target that answers by this function.
pub(crate) fn session(
    answers: impl Fn(&Request) -> Result<Response, TransportErrorKind> + Send + Sync + 'static,
) -> (Arc<Session>, Arc<Target>) {
    let target = Arc::new(Target { answers: Box::new(answers), asked: Mutex::default() });
    let transport: Arc<dyn Transport> = Arc::<Target>::clone(&target);
    let mut session = Session::new(transport, Arc::new(Redactor::default()));
    session.seed = Seed(7);
    (Arc::new(session), target)
}

pub(crate) fn options(variables: &[(&str, &str)]) -> Options {
    Options {
        variables: variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        initial_script: None,
        pause_scale: 0.0,
        wait: Arc::new(|_| panic!("nobody waits")),
        cleanup: false,
    }
}

/// What a run said.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) groups: Vec<(String, String)>,
    pub(crate) checks: Vec<CheckResult>,
    pub(crate) evidence: BTreeMap<String, Evidence>,
    pub(crate) notes: Vec<Note>,
    pub(crate) left: Vec<Leftover>,
    /// Everything, as it would be written.
    pub(crate) text: String,
}

impl Said {
    pub(crate) fn verdict(&self, id: &str) -> &'static str {
        self.check(id).verdict.name()
    }

    pub(crate) fn check(&self, id: &str) -> &CheckResult {
        self.checks.iter().find(|check| check.id == id).expect(id)
    }
}

/// Runs a suite and keeps what it said.
pub(crate) fn run_suite(session: &Arc<Session>, suite: &Suite, options: Options) -> Result<Said, Error> {
    let mut said = Said::default();
    run(session, suite, options, &mut |event| {
        said.text += &serde_json::to_string(&event).expect("an event is JSON");
        match event {
            Event::GroupStarted(header) => said.groups.push((header.id, header.title)),
            Event::CheckFinished(check) => said.checks.push(*check),
            Event::GroupFinished { id, evidence } => {
                said.evidence.insert(id, evidence);
            }
            Event::Noted(note) => said.notes.push(note),
            Event::LeftBehind(leftover) => said.left.push(leftover),
            Event::CheckStarted { .. } | Event::Discovered(_) => {}
            Event::RunStarted(_) | Event::RunFinished { .. } => panic!("the caller says this"),
        }
    })?;
    Ok(said)
}

/// A suite of one request step, made of these members.
pub(crate) fn one_step(members: &str) -> Suite {
    let text = format!(
        r#"{{"name": "n", "steps": [{{"step_type": "request", "url": "http://localhost:1/x", {members}}}]}}"#
    );
    Suite::parse(text.as_bytes()).expect("a suite")
}
