//! Nothing that the run did not create is ever changed or deleted.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use oinspect_core::{Clock, Cx, Method, Redactor, Request, Response, Session, Transport, TransportError};
use oinspect_run::catalogue::{SUITES, entries};
use oinspect_scim::Target;

/// Answers whatever is created or replaced with a user who was there before; counts what hits her.
struct SomebodyElse(Arc<AtomicUsize>);

impl Transport for SomebodyElse {
    fn send(&self, request: &Request, _: std::time::Duration) -> Result<Response, TransportError> {
        if request.method != Method::Get && request.url.ends_with("/Users/boss") {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
        let status = if request.method == Method::Post { 201 } else { 200 };
        let body = br#"{"schemas":[],"id":"boss","userName":"boss@example.com"}"#.to_vec();
        Ok(Response { status, headers: Vec::new(), body, elapsed: std::time::Duration::ZERO, retries: 0 })
    }
}

#[test]
fn a_server_that_answers_with_somebody_else_s_user_does_not_get_that_one_touched() {
    let hits = Arc::new(AtomicUsize::new(0));
    let mut session = Session::new(Arc::new(SomebodyElse(Arc::clone(&hits))), Arc::new(Redactor::default()));
    session.clock = Clock::System;
    session.provide(Target::at("http://localhost:1/scim"));
    let session = Arc::new(session);
    for entry in entries(SUITES) {
        let _ = (entry.check.run)(&mut Cx::new(Arc::clone(&session), entry.check.id));
    }
    for created in session.take_created() {
        let _ = (created.remove)(&mut Cx::for_clean_up(Arc::clone(&session)));
    }
    assert_eq!(hits.load(Ordering::SeqCst), 0, "somebody else's user was changed or deleted");
}
