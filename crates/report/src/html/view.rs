//! One check as the page shows it.

use oinspect_core::{CheckResult, FindingRecord, Verdict, Weight};

use super::evidence::{Places, StepView, steps, took};
use super::marks::{Piece, pieces, prose};
use super::results::Line;
use super::visits::outline;
use crate::findings::{is_stale, is_waived, symbol};
use crate::visible::{one_line, visible};

/// One check.
pub(crate) struct CheckView<'a> {
    pub(crate) anchor: String,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) group: usize,
    pub(crate) group_title: String,
    pub(crate) verdict: Verdict,
    pub(crate) citation: String,
    pub(crate) link: Option<String>,
    pub(crate) demand: Vec<Piece>,
    pub(crate) weight: &'static str,
    /// What else a reader has to know about the verdict, in a word or two.
    pub(crate) tags: Vec<&'static str>,
    pub(crate) finding: FindingView,
    pub(crate) waiver: Option<(String, String)>,
    pub(crate) took: String,
    pub(crate) started: String,
    pub(crate) valid_until: String,
    pub(crate) steps: Vec<StepView<'a>>,
    /// What its story is made of, where a user agent was at work.
    pub(crate) outline: Option<String>,
    /// Where the evidence is that the check shares with its group.
    pub(crate) shared_evidence: Option<String>,
    /// Lines that lead to the checks that share its cause.
    pub(crate) followers: Vec<Line>,
    /// Whether it begins unfolded.
    pub(crate) open: bool,
}

impl CheckView<'_> {
    /// The sign beside the verdict's word.
    pub(crate) fn symbol(&self) -> &'static str {
        symbol(self.verdict)
    }
}

/// Why a check did not pass.
pub(crate) enum FindingView {
    None,
    Broken { expected: Vec<Piece>, actual: Vec<Piece>, fix: Option<Vec<Piece>>, curl: Option<Vec<Piece>> },
    Reason(Vec<Piece>),
}

/// A check, not among the findings and folded.
pub(crate) fn check_view<'a>(check: &CheckResult, anchor: &str, places: &Places<'a>) -> CheckView<'a> {
    CheckView {
        anchor: anchor.to_owned(),
        id: one_line(&check.id, 200),
        title: one_line(&check.title, 300),
        group: 0,
        group_title: String::new(),
        verdict: check.verdict,
        citation: check.requirement.citation(),
        link: check.requirement.link.clone().filter(|link| is_web_address(link)),
        demand: prose(&check.requirement.demand),
        weight: check.weight.name(),
        tags: tags(check),
        finding: finding(check),
        waiver: check
            .waiver
            .as_ref()
            .map(|waiver| (visible(&waiver.reason).into_owned(), one_line(&waiver.expires, 40))),
        took: took(check.finished.duration_since(check.started).as_millis_f64()),
        started: check.started.strftime("%-d %b %Y, %H:%M:%S UTC").to_string(),
        valid_until: check.valid_until.strftime("%-d %b %Y, %H:%M UTC").to_string(),
        steps: steps(&check.evidence, places),
        outline: outline(&check.evidence),
        shared_evidence: None,
        followers: Vec::new(),
        open: false,
    }
}

pub(crate) fn tags(check: &CheckResult) -> Vec<&'static str> {
    let mut tags = Vec::new();
    if is_waived(check) {
        tags.push("accepted");
    }
    if is_stale(check) {
        tags.push("stale waiver");
    }
    if check.weight == Weight::Information {
        tags.push("information");
    }
    tags
}

fn finding(check: &CheckResult) -> FindingView {
    match &check.finding {
        Some(FindingRecord::Broken { expected, actual, fix, curl }) => FindingView::Broken {
            expected: pieces(expected),
            actual: pieces(actual),
            fix: fix.as_deref().map(prose),
            curl: curl.as_deref().map(pieces),
        },
        Some(FindingRecord::Reason { why }) => FindingView::Reason(pieces(why)),
        None => FindingView::None,
    }
}

/// A report may come from anybody: its links lead to the web or nowhere.
pub(crate) fn is_web_address(link: &str) -> bool {
    url::Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// How many checks have a verdict.
pub(crate) struct Count {
    pub(crate) verdict: Verdict,
    pub(crate) count: usize,
}

impl Count {
    /// The counts that are not zero, most severe first.
    pub(crate) fn each(count: impl Fn(Verdict) -> usize) -> Vec<Self> {
        let counts = Verdict::ALL.into_iter().map(|verdict| Self { verdict, count: count(verdict) });
        counts.filter(|count| count.count > 0).collect()
    }

    /// The sign beside the verdict's word.
    pub(crate) fn symbol(&self) -> &'static str {
        symbol(self.verdict)
    }
}
