//! Okta's own suites, unchanged. They are Okta's: a test that needs them is skipped where they are absent.

use std::path::{Path, PathBuf};

use oinspect_core::{Report, Verdict};
use oinspect_sample_app::{ReadFault, Running, Settings};
use sha2::{Digest, Sha256};

use crate::door::{Answered, Door, ask};
use crate::stage::{Desk, Said, healthy_app, holdings, repository, sample_app};

const SPEC: &str = "Okta-SCIM-20-SPEC-Test.json";
const SPEC_1_1: &str = "Okta-SCIM-11-SPEC-Test.json";
const CRUD: &str = "Okta-SCIM-20-CRUD-Test.json";
const ENTITLEMENTS: &str = "Okta-SCIM-20-Entitlements-Test.json";

/// One of Okta's files, or none where nobody put it beside the repository.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn published(name: &str) -> Option<PathBuf> {
    let path = repository().parent().unwrap().join("shared/data").join(name);
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

/// Runs a suite against a SCIM service.
fn run_at(url: &str, token: &str, suite: &Path, more: &[&str]) -> (Desk, Said) {
    let desk = Desk::new().env("AUTH", &format!("Bearer {token}"));
    let url = format!("SCIMBaseURL={url}");
    let mut args = vec!["runscope", suite.to_str().unwrap(), "--var", &url, "--var", "auth=${AUTH}"];
    args.extend(more);
    let said = desk.oinspect(&args);
    (desk, said)
}

fn run(app: &Running, suite: &Path, more: &[&str]) -> (Desk, Said) {
    run_at(&app.tenants[0].scim_url, &app.tenants[0].token, suite, more)
}

/// The ids with this verdict, but for how long answers took: a busy machine is no finding.
fn ids(report: &Report, verdict: Verdict) -> Vec<&str> {
    let judged = report.checks().filter(|check| !check.title.starts_with("the response time"));
    judged.filter(|check| check.verdict == verdict).map(|check| check.id.as_str()).collect()
}

#[test]
fn the_protocol_suite_passes_and_every_format_says_the_same_numbers() {
    let Some(suite) = published(SPEC) else { return };
    let (desk, said) = run(&healthy_app(), &suite, &[]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("53 passed, 0 failed of 53 checks, 12 requests in "), "{}", said.out);
    let report = desk.report();
    let summary = &report.summary;
    assert_eq!((summary.planned, summary.checks, summary.passed, summary.requests), (53, 53, 53, 12));
    assert_eq!(report.groups.len(), 12, "the requests of the suite and nothing else");
    let junit = desk.read("oinspect-out/report.xml");
    let count = |tag: &str| junit.matches(tag).count();
    assert_eq!((count("<testsuite "), count("<testcase "), count("<failure")), (12, 53, 0));
    assert!(junit.contains("tests=\"53\" "), "{junit}");
}

#[test]
fn a_reviewer_sees_that_the_file_was_not_changed() {
    let Some(suite) = published(SPEC) else { return };
    let (desk, _) = run(&healthy_app(), &suite, &[]);
    let plan = desk.report().run.plan;
    assert_eq!(plan.sha256, format!("{:x}", Sha256::digest(std::fs::read(&suite).unwrap())));
    assert_eq!(plan.file.as_deref(), suite.to_str());
}

#[test]
fn html_in_place_of_errors_fails_exactly_the_assertions_that_look_into_a_404() {
    let Some(suite) = published(SPEC) else { return };
    let app = sample_app(Settings {
        users: 1,
        faults: vec![ReadFault::NotFoundAsHtml.into()],
        ..Settings::default()
    });
    let (desk, said) = run(&app, &suite, &[]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    let failed = [
        "runscope.04.02", // detail
        "runscope.04.03", // schemas
        "runscope.12.02", // detail
        "runscope.12.03", // status
        "runscope.12.04", // schemas
    ];
    assert_eq!(ids(&desk.report(), Verdict::Failed), failed);
    assert_eq!(desk.report().summary.passed, 48);
    assert!(said.out.contains("the body is no JSON"), "{}", said.out);
}

#[test]
fn what_only_an_optional_step_finds_is_a_warning() {
    let Some(suite) = published(SPEC) else { return };
    let app = healthy_app();
    let origin = app.url.clone();
    let door = Door::open(move |asked| {
        let groups = asked.target.ends_with("/Groups");
        let answered = ask(&origin, &asked);
        Some(if groups { Answered { status: 500, ..answered } } else { answered })
    });
    let url = format!("{}/acme/scim/v2", door.url);
    let (desk, said) = run_at(&url, &app.tenants[0].token, &suite, &[]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert_eq!(ids(&desk.report(), Verdict::Warned), ["runscope.10.01"]);
    assert!(said.out.contains("52 passed, 0 failed, 1 warned of 53 checks"), "{}", said.out);
}

#[test]
fn the_suite_for_scim_1_1_runs_and_fails_honestly_on_a_2_0_server() {
    let Some(suite) = published(SPEC_1_1) else { return };
    // Its script wants at least one group; that of version 2 does not.
    let app = sample_app(Settings { users: 1, groups: 1, ..Settings::default() });
    let (desk, said) = run(&app, &suite, &[]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    let report = desk.report();
    assert_eq!((report.summary.planned, report.summary.checks, report.summary.requests), (91, 91, 15));
    let failed = ids(&report, Verdict::Failed);
    // The URN of version 1 is nowhere; a user without a schema of version 2 is refused.
    let wanted = [
        "runscope.07.03",
        "runscope.09.02",
        "runscope.11.03",
        "runscope.12.01",
        "runscope.12.03",
        "runscope.12.04",
        "runscope.12.05",
        "runscope.12.06",
        "runscope.12.07",
        "runscope.12.08",
        "runscope.14.01",
    ];
    assert_eq!(failed, wanted);
    assert_eq!(ids(&report, Verdict::Warned).len(), 23, "the optional steps: other paths, other URNs");
    // Step 13 needs the user whose creation was refused.
    assert!(ids(&report, Verdict::Blocked).iter().all(|id| id.starts_with("runscope.13.")));
    assert_eq!(report.summary.blocked, 5);
    assert!(said.out.contains("{{idUserOne}} has no value"), "{}", said.out);
}

#[test]
fn the_entitlements_suite_passes_where_there_are_some_and_fails_honestly_where_there_are_none() {
    let Some(suite) = published(ENTITLEMENTS) else { return };
    let app = healthy_app();
    for (endpoint, code, passed) in [("/Entitlements", 0, 6), ("/Nowhere", 1, 0)] {
        let (desk, said) = run(&app, &suite, &["--var", &format!("EntitlementEndpoint={endpoint}")]);
        assert_eq!(said.code, code, "{}{}", said.out, said.err);
        let summary = desk.report().summary;
        assert_eq!((summary.checks, summary.passed, summary.failed), (6, passed, 6 - passed));
        assert_eq!(summary.requests, 1);
    }
    // Without the endpoint nothing is sent, and the variable is named.
    let (_, said) = run(&app, &suite, &[]);
    assert_eq!(said.code, 2, "{}{}", said.out, said.err);
    assert!(said.err.contains("--var EntitlementEndpoint=VALUE"), "{}", said.err);
}

#[test]
fn the_life_cycle_suite_names_each_variable_that_it_lacks() {
    let Some(suite) = published(CRUD) else { return };
    let app = healthy_app();
    let before = holdings(&app);
    let mut given: Vec<String> = Vec::new();
    for (name, value) in [
        ("oktaOrgUrl", "http://127.0.0.1:9"),
        ("oktaAppId", "0oa1"),
        ("oktaToken", "00abcdefgh"),
        ("SCIMUrl", &app.tenants[0].scim_url),
        ("SCIMAuth", "Bearer x"),
    ] {
        let more: Vec<&str> = given.iter().flat_map(|one| ["--var", one]).collect();
        let (desk, said) = run(&app, &suite, &more);
        assert_eq!(said.code, 2, "{}{}", said.out, said.err);
        assert!(said.err.contains(&format!("{{{{{name}}}}}")), "{name}: {}", said.err);
        assert!(!desk.path("oinspect-out/report.json").exists(), "nothing was run");
        given.push(format!("{name}={value}"));
    }
    assert_eq!(holdings(&app), before);
}

#[test]
fn a_created_user_is_left_behind_and_listed_unless_it_is_to_be_cleaned_up() {
    let Some(suite) = published(SPEC) else { return };
    let app = healthy_app();
    let before = holdings(&app);
    let (desk, said) = run(&app, &suite, &["--cleanup"]);
    assert_eq!((said.code, desk.report().leftovers.len()), (0, 0), "{}{}", said.out, said.err);
    assert_eq!(holdings(&app), before);

    let (desk, said) = run(&app, &suite, &[]);
    let leftovers = desk.report().leftovers;
    assert_eq!((said.code, leftovers.len(), holdings(&app).len()), (0, 1, before.len() + 1));
    let users = format!("POST {}/Users/", app.tenants[0].scim_url);
    assert!(leftovers[0].label.starts_with(&users), "{leftovers:?}");
    assert!(said.err.contains(&format!("left behind: {}", leftovers[0].label)), "{}", said.err);
}

#[test]
fn a_server_without_a_user_is_said_to_need_one() {
    let Some(suite) = published(SPEC) else { return };
    let (_, said) = run(&sample_app(Settings::default()), &suite, &["--cleanup"]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert!(said.err.contains("this suite needs at least one before it starts"), "{}", said.err);
}
