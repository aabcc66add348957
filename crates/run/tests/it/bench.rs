//! Runs the catalogue, or a part of it, against the sample app in this process.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::{Arc, OnceLock};

use oinspect_core::{Event, FindingRecord, Profile, Report, Seed, Suite, Verdict};
use oinspect_run::{
    CLEAN_UP_LIMIT, Config, Interrupt, Recorder, RunOptions, Sources, clean_up, header, note_witness,
    open_session, plan_record, run, select,
};
use oinspect_sample_app::{Running, Settings};
use oinspect_sso::Witness;
use tokio::runtime::Runtime;

use crate::stage;

/// Provisioning alone.
pub(crate) static SCIM: &[&Suite] = &[&oinspect_scim::SUITE];
/// SCIM 1.1 alone.
pub(crate) static LEGACY: &[&Suite] = &[&oinspect_scim::LEGACY];
/// Single sign-on alone.
pub(crate) static SSO: &[&Suite] = &[&oinspect_sso::SAML, &oinspect_sso::OIDC];

/// The threads on which sample apps are started.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap())
}

/// The sample app with these settings, on a free port, for as long as the value lives.
pub(crate) fn sample_app(settings: Settings) -> Running {
    runtime().block_on(oinspect_sample_app::start(settings)).unwrap()
}

/// A configuration out of settings alone.
pub(crate) fn config(set: Vec<String>) -> Config {
    Config::load(&Sources { set, ..Sources::default() }).unwrap()
}

/// How to run.
pub(crate) struct Bench<'a> {
    /// The suites to choose from.
    pub(crate) suites: &'a [&'static Suite],
    /// Which tenant of the app is tested.
    pub(crate) tenant: usize,
    /// Globs of the checks that run; none for all.
    pub(crate) checks: &'a [String],
    pub(crate) profile: Profile,
    pub(crate) jobs: usize,
    /// Further settings, as `--set` takes them.
    pub(crate) set: &'a [&'a str],
    /// Settings that are left out, each as its key.
    pub(crate) without: &'a [&'a str],
    /// Who is asked where no marker tells.
    pub(crate) witness: Option<Arc<Witness>>,
}

impl Default for Bench<'_> {
    fn default() -> Self {
        Self {
            suites: SCIM,
            tenant: 0,
            checks: &[],
            profile: Profile::Rfc,
            jobs: 4,
            set: &[],
            without: &[],
            witness: None,
        }
    }
}

impl Bench<'_> {
    /// Runs the checks against an app.
    pub(crate) fn run(&self, app: &Running) -> Report {
        let tenant = &app.tenants[self.tenant];
        let signs_on = self.suites.iter().any(|suite| matches!(suite.id, "saml" | "oidc"));
        let mut set = vec![
            format!("scim.base_url={}", tenant.scim_url),
            format!("scim.auth=Bearer {}", tenant.token),
            format!("scim.other_auth=Bearer {}", app.tenants[1 - self.tenant].token),
            "limits.request=5s".to_owned(),
        ];
        if signs_on {
            set.extend(stage::settings(tenant));
            set.retain(|line| !self.without.iter().any(|key| line.starts_with(&format!("{key}="))));
        }
        set.extend(self.set.iter().map(|&one| one.to_owned()));
        let config = config(set);
        let interrupt = Interrupt::default();
        let mut session = open_session(&config, Seed(1), &interrupt).unwrap();
        if signs_on {
            stage::set(app, tenant, &config, &mut session, self.witness.clone());
        }
        let selection = select(self.suites, &[], self.checks, &[]).unwrap();
        let options =
            RunOptions { jobs: self.jobs, profile: self.profile, interrupt, ..RunOptions::default() };
        let clock = session.clock;
        let plan = plan_record(&[], &selection);
        let header = header(&session, &config, plan, self.profile, selection.planned(), &BTreeMap::new());
        let mut listener = |_: &Event| {};
        // Nobody reads the evidence, and looking through it for secrets takes most of a run.
        let recorder = Recorder::in_memory(Arc::default(), &mut listener);
        recorder.record(&Event::RunStarted(Box::new(header)));
        let emit = |event: Event| recorder.record(&event);
        let session = run(session, &selection, &options, &emit);
        note_witness(&session, &emit);
        clean_up(&session, CLEAN_UP_LIMIT, &emit);
        recorder.finish(false, clock).unwrap()
    }
}

/// The ids of the checks with one of these verdicts.
pub(crate) fn with(report: &Report, verdicts: &[Verdict]) -> BTreeSet<String> {
    report.checks().filter(|check| verdicts.contains(&check.verdict)).map(|check| check.id.clone()).collect()
}

/// What a report holds beside passed checks, for the message of a failed test.
pub(crate) fn findings(report: &Report) -> String {
    let mut text = String::new();
    for check in report.checks().filter(|check| check.verdict != Verdict::Passed) {
        let why = match &check.finding {
            Some(FindingRecord::Broken { expected, actual, .. }) => {
                format!("expected {expected}, got {actual}")
            }
            Some(FindingRecord::Reason { why }) => why.clone(),
            None => String::new(),
        };
        let _ = write!(text, "\n  {} {}: {why}", check.verdict.name(), check.id);
    }
    for leftover in &report.leftovers {
        let _ = write!(text, "\n  left behind {}: {}", leftover.label, leftover.why);
    }
    text
}
