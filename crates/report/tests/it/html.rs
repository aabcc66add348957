//! The report as a page.

use std::collections::HashSet;

use oinspect_core::Step;
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
    assert!(
        policy.starts_with("default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-"),
        "{policy}"
    );
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
fn a_picture_is_on_the_page_once_and_shown_by_every_step_that_took_it() {
    let page = html(&sample::report());
    assert_eq!(page.matches("<image ").count(), 2);
    assert_eq!(page.matches("data:image/png;base64,").count(), 2);
    assert_eq!(page.matches("<use href=\"#page-picture-").count(), 6);
    assert!(page.contains("The picture of 812,345 bytes is not on this page."));
}

#[test]
fn a_report_cannot_pass_markup_off_as_a_picture() {
    let mut report = sample::report();
    for check in report.groups.iter_mut().flat_map(|group| &mut group.checks) {
        for step in &mut check.evidence.steps {
            if let Step::Visit(visit) = step
                && let Some(screenshot) = &mut visit.screenshot
            {
                screenshot.png = Some("\"/><script>document.title='owned'</script>".to_owned());
            }
        }
    }
    let page = html(&report);
    assert!(!page.contains("<image "));
    assert_eq!(content(&page).matches("<script").count(), 1);
}

#[test]
fn a_long_body_of_a_user_agent_is_cut_on_the_page() {
    let mut report = sample::report();
    let steps = report
        .groups
        .iter_mut()
        .flat_map(|group| &mut group.checks)
        .flat_map(|check| &mut check.evidence.steps);
    for step in steps {
        if let Step::Visit(visit) = step {
            for body in visit.hops.iter_mut().filter_map(|hop| hop.exchange.response.as_mut()?.body.as_mut())
            {
                body.text = "ü".repeat(20_000);
            }
        }
    }
    let page = html(&report);
    assert!(!page.contains(&"ü".repeat(8_193)));
    assert!(page.contains("the first 16,384 bytes are shown here; report.json holds more"));
}

#[test]
fn a_run_that_was_killed_before_its_first_check_has_a_page() {
    let mut report = sample::report();
    report.groups.clear();
    report.finished = None;
    report.conclude();
    let page = html(&report);
    assert!(page.contains("No check was run."));
    assert!(page.contains("23 of 23 planned checks have no verdict."));
}
