//! Findings that have one cause, gathered under the gravest of them.

use oinspect_core::{CheckResult, FindingRecord, Report};

use crate::findings::{findings, is_stale, is_waived};

/// A finding, and the others that would vanish with its cause.
#[derive(Debug)]
pub struct Root<'a> {
    /// The finding to look at.
    pub check: &'a CheckResult,
    /// Checks that met the same thing on their way, or say the same of the same section.
    pub followers: Vec<&'a CheckResult>,
}

/// The findings of a report, each cause once, most severe first; what the plan accepts stays by itself.
pub fn roots(report: &Report) -> Vec<Root<'_>> {
    let mut roots: Vec<Root<'_>> = Vec::new();
    for check in findings(report) {
        match roots.iter_mut().find(|root| is_caused(check, root.check)) {
            Some(root) => root.followers.push(check),
            None => roots.push(Root { check, followers: Vec::new() }),
        }
    }
    roots
}

/// Whether one finding is another one again.
fn is_caused(check: &CheckResult, root: &CheckResult) -> bool {
    if [check, root].into_iter().any(|one| is_waived(one) || is_stale(one)) {
        return false;
    }
    match (&check.finding, &root.finding) {
        // An obstacle says what was met: "no user could be created: expected ..., got ...".
        (Some(FindingRecord::Reason { why }), Some(FindingRecord::Broken { expected, actual, .. })) => {
            why.ends_with(&format!("expected {expected}, got {actual}"))
        }
        (Some(FindingRecord::Reason { why }), Some(FindingRecord::Reason { why: root_why })) => {
            check.verdict == root.verdict && why == root_why
        }
        (
            Some(FindingRecord::Broken { expected, actual, .. }),
            Some(FindingRecord::Broken { expected: root_expected, actual: root_actual, .. }),
        ) => {
            let written = |one: &CheckResult| (one.requirement.document, one.requirement.section.clone());
            written(check) == written(root) && expected == root_expected && actual == root_actual
        }
        _ => false,
    }
}
