//! What a run does, step by step.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use oinspect_core::{Cx, FindingRecord, Method, NoteKind, Request, Response, TransportErrorKind};
use oinspect_runscope::{Error, Options, Suite, planned};

use crate::target::{answer, one_step, options, run_suite, session};

const SECRET: &str = "Bearer 0123456789abcdef";

fn shelf() -> Suite {
    Suite::parse(include_bytes!("../fixtures/shelf.json")).expect("our own suite")
}

fn shelf_answer(request: &Request) -> Response {
    match (request.method, request.url.rsplit('/').next().unwrap_or_default()) {
        (Method::Post, "login") => answer(200, ""),
        (Method::Post, _) => answer(201, r#"{"id": "b 1", "title": "Emma", "pages": 11}"#),
        (Method::Get, _) => answer(200, r#"{"kind": "kind of b 1"}"#),
        _ => answer(204, ""),
    }
}

fn shelf_options() -> Options {
    options(&[
        ("base", "http://localhost:1"),
        ("auth", SECRET),
        ("author", "Jane A."),
        ("title", "Emma"),
        ("adaPassword", "correct horse battery"),
    ])
}

#[test]
fn a_suite_runs_its_assertions_and_scripts() {
    let (session, target) = session(|request| Ok(shelf_answer(request)));
    let suite = shelf();
    let said = run_suite(&session, &suite, shelf_options()).expect("a run");

    assert_eq!(said.groups[0].0, "runscope.01");
    assert_eq!(said.groups[0].1, "Required Test: Put a book on the shelf {{nowhere}}");
    assert_eq!(said.groups[2].1, "GET {{base}}/rows/{{row}}");
    assert_eq!(said.checks.len(), planned(&suite));
    let verdicts: Vec<&str> = said.checks.iter().map(|check| check.verdict.name()).collect();
    assert_eq!(
        verdicts,
        [
            "passed", "passed", "passed", "failed", "passed", "passed", // the first step
            "passed", "warned", "warned", // optional: warnings
            "blocked", "blocked", // no row, and what hangs on it
            "skipped", "passed"
        ]
    );
    assert_eq!(said.check("runscope.01.01").title, "status is 201");
    assert_eq!(said.check("runscope.01.02").title, "title is \"{{title}}\"");
    assert_eq!(said.check("runscope.01.05").title, "the script before the request passes");
    assert_eq!(said.check("runscope.02.03").requirement.citation(), "Runscope suite, step 3 (SHOULD)");
    assert_eq!(said.check("runscope.06.01").title, "an answer comes");

    let asked = target.asked.lock().expect("not poisoned");
    assert_eq!(asked[0].url, "http://localhost:1/books?by=%22Jane%20A.%22%20again");
    assert_eq!(asked[0].body.as_deref(), Some(br#"{"title": "Emma", "by": {"name": "Jane A."}}"#.as_slice()));
    assert_eq!(asked[0].headers.iter().filter(|(name, _)| name == "Accept").count(), 2);
    assert!(asked[0].headers.contains(&("X-Title".to_owned(), "Emma".to_owned())));
    assert_eq!(asked[1].url, "http://localhost:1/books/b%201");
    assert_eq!(asked[2].body.as_deref(), Some(b"grant=a+b&grant=c&scope=x".as_slice()));
    assert_eq!(asked.len(), 3, "blocked and skipped steps send nothing");
}

#[test]
fn a_broken_assertion_says_what_was_wanted_and_seen_and_how_to_see_it_again() {
    let (session, _) = session(|request| Ok(shelf_answer(request)));
    let said = run_suite(&session, &shelf(), shelf_options()).expect("a run");
    match said.check("runscope.01.04").finding.as_ref().expect("a finding") {
        FindingRecord::Broken { expected, actual, curl, .. } => {
            assert_eq!((expected.as_str(), actual.as_str()), ("pages is 12", "11"));
            assert!(curl.as_ref().expect("a curl line").starts_with("curl -i -X POST"));
        }
        FindingRecord::Reason { why } => panic!("{why}"),
    }
    match said.check("runscope.03.01").finding.as_ref().expect("a finding") {
        FindingRecord::Reason { why } => {
            assert_eq!(why, "{{row}} has no value: in step 1, the answer has no shelf.row");
        }
        FindingRecord::Broken { .. } => panic!("blocked, not broken"),
    }
}

#[test]
fn what_scripts_log_and_steps_extract_stands_in_the_evidence_and_no_secret_does() {
    let (session, _) = session(|request| Ok(shelf_answer(request)));
    let said = run_suite(&session, &shelf(), shelf_options()).expect("a run");
    let evidence = serde_json::to_string(&said.evidence["runscope.01"]).expect("JSON");
    assert!(evidence.contains("the script logged: b 1"), "{evidence}");
    assert!(evidence.contains("gives {{book}} its value"), "{evidence}");
    for secret in ["0123456789abcdef", "correct horse battery", "YWRhOmNvcnJlY3QgaG9yc2UgYmF0dGVyeQ"] {
        assert!(!said.text.contains(secret), "{secret}");
    }
}

#[test]
fn what_was_made_is_listed_or_removed_with_the_same_credentials() {
    let (listed, _) = session(|request| Ok(shelf_answer(request)));
    let said = run_suite(&listed, &shelf(), shelf_options()).expect("a run");
    assert_eq!(said.left.len(), 1);
    assert_eq!(said.left[0].label, "POST http://localhost:1/books/b%201");
    assert_eq!(said.left[0].why, "--cleanup was not given");

    let (session, target) = session(|request| Ok(shelf_answer(request)));
    let options = Options { cleanup: true, ..shelf_options() };
    let said = run_suite(&session, &shelf(), options).expect("a run");
    assert!(said.left.is_empty());
    let created = session.take_created();
    assert_eq!(created.len(), 1);
    for created in created {
        (created.remove)(&mut Cx::for_clean_up(Arc::clone(&session))).expect("removed");
    }
    let asked = target.asked.lock().expect("not poisoned");
    let last = asked.last().expect("a request");
    assert_eq!((last.method, last.url.as_str()), (Method::Delete, "http://localhost:1/books/b%201"));
    assert_eq!(last.headers, [("Authorization".to_owned(), SECRET.to_owned())]);
}

#[test]
fn an_undefined_variable_or_function_is_an_error_before_anything_is_sent() {
    let (session, target) = session(|request| Ok(shelf_answer(request)));
    let mut given = shelf_options();
    given.variables.remove("author");
    match run_suite(&session, &shelf(), given) {
        Err(error @ Error::UndefinedVariable { .. }) => {
            let text = error.to_string();
            assert!(text.contains("{{author}}") && text.contains("--var author="), "{text}");
            assert!(text.contains("step 1") && text.contains("--initial-script"), "{text}");
        }
        other => panic!("{other:?}"),
    }
    let suite = one_step(r#""body": "{{lorem(3)}}""#);
    assert!(matches!(
        run_suite(&session, &suite, options(&[])),
        Err(Error::UnknownFunction { name, step: 1 }) if name == "lorem"
    ));
    assert!(target.asked.lock().expect("not poisoned").is_empty());
}

#[test]
fn template_functions_fill_requests() {
    let (session, target) = session(|_| Ok(answer(200, "")));
    let suite = one_step(r#""body": "{{uuid}} {{random_int(3,3)}} {{md5({{a}})}}""#);
    run_suite(&session, &suite, options(&[("a", "a")])).expect("a run");
    let asked = target.asked.lock().expect("not poisoned");
    let body = String::from_utf8(asked[0].body.clone().expect("a body")).expect("text");
    assert!(body.ends_with(" 3 0cc175b9c0f1b6a831c399e269772661"), "{body}");
}

#[test]
fn the_initial_script_defines_variables_and_the_user_has_the_last_word() {
    let (session, target) = session(|_| Ok(answer(200, "")));
    let suite = one_step(r#""body": "{{a}} {{b}} {{c}}""#);
    let mut given = options(&[("b", "mine"), ("base", "x")]);
    given.initial_script = Some(
        "variables.set('a', 1); variables.set('b', 2); variables.set('c', variables.get('base') + '!'); log('hi')"
            .to_owned(),
    );
    let said = run_suite(&session, &suite, given).expect("a run");
    assert_eq!(target.asked.lock().expect("not poisoned")[0].body.as_deref(), Some(b"1 mine x!".as_slice()));
    assert_eq!(said.notes[0].text, "the initial script logged: hi");

    let mut given = options(&[]);
    given.initial_script = Some("assert(false, 'no')".to_owned());
    assert!(matches!(run_suite(&session, &suite, given), Err(Error::InitialScript(_))));
}

#[test]
fn a_transport_failure_is_broken_or_blocked_as_the_target_lives_or_not() {
    let members = r#""assertions": [{"comparison": "equal", "source": "response_status", "value": 200},
        {"comparison": "empty", "source": "response_text"}], "scripts": ["assert(true)"]"#;
    let (alive, _) = session(|request| match request.url.as_str() {
        "http://localhost:1/x" => Err(TransportErrorKind::Broken),
        _ => Ok(answer(404, "")),
    });
    let said = run_suite(&alive, &one_step(members), options(&[])).expect("a run");
    assert!(said.checks.iter().all(|check| check.verdict.name() == "failed"), "{:?}", said.checks);
    assert_eq!(said.checks.len(), 3);
    let (dead, _) = session(|_| Err(TransportErrorKind::Unreachable));
    let said = run_suite(&dead, &one_step(members), options(&[])).expect("a run");
    assert!(said.checks.iter().all(|check| check.verdict.name() == "blocked"));
}

#[test]
fn a_failing_script_before_the_request_blocks_the_step() {
    let (session, target) = session(|_| Ok(answer(200, "")));
    let members = r#""before_scripts": ["assert(false, 'no')", "log(1)"],
        "assertions": [{"comparison": "empty", "source": "response_text"}]"#;
    let said = run_suite(&session, &one_step(members), options(&[])).expect("a run");
    let verdicts: Vec<_> = said.checks.iter().map(|check| check.verdict.name()).collect();
    assert_eq!(verdicts, ["blocked", "failed", "blocked"]);
    assert!(target.asked.lock().expect("not poisoned").is_empty());
}

#[test]
fn a_body_that_is_no_json_breaks_and_a_path_that_is_none_tells_nothing() {
    let (session, _) = session(|_| Ok(answer(200, "<html>")));
    let members = r#""assertions": [
        {"comparison": "not_equal", "source": "response_json", "property": "a", "value": "b"},
        {"comparison": "empty", "source": "response_json", "property": ""},
        {"comparison": "not_empty", "source": "response_xml", "property": "//a["}]"#;
    let said = run_suite(&session, &one_step(members), options(&[])).expect("a run");
    let verdicts: Vec<_> = said.checks.iter().map(|check| check.verdict.name()).collect();
    assert_eq!(verdicts, ["failed", "failed", "failed"]);
    let (session, _) = crate::target::session(|_| Ok(answer(200, "<a/>")));
    let said = run_suite(&session, &one_step(members), options(&[])).expect("a run");
    assert_eq!(said.verdict("runscope.01.03"), "not-verified");
}

#[test]
fn pauses_are_scaled_and_an_interrupted_run_ends_in_one() {
    let suite = Suite::parse(
        br#"{"name": "n", "steps": [
            {"step_type": "request", "url": "http://localhost:1/x"},
            {"step_type": "pause", "duration": 5},
            {"step_type": "request", "url": "http://localhost:1/y"}]}"#,
    )
    .expect("a suite");
    let (waiting, target) = session(|_| Ok(answer(200, "")));
    let waited = Arc::new(Mutex::new(Duration::ZERO));
    let mut given = options(&[]);
    given.pause_scale = 0.5;
    let total = Arc::clone(&waited);
    given.wait = Arc::new(move |piece| *total.lock().expect("not poisoned") += piece);
    run_suite(&waiting, &suite, given).expect("a run");
    assert_eq!(*waited.lock().expect("not poisoned"), Duration::from_millis(2500));
    assert_eq!(target.asked.lock().expect("not poisoned").len(), 2);

    let (stopping, target) = session(|_| Ok(answer(200, "")));
    let mut given = options(&[]);
    given.pause_scale = 1.0;
    let stop = Arc::clone(&stopping);
    given.wait = Arc::new(move |_| {
        assert!(!stop.is_cancelled(), "one piece is enough");
        stop.cancel();
    });
    run_suite(&stopping, &suite, given).expect("a run");
    assert_eq!(target.asked.lock().expect("not poisoned").len(), 1);
}

#[test]
fn an_empty_server_is_pointed_out_to_okta_s_protocol_suite_alone() {
    let step = r#"{"step_type": "request", "url": "http://localhost:1/Users",
        "assertions": [{"comparison": "not_empty", "source": "response_json", "property": "Resources"}]}"#;
    for (name, notes) in [("Okta SCIM 2.0 SPEC Test", 1), ("Mine", 0)] {
        let text = format!(r#"{{"name": "{name}", "steps": [{step}]}}"#);
        let suite = Suite::parse(text.as_bytes()).expect("a suite");
        let (session, _) = session(|_| Ok(answer(200, r#"{"totalResults": 0, "Resources": []}"#)));
        let said = run_suite(&session, &suite, options(&[])).expect("a run");
        assert_eq!(said.notes.len(), notes, "{name}");
        assert!(said.notes.iter().all(|note| note.kind == NoteKind::Warning));
        assert_eq!(said.verdict("runscope.01.01"), "failed");
    }
}
