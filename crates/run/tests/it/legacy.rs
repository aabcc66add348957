//! The tester of SCIM 1.1 is tested: each fault fails exactly its checks, and what is legal fails none.

use std::collections::BTreeSet;
use std::fmt::Write;

use oinspect_core::{Outcome, Profile, Report, Verdict};
use oinspect_sample_app::{Fault, Misbehaviour, Running, Settings, Variant};

use crate::bench::{Bench, LEGACY, findings, sample_app, with};
use crate::faults::{alarm, profiles, settings_for};

const BROKEN: [Verdict; 2] = [Verdict::Failed, Verdict::Warned];
const OUT_OF_REACH: [Verdict; 3] = [Verdict::Blocked, Verdict::NotVerified, Verdict::Skipped];

fn with_settings(app: &Running, profile: Profile, set: &[&str]) -> Report {
    let checks = ["scim11".to_owned()];
    Bench { suites: LEGACY, checks: &checks, profile, set, ..Bench::default() }.run(app)
}

fn run(app: &Running, profile: Profile) -> Report {
    let base_url = format!("scim.base_url={}", app.tenants[0].scim_1_1_url);
    with_settings(app, profile, &[&base_url])
}

fn assert_sound(report: &Report, left_out: &[&str], what: &str) {
    assert_eq!(alarm(report, left_out, what), None);
    assert!(report.summary.planned > 0, "{what} plans nothing");
}

#[test]
fn the_healthy_app_passes_every_check_of_scim_1_1_under_every_profile() {
    for profile in Profile::ALL {
        let app = sample_app(Settings { users: 3, ..Settings::default() });
        assert_sound(&run(&app, profile), &[], profile.name());
    }
}

#[test]
fn what_is_legal_in_scim_1_1_raises_no_alarm() {
    for &variant in Variant::ALL {
        let app = sample_app(Settings { variants: vec![variant], ..Settings::default() });
        let base_url = format!("scim.base_url={}", app.tenants[0].scim_1_1_url);
        let set: Vec<&str> =
            std::iter::once(base_url.as_str()).chain(settings_for(variant).to_vec()).collect();
        for profile in profiles(variant) {
            let what = format!("{} under {}", variant.id(), profile.name());
            assert_sound(&with_settings(&app, profile, &set), variant.leaves_out(), &what);
        }
    }
}

#[test]
fn each_fault_of_scim_1_1_fails_exactly_its_checks() {
    let mut wrong = String::new();
    for fault in Fault::all().filter(|fault| matches!(fault, Fault::Legacy(_))) {
        let app = sample_app(Settings { users: 3, faults: vec![fault], ..Settings::default() });
        let report = run(&app, Profile::Rfc);
        let table = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<BTreeSet<_>>();
        let (broken, blocked) = (with(&report, &BROKEN), with(&report, &OUT_OF_REACH));
        if broken != table(fault.breaks()) || blocked != table(fault.blocks()) {
            let _ = write!(wrong, "\n{}:{}", fault.id(), findings(&report));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_extreme_gets_a_full_pass_in_scim_1_1() {
    for misbehaviour in [
        Misbehaviour::AcceptsEverything,
        Misbehaviour::RejectsEverything,
        Misbehaviour::AnswersHtml,
        Misbehaviour::RedirectLoop,
    ] {
        let app = sample_app(Settings { misbehaviour: Some(misbehaviour), ..Settings::default() });
        let report = run(&app, Profile::Okta);
        assert_eq!(report.outcome, Outcome::Broken, "{}", misbehaviour.id());
        let passed = with(&report, &[Verdict::Passed]);
        let accepts = misbehaviour == Misbehaviour::AcceptsEverything;
        assert!(accepts || passed.is_empty(), "{passed:?} pass: {}", misbehaviour.id());
    }
}
