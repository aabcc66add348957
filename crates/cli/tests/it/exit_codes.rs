//! Each exit code, provoked; and which one wins where several apply.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use oinspect_core::{Outcome, Verdict};
use oinspect_sample_app::{Fault, Misbehaviour, Running, Settings};

use crate::door::{Answered, Door};
use crate::stage::{Desk, Said, healthy_app, sample_app};

/// A check that the healthy app passes.
const KEPT: &str = "scim.auth.no-token-is-refused";
/// A fault, and the check that it breaks.
const FAULT: &str = "auth-not-required";

fn app_with(fault: &str) -> Running {
    sample_app(Settings { users: 1, faults: vec![Fault::named(fault).unwrap()], ..Settings::default() })
}

fn misbehaving(misbehaviour: Misbehaviour) -> Running {
    sample_app(Settings { users: 1, misbehaviour: Some(misbehaviour), ..Settings::default() })
}

/// A plan of a few groups in which a failure of [`KEPT`] is accepted.
fn plan_with_waiver(desk: &Desk) {
    let waiver = format!("[[waivers]]\ncheck = \"{KEPT}\"\nreason = \"on its way\"\nexpires = 2999-12-31\n");
    let groups = r#"checks = ["scim.auth.no-token-is-refused", "scim.create", "scim.read", "scim.delete"]"#;
    desk.write("plan.toml", &format!("{groups}\n{waiver}"));
}

/// Starts the command and waits until it says a line with this in it.
pub(crate) fn start_until(
    desk: &Desk,
    args: &[&str],
    said: &str,
) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut child = desk.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains(said) {
        line.clear();
        assert_ne!(out.read_line(&mut line).unwrap(), 0, "it ended without saying {said}");
    }
    (child, out)
}

/// Sends what Ctrl-C sends.
pub(crate) fn interrupt(child: &Child) {
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[test]
fn everything_required_kept_is_0() {
    let app = healthy_app();
    let desk = Desk::facing(&app);
    desk.oinspect(&["run"]).expect(0, &["everything required is kept; valid until "]);
    assert_eq!(desk.report().outcome, Outcome::Kept);
}

#[test]
fn a_failure_that_a_waiver_accepts_is_0() {
    let app = app_with(FAULT);
    let desk = Desk::facing(&app);
    plan_with_waiver(&desk);
    let said = desk.oinspect(&["run", "plan.toml"]);
    said.expect(0, &["waived    until 2999-12-31: on its way"]);
    assert_eq!(desk.report().summary.waived, 1);
}

#[test]
fn a_broken_requirement_is_1() {
    let app = app_with(FAULT);
    Desk::facing(&app).oinspect(&["run"]).expect(1, &["at least one requirement is broken"]);
}

#[test]
fn a_wrong_word_is_2() {
    Desk::new().oinspect(&["rum"]).expect_only(2, &["unrecognized subcommand 'rum'"]);
    Desk::new().oinspect(&["list", "--check", "scim.nothing"]).expect_only(2, &["matches no check"]);
}

#[test]
fn a_target_that_nobody_serves_is_3() {
    let desk = Desk::new();
    let said = desk.oinspect(&["run", "--set", "scim.base_url=http://127.0.0.1:1"]);
    said.expect(3, &["because", "connection refused by 127.0.0.1:1"]);
    assert_eq!(desk.report().outcome, Outcome::Incomplete);
}

#[test]
fn filters_that_select_nothing_together_are_4() {
    let said = Desk::new().oinspect(&["list", "--check", "scim.auth", "--tag", "patch"]);
    said.expect_only(4, &["no check matches all of them"]);
}

#[test]
fn a_waiver_whose_check_passes_is_5() {
    let app = healthy_app();
    let desk = Desk::facing(&app);
    plan_with_waiver(&desk);
    desk.oinspect(&["run", "plan.toml"]).expect(5, &["a known failure no longer fails"]);
}

/// A target that says the secret half encoded, half in the open: no word of it shows the secret, the
/// text as a whole does.
fn with_a_secret_that_cannot_be_cut_out() -> (Desk, Said) {
    let target = Door::open(|_| {
        let body = b"you said correct%20horse battery".to_vec();
        Some(Answered { status: 401, headers: Vec::new(), body })
    });
    let desk = Desk::new().env("SCIM_AUTH", "correct horse battery");
    desk.describe(&target.url);
    let said = desk.oinspect(&["run"]);
    (desk, said)
}

#[test]
fn a_secret_that_would_have_been_written_is_70_and_there_is_a_report_all_the_same() {
    let (desk, said) = with_a_secret_that_cannot_be_cut_out();
    said.expect(70, &["a secret would have been written"]);
    assert!(desk.report().withheld > 0);
    let report = desk.read("oinspect-out/report.json");
    assert!(report.contains("[withheld") && !report.contains("horse battery"));
}

#[test]
fn an_interrupted_run_is_130_and_there_is_a_report_all_the_same() {
    let app = misbehaving(Misbehaviour::Hangs);
    let desk = Desk::facing(&app);
    let (child, _out) = start_until(&desk, &["run", "--set", "limits.request=1s"], "oinspect ");
    interrupt(&child);
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
    assert!(desk.report().interrupted);
}

#[test]
fn a_withheld_secret_comes_before_a_broken_requirement_and_a_blocked_check() {
    let (desk, said) = with_a_secret_that_cannot_be_cut_out();
    said.expect(70, &["a secret would have been written"]);
    let report = desk.report();
    let verdicts: Vec<Verdict> = report.checks().map(|check| check.verdict).collect();
    assert!(verdicts.contains(&Verdict::Blocked), "{verdicts:?}");
}

#[test]
fn an_interrupt_comes_before_a_broken_requirement() {
    let app = app_with(FAULT);
    let desk = Desk::facing(&app);
    let args = ["run", "--verbose", "--jobs", "1", "--set", "network.requests_per_second=10"];
    let (child, _out) = start_until(&desk, &args, "✗ failed");
    interrupt(&child);
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
    assert_eq!(desk.report().summary.failed, 1);
}

#[test]
fn a_wrong_word_comes_before_an_empty_selection() {
    let said = Desk::new().oinspect(&["list", "--check", "scim.auth", "--tag", "patch", "--tag", "ptach"]);
    said.expect_only(2, &["`ptach`", "did you mean `patch`?"]);
}

#[test]
fn a_broken_requirement_comes_before_a_blocked_check() {
    let app = misbehaving(Misbehaviour::RejectsEverything);
    let desk = Desk::facing(&app);
    desk.oinspect(&["run"]).expect(1, &["at least one requirement is broken"]);
    let summary = desk.report().summary;
    assert!(summary.failed > 0 && summary.blocked > 0, "{summary:?}");
}

#[test]
fn a_broken_requirement_comes_before_a_stale_waiver() {
    let app = app_with("create-answers-200");
    let desk = Desk::facing(&app);
    plan_with_waiver(&desk);
    desk.oinspect(&["run", "plan.toml"]).expect(1, &["at least one requirement is broken"]);
}

#[test]
fn a_blocked_check_comes_before_a_stale_waiver() {
    let app = misbehaving(Misbehaviour::Dies);
    let desk = Desk::facing(&app);
    plan_with_waiver(&desk);
    desk.oinspect(&["run", "plan.toml", "--jobs", "1"]).expect(3, &["some checks were blocked"]);
    let report = desk.report();
    let waived = report.checks().find(|check| check.id == KEPT).unwrap();
    assert_eq!(waived.verdict, Verdict::Passed);
}
