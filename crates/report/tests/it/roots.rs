//! Findings that have one cause stand once.

use oinspect_core::{FindingRecord, Level, Report, Verdict};
use oinspect_report::{features, roots};

use crate::sample::{check, group, report};

fn broken(expected: &str, actual: &str) -> FindingRecord {
    FindingRecord::Broken { expected: expected.to_owned(), actual: actual.to_owned(), fix: None, curl: None }
}

fn blocked(why: &str) -> FindingRecord {
    FindingRecord::Reason { why: why.to_owned() }
}

/// A report with these findings alone, by name.
fn of(findings: Vec<(&str, Verdict, FindingRecord)>) -> Report {
    let checks = findings.into_iter().map(|(name, verdict, finding)| {
        let mut check = check("g", name, "Something is kept", Level::Must, verdict);
        check.finding = Some(finding);
        check
    });
    let mut report = report();
    report.groups = vec![group("g", "Group", "SCIM", checks.collect())];
    report.conclude();
    report
}

/// The ids of each root and of its followers.
fn shape(report: &Report) -> Vec<(&str, Vec<&str>)> {
    roots(report)
        .into_iter()
        .map(|root| (root.check.id.as_str(), root.followers.iter().map(|one| one.id.as_str()).collect()))
        .collect()
}

#[test]
fn what_a_broken_requirement_stops_stands_under_it() {
    let report = of(vec![
        ("reads", Verdict::Blocked, blocked("no user could be created: expected status 201, got status 500")),
        ("creates", Verdict::Failed, broken("status 201", "status 500")),
        ("sorts", Verdict::Blocked, blocked("the list is gone")),
        ("pages", Verdict::Blocked, blocked("the list is gone")),
        ("counts", Verdict::NotVerified, blocked("the list is gone")),
    ]);
    let expected = [("g.creates", vec!["g.reads"]), ("g.sorts", vec!["g.pages"]), ("g.counts", vec![])];
    assert_eq!(shape(&report), expected);
}

#[test]
fn the_same_breach_of_the_same_section_is_one_finding_and_another_value_is_not() {
    let report = of(vec![
        ("one", Verdict::Failed, broken("a SCIM error", "status 404 with the body <html>")),
        ("two", Verdict::Failed, broken("a SCIM error", "status 404 with the body <html>")),
        ("three", Verdict::Failed, broken("a SCIM error", "status 409 without a body")),
    ]);
    assert_eq!(shape(&report), [("g.one", vec!["g.two"]), ("g.three", vec![])]);
}

#[test]
fn a_feature_is_ready_when_all_of_its_checks_are_kept() {
    let report = report();
    let states: Vec<_> = features(&report).into_iter().map(|one| (one.name, one.state.name())).collect();
    let expected =
        [("Create users", "ready"), ("Update <users>", "not ready"), ("Push groups", "not fully judged")];
    assert_eq!(states, expected.map(|(name, state)| (name.to_owned(), state)));
}
