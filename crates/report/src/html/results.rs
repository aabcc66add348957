//! The results as the page arranges them: findings first, then every check by group.

use std::collections::HashMap;

use oinspect_core::{GroupResult, Report, Verdict};

use super::anchors::Anchors;
use super::evidence::{StepView, steps};
use super::view::{CheckView, Count, check_view};
use crate::findings::{symbol, urgency};
use crate::visible::one_line;

/// So many findings begin unfolded: enough to read on without a click, few enough to scroll past.
const OPEN: usize = 12;

/// One group.
pub(crate) struct GroupView {
    pub(crate) anchor: String,
    pub(crate) evidence_anchor: String,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) suite: String,
    pub(crate) counts: Vec<Count>,
    pub(crate) steps: Vec<StepView>,
    pub(crate) rows: Vec<Row>,
}

/// A check in its group.
pub(crate) enum Row {
    /// All of it.
    Whole(Box<CheckView>),
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
    fn to(check: &CheckView) -> Self {
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

/// The findings, most urgent first, and the groups.
pub(crate) fn results(report: &Report) -> (Vec<CheckView>, Vec<GroupView>) {
    let mut anchors = Anchors::default();
    let places: Vec<Vec<String>> = report
        .groups
        .iter()
        .map(|group| group.checks.iter().map(|check| anchors.take(&check.id)).collect())
        .collect();
    let mut by_id: HashMap<&str, String> = HashMap::new();
    for (check, place) in report.checks().zip(places.iter().flatten()) {
        by_id.entry(&check.id).or_insert_with(|| place.clone());
    }

    let mut findings = Vec::new();
    let mut groups = Vec::new();
    for (group, places) in report.groups.iter().zip(&places) {
        let mut view = group_view(group, &mut anchors, &by_id);
        for (check, place) in group.checks.iter().zip(places) {
            let mut shown = check_view(check, place, &by_id);
            shown.group = groups.len();
            shown.group_title.clone_from(&view.title);
            shown.shared_evidence = (!view.steps.is_empty()).then(|| view.evidence_anchor.clone());
            match urgency(check) {
                Some(urgency) => {
                    view.rows.push(Row::Line(Line::to(&shown)));
                    findings.push((urgency, shown));
                }
                None => view.rows.push(Row::Whole(Box::new(shown))),
            }
        }
        groups.push(view);
    }
    findings.sort_by_key(|(urgency, _)| *urgency);
    let mut findings: Vec<CheckView> = findings.into_iter().map(|(_, shown)| shown).collect();
    for finding in findings.iter_mut().take(OPEN) {
        finding.open = true;
    }
    (findings, groups)
}

fn group_view(group: &GroupResult, anchors: &mut Anchors, by_id: &HashMap<&str, String>) -> GroupView {
    GroupView {
        anchor: anchors.take(&format!("group/{}", group.header.id)),
        evidence_anchor: anchors.take(&format!("evidence/{}", group.header.id)),
        id: one_line(&group.header.id, 200),
        title: one_line(&group.header.title, 200),
        suite: one_line(&group.header.suite, 200),
        counts: Count::each(|verdict| group.checks.iter().filter(|check| check.verdict == verdict).count()),
        steps: steps(&group.evidence, by_id),
        rows: Vec::new(),
    }
}
