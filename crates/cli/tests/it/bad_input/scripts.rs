//! Scripts that never end or want everything: the real limits are five seconds and 128 MiB, so that the
//! first two of these tests take five seconds each.

use oinspect_core::Verdict;
use oinspect_sample_app::Running;

use crate::stage::{Desk, healthy_app};
use crate::suite_file::{suite, users, users_and};

/// Runs a step with this script, and one after it.
fn stopped(script: &str, why: &str) {
    let app: Running = healthy_app();
    let desk = Desk::facing(&app);
    desk.write("suite.json", &suite(&[users_and(script), users()]));
    let said = desk.oinspect(&["runscope", "suite.json"]);
    said.expect(3, &["because", why]);
    let report = desk.report();
    let verdicts: Vec<Verdict> = report.checks().map(|check| check.verdict).collect();
    assert_eq!(verdicts, [Verdict::Passed, Verdict::NotVerified, Verdict::Passed], "{said:#?}");
}

#[test]
fn a_script_that_loops_for_ever_is_stopped_and_the_suite_goes_on() {
    stopped("for (;;) {}", "stopped after 5s");
}

#[test]
fn a_regular_expression_that_never_ends_is_stopped_and_the_suite_goes_on() {
    stopped("/^(a+)+$/.test('a'.repeat(60) + 'b')", "stopped after 5s");
}

#[test]
fn a_script_that_wants_all_memory_is_stopped_and_the_suite_goes_on() {
    stopped("const all = []; for (;;) all.push('x'.repeat(1e6) + all.length)", "more than 128 MiB of memory");
}
