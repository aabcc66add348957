//! The short formats: Markdown and GitHub annotations.

use oinspect_core::Report;
use oinspect_report::{github, markdown};

use crate::sample;

/// The sample with more findings than the short formats show.
fn many() -> Report {
    let mut report = sample::report();
    let failed = report.groups[0].checks[3].clone();
    for number in 0..60 {
        let mut another = failed.clone();
        // The same finding again would stand under the first.
        another.requirement.section = number.to_string();
        report.groups[0].checks.push(another);
    }
    report.conclude();
    report
}

#[test]
fn the_markdown_shows_everything() {
    insta::assert_snapshot!(markdown(&sample::report()));
}

#[test]
fn the_annotations_show_everything() {
    // There is room for ten: without the flows, one of every kind is among them.
    let mut report = sample::report();
    report.groups.pop();
    insta::assert_snapshot!(github(&report));
}

#[test]
fn a_long_report_still_fits_a_comment_and_says_what_it_left_out() {
    let text = markdown(&many());
    assert!(text.len() < 65_536, "{}", text.len());
    assert!(text.contains("\n+55 more in the report\n"), "{text}");
}

#[test]
fn hostile_texts_are_neither_markup_nor_mentions() {
    let text = markdown(&sample::report());
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let prose = if fenced { "" } else { line.split('`').next().unwrap_or_default() };
        assert!(!prose.contains("<script") && !prose.contains("@team"), "{line}");
    }
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
}

#[test]
fn there_are_ten_annotations_and_then_a_count() {
    let text = github(&many());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 11);
    assert_eq!(lines[10], "::notice::+65 more findings in the report");
}

#[test]
fn no_text_of_a_target_becomes_a_command() {
    for line in github(&many()).lines() {
        assert!(
            ["::error ", "::warning ", "::notice "].iter().any(|command| line.starts_with(command))
                || line.starts_with("::notice::+"),
            "{line}"
        );
    }
}
