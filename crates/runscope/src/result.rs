//! Turns the outcomes of a step into results: one for each assertion, one for each script.

use jiff::Timestamp;
use oinspect_core::{
    CheckResult, Document, Event, Evidence, Finding, FindingRecord, Level, Redactor, RequirementRecord,
    Verdict, Weight,
};

use crate::step::Outcomes;
use crate::suite::{RequestStep, Step};

/// What all results of a step share.
pub(crate) struct StepResults<'a> {
    pub(crate) group: String,
    pub(crate) step: &'a Step,
    pub(crate) request: &'a RequestStep,
    pub(crate) evidence: Evidence,
    pub(crate) times: (Timestamp, Timestamp),
    pub(crate) redactor: &'a Redactor,
}

impl StepResults<'_> {
    /// Says every result, then ends the group with the evidence of all. Assertions come first, so that
    /// they keep the numbers that they have in the file.
    pub(crate) fn emit(self, outcomes: &Outcomes, emit: &mut dyn FnMut(Event)) {
        for (position, (title, outcome)) in self.titled(outcomes).into_iter().enumerate() {
            let id = format!("{}.{:02}", self.group, position + 1);
            emit(Event::CheckStarted { group: self.group.clone(), id: id.clone() });
            emit(Event::CheckFinished(Box::new(self.result(id, &title, outcome))));
        }
        emit(Event::GroupFinished { id: self.group, evidence: self.evidence });
    }

    fn titled<'o>(&self, outcomes: &'o Outcomes) -> Vec<(String, &'o Result<(), Finding>)> {
        let assertions = self.request.assertions.iter().map(|assertion| {
            format!("{} {}", assertion.source.words(), assertion.comparison.words(&assertion.target))
        });
        let mut titled: Vec<_> = assertions.zip(&outcomes.assertions).collect();
        for (scripts, when) in [(&outcomes.before_scripts, " before the request"), (&outcomes.scripts, "")] {
            for (position, outcome) in scripts.iter().enumerate() {
                let which = if scripts.len() > 1 {
                    format!("script {}{when} passes", position + 1)
                } else {
                    format!("the script{when} passes")
                };
                titled.push((which, outcome));
            }
        }
        if titled.is_empty() {
            titled.push(("an answer comes".to_owned(), &outcomes.answer));
        }
        titled
    }

    fn result(&self, id: String, title: &str, outcome: &Result<(), Finding>) -> CheckResult {
        let title = self.redactor.text(title);
        let weight = match self.request.level {
            Level::Must => Weight::Required,
            Level::Should | Level::May => Weight::Recommended,
        };
        let finding = outcome
            .as_ref()
            .err()
            .map(|finding| FindingRecord::of(finding, None, &self.evidence, self.redactor));
        let mut result = CheckResult {
            id,
            group: self.group.clone(),
            title: title.clone(),
            requirement: RequirementRecord {
                document: Document::RunscopeSuite,
                section: format!("step {}", self.step.number),
                level: self.request.level,
                demand: title,
                link: None,
            },
            weight,
            verdict: Verdict::grade(outcome, weight),
            finding,
            started: self.times.0,
            finished: self.times.1,
            valid_until: self.times.1,
            waiver: None,
            evidence: Evidence::default(),
        };
        result.set_validity();
        result
    }
}
