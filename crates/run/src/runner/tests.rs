//! What a run makes of checks that pass, fail, crash, wait for one another or never get their turn.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use oinspect_core::{
    Capability, Check, CheckResult, Clock, Cx, Document, Event, Feature, Finding, FindingRecord, Group,
    Method, NoteKind, Redactor, Request, Response, Session, Suite, Transport, TransportError,
    TransportErrorKind, Verdict, must,
};

use super::{RunOptions, run};
use crate::clean_up::{CLEAN_UP_LIMIT, clean_up};
use crate::interrupt::Interrupt;
use crate::plan::Plan;
use crate::select::{Selection, select};

/// A target in memory: `/ok` answers 200, `/gone` nothing; the list of what was asked is kept.
#[derive(Default)]
struct Target {
    asked: Mutex<Vec<String>>,
}

impl Transport for Target {
    fn send(&self, request: &Request, _: Duration) -> Result<Response, TransportError> {
        self.asked.lock().unwrap().push(format!("{} {}", request.method, request.url));
        if request.url.contains("gone") {
            return Err(TransportError {
                kind: TransportErrorKind::Unreachable,
                detail: "connection refused by gone:1".to_owned(),
            });
        }
        Ok(Response {
            status: if request.url.ends_with("/stuck") { 500 } else { 200 },
            headers: Vec::new(),
            body: Vec::new(),
            elapsed: Duration::ZERO,
            retries: 0,
        })
    }
}

/// What the checks of a test reach through their session.
#[derive(Default)]
struct Stage {
    interrupt: Interrupt,
    discovery: Option<Finding>,
    /// How many checks are inside at once, and the most there ever were.
    inside: Mutex<(usize, usize)>,
    met: Condvar,
}

const fn check(id: &'static str, run: fn(&mut Cx) -> Result<(), Finding>) -> Check {
    Check {
        id,
        title: "a check",
        requirement: must(Document::Rfc7644, "3", "a demand"),
        needs: &[],
        pitfall: "",
        fix: "mend it",
        run,
    }
}

fn get(cx: &mut Cx, path: &str) -> Result<Response, Finding> {
    cx.send(&Request::new(Method::Get, format!("http://app:1{path}")))
}

fn create(cx: &mut Cx, label: &str, path: &'static str) {
    cx.created(
        label,
        Box::new(move |cx| {
            let answer = cx.send(&Request::new(Method::Delete, format!("http://app:1{path}")))?;
            if answer.status == 200 { Ok(()) } else { Err(Finding::broken("204", "500")) }
        }),
    );
}

/// Waits until the other check is inside, too; gives up after a while, so that a failing test ends.
fn meet(cx: &mut Cx) -> Result<(), Finding> {
    let stage = cx.settings::<Stage>()?;
    let mut inside = stage.inside.lock().unwrap();
    inside.0 += 1;
    inside.1 = inside.1.max(inside.0);
    stage.met.notify_all();
    let patience = Duration::from_secs(5);
    let (mut inside, _) = stage.met.wait_timeout_while(inside, patience, |inside| inside.1 < 2).unwrap();
    inside.0 -= 1;
    if inside.1 >= 2 { Ok(()) } else { Err(Finding::broken("company", "nobody")) }
}

static MIXED: Group = Group {
    id: "t.mixed",
    title: "Mixed",
    tags: &[],
    alone: false,
    checks: &[
        check("t.mixed.passes", |cx| get(cx, "/ok").map(drop)),
        check("t.mixed.crashes", |cx| {
            get(cx, "/before")?;
            panic!("no such thing as secret-secret")
        }),
        check("t.mixed.fails", |_| Err(Finding::broken("201", "500"))),
        Check {
            needs: &[Capability::Patch],
            ..check("t.mixed.needs-patch", |cx| get(cx, "/patch").map(drop))
        },
        check("t.mixed.passes-after", |cx| {
            create(cx, "User one", "/one");
            create(cx, "User stuck", "/stuck");
            create(cx, "User two", "/two");
            Ok(())
        }),
    ],
};
static LEFT: Group =
    Group { id: "t.left", title: "Left", tags: &[], alone: false, checks: &[check("t.left.meets", meet)] };
static RIGHT: Group =
    Group { id: "t.right", title: "Right", tags: &[], alone: false, checks: &[check("t.right.meets", meet)] };
static ALONE: Group = Group {
    id: "t.alone",
    title: "Alone",
    tags: &[],
    alone: true,
    checks: &[check("t.alone.counts", |cx| {
        let stage = cx.settings::<Stage>()?;
        let inside = stage.inside.lock().unwrap().0;
        if inside == 0 { Ok(()) } else { Err(Finding::broken("nobody beside", inside.to_string())) }
    })],
};
static INTERRUPTS: Group = Group {
    id: "t.interrupts",
    title: "Interrupts",
    tags: &[],
    alone: true,
    checks: &[
        check("t.interrupts.raises", |cx| {
            create(cx, "User late", "/late");
            cx.settings::<Stage>()?.interrupt.raise();
            get(cx, "/after").map(drop)
        }),
        check("t.interrupts.never", |_| panic!("must not run")),
    ],
};

static SUITE: Suite = Suite {
    id: "t",
    title: "test target",
    on_request: false,
    groups: &[&MIXED, &LEFT, &RIGHT, &ALONE, &INTERRUPTS],
    capabilities: &[Capability::Filter, Capability::Patch],
    features: &[Feature { id: "f", title: "Feature", checks: &["t.left.a"] }],
    discover: |cx| {
        get(cx, "/discovery")?;
        match &cx.settings::<Stage>()?.discovery {
            Some(finding) => Err(finding.clone()),
            None => Ok(BTreeSet::from([Capability::Filter])),
        }
    },
};

struct Ran {
    events: Vec<Event>,
    target: Arc<Target>,
    session: Arc<Session>,
}

impl Ran {
    fn results(&self) -> BTreeMap<&str, &CheckResult> {
        fn of(event: &Event) -> Option<(&str, &CheckResult)> {
            match event {
                Event::CheckFinished(result) => Some((result.id.as_str(), &**result)),
                _ => None,
            }
        }
        self.events.iter().filter_map(of).collect()
    }

    fn verdicts(&self) -> BTreeMap<&str, Verdict> {
        self.results().into_iter().map(|(id, result)| (id, result.verdict)).collect()
    }

    fn why(&self, id: &str) -> &str {
        match &self.results()[id].finding {
            Some(FindingRecord::Reason { why }) => why,
            _ => panic!("{id} has no reason"),
        }
    }

    fn notes(&self) -> Vec<&str> {
        fn of(event: &Event) -> Option<&str> {
            match event {
                Event::Noted(note) if note.kind == NoteKind::Warning => Some(note.text.as_str()),
                _ => None,
            }
        }
        self.events.iter().filter_map(of).collect()
    }

    fn groups(&self) -> Vec<&str> {
        fn of(event: &Event) -> Option<&str> {
            match event {
                Event::GroupStarted(group) => Some(group.id.as_str()),
                _ => None,
            }
        }
        self.events.iter().filter_map(of).collect()
    }

    fn clean_up(&self) -> Vec<(String, String)> {
        let left = Mutex::new(Vec::new());
        clean_up(&self.session, CLEAN_UP_LIMIT, &|event| {
            if let Event::LeftBehind(leftover) = event {
                left.lock().unwrap().push((leftover.label, leftover.why));
            }
        });
        left.into_inner().unwrap()
    }
}

fn selection(checks: &[&str]) -> Selection {
    let checks: Vec<String> = checks.iter().map(|&text| text.to_owned()).collect();
    select(&[&SUITE], &[], &checks, &[]).unwrap()
}

fn ran(selection: &Selection, options: &RunOptions) -> Ran {
    ran_on(Stage::default(), selection, options)
}

fn ran_on(stage: Stage, selection: &Selection, options: &RunOptions) -> Ran {
    let target = Arc::new(Target::default());
    let redactor = Arc::new(Redactor::default());
    redactor.learn("secret-secret");
    let mut session = Session::new(Arc::clone(&target) as Arc<dyn Transport>, redactor);
    session.clock = Clock::Fixed("2026-11-21T10:00:00Z".parse::<Timestamp>().unwrap());
    let options = RunOptions { interrupt: stage.interrupt.clone(), ..options.clone() };
    session.provide(stage);
    let events = Mutex::new(Vec::new());
    let session = run(session, selection, &options, &|event| events.lock().unwrap().push(event));
    Ran { events: events.into_inner().unwrap(), target, session }
}

#[test]
fn every_outcome_becomes_its_verdict_and_a_panic_takes_nothing_down() {
    let ran = ran(
        &selection(&["t.mixed"]),
        &RunOptions { profile: oinspect_core::Profile::Rfc, ..Default::default() },
    );
    assert_eq!(
        ran.verdicts(),
        BTreeMap::from([
            ("t.mixed.passes", Verdict::Passed),
            ("t.mixed.crashes", Verdict::Crashed),
            ("t.mixed.fails", Verdict::Failed),
            ("t.mixed.needs-patch", Verdict::Skipped),
            ("t.mixed.passes-after", Verdict::Passed),
        ])
    );
    assert_eq!(ran.why("t.mixed.crashes"), "oinspect itself failed here: no such thing as [secret 1]");
    assert_eq!(ran.results()["t.mixed.crashes"].evidence.exchanges().count(), 1, "evidence survives a panic");
    assert_eq!(ran.why("t.mixed.needs-patch"), "the server says that it does not support PATCH");
    assert_eq!(ran.groups(), ["t", "t.mixed"]);
}

#[test]
fn discovery_fills_the_capabilities_and_the_plan_overrides_them() {
    let plan = Plan::parse(
        "p",
        None,
        "checks = ['t.mixed.needs-patch']\ncapabilities = { patch = true, filter = false }",
    );
    let selection = select(&[&SUITE], &[plan.unwrap()], &[], &[]).unwrap();
    let ran = ran(&selection, &RunOptions::default());
    assert_eq!(ran.verdicts()["t.mixed.needs-patch"], Verdict::Passed);
    assert_eq!(ran.session.capabilities, BTreeSet::from([Capability::Patch]));
    let notes = ran.events.iter().filter(|event| matches!(event, Event::Noted(_))).count();
    assert_eq!(notes, 2, "a reader learns what the plan changed");
    let offers: Vec<_> = ran
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Discovered(offer) => Some(&offer.capabilities),
            _ => None,
        })
        .flatten()
        .map(|one| (one.capability, one.offered, one.checks.len()))
        .collect();
    assert_eq!(offers, [(Capability::Filter, false, 0), (Capability::Patch, true, 1)]);
}

#[test]
fn a_discovery_that_is_blocked_blocks_every_check_and_is_said_once() {
    let stage = Stage { discovery: Some(Finding::blocked("nobody is there")), ..Stage::default() };
    let ran = ran_on(stage, &selection(&["t.mixed", "t.alone"]), &RunOptions::default());
    assert_eq!(ran.verdicts().len(), 6);
    assert!(ran.verdicts().values().all(|verdict| *verdict == Verdict::Blocked));
    assert_eq!(ran.why("t.alone.counts"), "nobody is there");
    assert_eq!(ran.notes(), ["no check of the test target could be performed: nobody is there"]);
    assert_eq!(ran.target.asked.lock().unwrap().len(), 1, "nothing but discovery was asked");
}

#[test]
fn groups_run_side_by_side_and_one_that_is_alone_does_not() {
    let ran =
        ran(&selection(&["t.left", "t.right", "t.alone"]), &RunOptions { jobs: 2, ..RunOptions::default() });
    assert!(ran.verdicts().values().all(|verdict| *verdict == Verdict::Passed), "{:?}", ran.verdicts());
    assert_eq!(ran.groups(), ["t", "t.left", "t.right", "t.alone"]);
}

#[test]
fn one_job_or_eight_come_to_the_same_verdicts_in_the_same_order() {
    let selection = selection(&["t.mixed", "t.alone"]);
    let one = ran(&selection, &RunOptions { jobs: 1, ..RunOptions::default() });
    let eight = ran(&selection, &RunOptions { jobs: 8, ..RunOptions::default() });
    assert_eq!(one.verdicts(), eight.verdicts());
    assert_eq!(one.groups(), eight.groups());
}

#[test]
fn fail_fast_stops_after_the_first_failure_and_says_what_was_left() {
    let options = RunOptions {
        fail_fast: true,
        jobs: 1,
        profile: oinspect_core::Profile::Rfc,
        ..RunOptions::default()
    };
    let ran = ran(&selection(&["t.mixed", "t.alone"]), &options);
    assert_eq!(ran.verdicts().len(), 3);
    assert_eq!(ran.notes(), ["the run stopped at the first failure: 3 of 6 checks were not run"]);
}

#[test]
fn a_waived_failure_keeps_its_waiver_and_does_not_stop_a_run() {
    let plan = "profile = 'rfc'\nchecks = ['t.mixed']\n\
                [[waivers]]\ncheck = 't.mixed.fails'\nreason = 'known'\nexpires = 2026-11-21\n\
                [[waivers]]\ncheck = 't.mixed.p*'\nreason = 'old'\nexpires = 2026-11-20\n";
    let selection = select(&[&SUITE], &[Plan::parse("p", None, plan).unwrap()], &[], &[]).unwrap();
    let options =
        RunOptions { fail_fast: true, profile: oinspect_core::Profile::Rfc, ..RunOptions::default() };
    let ran = ran(&selection, &options);
    assert_eq!(ran.verdicts().len(), 5);
    assert_eq!(ran.results()["t.mixed.fails"].waiver.as_ref().unwrap().reason, "known");
    assert_eq!(ran.results()["t.mixed.passes"].waiver, None, "an expired waiver does not count");
    assert_eq!(ran.notes(), ["the waiver of t.mixed.p* expired on 2026-11-20 and no longer counts (old)"]);
}

#[test]
fn clean_up_removes_the_newest_first_and_says_what_stays() {
    let ran = ran(&selection(&["t.mixed.passes-after"]), &RunOptions::default());
    assert_eq!(ran.clean_up(), [("User stuck".to_owned(), "expected 204, got 500".to_owned())]);
    let asked = ran.target.asked.lock().unwrap();
    assert_eq!(
        asked[1..],
        ["DELETE http://app:1/two", "DELETE http://app:1/stuck", "DELETE http://app:1/one"]
    );
}

#[test]
fn clean_up_without_time_leaves_everything_and_says_so() {
    let ran = ran(&selection(&["t.mixed.passes-after"]), &RunOptions::default());
    let left = Mutex::new(0);
    clean_up(&ran.session, Duration::ZERO, &|_| *left.lock().unwrap() += 1);
    assert_eq!(left.into_inner().unwrap(), 3);
}

#[test]
fn an_interrupted_run_starts_nothing_more_and_cleans_up() {
    let ran = ran(&selection(&["t.interrupts"]), &RunOptions::default());
    assert_eq!(ran.verdicts(), BTreeMap::from([("t.interrupts.raises", Verdict::Blocked)]));
    assert_eq!(ran.notes(), ["the run was interrupted: 1 of 2 checks were not run"]);
    assert!(ran.clean_up().is_empty());
    assert_eq!(ran.target.asked.lock().unwrap().last().unwrap(), "DELETE http://app:1/late");
}

#[test]
fn a_run_that_is_interrupted_before_it_begins_asks_nothing() {
    let stage = Stage::default();
    stage.interrupt.raise();
    let ran = ran_on(stage, &selection(&["t.mixed"]), &RunOptions::default());
    assert!(ran.verdicts().is_empty());
    assert!(ran.target.asked.lock().unwrap().is_empty());
}

#[test]
fn a_run_that_takes_too_long_blocks_the_rest() {
    let options = RunOptions { run_timeout: Some(Duration::ZERO), ..RunOptions::default() };
    let ran = ran(&selection(&["t.mixed"]), &options);
    assert_eq!(ran.verdicts().len(), 5);
    assert!(ran.verdicts().values().all(|verdict| *verdict == Verdict::Blocked));
    assert_eq!(ran.why("t.mixed.passes"), "the run took longer than 0ns (limits.run)");
    let late = ran.notes().into_iter().filter(|note| note.contains("limits.run")).count();
    assert_eq!(late, 1);
}
