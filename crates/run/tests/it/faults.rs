//! The tester of provisioning is tested: each fault fails exactly its checks, and what is legal fails none.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

use oinspect_core::{CheckResult, FindingRecord, Outcome, Profile, Report, Verdict};
use oinspect_sample_app::{Fault, Misbehaviour, Settings, Variant};

use crate::bench::{Bench, SCIM, findings, sample_app, with};

/// How many apps are tried side by side: a run waits for its app half of the time.
const BENCHES: usize = 3;
const BROKEN: [Verdict; 2] = [Verdict::Failed, Verdict::Warned];
const OUT_OF_REACH: [Verdict; 3] = [Verdict::Blocked, Verdict::NotVerified, Verdict::Skipped];

/// A healthy app that offers everything it can: where tokens stand for a user, there is a `/Me`.
fn full_app() -> Settings {
    Settings { users: 3, variants: vec![Variant::MeServed], ..Settings::default() }
}

fn app_with(fault: Fault) -> Settings {
    Settings { faults: vec![fault], ..full_app() }
}

/// What is wrong with a report that should hold nothing but passed checks and those, by their ids or by
/// the beginning of their ids, that have nothing to look at.
pub(crate) fn alarm(report: &Report, left_out: &[&str], what: &str) -> Option<String> {
    alarm_unless(report, left_out, &[], what)
}

/// The same, where whatever is skipped for one of these reasons may be; each by its beginning.
fn alarm_unless(report: &Report, left_out: &[&str], reasons: &[&str], what: &str) -> Option<String> {
    let is_left_out =
        |id: &str| left_out.iter().any(|one| *one == id || one.ends_with('.') && id.starts_with(one));
    let is_excused = |check: &CheckResult| match &check.finding {
        Some(FindingRecord::Reason { why }) => reasons.iter().any(|reason| why.starts_with(reason)),
        Some(FindingRecord::Broken { .. }) | None => false,
    };
    let skipped = with(report, &[Verdict::Skipped]);
    let excused: BTreeSet<String> = report
        .checks()
        .filter(|check| skipped.contains(&check.id) && is_excused(check))
        .map(|check| check.id.clone())
        .collect();
    let expected: BTreeSet<String> = report
        .checks()
        .map(|check| check.id.clone())
        .filter(|id| is_left_out(id) || excused.contains(id))
        .collect();
    let sound = skipped == expected
        && excused.is_empty() == reasons.is_empty()
        && with(report, &[Verdict::Passed]).len() + skipped.len() == report.summary.planned
        && report.leftovers.is_empty();
    (!sound).then(|| format!("\n{what}: skipped {skipped:?}, expected {expected:?}:{}", findings(report)))
}

/// Runs these groups against the app with one fault, and compares with the table, both ways.
fn compare(fault: Fault, groups: &[String]) -> Result<(), String> {
    let app = sample_app(app_with(fault));
    let report = Bench { checks: groups, ..Bench::default() }.run(&app);
    let of_these = |ids: &[&str]| -> BTreeSet<String> {
        ids.iter()
            .filter(|id| report.checks().any(|check| check.id == **id))
            .map(|&id| id.to_owned())
            .collect()
    };
    let (broken, blocked) = (with(&report, &BROKEN), with(&report, &OUT_OF_REACH));
    let crashed = with(&report, &[Verdict::Crashed]);
    if broken == of_these(fault.breaks()) && blocked == of_these(fault.blocks()) && crashed.is_empty() {
        return Ok(());
    }
    Err(format!(
        "\n{fault:?}: the table says broken {:?}, blocked {:?}; found broken {broken:?}, blocked {blocked:?}:{}",
        fault.breaks(),
        fault.blocks(),
        findings(&report)
    ))
}

fn groups() -> Vec<String> {
    SCIM.iter().flat_map(|suite| suite.groups).map(|group| group.id.to_owned()).collect()
}

/// Every fault of provisioning, or those whose name holds what the environment asks for.
fn all_faults(groups_of: impl Fn(Fault) -> Vec<String> + Sync) {
    let asked = std::env::var("OINSPECT_FAULTS").unwrap_or_default();
    // Those of single sign-on have tests of their own: no SCIM check sees code that they touch.
    let ours = Fault::all()
        .filter(|fault| fault.breaks().iter().any(|id| id.starts_with("scim.")))
        .filter(|fault| format!("{fault:?}").contains(&asked));
    let wrong = side_by_side(ours.collect(), |fault| compare(fault, &groups_of(fault)).err());
    assert!(wrong.is_empty(), "{wrong}");
}

/// Tries all of these, each with an app of its own, and gathers what is wrong.
fn side_by_side<T: Send>(all: Vec<T>, wrong_with: impl Fn(T) -> Option<String> + Sync) -> String {
    let (left, wrong) = (Mutex::new(all), Mutex::new(String::new()));
    let next = || left.lock().unwrap().pop();
    thread::scope(|scope| {
        for _ in 0..BENCHES {
            scope.spawn(|| {
                while let Some(one) = next() {
                    if let Some(found) = wrong_with(one) {
                        wrong.lock().unwrap().push_str(&found);
                    }
                }
            });
        }
    });
    wrong.into_inner().unwrap()
}

#[test]
fn the_healthy_app_passes_every_check_under_every_profile() {
    for profile in Profile::ALL {
        let app = sample_app(full_app());
        let report = Bench { profile, ..Bench::default() }.run(&app);
        assert_eq!(alarm(&report, &[], profile.name()), None);
    }
}

#[test]
fn one_job_and_many_come_to_the_same() {
    let app = sample_app(Settings { users: 0, ..full_app() });
    for jobs in [1, 8] {
        assert_eq!(alarm(&Bench { jobs, ..Bench::default() }.run(&app), &[], "an empty store"), None);
    }
}

/// What the configuration has to say about a server that is like this.
pub(crate) fn settings_for(variant: Variant) -> &'static [&'static str] {
    match variant {
        Variant::UserNameInDomain => &["scim.user_name={name}@corp.example"],
        Variant::DepartmentRequired => &[
            "scim.user_attributes.\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\".department=QA",
        ],
        Variant::LateReads => &["scim.settle=2s"],
        _ => &[],
    }
}

#[test]
fn what_is_legal_raises_no_alarm() {
    let asked = std::env::var("OINSPECT_VARIANTS").unwrap_or_default();
    let chosen = Variant::ALL.iter().copied().filter(|variant| variant.id().contains(&asked));
    let wrong = side_by_side(chosen.collect(), |variant| {
        let served = Variant::MeServed;
        let app = sample_app(Settings { variants: vec![served, variant], ..full_app() });
        profiles(variant).into_iter().find_map(|profile| {
            let report = Bench { profile, set: settings_for(variant), ..Bench::default() }.run(&app);
            let what = format!("{} under {}", variant.id(), profile.name());
            alarm_unless(&report, variant.leaves_out(), not_offered(variant), &what)
        })
    });
    assert!(wrong.is_empty(), "{wrong}");
}

/// Why checks are skipped at a server that lacks something large: how the reasons begin.
fn not_offered(variant: Variant) -> &'static [&'static str] {
    match variant {
        Variant::NoFilter => &["the server says that it does not support filters"],
        Variant::NoPatch => &["the server says that it does not support PATCH"],
        Variant::NoSort => &["the server does not say that it sorts"],
        Variant::LeanUsers => &[
            "the server's schema of a user has no `",
            "the server's users do not have the enterprise extension",
        ],
        _ => &[],
    }
}

/// What variants that go together leave out, though none does by itself.
const UNCOUNTED: &str = "the server pages by cursors and leaves totalResults out";

fn expect_no_alarm_of_all(variants: &[Variant], what: &str) {
    let set: Vec<&str> = variants.iter().flat_map(|variant| settings_for(*variant)).copied().collect();
    let left_out: Vec<&str> = variants.iter().flat_map(|variant| variant.leaves_out()).copied().collect();
    let reasons = variants.iter().flat_map(|variant| not_offered(*variant)).copied();
    let reasons: Vec<&str> = reasons.chain([UNCOUNTED]).collect();
    let app = sample_app(Settings { variants: variants.to_vec(), ..full_app() });
    let report = Bench { set: &set, ..Bench::default() }.run(&app);
    assert_eq!(alarm_unless(&report, &left_out, &reasons, what), None);
}

#[test]
fn everything_legal_at_once_raises_no_alarm() {
    expect_no_alarm_of_all(Variant::ALL, "every variant at once");
}

#[test]
fn everything_legal_that_leaves_nothing_out_at_once_raises_no_alarm() {
    let mut variants = Variant::ALL.to_vec();
    variants.retain(|variant| variant.leaves_out().is_empty() && not_offered(*variant).is_empty());
    variants.push(Variant::MeServed);
    expect_no_alarm_of_all(&variants, "every variant that leaves nothing out");
}

/// What an app need not have is no alarm under any profile.
pub(crate) fn profiles(variant: Variant) -> Vec<Profile> {
    if variant.leaves_out().is_empty() { vec![Profile::Rfc] } else { Profile::ALL.to_vec() }
}

/// Each fault against the groups that it breaks, two of those that it puts out of reach, and one that
/// changes from fault to fault.
#[test]
fn each_fault_fails_exactly_its_checks() {
    let groups = groups();
    let of = |ids: &[&str]| -> Vec<String> {
        let holds = |group: &&String| {
            ids.iter().any(|id| id.strip_prefix(group.as_str()).is_some_and(|rest| rest.starts_with('.')))
        };
        groups.iter().filter(holds).cloned().collect()
    };
    all_faults(|fault| {
        let mut rng = fastrand::Rng::with_seed(fault.id().bytes().map(u64::from).sum());
        let mut chosen: BTreeSet<String> = of(fault.breaks()).into_iter().collect();
        chosen.extend(of(fault.blocks()).into_iter().take(2));
        chosen.insert(groups[rng.usize(..groups.len())].clone());
        chosen.into_iter().collect()
    });
}

/// The whole square: every fault against every check. `cargo xtask faults --all`.
#[test]
#[ignore = "takes twenty minutes; the test above runs a part of it every time"]
fn each_fault_fails_exactly_its_checks_in_the_whole_catalogue() {
    let groups = groups();
    all_faults(|_| groups.clone());
}

#[test]
fn no_extreme_gets_a_full_pass() {
    for misbehaviour in [
        Misbehaviour::AcceptsEverything,
        Misbehaviour::RejectsEverything,
        Misbehaviour::AnswersHtml,
        Misbehaviour::RedirectLoop,
    ] {
        let app = sample_app(Settings { misbehaviour: Some(misbehaviour), ..Settings::default() });
        for profile in Profile::ALL {
            let report = Bench { profile, ..Bench::default() }.run(&app);
            let what = format!("{} under {}:{}", misbehaviour.id(), profile.name(), findings(&report));
            assert_eq!(report.outcome, Outcome::Broken, "{what}");
            assert!(with(&report, &[Verdict::Crashed]).is_empty(), "{what}");
            // What refuses everything has refused nothing for the right reason.
            let passed = with(&report, &[Verdict::Passed]);
            assert!(
                passed.is_empty() || misbehaviour == Misbehaviour::AcceptsEverything,
                "{passed:?} pass: {what}"
            );
        }
    }
}

#[test]
fn a_hundred_users_more_do_not_make_one_request_more() {
    let requests = |users| {
        let app = sample_app(Settings { users, ..Settings::default() });
        Bench::default().run(&app).summary.requests
    };
    assert_eq!(requests(3), requests(103));
}
