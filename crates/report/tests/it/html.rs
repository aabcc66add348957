//! The report as a page.

use std::collections::HashSet;

use oinspect_report::html;

use crate::sample;

/// The page without its style and script, which are files of their own.
fn content(page: &str) -> String {
    let mut content = page.to_owned();
    for (opening, closing) in [("<style>", "</style>"), ("<script>", "</script>"), ("&#39;sha256-", "&#39;")]
    {
        let mut from = 0;
        while let Some(start) = content[from..].find(opening).map(|at| from + at + opening.len()) {
            let Some(length) = content[start..].find(closing) else { break };
            content.replace_range(start..start + length, "...");
            from = start;
        }
    }
    content
}

#[test]
fn the_page_shows_everything() {
    insta::assert_snapshot!(content(&html(&sample::report())));
}

#[test]
fn nothing_of_a_target_becomes_markup() {
    let page = content(&html(&sample::report()));
    assert_eq!(page.matches("<script").count(), 1, "only the page's own script");
    assert!(!page.contains("<img") && !page.contains("<title>Error"));
    assert!(!page.contains('\u{0}') && !page.contains('\u{1b}') && !page.contains('\u{202e}'));
}

#[test]
fn a_link_that_runs_a_script_is_no_link() {
    let mut report = sample::report();
    report.run.target.url = "javascript:alert(1)".to_owned();
    for group in &mut report.groups {
        for check in &mut group.checks {
            check.requirement.link = Some("javascript:alert(1)".to_owned());
        }
    }
    assert!(!html(&report).contains("href=\"javascript:"));
}

#[test]
fn the_page_loads_nothing_and_runs_only_its_own_script() {
    let page = html(&sample::report());
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap();
    let policy = policy.split('"').next().unwrap();
    assert!(policy.starts_with("default-src &#39;none&#39;; style-src &#39;sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    for outside in ["src=\"", "@import", "url(", " style=\"", " onclick="] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn every_address_is_there_once_and_every_inner_link_leads_to_one() {
    let page = html(&sample::report());
    let values = |name: &str| -> Vec<String> {
        let parts = page.split(name).skip(1);
        parts.filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
    };
    let ids = values(" id=\"");
    let unique: HashSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    for link in values("href=\"#") {
        assert!(unique.contains(&link), "{link}");
    }
    assert!(unique.contains(&"scim.users.unique-user-name".to_owned()));
}

#[test]
fn a_check_stands_once_on_the_page_with_its_evidence() {
    let report = sample::report();
    let page = html(&report);
    assert_eq!(page.matches("<details class=\"check ").count(), report.summary.checks);
    assert_eq!(page.matches("<details class=\"exchange\"").count(), report.summary.requests);
}

#[test]
fn a_run_that_was_killed_before_its_first_check_has_a_page() {
    let mut report = sample::report();
    report.groups.clear();
    report.finished = None;
    report.conclude();
    let page = html(&report);
    assert!(page.contains("No check was run."));
    assert!(page.contains("16 of 16 planned checks have no verdict."));
}
