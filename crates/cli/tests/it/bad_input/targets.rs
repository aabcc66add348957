//! Targets that do not behave: every result so far is kept, and the cause is said once.

use oinspect_core::{Report, Verdict};
use oinspect_sample_app::{Misbehaviour, Running, Settings};

use crate::stage::{Desk, Said, sample_app};
use crate::suite_file::{suite, users};

/// A server that hangs is given up soon; the others are given the time that a busy machine needs.
fn limit(misbehaviour: Misbehaviour) -> &'static str {
    if misbehaviour == Misbehaviour::Hangs { "limits.request=300ms" } else { "limits.request=10s" }
}

fn misbehaving(misbehaviour: Misbehaviour) -> Running {
    sample_app(Settings { users: 1, misbehaviour: Some(misbehaviour), ..Settings::default() })
}

/// Every check against such a server.
fn run(misbehaviour: Misbehaviour) -> (Said, Report) {
    let app = misbehaving(misbehaviour);
    let desk = Desk::facing(&app);
    let said = desk.oinspect(&["run", "--set", limit(misbehaviour)]);
    (said, desk.report())
}

/// A suite of 25 equal steps against such a server.
fn runscope(misbehaviour: Misbehaviour) -> (Said, Report) {
    let app = misbehaving(misbehaviour);
    let desk = Desk::facing(&app);
    desk.write("suite.json", &suite(&vec![users(); 25]));
    let said = desk.oinspect(&["runscope", "suite.json", "--set", limit(misbehaviour)]);
    (said, desk.report())
}

fn count(report: &Report, verdict: Verdict) -> usize {
    report.summary.count(verdict)
}

/// Nothing could be measured, for this reason, which stands before everything that follows from it.
#[track_caller]
fn all_blocked((said, report): (Said, Report), why: &str) {
    said.expect(3, &["because", why]);
    assert_eq!(count(&report, Verdict::Blocked), report.summary.planned, "{:?}", report.summary);
    let first = said.out.lines().find(|line| line.contains("because")).unwrap();
    assert!(first.contains(why), "{said:#?}");
}

#[test]
fn a_refused_connection_blocks_everything() {
    let desk = Desk::new();
    let said = desk.oinspect(&["run", "--set", "scim.base_url=http://127.0.0.1:1"]);
    all_blocked((said, desk.report()), "connection refused by 127.0.0.1:1");
    desk.write("suite.json", &suite(&[users()]));
    let said = desk.oinspect(&[
        "runscope",
        "suite.json",
        "--var",
        "SCIMBaseURL=http://127.0.0.1:1",
        "--var",
        "auth=Bearer some-token",
    ]);
    all_blocked((said, desk.report()), "connection refused by 127.0.0.1:1");
}

#[test]
fn a_name_without_address_blocks_everything() {
    let desk = Desk::new();
    let said = desk.oinspect(&["run", "--set", "scim.base_url=http://nobody.invalid/scim"]);
    all_blocked((said, desk.report()), "no address for nobody.invalid");
}

#[test]
fn a_target_that_hangs_blocks_everything_within_the_limit() {
    all_blocked(run(Misbehaviour::Hangs), "within 300ms");
    all_blocked(runscope(Misbehaviour::Hangs), "within 300ms");
}

#[test]
fn a_target_that_closes_half_way_blocks_everything() {
    all_blocked(run(Misbehaviour::ClosesHalfWay), "closed before the answer was complete");
    all_blocked(runscope(Misbehaviour::ClosesHalfWay), "closed before the answer was complete");
}

#[test]
fn an_answer_of_a_gigabyte_is_not_read_to_its_end() {
    for (said, report) in [run(Misbehaviour::Answers1Gb), runscope(Misbehaviour::Answers1Gb)] {
        said.expect(1, &["actual", "larger than the 8388608 bytes of network.max_body_bytes"]);
        assert_eq!(count(&report, Verdict::Crashed), 0);
    }
}

#[test]
fn an_html_page_is_a_finding() {
    let (said, report) = run(Misbehaviour::AnswersHtml);
    said.expect(1, &["actual", "<!doctype html>"]);
    assert_eq!(count(&report, Verdict::Crashed), 0);
    // The suite asks for nothing but the status.
    let (said, _) = runscope(Misbehaviour::AnswersHtml);
    said.expect(0, &["25 passed"]);
}

#[test]
fn a_redirect_is_not_followed() {
    let (said, report) = run(Misbehaviour::RedirectLoop);
    said.expect(1, &["actual", "status 302 to "]);
    assert_eq!(count(&report, Verdict::Crashed), 0);
    let (said, report) = runscope(Misbehaviour::RedirectLoop);
    said.expect(1, &["actual", "302"]);
    assert_eq!((report.summary.failed, report.summary.requests), (25, 25));
}

#[test]
fn a_target_that_asks_to_come_back_later_is_asked_again() {
    for (said, report) in [run(Misbehaviour::RateLimited), runscope(Misbehaviour::RateLimited)] {
        said.expect(0, &["everything required is kept"]);
        let skipped: Vec<String> = report
            .checks()
            .filter(|check| check.verdict == Verdict::Skipped)
            .map(|check| format!("{} {:?}", check.id, check.finding))
            .collect();
        assert_eq!(count(&report, Verdict::Passed) + skipped.len(), report.summary.planned);
        // This tenant has no second one beside it, and no user behind its token.
        let is_expected = |line: &String| line.contains("scim.other_auth") || line.starts_with("scim.me.");
        assert!(skipped.iter().all(is_expected), "{skipped:#?}");
    }
}

#[test]
fn a_target_that_asks_for_too_much_patience_blocks() {
    let app = misbehaving(Misbehaviour::RateLimited);
    let desk = Desk::facing(&app);
    let said = desk.oinspect(&["run", "--jobs", "1", "--set", "network.max_rate_limit_wait=0s"]);
    said.expect(3, &["because", "429", "network.max_rate_limit_wait"]);
}

#[test]
fn a_target_that_dies_keeps_what_was_measured_before() {
    let (said, report) = run(Misbehaviour::Dies);
    said.expect(3, &["because", "connection refused"]);
    assert!(count(&report, Verdict::Passed) > 0 && count(&report, Verdict::Blocked) > 0);
    assert_eq!(report.summary.checks, report.summary.planned);
    assert_eq!(report.summary.failed, 0, "nothing was broken but the connection");
    // What was created can no longer be removed: it is said, a few by name, all in the report.
    let named = said.err.lines().filter(|line| line.contains("left behind: ")).count();
    assert!(named <= 6 && !report.leftovers.is_empty(), "{said:#?}");

    let (said, report) = runscope(Misbehaviour::Dies);
    said.expect(3, &["because", "connection refused"]);
    // A request that was on its way when the target died may still be answered.
    let summary = &report.summary;
    assert!(summary.passed >= 20 && summary.blocked > 0, "{summary:?}");
    assert_eq!(summary.passed + summary.blocked, 25);
}

#[test]
fn a_target_that_accepts_or_rejects_everything_fails_without_a_crash() {
    for misbehaviour in [Misbehaviour::AcceptsEverything, Misbehaviour::RejectsEverything] {
        let (said, report) = run(misbehaviour);
        said.expect(1, &["at least one requirement is broken"]);
        assert_eq!(count(&report, Verdict::Crashed), 0);
    }
}
