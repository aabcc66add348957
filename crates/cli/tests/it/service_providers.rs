//! Single sign-on at service providers that other people wrote, in good worlds and in bad ones.

mod bad_worlds;
mod browsers;
mod mellon;
mod npm;
mod openidc;
mod processes;
mod provider;
mod sample;
mod settings;

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

use oinspect_core::{FindingRecord, Report, Verdict};

use crate::stage::{Desk, Said};

/// A desk whose command finds browser and driver, as this process would.
fn desk() -> Desk {
    let path = std::env::var("PATH").unwrap_or_default();
    Desk::new().env("PATH", &path)
}

/// An address for an org that is configured before it runs. The system gives no port of this range to
/// anybody who did not ask for it, so that it is still free then.
fn org_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % 9000).unwrap();
    loop {
        let port = 20000 + (first + NEXT.fetch_add(1, Ordering::Relaxed)) % 9000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// Whether the browser and its driver are installed; says so if not.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn has_browser() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&path).any(|folder| folder.join("chromedriver").exists());
    if !is_there {
        println!("skipped: chromedriver is not there; `cargo xtask setup` installs it");
    }
    is_there
}

/// The value that `org setup` prints under this name.
fn printed(setup: &Said, name: &str) -> String {
    let line = setup.out.lines().find_map(|line| line.trim_start().strip_prefix(name));
    line.unwrap_or_else(|| panic!("{name}: {setup:#?}")).trim().to_owned()
}

/// What did not pass: id and verdict.
fn others(report: &Report) -> Vec<String> {
    let others = report.checks().filter(|check| check.verdict != Verdict::Passed);
    others.map(|check| format!("{} {}", check.id, check.verdict.name())).collect()
}

/// Everything passed but these, and the command says so.
#[track_caller]
fn expect_all_but(desk: &Desk, said: &Said, known: &[&str]) {
    let report = desk.report();
    assert_eq!(others(&report), known, "{}{}", said.out, said.err);
    assert_eq!(said.code, 0, "{said:#?}");
    assert!(report.summary.passed > 0, "{said:#?}");
}

/// None of the tester's cases passed, and everything that is said of one of them holds each of these.
#[track_caller]
fn expect_no_case(desk: &Desk, said: &Said, case: &str, verdict: Verdict, parts: &[&str]) {
    let report = desk.report();
    let passed: Vec<&str> = report
        .checks()
        .filter(|check| check.id.contains(".cases.") && check.verdict == Verdict::Passed)
        .map(|check| check.id.as_str())
        .collect();
    assert!(passed.is_empty(), "{passed:?} {said:#?}");
    let why = reason(&report, case);
    let found = report.checks().find(|check| check.id == case).unwrap();
    assert_eq!(found.verdict, verdict, "{why}");
    for part in parts {
        assert!(why.contains(part), "\"{part}\" is not said: {why}");
    }
    let code = if verdict == Verdict::Failed { 1 } else { 3 };
    assert_eq!(said.code, code, "{said:#?}");
}

/// Why this check did not pass.
fn reason(report: &Report, id: &str) -> String {
    let found = report.checks().find(|check| check.id == id);
    match &found.unwrap_or_else(|| panic!("{id} did not run")).finding {
        Some(FindingRecord::Broken { actual, .. }) => actual.clone(),
        Some(FindingRecord::Reason { why }) => why.clone(),
        None => String::new(),
    }
}
