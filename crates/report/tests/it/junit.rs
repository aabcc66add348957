//! The report as JUnit.

use oinspect_core::{FindingRecord, Step, Verdict, Weight};
use oinspect_report::junit;
use roxmltree::{Document, Node};

use crate::sample;

fn number(node: Node, name: &str) -> usize {
    node.attribute(name).and_then(|value| value.parse().ok()).expect("a number")
}

#[test]
fn the_junit_shows_everything() {
    insta::assert_snapshot!(junit(&sample::report()));
}

#[test]
fn hostile_texts_leave_the_xml_well_formed() {
    let mut report = sample::report();
    let every: String = (0..=0xffff).filter_map(char::from_u32).collect();
    report.groups[0].header.title.clone_from(&every);
    report.groups[0].checks[1].title = every.clone();
    report.groups[0].checks[1].finding = Some(FindingRecord::Reason { why: format!("]]>{every}<![CDATA[") });
    report.groups[3].evidence.steps.push(Step::Note { text: every });
    let xml = junit(&report);
    let document = Document::parse(&xml).unwrap();
    assert_eq!(document.root_element().tag_name().name(), "testsuites");
}

#[test]
fn the_counts_are_those_of_the_report() {
    let mut report = sample::report();
    report.summary.planned = report.summary.checks;
    let summary = report.summary;
    let xml = junit(&report);
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    let errors = summary.crashed + summary.blocked + summary.not_verified;
    let skipped = summary.skipped + summary.waived;
    assert_eq!(number(root, "tests"), summary.checks);
    assert_eq!(number(root, "failures"), summary.failed - summary.waived);
    assert_eq!(number(root, "errors"), errors);
    let count = |name: &str| root.descendants().filter(|node| node.has_tag_name(name)).count();
    assert_eq!(count("testcase"), summary.checks);
    assert_eq!(count("failure"), summary.failed - summary.waived);
    assert_eq!(count("error"), errors);
    assert_eq!(count("skipped"), skipped);
    let suites = root.children().filter(Node::is_element);
    assert_eq!(suites.map(|suite| number(suite, "skipped")).sum::<usize>(), skipped);
}

#[test]
fn a_run_that_did_not_come_to_its_end_is_not_green() {
    let mut report = sample::report();
    for (finished, interrupted, why) in [
        (None, false, "killed"),
        (report.finished, true, "interrupted"),
        (report.finished, false, "stopped early"),
    ] {
        (report.finished, report.interrupted) = (finished, interrupted);
        let xml = junit(&report);
        let document = Document::parse(&xml).unwrap();
        let last = document.descendants().rfind(|node| node.has_tag_name("error")).unwrap();
        let message = last.attribute("message").unwrap();
        assert!(message.contains(why) && message.ends_with("22 of 23 checks have a result"), "{message}");
    }
}

#[test]
fn what_is_only_information_never_fails_a_build() {
    let mut report = sample::report();
    report.summary.planned = report.summary.checks;
    for check in report.groups.iter_mut().flat_map(|group| &mut group.checks) {
        check.weight = Weight::Information;
        if matches!(check.verdict, Verdict::Failed | Verdict::Crashed) {
            check.verdict = Verdict::Blocked;
        }
    }
    let xml = junit(&report);
    let document = Document::parse(&xml).unwrap();
    assert_eq!(document.descendants().filter(|node| node.has_tag_name("error")).count(), 0);
}

#[test]
fn only_a_broken_requirement_is_a_failure() {
    let report = sample::report();
    let xml = junit(&report);
    let document = Document::parse(&xml).unwrap();
    let failing: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("failure"))
        .map(|failure| failure.parent().unwrap().attribute("name").unwrap())
        .collect();
    let broken: Vec<String> = report
        .checks()
        .filter(|check| check.verdict == Verdict::Failed && check.waiver.is_none())
        .map(|check| format!("{}: {}", check.id, check.title))
        .collect();
    assert_eq!(failing, broken);
}

#[test]
fn nothing_is_written_that_the_schema_of_jenkins_does_not_know() {
    let xml = junit(&sample::report());
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("skipped"), None);
    for node in root.descendants().filter(Node::is_element) {
        assert_eq!(node.attribute("timestamp"), None);
        assert_eq!(node.attribute("assertions"), None);
        if node.has_tag_name("testcase") {
            assert!(!node.children().any(|child| child.has_tag_name("properties")));
        }
    }
}

#[test]
fn a_target_cannot_attach_files_of_the_workspace() {
    let mut report = sample::report();
    let text = "[[ATTACHMENT|/etc/passwd]]".to_owned();
    for group in &mut report.groups {
        group.evidence.steps.push(Step::Note { text: text.clone() });
        group.checks[1].verdict = Verdict::Failed;
        group.checks[1].evidence.steps.push(Step::Note { text: text.clone() });
    }
    let xml = junit(&report);
    assert!(!xml.contains("[[ATTACHMENT|/etc"));
    assert!(xml.contains("[[ATTACHMENT|report.html]]"));
}
