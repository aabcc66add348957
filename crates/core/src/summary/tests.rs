//! Which outcome a report comes to, and which of several wins.

use jiff::Timestamp;

use super::*;
use crate::event::Event;
use crate::evidence::Evidence;
use crate::profile::Profile;
use crate::report::{Environment, GroupHeader, PlanRecord, RunHeader, TargetRecord, Tool};
use crate::requirement::{Document, Level};
use crate::result::{RequirementRecord, Waiver};
use crate::seed::{RunId, Seed};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn check(verdict: Verdict, weight: Weight) -> CheckResult {
    let requirement = RequirementRecord {
        document: Document::Rfc7644,
        section: "3".to_owned(),
        level: Level::Must,
        demand: String::new(),
        link: None,
    };
    CheckResult {
        id: "a.b.c".to_owned(),
        group: "a.b".to_owned(),
        title: String::new(),
        requirement,
        weight,
        verdict,
        finding: None,
        started: NOW,
        finished: NOW,
        valid_until: NOW,
        waiver: None,
        evidence: Evidence::default(),
    }
}

fn required(verdict: Verdict) -> CheckResult {
    check(verdict, Weight::Required)
}

fn waived(verdict: Verdict) -> CheckResult {
    let waiver = Waiver { reason: "known".to_owned(), expires: "2099-01-01".to_owned() };
    CheckResult { waiver: Some(waiver), ..required(verdict) }
}

/// The report of a run with these results, and with this last event.
fn report(checks: &[CheckResult], end: Option<(bool, usize)>) -> Report {
    let text = String::new;
    let header = RunHeader {
        id: RunId(text()),
        tool: Tool { name: text(), version: text() },
        plan: PlanRecord { name: text(), file: None, sha256: text() },
        profile: Profile::Rfc,
        seed: Seed(1),
        target: TargetRecord { name: text(), url: text(), fingerprint: text() },
        environment: Environment { os: text(), arch: text(), ci: false },
        started: NOW,
        planned: checks.len(),
    };
    let group = GroupHeader { id: "a.b".to_owned(), title: text(), suite: "a".to_owned() };
    let mut events = vec![Event::RunStarted(Box::new(header)), Event::GroupStarted(group)];
    events.extend(checks.iter().cloned().map(|check| Event::CheckFinished(Box::new(check))));
    events.extend(end.map(|(interrupted, withheld)| Event::RunFinished {
        finished: NOW,
        interrupted,
        withheld,
    }));
    Report::from_events(events).expect("it has a beginning")
}

fn outcome(checks: &[CheckResult]) -> Outcome {
    report(checks, Some((false, 0))).outcome
}

#[test]
fn each_outcome_has_its_cause() {
    use Verdict::{Blocked, Crashed, Failed, NotVerified, Passed, Skipped, Warned};
    assert_eq!(outcome(&[required(Passed), required(Skipped)]), Outcome::Kept);
    assert_eq!(outcome(&[check(Warned, Weight::Recommended)]), Outcome::Kept);
    assert_eq!(outcome(&[required(Failed)]), Outcome::Broken);
    assert_eq!(outcome(&[required(Blocked)]), Outcome::Incomplete);
    assert_eq!(outcome(&[check(NotVerified, Weight::Recommended)]), Outcome::Incomplete);
    assert_eq!(outcome(&[required(Crashed)]), Outcome::Bug);
    assert_eq!(outcome(&[waived(Failed)]), Outcome::Kept);
    assert_eq!(outcome(&[waived(Passed)]), Outcome::StaleWaiver);
    assert_eq!(outcome(&[]), Outcome::Nothing);
}

#[test]
fn information_is_never_in_the_exit_code() {
    for verdict in [Verdict::Warned, Verdict::Blocked, Verdict::NotVerified, Verdict::Skipped] {
        assert_eq!(outcome(&[check(verdict, Weight::Information)]).exit_code(), 0, "{}", verdict.name());
    }
}

#[test]
fn where_several_apply_the_gravest_wins() {
    use Verdict::{Blocked, Crashed, Failed, Passed};
    let mut all = vec![required(Passed), waived(Passed)];
    assert_eq!(outcome(&all), Outcome::StaleWaiver);
    all.push(required(Blocked));
    assert_eq!(outcome(&all), Outcome::Incomplete);
    all.push(required(Failed));
    assert_eq!(outcome(&all), Outcome::Broken);
    assert_eq!(report(&all, Some((true, 0))).outcome, Outcome::Interrupted);
    assert_eq!(report(&all, Some((true, 1))).outcome, Outcome::Bug);
    all.push(required(Crashed));
    assert_eq!(outcome(&all), Outcome::Bug);
}

#[test]
fn a_run_that_was_killed_is_not_complete() {
    let report = report(&[required(Verdict::Passed)], None);
    assert_eq!((report.outcome, report.finished), (Outcome::Incomplete, None));
}

#[test]
fn a_report_is_valid_as_long_as_the_earliest_of_its_judgements() {
    let mut checks = [required(Verdict::Passed), required(Verdict::Failed), required(Verdict::Blocked)];
    for (check, hours) in checks.iter_mut().zip([3, 2, 1]) {
        check.finished = NOW + jiff::SignedDuration::from_hours(hours);
        check.set_validity();
    }
    assert_eq!(report(&checks, None).valid_until, Some(NOW + jiff::SignedDuration::from_hours(50)));
}

#[test]
fn conformance_and_completeness_are_two_numbers() {
    let checks = [required(Verdict::Passed), required(Verdict::Failed), required(Verdict::Blocked)];
    let summary = report(&checks, Some((false, 0))).summary;
    assert_eq!((summary.conformance(), summary.completeness()), ((1, 2), (2, 3)));
}
