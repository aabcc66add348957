//! Pages of runs, with what changes from run to run taken out.

use insta::assert_snapshot;
use oinspect_sample_app::{Fault, Misbehaviour, Running, Settings};

use crate::stage::{Desk, healthy_app, repository, sample_app};

fn app_with(fault: &str) -> Running {
    sample_app(Settings { users: 1, faults: vec![Fault::named(fault).unwrap()], ..Settings::default() })
}

/// Both streams of a run against this app, one after the other.
fn page(app: &Running, args: &[&str]) -> String {
    let said = Desk::facing(app).oinspect(&[args, &["--seed", "7"]].concat());
    let out = steady(&said.out, app);
    let err =
        if said.err.is_empty() { String::new() } else { format!("--- stderr\n{}", steady(&said.err, app)) };
    format!("{out}{err}--- exit code {}\n", said.code)
}

/// The same text with another address, time and ids.
fn steady(text: &str, app: &Running) -> String {
    let lines = text.lines().map(|line| {
        let line = line.replace(&app.url, "http://APP").replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let line = cut(&line, " checks, ", "SOME requests in TIME s");
        cut(&line, "valid until ", "MOMENT")
    });
    lines.map(|line| line + "\n").collect()
}

/// The line up to and with `after`, and then only this.
fn cut(line: &str, after: &str, instead: &str) -> String {
    match line.split_once(after) {
        Some((before, _)) => format!("{before}{after}{instead}"),
        None => line.to_owned(),
    }
}

#[test]
fn a_passing_run_is_three_lines() {
    assert_snapshot!(page(&healthy_app(), &["run", "--check", "scim.auth"]));
}

#[test]
fn a_passing_run_is_silent_when_asked() {
    assert_snapshot!(page(&healthy_app(), &["run", "--quiet"]));
}

#[test]
fn a_verbose_run_says_what_every_check_came_to() {
    let args = ["run", "--verbose", "--jobs", "1", "--check", "scim.auth", "--check", "scim.delete"];
    assert_snapshot!(page(&healthy_app(), &args));
}

#[test]
fn a_failing_run_says_what_was_wanted_seen_demanded_and_what_to_change() {
    let app = app_with("no-www-authenticate");
    assert_snapshot!(page(&app, &["run", "--check", "scim.auth"]));
}

#[test]
fn a_failing_run_still_speaks_when_asked_to_be_quiet() {
    let app = app_with("no-www-authenticate");
    assert_snapshot!(page(&app, &["run", "--quiet", "--profile", "rfc", "--check", "scim.auth"]));
}

#[test]
fn a_blocked_run_says_the_cause_once() {
    let settings = Settings { misbehaviour: Some(Misbehaviour::Hangs), ..Settings::default() };
    let app = sample_app(settings);
    let said = page(&app, &["run", "--check", "scim.auth", "--set", "limits.request=300ms"]);
    let address = app.url.trim_start_matches("http://").to_owned();
    assert_snapshot!(said.replace(&address, "APP"));
}

#[test]
fn a_passing_suite_is_three_lines_and_what_it_left() {
    let suite = repository().join("test-plans/first-look.runscope.json");
    let suite = suite.to_str().unwrap();
    assert_snapshot!(page(&healthy_app(), &["runscope", suite, "--var", "lookId=page", "--cleanup"]));
}

#[test]
fn a_failing_suite_says_which_assertion_failed() {
    let suite = repository().join("test-plans/first-look.runscope.json");
    let app = app_with("create-answers-200");
    let args = ["runscope", suite.to_str().unwrap(), "--var", "lookId=page", "--cleanup"];
    assert_snapshot!(page(&app, &args));
}

#[test]
fn doctor_looks_at_one_thing_a_line() {
    let app = healthy_app();
    let desk = Desk::facing(&app);
    let said = desk.oinspect(&["doctor"]);
    let text = cut_folder(&steady(&said.out, &app));
    assert_snapshot!(text);
}

/// The folder of the test is another each time.
fn cut_folder(text: &str) -> String {
    text.lines().map(|line| cut(line, "configuration: ", "oinspect.toml") + "\n").collect()
}

#[test]
fn the_sample_app_announces_itself_in_one_line_of_json() {
    use std::io::{BufRead, BufReader};
    let desk = Desk::new();
    let mut command = desk.command(&["sample-app", "--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    crate::exit_codes::interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0), "told to stop, it stops");
    let announcement: serde_json::Value = serde_json::from_str(&line).unwrap();
    let base_url = announcement["tenants"][0]["scim_url"].as_str().unwrap();
    assert!(base_url.starts_with(announcement["url"].as_str().unwrap()));
    assert!(announcement["tenants"][0]["token"].is_string());
}
