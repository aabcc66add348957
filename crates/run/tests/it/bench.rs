//! Runs the catalogue, or a part of it, against the sample app in this process.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::OnceLock;

use oinspect_core::{Event, FindingRecord, Profile, Report, Seed, Verdict};
use oinspect_run::catalogue::SUITES;
use oinspect_run::{
    CLEAN_UP_LIMIT, Config, Interrupt, Recorder, RunOptions, Sources, clean_up, header, open_session,
    plan_record, run, select,
};
use oinspect_sample_app::{Running, Settings};
use tokio::runtime::Runtime;

/// The threads on which sample apps are started.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap())
}

/// The sample app with these settings, on a free port, for as long as the value lives.
pub(crate) fn sample_app(settings: Settings) -> Running {
    runtime().block_on(oinspect_sample_app::start(settings)).unwrap()
}

/// How to run.
pub(crate) struct Bench<'a> {
    /// Globs of the checks that run; none for all.
    pub(crate) checks: &'a [String],
    pub(crate) profile: Profile,
    pub(crate) jobs: usize,
    /// Further settings, as `--set` takes them.
    pub(crate) set: &'a [&'a str],
}

impl Default for Bench<'_> {
    fn default() -> Self {
        Self { checks: &[], profile: Profile::Rfc, jobs: 4, set: &[] }
    }
}

impl Bench<'_> {
    /// Runs the checks against an app.
    pub(crate) fn run(&self, app: &Running) -> Report {
        let tenant = &app.tenants[0];
        let mut set = vec![
            format!("scim.base_url={}", tenant.scim_url),
            format!("scim.auth=Bearer {}", tenant.token),
            "limits.request=5s".to_owned(),
        ];
        set.extend(self.set.iter().map(|&one| one.to_owned()));
        let config = Config::load(&Sources { set, ..Sources::default() }).unwrap();
        let interrupt = Interrupt::default();
        let session = open_session(&config, Seed(1), &interrupt).unwrap();
        let selection = select(SUITES, &[], self.checks, &[]).unwrap();
        let options =
            RunOptions { jobs: self.jobs, profile: self.profile, interrupt, ..RunOptions::default() };
        let (clock, redactor) = (session.clock, session.redactor.clone());
        let plan = plan_record(&[], &selection);
        let header = header(&session, &config, plan, self.profile, selection.planned(), &BTreeMap::new());
        let mut listener = |_: &Event| {};
        let recorder = Recorder::in_memory(redactor, &mut listener);
        recorder.record(&Event::RunStarted(Box::new(header)));
        let emit = |event: Event| recorder.record(&event);
        let session = run(session, &selection, &options, &emit);
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
