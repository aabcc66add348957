//! What stands at the top of the page: the outcome, the two numbers, and what the results are about.

use oinspect_core::{NoteKind, Outcome, Report, Verdict};

use super::evidence::took;
use crate::visible::{one_line, visible};

/// One of the two numbers of a run.
pub(crate) struct Number {
    pub(crate) part: usize,
    pub(crate) whole: usize,
    pub(crate) percent: usize,
}

impl Number {
    /// Never rounded up: 999 of 1000 are not 100 %.
    pub(crate) fn of((part, whole): (usize, usize)) -> Self {
        Self { part, whole, percent: (part * 100).checked_div(whole).unwrap_or(0) }
    }
}

/// One verdict's share of the bar, in thousandths.
pub(crate) struct Slice {
    pub(crate) verdict: Verdict,
    pub(crate) start: usize,
    pub(crate) width: usize,
}

/// The verdicts as shares of what was planned, those that are good news first.
pub(crate) fn slices(report: &Report) -> Vec<Slice> {
    let whole = report.summary.planned.max(report.summary.checks).max(1);
    let mut before = 0;
    let mut slices = Vec::new();
    for verdict in Verdict::ALL.into_iter().rev() {
        let count = report.summary.count(verdict);
        let start = before * 1000 / whole;
        before += count;
        if count > 0 {
            slices.push(Slice { verdict, start, width: (before * 1000 / whole - start).max(4) });
        }
    }
    slices
}

/// The word that gives the page its colour.
pub(crate) const fn tone(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "good",
        Outcome::Broken | Outcome::Bug => "bad",
        Outcome::Interrupted | Outcome::Incomplete | Outcome::StaleWaiver | Outcome::Nothing => "open",
    }
}

/// The sign of the outcome: colour never carries meaning alone.
pub(crate) const fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "✓",
        Outcome::Broken => "✗",
        Outcome::Bug => "✱",
        Outcome::Interrupted | Outcome::Incomplete | Outcome::StaleWaiver | Outcome::Nothing => "!",
    }
}

/// What the results are about, in the order in which a reviewer asks.
pub(crate) fn facts(report: &Report) -> Vec<(&'static str, String)> {
    let run = &report.run;
    let ci = if run.environment.ci { ", CI" } else { "" };
    let mut facts = vec![
        ("Profile", run.profile.name().to_owned()),
        ("Plan", run.plan.name.clone()),
        ("Seed", run.seed.to_string()),
        ("Run", run.id.to_string()),
        ("Started", run.started.strftime("%-d %b %Y, %H:%M:%S UTC").to_string()),
        match report.finished {
            Some(finished) => ("Took", took(finished.duration_since(run.started).as_millis_f64())),
            None => ("Finished", "no: the run was ended before".to_owned()),
        },
        ("HTTP requests", requests(report)),
        ("Tool", format!("{} {}", run.tool.name, run.tool.version)),
        ("Ran on", format!("{} {}{ci}", run.environment.os, run.environment.arch)),
    ];
    if let Some(file) = &run.plan.file {
        facts.push(("Plan file", file.clone()));
    }
    facts.push(("Plan SHA-256", run.plan.sha256.clone()));
    facts.push(("Target fingerprint", run.target.fingerprint.clone()));
    facts.into_iter().map(|(name, value)| (name, one_line(&value, 300))).collect()
}

/// Those of the checks themselves, and those of user agents.
fn requests(report: &Report) -> String {
    let of_checks: usize = report.checks().map(|check| check.evidence.hops().count()).sum();
    let of_groups: usize = report.groups.iter().map(|group| group.evidence.hops().count()).sum();
    match of_checks + of_groups {
        0 => report.summary.requests.to_string(),
        hops => format!("{}, and {hops} of user agents", report.summary.requests),
    }
}

/// The notes, and whether each is a warning; what the reader must not miss comes first.
pub(crate) fn notes(report: &Report) -> Vec<(bool, String)> {
    let mut notes = Vec::new();
    if report.withheld > 0 {
        notes.push((
            true,
            format!("{} fields were withheld: they would have shown a secret.", report.withheld),
        ));
    }
    if report.summary.checks < report.summary.planned {
        let missing = report.summary.planned - report.summary.checks;
        notes
            .push((true, format!("{missing} of {} planned checks have no verdict.", report.summary.planned)));
    }
    notes.extend(
        report.notes.iter().map(|note| (note.kind == NoteKind::Warning, visible(&note.text).into_owned())),
    );
    notes
}
