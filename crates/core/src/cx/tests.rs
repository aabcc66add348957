//! What a check's context keeps, judges and refuses.

use std::sync::Mutex;

use super::*;
use crate::redaction::Redactor;
use crate::transport::Transport;

/// Answers from a script, the last line for ever.
struct Scripted(Mutex<Vec<Result<u16, TransportErrorKind>>>);

impl Transport for Scripted {
    fn send(&self, _: &Request, _: Duration) -> Result<Response, TransportError> {
        let mut script = self.0.lock().unwrap();
        let answer = if script.len() > 1 { script.remove(0) } else { script[0] };
        answer
            .map(|status| Response {
                status,
                headers: Vec::new(),
                body: Vec::new(),
                elapsed: Duration::ZERO,
                retries: 0,
            })
            .map_err(|kind| TransportError { kind, detail: "it broke".to_owned() })
    }
}

fn cx(script: &[Result<u16, TransportErrorKind>]) -> Cx {
    let transport = Arc::new(Scripted(Mutex::new(script.to_vec())));
    Cx::new(Arc::new(Session::new(transport, Arc::new(Redactor::default()))), "a.b.c")
}

fn get() -> Request {
    Request::new(Method::Get, "http://localhost:1/x")
}

#[test]
fn a_request_that_breaks_while_the_target_lives_is_a_finding() {
    let mut cx = cx(&[Err(TransportErrorKind::Broken), Ok(404)]);
    assert!(matches!(cx.send(&get()), Err(Finding::Broken { .. })));
}

#[test]
fn an_unreachable_server_blocks_and_does_not_fail() {
    let mut cx = cx(&[Err(TransportErrorKind::Unreachable)]);
    assert_eq!(cx.send(&get()).unwrap_err(), Finding::blocked("it broke"));
    let sent = cx.steps.len();
    assert!(matches!(cx.send(&get()), Err(Finding::Blocked { .. })));
    assert_eq!(cx.steps.len(), sent, "given up: nothing is sent any more");
}

#[test]
fn a_rate_limited_request_blocks_only_its_own_check() {
    let mut cx = cx(&[Err(TransportErrorKind::RateLimited), Ok(200)]);
    assert!(matches!(cx.send(&get()), Err(Finding::Blocked { .. })));
    assert!(cx.send(&get()).is_ok());
}

#[test]
fn what_could_not_be_made_blocks_everybody_who_needs_it_without_a_second_try() {
    let mut cx = cx(&[Ok(200)]);
    let first = cx.once::<u8>("user", |_| Err(Finding::broken("201", "500"))).unwrap_err();
    let second = cx.once::<u8>("user", |_| panic!("made twice")).unwrap_err();
    assert_eq!(first, Finding::blocked("no user: expected 201, got 500"));
    assert_eq!(first, second);
}

#[test]
fn requests_sent_at_once_are_answered_and_kept_in_their_order() {
    /// Answers nobody before both have come, with the length of the path.
    struct Meeting(Barrier);

    impl Transport for Meeting {
        fn send(&self, request: &Request, _: Duration) -> Result<Response, TransportError> {
            self.0.wait();
            let status = u16::try_from(request.url.len()).unwrap();
            Ok(Response {
                status,
                headers: Vec::new(),
                body: Vec::new(),
                elapsed: Duration::ZERO,
                retries: 0,
            })
        }
    }

    let transport = Arc::new(Meeting(Barrier::new(2)));
    let mut cx = Cx::new(Arc::new(Session::new(transport, Arc::new(Redactor::default()))), "a.b.c");
    let requests = ["http://x/long", "http://x/"].map(|url| Request::new(Method::Get, url));
    let answers = cx.send_all(&requests);
    let statuses: Vec<u16> = answers.into_iter().map(|answer| answer.unwrap().status).collect();
    assert_eq!(statuses, [13, 9]);
    let kept: Vec<&str> = cx
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Exchange(exchange) => Some(exchange.request.url.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(kept, ["http://x/long", "http://x/"]);
}

#[test]
fn names_carry_the_run_and_never_repeat() {
    let mut cx = cx(&[Ok(200)]);
    let run = cx.session().run.to_string();
    let (first, second) = (cx.name(), cx.name());
    assert!(first.starts_with(&format!("oinspect-{run}-")), "{first}");
    assert_ne!(first, second);
    assert!(first.len() <= 30, "{first}");
}

#[test]
fn what_a_person_takes_does_not_count_against_the_limit() {
    let mut cx = cx(&[Ok(200)]);
    let (_answer, answers) = std::sync::mpsc::channel::<()>();
    let (before, patience) = (cx.deadline, Duration::from_millis(2));
    assert!(cx.unhurried(|| answers.recv_timeout(patience)).is_err());
    assert!(cx.deadline.duration_since(before).unsigned_abs() >= patience);
}

#[test]
fn an_interrupted_run_sends_nothing_but_its_clean_up() {
    let mut cx = cx(&[Ok(204)]);
    cx.session.cancel();
    assert!(matches!(cx.send(&get()), Err(Finding::Blocked { .. })));
    assert!(Cx::for_clean_up(Arc::clone(&cx.session)).send(&get()).is_ok());
}
