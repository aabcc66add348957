//! Runs a suite: variables first, then its steps, one after the other.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use oinspect_core::{Event, Note, NoteKind, Session, is_secret_name};

use crate::cleanup::Made;
use crate::definable;
use crate::error::Error;
use crate::function::Functions;
use crate::okta::OktaSuite;
use crate::script::{self, Input, Limits};
use crate::step::{LONGEST_LINE, StepRun, excerpt};
use crate::suite::{Action, Suite};
use crate::variables::Variables;

/// A pause is cut into pieces of this length, so that an interrupted run ends soon.
const PIECE: Duration = Duration::from_secs(1);

/// How a suite is run.
pub struct Options {
    /// The user's variables; they win over every other initial value.
    pub variables: BTreeMap<String, String>,
    /// The text of the initial script, which is not part of an export.
    pub initial_script: Option<String>,
    /// By how much pauses are shortened (0 leaves them out) or lengthened.
    pub pause_scale: f64,
    /// Waits; the engine itself never does.
    pub wait: Arc<dyn Fn(Duration) + Send + Sync>,
    /// Whether what the suite made is removed at the end.
    pub cleanup: bool,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values of variables are often secrets.
        f.debug_struct("Options")
            .field("variables", &self.variables.keys())
            .field("pause_scale", &self.pause_scale)
            .field("cleanup", &self.cleanup)
            .finish_non_exhaustive()
    }
}

/// Runs a suite. The events between `RunStarted` and `RunFinished`, both left to the caller, go to
/// `emit`; a failing step does not stop the suite, an interrupted session does.
///
/// # Errors
/// What can be known to go wrong before anything is sent. No event was emitted then.
#[expect(clippy::needless_pass_by_value, reason = "a run uses its options up")]
pub fn run(
    session: &Arc<Session>,
    suite: &Suite,
    options: Options,
    emit: &mut dyn FnMut(Event),
) -> Result<(), Error> {
    learn_written_secrets(session, suite);
    let (mut variables, log) = initial_variables(session, suite, &options, Limits::default())?;
    definable::check(suite, &variables)?;
    for line in log {
        let line = excerpt(&line, LONGEST_LINE, &session.redactor);
        let text = format!("the initial script logged: {line}");
        emit(Event::Noted(Note { kind: NoteKind::Information, text }));
    }
    let mut made = Made::new(options.cleanup);
    let mut numbers = 1..;
    for step in &suite.steps {
        if session.is_cancelled() {
            break;
        }
        match &step.action {
            Action::Pause(_) if step.skipped => {}
            Action::Pause(duration) => pause(session, *duration, &options),
            Action::Request(request) => {
                let number = numbers.next().expect("numbers do not end");
                StepRun { session, suite, step, request, number, variables: &mut variables, made: &mut made }
                    .run(emit);
            }
        }
    }
    made.report(&session.redactor, emit);
    Ok(())
}

/// Credentials that stand in the suite itself are known before anything is said about it.
fn learn_written_secrets(session: &Session, suite: &Suite) {
    for (_, _, request) in suite.requests() {
        let credentials = request
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("authorization") || is_secret_name(name))
            .map(|(_, value)| value);
        let passwords = request.basic_auth.iter().map(|(_, password)| password);
        for secret in credentials.chain(passwords).filter(|secret| !secret.contains("{{")) {
            session.redactor.learn(secret);
        }
    }
}

/// The variables that the run begins with, and what the initial script logged.
pub(crate) fn initial_variables(
    session: &Session,
    suite: &Suite,
    options: &Options,
    limits: Limits,
) -> Result<(Variables, Vec<String>), Error> {
    let functions = Functions { clock: session.clock, rng: session.seed.rng("runscope.functions") };
    let mut variables = Variables::new(functions, Arc::clone(&session.redactor));
    let mut log = Vec::new();
    // Twice: the initial script may read the user's values, and must not replace them.
    set_all(&mut variables, &options.variables);
    match (&options.initial_script, OktaSuite::of(suite)) {
        (Some(source), _) => {
            let seed = variables.random();
            let input = Input { variables: variables.values().clone(), request: None, response: None, seed };
            let output = script::run(source, input, limits);
            for (name, value) in &output.set {
                variables.set(name, value);
            }
            output.result.map_err(Error::InitialScript)?;
            log = output.log;
        }
        (None, Some(okta)) => {
            // Names carry the run, not only the seed: a second run with one seed must not collide
            // with the users that the first one left.
            for (name, value) in okta.variables(&mut session.seed.rng(session.run.0.as_str())) {
                variables.set(name, &value);
            }
        }
        (None, None) => {}
    }
    set_all(&mut variables, &options.variables);
    Ok((variables, log))
}

fn set_all(variables: &mut Variables, values: &BTreeMap<String, String>) {
    for (name, value) in values {
        variables.set(name, value);
    }
}

fn pause(session: &Session, duration: Duration, options: &Options) {
    let scale = if options.pause_scale.is_finite() { options.pause_scale.clamp(0.0, 100.0) } else { 0.0 };
    let mut left = duration.mul_f64(scale);
    while !left.is_zero() && !session.is_cancelled() {
        let piece = left.min(PIECE);
        (options.wait)(piece);
        left -= piece;
    }
}

#[cfg(test)]
mod tests {
    use oinspect_core::{Redactor, Request, Response, Transport, TransportError};

    use super::*;
    use crate::script::ScriptError;

    struct Nowhere;

    impl Transport for Nowhere {
        fn send(&self, _: &Request, _: Duration) -> Result<Response, TransportError> {
            panic!("nothing is sent")
        }
    }

    #[test]
    fn an_initial_script_that_fails_says_why() {
        let session = Session::new(Arc::new(Nowhere), Arc::new(Redactor::default()));
        let suite = Suite::parse(br#"{"name": "n", "steps": [{"step_type": "pause", "duration": 1}]}"#)
            .expect("a suite");
        let limits = Limits { time: Duration::from_secs(1), memory: 4 * 1024 * 1024, stack: 128 * 1024 };
        for (source, why) in [
            ("for (;;) {}", ScriptError::TimeLimit(limits.time)),
            ("const a = []; for (;;) a.push([])", ScriptError::MemoryLimit(limits.memory)),
            ("const f = () => 1 + f(); f()", ScriptError::StackLimit),
            ("moment()", ScriptError::Unavailable("moment".to_owned())),
            ("assert(false, 'no')", ScriptError::Threw("no".to_owned())),
        ] {
            let options = Options {
                variables: BTreeMap::new(),
                initial_script: Some(source.to_owned()),
                pause_scale: 0.0,
                wait: Arc::new(|_| {}),
                cleanup: false,
            };
            match initial_variables(&session, &suite, &options, limits) {
                Err(Error::InitialScript(error)) => assert_eq!(error, why, "{source}"),
                other => panic!("{source}: {other:?}"),
            }
        }
    }
}
