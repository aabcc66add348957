//! The only door between a check and the world. What passes through is recorded and redacted.

use std::any::Any;
use std::sync::{Arc, Barrier, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::capability::Capability;
use crate::cleanup::{Created, Removal};
use crate::evidence::{Evidence, Exchange, RequestRecord, Step};
use crate::finding::Finding;
use crate::session::Session;
use crate::story::{Message, Visit, VisitRecord};
use crate::transport::{Method, Request, Response, TransportError, TransportErrorKind};

/// The longest that the question "are you still there?" may take.
const PROBE_TIMEOUT: Duration = Duration::from_secs(5);

/// The context of one check: sends requests, keeps evidence, hands out names and choices.
pub struct Cx {
    session: Arc<Session>,
    id: String,
    steps: Vec<Step>,
    deadline: Timestamp,
    /// Whether requests still go out when the run was cancelled or its target given up.
    persistent: bool,
    names: u32,
    rng: fastrand::Rng,
}

impl Cx {
    /// The context of the check with this id.
    pub fn new(session: Arc<Session>, id: &str) -> Self {
        let deadline = session.clock.now().saturating_add(session.check_timeout).unwrap_or(Timestamp::MAX);
        let rng = session.seed.rng(id);
        Self { session, id: id.to_owned(), steps: Vec::new(), deadline, persistent: false, names: 0, rng }
    }

    /// A context for cleaning up: it works on when the run was cancelled.
    pub fn for_clean_up(session: Arc<Session>) -> Self {
        Self { persistent: true, ..Self::new(session, "clean-up") }
    }

    /// The id of the check.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the checks of the run share.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The settings of one protocol.
    ///
    /// # Errors
    /// Blocked, where the configuration does not have them.
    pub fn settings<T: Any + Send + Sync>(&self) -> Result<Arc<T>, Finding> {
        self.session
            .settings()
            .ok_or_else(|| Finding::blocked("the configuration does not describe this target"))
    }

    /// Whether the target offers something.
    pub fn offers(&self, capability: Capability) -> bool {
        self.session.capabilities.contains(&capability)
    }

    /// Choices of values that the seed repeats.
    pub fn rng(&mut self) -> &mut fastrand::Rng {
        &mut self.rng
    }

    /// A name that no other check, run or tool has used: `oinspect-<run>-<check>-<number>`, where the
    /// check is five letters made from its id. Short, because servers limit the length of names.
    pub fn name(&mut self) -> String {
        self.names += 1;
        format!("oinspect-{}-{}-{}", self.session.run, crate::seed::short(&self.id), self.names)
    }

    /// Says something that a reader of the evidence has to know.
    pub fn note(&mut self, text: impl AsRef<str>) {
        let text = self.session.redactor.line(text.as_ref());
        self.steps.push(Step::Note { text });
    }

    /// Keeps what a user agent did and saw.
    pub fn visited(&mut self, visit: &Visit) {
        self.steps.push(Step::Visit(Box::new(VisitRecord::record(visit, &self.session.redactor))));
    }

    /// Keeps a protocol message, decoded for a reader.
    pub fn decoded(&mut self, message: &Message) {
        self.steps.push(Step::Message(Box::new(message.redacted(&self.session.redactor))));
    }

    /// Blocked, where the run was interrupted or the check's time is over: asked before every act
    /// that is no request of [`Cx::send`].
    ///
    /// # Errors
    /// Why nothing may go on.
    pub fn may_act(&self) -> Result<(), Finding> {
        if self.session.is_cancelled() && !self.persistent {
            return Err(Finding::blocked("the run was interrupted"));
        }
        if self.left().is_zero() {
            let limit = self.session.check_timeout;
            return Err(Finding::blocked(format!("the check took longer than {limit:?} (limits.check)")));
        }
        Ok(())
    }

    /// Remembers what this run created, so that it is removed at the end.
    pub fn created(&mut self, label: impl Into<String>, remove: Removal) {
        self.session.add_created(Created { label: label.into(), remove });
    }

    /// Forgets what was remembered under this label: it is gone already.
    pub fn forget(&mut self, label: &str) {
        self.session.forget_created(label);
    }

    /// Makes something once in the run; later callers get the same thing.
    ///
    /// # Errors
    /// If it could not be made, every caller is blocked at once with the same cause.
    pub fn once<T: Any + Send + Sync>(
        &mut self,
        name: &str,
        make: impl FnOnce(&mut Self) -> Result<T, Finding>,
    ) -> Result<Arc<T>, Finding> {
        let session = Arc::clone(&self.session);
        let slot = session.slots().slot::<T>(name);
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((made, made_by)) = &*slot {
            self.steps.push(Step::Shared { name: name.to_owned(), made_by: made_by.clone() });
            return made.clone();
        }
        let made = make(self).map(Arc::new).map_err(|finding| finding.as_obstacle(&format!("no {name}")));
        *slot = Some((made.clone(), self.id.clone()));
        made
    }

    /// Sends a request and keeps what was said on both sides.
    ///
    /// # Errors
    /// A request without answer is *broken* if the target answers something else right after, and
    /// *blocked* if it does not; the cause is said once, later requests are blocked at once.
    pub fn send(&mut self, request: &Request) -> Result<Response, Finding> {
        self.may_send(request)?;
        let origin = origin(&request.url);
        let timeout = self.left().min(self.session.request_timeout);
        self.exchange(request, timeout).map_err(|error| self.judge(request, &origin, &error))
    }

    /// Sends requests at the same moment; the answers come in the order of the requests, and so does
    /// the evidence.
    ///
    /// # Errors
    /// Each request as with [`Cx::send`].
    pub fn send_all(&mut self, requests: &[Request]) -> Vec<Result<Response, Finding>> {
        if let Some(obstacle) = requests.iter().find_map(|request| self.may_send(request).err()) {
            return vec![Err(obstacle); requests.len()];
        }
        for request in requests {
            // What it holds of secrets must be known when the answer is recorded.
            let _ = RequestRecord::record(request, &self.session.redactor);
        }
        self.note(format!("the next {} requests were sent at the same moment", requests.len()));
        let timeout = self.left().min(self.session.request_timeout);
        let session = Arc::clone(&self.session);
        let start = Barrier::new(requests.len());
        let (start, session) = (&start, &session);
        let sent: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = requests
                .iter()
                .map(|request| {
                    scope.spawn(move || {
                        start.wait();
                        let started = session.clock.now();
                        (started, session.transport.send(request, timeout))
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("a transport does not panic")).collect()
        });
        for (request, (started, answer)) in requests.iter().zip(&sent) {
            self.keep(request, *started, answer);
        }
        let judged = requests.iter().zip(sent).map(|(request, (_, answer))| {
            answer.map_err(|error| self.judge(request, &origin(&request.url), &error))
        });
        judged.collect()
    }

    /// Whether a request would be sent at all: one that is not changes nothing in the target.
    ///
    /// # Errors
    /// Blocked, where the run or the target is given up, or the time is.
    pub fn may_send(&self, request: &Request) -> Result<(), Finding> {
        self.may_act()?;
        let origin = origin(&request.url);
        if !self.persistent && self.session.unreachable(&origin).is_some() {
            return Err(Finding::blocked(format!("{origin} stopped answering earlier in this run")));
        }
        Ok(())
    }

    /// Lets a target that shows changes late catch up. Says whether there was time left to wait.
    pub fn pause(&self, duration: Duration) -> bool {
        let duration = duration.min(self.left());
        if duration.is_zero() || self.session.is_cancelled() {
            return false;
        }
        self.session.transport.pause(duration);
        true
    }

    /// Waits for a person, who takes the time it takes: none of it counts against the check's limit.
    pub fn unhurried<T>(&mut self, wait: impl FnOnce() -> T) -> T {
        let began = self.session.clock.now();
        let came = wait();
        let waited = self.session.clock.now().duration_since(began);
        self.deadline = self.deadline.saturating_add(waited).unwrap_or(Timestamp::MAX);
        came
    }

    /// Until the check's deadline.
    pub fn left(&self) -> Duration {
        Duration::try_from(self.deadline.duration_since(self.session.clock.now())).unwrap_or(Duration::ZERO)
    }

    fn exchange(&mut self, request: &Request, timeout: Duration) -> Result<Response, TransportError> {
        // What it holds of secrets must be known when the answer is recorded.
        let _ = RequestRecord::record(request, &self.session.redactor);
        let started = self.session.clock.now();
        let answer = self.session.transport.send(request, timeout);
        self.keep(request, started, &answer);
        answer
    }

    /// Keeps one request and what came of it.
    fn keep(&mut self, request: &Request, started: Timestamp, answer: &Result<Response, TransportError>) {
        let took = match answer {
            Ok(response) => response.elapsed.as_secs_f64(),
            Err(_) => self.session.clock.now().duration_since(started).as_secs_f64(),
        };
        let error = answer.as_ref().err().map(|error| error.detail.as_str());
        self.steps.push(Step::Exchange(Box::new(Exchange::record(
            (started, (took * 1e6).round() / 1e3),
            request,
            answer.as_ref().ok(),
            error,
            &self.session.redactor,
        ))));
    }

    /// Whose fault a missing answer is.
    fn judge(&mut self, request: &Request, origin: &str, error: &TransportError) -> Finding {
        let why = self.session.redactor.text(&error.detail);
        let probe = match error.kind {
            TransportErrorKind::Unsendable | TransportErrorKind::RateLimited => return Finding::blocked(why),
            // Nothing that a check sends can break a certificate.
            TransportErrorKind::Tls => false,
            TransportErrorKind::Unreachable
            | TransportErrorKind::TimedOut
            | TransportErrorKind::Broken
            | TransportErrorKind::TooLarge => true,
        };
        if probe {
            self.note("asking the target for anything at all, to see whether it is still there");
            let probe = Request::new(Method::Get, format!("{origin}/"));
            let timeout = PROBE_TIMEOUT.min(self.session.request_timeout);
            let answered = match self.exchange(&probe, timeout) {
                Ok(_) => true,
                Err(error) => error.kind == TransportErrorKind::TooLarge,
            };
            if answered {
                return Finding::broken(
                    "a complete HTTP answer",
                    format!("{why} ({} {})", request.method, request.url),
                );
            }
        }
        self.session.give_up(origin, &why);
        Finding::blocked(why)
    }

    /// Ends the check: everything that happened, in order.
    pub fn finish(self) -> Evidence {
        Evidence { steps: self.steps }
    }
}

/// Scheme, host and port of a URL; the URL itself where it is none.
fn origin(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(url) if url.has_host() => url.origin().ascii_serialization(),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests;
