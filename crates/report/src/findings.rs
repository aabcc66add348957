//! What of a report a reader has to look at, most severe first.

use oinspect_core::{CheckResult, FindingRecord, Report, Verdict, Weight};

/// The checks that came to anything but `passed` or `skipped`, and waivers that are no longer
/// needed; most severe first, what the plan accepts last.
pub(crate) fn findings(report: &Report) -> Vec<&CheckResult> {
    let mut open: Vec<&CheckResult> = report.checks().filter(|check| urgency(check).is_some()).collect();
    open.sort_by_key(|check| urgency(check));
    open
}

/// Sorts findings, most urgent first; `None` where there is nothing to look at.
///
/// What never counts towards the outcome comes after what does.
pub(crate) fn urgency(check: &CheckResult) -> Option<(bool, bool, Verdict)> {
    let is_finding = match check.verdict {
        Verdict::Crashed | Verdict::Failed | Verdict::Warned | Verdict::Blocked | Verdict::NotVerified => {
            true
        }
        Verdict::Skipped => false,
        Verdict::Passed => is_stale(check),
    };
    is_finding.then_some((is_waived(check), check.weight == Weight::Information, check.verdict))
}

/// Whether the plan accepts this failure.
pub(crate) const fn is_waived(check: &CheckResult) -> bool {
    matches!(check.verdict, Verdict::Failed) && check.waiver.is_some()
}

/// Whether the plan accepts a failure that no longer happens.
pub(crate) const fn is_stale(check: &CheckResult) -> bool {
    matches!(check.verdict, Verdict::Passed) && check.waiver.is_some()
}

/// The sign that stands beside a verdict's word: colour never carries meaning alone.
pub(crate) const fn symbol(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "✓",
        Verdict::Failed => "✗",
        Verdict::Warned => "!",
        Verdict::Skipped => "–",
        Verdict::Blocked => "⊘",
        Verdict::NotVerified => "?",
        Verdict::Crashed => "✱",
    }
}

/// What came of a check, in a word or two.
pub(crate) const fn word(check: &CheckResult) -> &'static str {
    if is_waived(check) {
        "failed, accepted"
    } else if is_stale(check) {
        "stale waiver"
    } else {
        check.verdict.name()
    }
}

/// Why a check did not pass, in one piece of text; empty where nothing is to be said.
pub(crate) fn reason(check: &CheckResult) -> String {
    match &check.finding {
        Some(FindingRecord::Broken { expected, actual, .. }) => format!("expected {expected}, got {actual}"),
        Some(FindingRecord::Reason { why }) => why.clone(),
        None if is_stale(check) => "it passes now: remove its waiver".to_owned(),
        None => String::new(),
    }
}
