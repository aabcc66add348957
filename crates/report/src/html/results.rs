//! The results as the page arranges them: findings first, then every check by group.

use std::collections::HashMap;
use std::ptr;

use oinspect_core::{CheckResult, GroupResult, Report, Verdict};

use super::anchors::Anchors;
use super::evidence::{Places, StepView, steps};
use super::pictures::{Picture, Pictures};
use super::readiness::{StandingView, standings};
use super::view::{CheckView, Count, check_view, tags};
use crate::findings::{symbol, urgency};
use crate::roots::roots;
use crate::visible::one_line;

/// So many findings begin unfolded: enough to read on without a click, few enough to scroll past.
const OPEN: usize = 12;

/// One group.
pub(crate) struct GroupView<'a> {
    pub(crate) anchor: String,
    pub(crate) evidence_anchor: String,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) suite: String,
    pub(crate) counts: Vec<Count>,
    pub(crate) steps: Vec<StepView<'a>>,
    pub(crate) rows: Vec<Row<'a>>,
}

/// A check in its group.
pub(crate) enum Row<'a> {
    /// All of it.
    Whole(Box<CheckView<'a>>),
    /// A line that leads to the findings, where all of it is.
    Line(Line),
}

/// A line that leads to a finding.
pub(crate) struct Line {
    pub(crate) anchor: String,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) verdict: Verdict,
    pub(crate) tags: Vec<&'static str>,
}

impl Line {
    /// A line that leads to a check that shares the cause of another.
    fn of(check: &CheckResult, places: &Places<'_>) -> Self {
        Self {
            anchor: places.anchors.get(check.id.as_str()).cloned().unwrap_or_default(),
            id: one_line(&check.id, 200),
            title: one_line(&check.title, 300),
            verdict: check.verdict,
            tags: tags(check),
        }
    }

    fn to(check: &CheckView<'_>) -> Self {
        Self {
            anchor: check.anchor.clone(),
            id: check.id.clone(),
            title: check.title.clone(),
            verdict: check.verdict,
            tags: check.tags.clone(),
        }
    }

    /// The sign beside the verdict's word.
    pub(crate) fn symbol(&self) -> &'static str {
        symbol(self.verdict)
    }
}

/// What the page shows of a report's results.
pub(crate) struct Results<'a> {
    /// Most urgent first.
    pub(crate) findings: Vec<CheckView<'a>>,
    pub(crate) groups: Vec<GroupView<'a>>,
    pub(crate) pictures: Vec<Picture<'a>>,
    pub(crate) features: Vec<StandingView>,
    pub(crate) capabilities: Vec<StandingView>,
}

/// The findings, the groups, and the pictures that both show.
pub(crate) fn results(report: &Report) -> Results<'_> {
    let mut anchors = Anchors::default();
    let taken: Vec<Vec<String>> = report
        .groups
        .iter()
        .map(|group| group.checks.iter().map(|check| anchors.take(&check.id)).collect())
        .collect();
    let mut by_id: HashMap<&str, String> = HashMap::new();
    for (check, anchor) in report.checks().zip(taken.iter().flatten()) {
        by_id.entry(&check.id).or_insert_with(|| anchor.clone());
    }
    let places = Places { anchors: by_id, pictures: Pictures::of(report) };

    let followers: HashMap<*const CheckResult, Vec<&CheckResult>> =
        roots(report).into_iter().map(|root| (ptr::from_ref(root.check), root.followers)).collect();
    let mut findings = Vec::new();
    let mut groups = Vec::new();
    for (group, taken) in report.groups.iter().zip(&taken) {
        let mut view = group_view(group, &mut anchors, &places);
        for (check, anchor) in group.checks.iter().zip(taken) {
            let mut shown = check_view(check, anchor, &places);
            shown.group = groups.len();
            shown.group_title.clone_from(&view.title);
            shown.shared_evidence = (!view.steps.is_empty()).then(|| view.evidence_anchor.clone());
            match followers.get(&ptr::from_ref(check)) {
                Some(followers) => {
                    shown.followers = followers.iter().map(|check| Line::of(check, &places)).collect();
                    view.rows.push(Row::Line(Line::to(&shown)));
                    findings.push((urgency(check), shown));
                }
                None => view.rows.push(Row::Whole(Box::new(shown))),
            }
        }
        groups.push(view);
    }
    findings.sort_by_key(|(urgency, _)| *urgency);
    let mut findings: Vec<CheckView<'_>> = findings.into_iter().map(|(_, shown)| shown).collect();
    for finding in findings.iter_mut().take(OPEN) {
        finding.open = true;
    }
    let (features, capabilities) = standings(report, &places.anchors);
    Results { findings, groups, pictures: places.pictures.list(), features, capabilities }
}

fn group_view<'a>(group: &GroupResult, anchors: &mut Anchors, places: &Places<'a>) -> GroupView<'a> {
    GroupView {
        anchor: anchors.take(&format!("group/{}", group.header.id)),
        evidence_anchor: anchors.take(&format!("evidence/{}", group.header.id)),
        id: one_line(&group.header.id, 200),
        title: one_line(&group.header.title, 200),
        suite: one_line(&group.header.suite, 200),
        counts: Count::each(|verdict| group.checks.iter().filter(|check| check.verdict == verdict).count()),
        steps: steps(&group.evidence, places),
        rows: Vec::new(),
    }
}
