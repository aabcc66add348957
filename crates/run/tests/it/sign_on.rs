//! The tester of single sign-on is tested: each fault fails exactly its checks, and what is legal fails none.

use std::collections::BTreeSet;

use oinspect_core::{Profile, Report, Suite, Verdict};
use oinspect_sample_app::{Fault, Misbehaviour, Settings, Variant};

use crate::bench::{Bench, SSO, findings, sample_app, with};

const BROKEN: [Verdict; 2] = [Verdict::Failed, Verdict::Warned];
const OUT_OF_REACH: [Verdict; 3] = [Verdict::Blocked, Verdict::NotVerified, Verdict::Skipped];

/// The tenant with every flow, and what does not apply to it.
const EVERY_FLOW: (usize, &[&str]) = (0, &["saml.cases.jit-sp-flow", "oidc.cases.jit-sp-flow"]);
/// The tenant whose only flow is the SP flow, and what does not apply to it.
const SP_ONLY: (usize, &[&str]) = (
    1,
    &[
        "saml.cases.idp-flow",
        "saml.cases.jit-idp-flow",
        "saml.response.idp-relay-state",
        "saml.response.foreign-relay-state",
        "saml.response.second-login",
        "saml.response.switch-user",
        "oidc.cases.idp-flow",
        "oidc.cases.jit-idp-flow",
        "oidc.callback.foreign-issuer",
        "oidc.callback.second-login",
        "oidc.callback.switch-user",
    ],
);

/// Variants that have nothing to do with signing on are tried against SCIM.
const VARIANTS: [Variant; 12] = [
    Variant::AcsAnswers302,
    Variant::AcsAnswersPage,
    Variant::SamlPostRequest,
    Variant::SamlUnsignedRequest,
    Variant::SamlNoRelayState,
    Variant::RefusalAnswers200,
    Variant::RefusalAnswers403,
    Variant::RefusalRedirects,
    Variant::SessionCookieRenamed,
    Variant::ProfileOfInputs,
    Variant::OidcClientSecretPost,
    Variant::OidcFormPost,
];

fn owned(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

/// Everything passes but what does not apply, and nothing is left behind.
fn assert_sound(report: &Report, skipped: &[&str], what: &str) {
    let findings = findings(report);
    assert_eq!(with(report, &[Verdict::Skipped]), owned(skipped), "{what}:{findings}");
    let passed = with(report, &[Verdict::Passed]).len();
    assert_eq!(passed + skipped.len(), report.summary.planned, "{what}:{findings}");
    assert!(report.leftovers.is_empty(), "{what}:{findings}");
}

#[test]
fn the_healthy_app_passes_what_applies_to_it_under_every_profile() {
    for profile in Profile::ALL {
        let app = sample_app(Settings::default());
        let report = Bench { suites: SSO, profile, ..Bench::default() }.run(&app);
        assert_sound(&report, EVERY_FLOW.1, profile.name());
    }
}

#[test]
fn the_healthy_app_with_one_flow_passes_what_applies_to_it_with_one_job_and_with_many() {
    let app = sample_app(Settings::default());
    for jobs in [1, 8] {
        let report = Bench { suites: SSO, tenant: SP_ONLY.0, jobs, ..Bench::default() }.run(&app);
        assert_sound(&report, SP_ONLY.1, "one flow");
    }
}

fn run_with(variants: Vec<Variant>, suites: &[&'static Suite]) -> (Report, Vec<&'static str>) {
    let mut skipped = EVERY_FLOW.1.to_vec();
    if variants.contains(&Variant::SamlUnsignedRequest) {
        skipped.extend(["saml.request.signed-as-declared", "saml.request.signature-sha256"]);
    }
    if variants.contains(&Variant::OidcFormPost) {
        skipped.push("oidc.callback.foreign-state");
    }
    let set: &[&str] = if variants.contains(&Variant::OidcClientSecretPost) {
        &["oidc.client_auth=client_secret_post"]
    } else {
        &[]
    };
    let app = sample_app(Settings { variants, ..Settings::default() });
    skipped.retain(|id| suites.iter().any(|suite| id.starts_with(suite.id)));
    (Bench { suites, set, ..Bench::default() }.run(&app), skipped)
}

#[test]
fn what_is_legal_raises_no_alarm() {
    for variant in VARIANTS {
        // Those of one protocol are nothing to the other.
        let suites = match variant.id() {
            id if id.starts_with("saml-") || id.starts_with("acs-") => &SSO[..1],
            id if id.starts_with("oidc-") => &SSO[1..],
            _ => SSO,
        };
        let (report, skipped) = run_with(vec![variant], suites);
        assert_sound(&report, &skipped, variant.id());
    }
}

#[test]
fn everything_legal_at_once_raises_no_alarm() {
    let of_one_kind = [
        Variant::AcsAnswers302,
        Variant::AcsAnswersPage,
        Variant::RefusalAnswers200,
        Variant::RefusalAnswers403,
        Variant::RefusalRedirects,
    ];
    let mut all: Vec<Variant> = VARIANTS.into_iter().filter(|one| !of_one_kind.contains(one)).collect();
    all.extend([Variant::AcsAnswersPage, Variant::RefusalRedirects]);
    let (report, skipped) = run_with(all, SSO);
    assert_sound(&report, &skipped, "every variant at once");
}

/// Runs these checks against a tenant of the app with one fault, and compares with the table.
fn compare(fault: Fault, (tenant, skipped): (usize, &[&str]), checks: &[String]) -> Option<String> {
    let app = sample_app(Settings { faults: vec![fault], ..Settings::default() });
    let report = Bench { suites: SSO, tenant, checks, ..Bench::default() }.run(&app);
    let of_these = |ids: &[&str]| -> BTreeSet<String> {
        let ran = |id: &&&str| report.checks().any(|check| check.id == **id) && !skipped.contains(*id);
        ids.iter().filter(ran).map(|&id| id.to_owned()).collect()
    };
    let broken = with(&report, &BROKEN);
    let blocked: BTreeSet<String> =
        with(&report, &OUT_OF_REACH).into_iter().filter(|id| !skipped.contains(&id.as_str())).collect();
    let crashed = with(&report, &[Verdict::Crashed]);
    let (breaks, blocks) = (of_these(fault.breaks()), of_these(fault.blocks()));
    if broken == breaks && blocked == blocks && crashed.is_empty() {
        return None;
    }
    let differ = |found: &BTreeSet<String>, table: &BTreeSet<String>| -> String {
        format!("{:?}", found.symmetric_difference(table).collect::<Vec<_>>())
    };
    Some(format!(
        "\n{} (tenant {tenant}): table and run differ in broken {}, blocked {}; found:{}",
        fault.id(),
        differ(&broken, &breaks),
        differ(&blocked, &blocks),
        findings(&report)
    ))
}

/// Each fault of single sign-on against the suites in which it shows, or against both: on the tenant
/// with every flow, and on the other one where it breaks what applies there alone.
fn all_faults(part: fn(&[&str]) -> bool, whole: bool) {
    let mut wrong = String::new();
    for fault in Fault::all() {
        let table: Vec<&str> = fault.breaks().iter().chain(fault.blocks()).copied().collect();
        if table.iter().any(|id| id.starts_with("scim")) || !part(&table) {
            continue;
        }
        let suites =
            SSO.iter().map(|suite| suite.id).filter(|id| table.iter().any(|row| row.starts_with(id)));
        let suites: Vec<String> = suites.map(|id| format!("{id}.*")).collect();
        wrong.extend(compare(fault, EVERY_FLOW, if whole { &[] } else { &suites }));
        let cases = owned(&[
            "saml.cases.sp-flow",
            "saml.cases.jit-sp-flow",
            "oidc.cases.sp-flow",
            "oidc.cases.jit-sp-flow",
        ]);
        let cases: Vec<String> = cases.into_iter().filter(|id| table.contains(&id.as_str())).collect();
        if !cases.is_empty() {
            wrong.extend(compare(fault, SP_ONLY, &cases));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_fault_of_saml_requests_fails_exactly_its_checks() {
    all_faults(|table| table[0].starts_with("saml.request."), false);
}

#[test]
fn each_fault_of_saml_responses_and_accounts_fails_exactly_its_checks() {
    all_faults(|table| table[0].starts_with("saml.") && !table[0].starts_with("saml.request."), false);
}

#[test]
fn each_fault_of_openid_connect_fails_exactly_its_checks() {
    all_faults(|table| table[0].starts_with("oidc."), false);
}

/// The whole square: every fault of single sign-on against every check of it. Not against SCIM checks,
/// and no SCIM fault here: they share the store with sign-on and no code that a fault changes.
/// `cargo xtask faults --all`.
#[test]
#[ignore = "takes minutes; the tests above run a part of it every time"]
fn each_fault_fails_exactly_its_checks_in_all_of_single_sign_on() {
    all_faults(|_| true, true);
}

#[test]
fn an_app_that_judges_nobody_passes_none_of_the_cases() {
    for (misbehaviour, says) in [
        (Misbehaviour::LoginPageWhateverHappens, "not signed in"),
        (Misbehaviour::SamePageForEverybody, ""),
        (Misbehaviour::EverybodySignedIn, ""),
        (Misbehaviour::SsoAnswers500, "500"),
        (Misbehaviour::SignInLoop, "loop"),
    ] {
        let app = sample_app(Settings { misbehaviour: Some(misbehaviour), ..Settings::default() });
        let report = Bench { suites: SSO, ..Bench::default() }.run(&app);
        let findings = findings(&report);
        let passed = with(&report, &[Verdict::Passed]);
        assert!(!passed.iter().any(|id| id.contains(".cases.")), "{}: {passed:?}", misbehaviour.id());
        assert!(with(&report, &[Verdict::Crashed]).is_empty(), "{findings}");
        let told = findings.lines().any(|line| line.contains(".cases.sp-flow") && line.contains(says));
        assert!(told, "{}:{findings}", misbehaviour.id());
    }
}
