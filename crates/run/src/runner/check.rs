//! One check: performed, judged, and never able to take the run down with it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use oinspect_core::{
    Capability, Check, CheckResult, Cx, Evidence, Finding, FindingRecord, Profile, Verdict, Weight,
};

use crate::runner::Running;
use crate::runner::discovery::Obstacle;
use crate::select::SelectedGroup;

/// Performs a check, unless it is known already that it cannot be or need not be.
pub(super) fn perform(running: &Running<'_>, group: &SelectedGroup, check: &Check) -> CheckResult {
    let session = running.session;
    match running.obstacles.get(group.suite.id) {
        Some(Obstacle::Finding(finding)) => {
            return unperformed(running, group, check, Err(finding.clone()));
        }
        Some(Obstacle::Crashed(why)) => {
            let result = blocked(running, group, check, why);
            return CheckResult { verdict: Verdict::Crashed, ..result };
        }
        None => {}
    }
    let depends = is_depended_on(check, running.options.profile);
    let has = |need: &Capability| session.capabilities.contains(need) || depends && need.shows_when_tried();
    if let Some(need) = check.needs.iter().find(|need| !has(need)) {
        return unperformed(running, group, check, Err(need.missing()));
    }

    let started = session.clock.now();
    let mut cx = Cx::new(Arc::clone(session), check.id);
    // A check that panics leaves nothing behind that others see half-made: what they share sits
    // behind locks that ignore poison and hold whole values.
    let came_back = catch_unwind(AssertUnwindSafe(|| (check.run)(&mut cx)));
    let (outcome, crash) = match came_back {
        Ok(outcome) => (outcome, None),
        Err(panic) => (Ok(()), Some(session.redactor.text(&message(&*panic)))),
    };
    let times = (started, session.clock.now());
    let profile = running.options.profile;
    let group = group.group.id;
    let result =
        CheckResult::of_check(check, group, profile, &outcome, cx.finish(), times, &session.redactor);
    match crash {
        Some(why) => {
            CheckResult { verdict: Verdict::Crashed, finding: Some(FindingRecord::Reason { why }), ..result }
        }
        None => result,
    }
}

/// Whether an identity provider cannot work without this: it tries, whatever the target says of itself.
fn is_depended_on(check: &Check, profile: Profile) -> bool {
    profile != Profile::Rfc && Weight::of(&check.requirement, profile) == Weight::Required
}

/// The result of a check that was not performed because something stands in the way.
pub(super) fn blocked(running: &Running<'_>, group: &SelectedGroup, check: &Check, why: &str) -> CheckResult {
    unperformed(running, group, check, Err(Finding::blocked(why)))
}

#[expect(clippy::needless_pass_by_value, reason = "the outcome ends here")]
fn unperformed(
    running: &Running<'_>,
    group: &SelectedGroup,
    check: &Check,
    outcome: Result<(), Finding>,
) -> CheckResult {
    let now = running.session.clock.now();
    let profile = running.options.profile;
    let redactor = &running.session.redactor;
    CheckResult::of_check(check, group.group.id, profile, &outcome, Evidence::default(), (now, now), redactor)
}

/// What a panic said.
pub(crate) fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it panicked without a message".to_owned());
    format!("oinspect itself failed here: {text}")
}
