//! The report as JUnit, for CI servers that count tests.
//!
//! Only a broken requirement is a failure; what says nothing about the target is an error.

use std::fmt::Write;
use std::time::Duration;

use jiff::Timestamp;
use oinspect_core::{CheckResult, FindingRecord, GroupResult, Report, Verdict, Weight};
use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};

use crate::findings::{is_stale, is_waived, reason};
use crate::format::Format;
use crate::transcript::transcript;
use crate::visible::{one_line, visible};

/// The longest message of a failure; its text says everything.
const MESSAGE: usize = 300;

/// The report as JUnit XML: a test suite a group, a test case a check.
pub fn junit(report: &Report) -> String {
    let mut suites = quick_junit::Report::new(one_line(&report.run.plan.name, MESSAGE));
    if let Some(finished) = report.finished {
        suites.set_time(between(report.run.started, finished));
    }
    let judged = report.groups.iter().filter(|group| !group.checks.is_empty());
    suites.add_test_suites(judged.map(|group| suite(report, group)));
    suites.add_test_suites(unfinished(report));
    let xml = suites.to_string().expect("writing into memory does not fail");
    // The schema that Jenkins publishes has no such attribute here, only on a test suite.
    xml.replacen(&format!(" skipped=\"{}\"", suites.skipped), "", 1)
}

/// A run that did not come to its end must not look green because all that it got to has passed.
fn unfinished(report: &Report) -> Option<TestSuite> {
    let summary = &report.summary;
    let why = match report.finished {
        None => "the run was killed",
        Some(_) if report.interrupted => "the run was interrupted",
        Some(_) if summary.checks < summary.planned => "the run stopped early",
        Some(_) => return None,
    };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type("incomplete");
    status.set_message(format!("{why}: {} of {} checks have a result", summary.checks, summary.planned));
    let mut case = TestCase::new("the run comes to its end", status);
    case.set_classname("oinspect");
    let mut suite = TestSuite::new("oinspect: the run itself");
    suite.add_test_case(case);
    Some(suite)
}

fn suite(report: &Report, group: &GroupResult) -> TestSuite {
    let header = &group.header;
    let name = format!("{}: {} [{}]", header.suite, header.title, header.id);
    let mut suite = TestSuite::new(one_line(&name, MESSAGE));
    for (name, value) in properties(report, group) {
        suite.add_property(Property::new(name, one_line(&value, MESSAGE)));
    }
    suite.set_time(group.checks.iter().map(|check| between(check.started, check.finished)).sum());
    suite.add_test_cases(group.checks.iter().map(case));
    if !group.evidence.steps.is_empty() && group.checks.iter().any(has_story) {
        suite.set_system_out(harmless(&transcript(&group.evidence)));
    }
    suite
}

/// What a reader of one test suite has to know about the run, then about its warnings: the schema
/// has no properties on a test case.
fn properties(report: &Report, group: &GroupResult) -> Vec<(&'static str, String)> {
    let run = &report.run;
    let mut properties = vec![
        ("tool", format!("{} {}", run.tool.name, run.tool.version)),
        ("run", run.id.to_string()),
        ("profile", run.profile.name().to_owned()),
        ("seed", run.seed.to_string()),
        ("plan", run.plan.name.clone()),
        ("plan.sha256", run.plan.sha256.clone()),
        ("target", run.target.name.clone()),
        ("target.url", run.target.url.clone()),
        ("target.fingerprint", run.target.fingerprint.clone()),
        ("outcome", report.sentence().to_owned()),
        ("planned", report.summary.planned.to_string()),
    ];
    if let Some(valid_until) = report.valid_until {
        properties.push(("valid_until", valid_until.to_string()));
    }
    properties.push(("suite", group.header.suite.clone()));
    properties.push(("group", group.header.id.clone()));
    for check in group.checks.iter().filter(|check| check.verdict == Verdict::Warned) {
        properties.push(("warned", format!("{}: {}", check.id, reason(check))));
    }
    for check in group.checks.iter().filter(|check| is_stale(check)) {
        properties.push(("stale waiver", format!("{}: {}", check.id, reason(check))));
    }
    properties
}

fn case(check: &CheckResult) -> TestCase {
    let name = format!("{}: {}", check.id, check.title);
    let mut case = TestCase::new(one_line(&name, MESSAGE), status(check));
    case.set_classname(one_line(&check.group, MESSAGE));
    case.set_time(between(check.started, check.finished));
    if has_story(check) {
        case.set_system_out(story(check));
    }
    case
}

fn status(check: &CheckResult) -> TestCaseStatus {
    let mut status = match check.verdict {
        // A passed case has nothing to say; the finding of a warned one is in its output.
        Verdict::Passed | Verdict::Warned => return TestCaseStatus::success(),
        Verdict::Failed if is_waived(check) => TestCaseStatus::skipped(),
        Verdict::Skipped => TestCaseStatus::skipped(),
        // What is only information never fails a build.
        Verdict::Blocked | Verdict::NotVerified if check.weight == Weight::Information => {
            TestCaseStatus::skipped()
        }
        Verdict::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Verdict::Blocked | Verdict::NotVerified | Verdict::Crashed => {
            TestCaseStatus::non_success(NonSuccessKind::Error)
        }
    };
    let message = match &check.waiver {
        Some(waiver) if is_waived(check) => {
            format!("accepted until {}: {}; {}", waiver.expires, waiver.reason, reason(check))
        }
        _ => reason(check),
    };
    status.set_message(one_line(&message, MESSAGE));
    match check.verdict {
        Verdict::Failed if !is_waived(check) => {
            status.set_type(check.requirement.level.name());
            status.set_description(visible(&account(check)));
        }
        Verdict::Blocked | Verdict::NotVerified | Verdict::Crashed => {
            status.set_type(check.verdict.name());
            status.set_description(visible(&account(check)));
        }
        Verdict::Passed | Verdict::Warned | Verdict::Skipped | Verdict::Failed => {}
    }
    status
}

/// Whether a reader wants to see what happened.
fn has_story(check: &CheckResult) -> bool {
    match check.verdict {
        Verdict::Failed | Verdict::Warned | Verdict::Blocked | Verdict::NotVerified | Verdict::Crashed => {
            true
        }
        Verdict::Passed => is_stale(check),
        Verdict::Skipped => false,
    }
}

/// The finding, as lines.
fn account(check: &CheckResult) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "{name:<9}{value}");
    };
    match &check.finding {
        Some(FindingRecord::Broken { expected, actual, fix, curl }) => {
            line("expected", expected);
            line("actual", actual);
            line("demand", &check.requirement.demand);
            line("see", &citation(check));
            if let Some(fix) = fix {
                line("fix", fix);
            }
            if let Some(curl) = curl {
                line("curl", curl);
            }
        }
        Some(FindingRecord::Reason { why }) => {
            line("reason", why);
            line("see", &citation(check));
        }
        None => line("reason", &reason(check)),
    }
    text
}

fn citation(check: &CheckResult) -> String {
    match &check.requirement.link {
        Some(link) => format!("{} {link}", check.requirement.citation()),
        None => check.requirement.citation(),
    }
}

/// The finding where no element holds it, what happened, and where the whole report is.
fn story(check: &CheckResult) -> String {
    let mut text = String::new();
    if matches!(check.verdict, Verdict::Warned | Verdict::Passed) || is_waived(check) {
        text.push_str(&account(check));
        text.push('\n');
    }
    text.push_str(&transcript(&check.evidence));
    let mut text = harmless(&text);
    for format in [Format::Html, Format::Json] {
        let _ = write!(text, "\n[[ATTACHMENT|{}]]", format.file_name());
    }
    text.push('\n');
    text
}

/// Text that attaches nothing: CI servers would publish whatever file of the workspace a target names.
fn harmless(text: &str) -> String {
    visible(text).replace("[[ATTACHMENT", "[ [ATTACHMENT")
}

/// How long something took; nothing, where the clock was set back.
fn between(started: Timestamp, finished: Timestamp) -> Duration {
    Duration::try_from(finished.duration_since(started)).unwrap_or_default()
}
