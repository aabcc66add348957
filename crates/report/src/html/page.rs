//! The page: gathers what the templates show.

use askama::Template;
use oinspect_core::{Report, Verdict};

use super::evidence::StepView;
use super::head::{Number, Slice, facts, notes, sign, slices, tone};
use super::marks::Mark;
use super::pictures::Picture;
use super::policy::policy;
use super::readiness::StandingView;
use super::results::{GroupView, Results, Row, results};
use super::view::{CheckView, Count, FindingView, is_web_address};
use crate::visible::{one_line, visible};

const STYLE: &str = concat!(
    include_str!("../../templates/page.css"),
    include_str!("../../templates/check.css"),
    include_str!("../../templates/readiness.css"),
    include_str!("../../templates/story.css"),
    include_str!("../../templates/print.css")
);
const SCRIPT: &str = include_str!("../../templates/script.js");

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    report: &'a Report,
    style: &'static str,
    script: &'static str,
    policy: String,
    title: String,
    sentence: String,
    tone: &'static str,
    sign: &'static str,
    target: String,
    target_url: String,
    target_link: bool,
    facts: Vec<(&'static str, String)>,
    conformance: Number,
    completeness: Number,
    valid_until: Option<(String, String)>,
    notes: Vec<(bool, String)>,
    leftovers: Vec<(String, String)>,
    chips: Vec<Count>,
    slices: Vec<Slice>,
    suites: Vec<(String, Vec<(usize, String)>)>,
    findings: Vec<CheckView<'a>>,
    groups: Vec<GroupView<'a>>,
    pictures: Vec<Picture<'a>>,
    features: Vec<StandingView>,
    capabilities: Vec<StandingView>,
}

/// The report as one self-contained HTML file.
pub fn html(report: &Report) -> String {
    page(report).render().expect("writing into memory does not fail")
}

fn page(report: &Report) -> Page<'_> {
    let Results { findings, groups, pictures, features, capabilities } = results(report);
    let target = &report.run.target;
    let sentence = report.sentence();
    Page {
        report,
        style: STYLE,
        script: SCRIPT,
        policy: policy(STYLE, SCRIPT),
        title: format!("{}: {sentence}", one_line(&target.name, 80)),
        sentence: headline(sentence),
        tone: tone(report.outcome),
        sign: sign(report.outcome),
        target: one_line(&target.name, 120),
        target_url: one_line(&target.url, 300),
        target_link: is_web_address(&target.url),
        facts: facts(report),
        conformance: Number::of(report.summary.conformance()),
        completeness: Number::of(report.summary.completeness()),
        valid_until: report
            .valid_until
            .map(|moment| (moment.to_string(), moment.strftime("%-d %B %Y, %H:%M UTC").to_string())),
        notes: notes(report),
        leftovers: report
            .leftovers
            .iter()
            .map(|leftover| (visible(&leftover.label).into_owned(), visible(&leftover.why).into_owned()))
            .collect(),
        chips: Count::each(|verdict| report.summary.count(verdict)),
        slices: slices(report),
        suites: suites(&groups),
        findings,
        groups,
        pictures,
        features,
        capabilities,
    }
}

/// A sentence with a capital at its beginning; the program's own name has none.
fn headline(sentence: &str) -> String {
    let mut characters = sentence.chars();
    match characters.next() {
        Some(first) if !sentence.starts_with("oinspect") => first.to_uppercase().chain(characters).collect(),
        _ => sentence.to_owned(),
    }
}

/// The groups of each suite, by their place on the page.
fn suites(groups: &[GroupView<'_>]) -> Vec<(String, Vec<(usize, String)>)> {
    let mut suites: Vec<(String, Vec<(usize, String)>)> = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        let entry = (place, group.title.clone());
        match suites.iter_mut().find(|(suite, _)| *suite == group.suite) {
            Some((_, entries)) => entries.push(entry),
            None => suites.push((group.suite.clone(), vec![entry])),
        }
    }
    suites
}
