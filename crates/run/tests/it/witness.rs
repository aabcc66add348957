//! A person says what no marker tells, and is asked nothing that the app itself shows.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use oinspect_core::{FindingRecord, Profile, Report, Step, Verdict};
use oinspect_sample_app::{Misbehaviour, Running, Settings};
use oinspect_sso::{Question, Witness};

use crate::bench::{Bench, SSO, findings, sample_app, with};

/// Under which a case that is not kept has failed.
const PROFILE: Profile = Profile::Okta;
/// What the configuration would declare of the app's pages.
const MARKERS: [&str; 2] = ["app.signed_in", "app.signed_out"];
const CASES: [&str; 4] =
    ["saml.cases.sp-flow", "saml.cases.jit-idp-flow", "oidc.cases.sp-flow", "oidc.cases.jit-idp-flow"];

fn cases() -> BTreeSet<String> {
    CASES.map(str::to_owned).into()
}

/// Somebody who gives the same answer to everything, and the questions that were asked.
fn always(answer: Option<bool>) -> (Arc<Witness>, Arc<Mutex<Vec<Question>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let questions = Arc::clone(&asked);
    let ask = move |question: &Question| {
        questions.lock().unwrap().push(question.clone());
        answer
    };
    (Arc::new(Witness::new(Box::new(ask))), asked)
}

/// Somebody who must not be asked.
fn nobody() -> Arc<Witness> {
    Arc::new(Witness::new(Box::new(|question| panic!("asked: {}", question.text))))
}

fn same_page() -> Running {
    let misbehaviour = Some(Misbehaviour::SamePageForEverybody);
    sample_app(Settings { misbehaviour, ..Settings::default() })
}

fn run(app: &Running, checks: &[&str], witness: Option<Arc<Witness>>) -> Report {
    let checks: Vec<String> = checks.iter().map(|&id| id.to_owned()).collect();
    let bench = Bench { suites: SSO, profile: PROFILE, jobs: 1, checks: &checks, ..Bench::default() };
    Bench { without: &MARKERS, witness, ..bench }.run(app)
}

fn notes(report: &Report, id: &str) -> String {
    let check = report.checks().find(|check| check.id == id).unwrap();
    let notes = check.evidence.steps.iter().filter_map(|step| match step {
        Step::Note { text } => Some(text.as_str()),
        _ => None,
    });
    notes.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_a_person_saw_passes_a_case_that_no_marker_decides_and_the_report_says_so() {
    let (witness, asked) = always(Some(true));
    let report = run(&same_page(), &CASES, Some(witness));
    assert_eq!(with(&report, &[Verdict::Passed]), cases(), "{}", findings(&report));
    let asked: Vec<Question> = asked.lock().unwrap().clone();
    assert_eq!(asked.iter().map(|question| question.check.as_str()).collect::<Vec<_>>(), CASES);
    assert!(asked[0].text.starts_with("is Ada Lovelace-oinspect-"), "{asked:?}");
    assert!(asked[1].text.contains("under exactly this name and address"), "{asked:?}");
    for id in CASES {
        let notes = notes(&report, id);
        let note = notes.lines().find(|note| note.starts_with("a person confirmed it at ")).unwrap();
        assert!(
            note.contains("? yes; what the app shows by itself: the oracle is not calibrated: "),
            "{note}"
        );
    }
    let said: Vec<&str> = report.notes.iter().map(|note| note.text.as_str()).collect();
    assert!(
        said[0].starts_with("a person said what the app does not show: saml.cases.sp-flow (yes)"),
        "{said:?}"
    );
}

#[test]
fn what_a_person_did_not_see_fails_a_case_that_no_marker_decides() {
    let (witness, _) = always(Some(false));
    let report = run(&same_page(), &CASES, Some(witness));
    assert_eq!(with(&report, &[Verdict::Failed]), cases(), "{}", findings(&report));
    let check = report.checks().find(|check| check.id == CASES[0]).unwrap();
    let Some(FindingRecord::Broken { actual, .. }) = &check.finding else { panic!("{check:?}") };
    assert!(notes(&report, CASES[0]).contains("a person denied it at "), "{}", notes(&report, CASES[0]));
    assert!(actual.starts_with("a person says that this is not so: sign-on ended at "), "{actual}");
}

#[test]
fn a_person_who_cannot_tell_leaves_a_case_as_it_is_without_one() {
    let app = same_page();
    let (witness, asked) = always(None);
    let report = run(&app, &CASES, Some(witness));
    assert_eq!(with(&report, &[Verdict::NotVerified]), cases(), "{}", findings(&report));
    assert_eq!(asked.lock().unwrap().len(), CASES.len());
    assert!(findings(&report).contains("the oracle is not calibrated"), "{}", findings(&report));
    assert!(report.notes.is_empty(), "{:?}", report.notes);
    let without = run(&app, &CASES, None);
    assert_eq!(with(&without, &[Verdict::NotVerified]), cases(), "{}", findings(&without));
}

#[test]
fn a_check_besides_the_cases_is_never_decided_by_a_person_alone() {
    let (witness, _) = always(Some(true));
    let report = run(&same_page(), &["*.session.*", "*.response.*", "*.jit.*"], Some(witness));
    assert!(with(&report, &[Verdict::Passed]).is_empty(), "{}", findings(&report));
}

#[test]
fn where_the_app_shows_who_is_signed_in_nobody_is_asked() {
    let app = sample_app(Settings::default());
    let report = Bench { suites: SSO, witness: Some(nobody()), ..Bench::default() }.run(&app);
    assert!(report.checks().all(|check| matches!(check.verdict, Verdict::Passed | Verdict::Skipped)));
}

#[test]
fn where_the_app_shows_that_the_user_is_not_signed_in_nobody_is_asked() {
    for misbehaviour in [Misbehaviour::SsoAnswers500, Misbehaviour::SignInLoop] {
        let app = sample_app(Settings { misbehaviour: Some(misbehaviour), ..Settings::default() });
        let report = run(&app, &["saml.cases.*"], Some(nobody()));
        assert!(with(&report, &[Verdict::Passed, Verdict::Crashed]).is_empty(), "{}", findings(&report));
    }
    // So does the address of somebody else,
    let misbehaviour = Some(Misbehaviour::EverybodySignedIn);
    let report = run(&sample_app(Settings { misbehaviour, ..Settings::default() }), &CASES, Some(nobody()));
    assert_eq!(with(&report, &[Verdict::NotVerified]), cases(), "{}", findings(&report));
    assert!(findings(&report).contains("the app shows the address \"sam@example.com\""));
    // and a declared marker that is not there.
    let checks = ["saml.cases.*".to_owned()];
    let bench = Bench { suites: SSO, checks: &checks, witness: Some(nobody()), ..Bench::default() };
    let report = bench.run(&same_page());
    assert!(with(&report, &[Verdict::Passed, Verdict::Crashed]).is_empty(), "{}", findings(&report));
}

#[test]
fn where_the_app_shows_that_and_not_who_a_person_says_who() {
    // Without a profile page, the new account's names are nowhere to be read.
    let profile =
        ["app.profile_url", "app.first_name", "app.last_name", "app.email", "app.groups"].as_slice();
    let app = sample_app(Settings::default());
    let checks = ["saml.cases.sp-flow".to_owned(), "saml.cases.jit-idp-flow".to_owned()];
    for (answer, verdict) in [(Some(true), Verdict::Passed), (Some(false), Verdict::Failed)] {
        let (witness, asked) = always(answer);
        let bench = Bench { suites: SSO, profile: PROFILE, jobs: 1, checks: &checks, ..Bench::default() };
        let report = Bench { without: profile, witness: Some(witness), ..bench }.run(&app);
        let asked = asked.lock().unwrap();
        let ids: BTreeSet<String> = asked.iter().map(|question| question.check.clone()).collect();
        assert_eq!(ids.len(), asked.len(), "each check asks once: {asked:?}");
        assert!(!ids.is_empty(), "{}", findings(&report));
        let same: BTreeSet<String> = with(&report, &[verdict]).intersection(&ids).cloned().collect();
        assert_eq!(same, ids, "{}", findings(&report));
    }
}
