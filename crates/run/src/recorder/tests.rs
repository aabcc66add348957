//! What is kept of a run that ends, that is killed, or that knows a secret.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use oinspect_core::{
    Check, CheckResult, Clock, Document, Environment, Event, Evidence, Finding, GroupHeader, Note, NoteKind,
    Outcome, PlanRecord, Profile, Redactor, RunHeader, RunId, Seed, Step, TargetRecord, must,
};

use super::{JOURNAL_NAME, JournalError, REPORT_NAME, RecordError, Recorder, read_journal};

fn moment() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

/// A run with one check, which passes.
pub(crate) fn events(run: &str, note: &str) -> Vec<Event> {
    let check = Check {
        id: "t.a.one",
        title: "It answers",
        requirement: must(Document::Rfc7644, "3", "it answers"),
        needs: &[],
        pitfall: "",
        fix: "",
        run: |_| Ok(()),
    };
    let evidence = Evidence { steps: vec![Step::Note { text: note.to_owned() }] };
    let outcome: Result<(), Finding> = Ok(());
    let times = (moment(), moment());
    let redactor = Redactor::default();
    vec![
        Event::RunStarted(Box::new(RunHeader {
            id: RunId(run.to_owned()),
            tool: crate::tool(),
            plan: PlanRecord { name: "p".to_owned(), file: None, sha256: String::new() },
            profile: Profile::Rfc,
            seed: Seed(1),
            target: TargetRecord { name: "app".to_owned(), url: String::new(), fingerprint: "f".to_owned() },
            environment: Environment { os: "linux".to_owned(), arch: "x86_64".to_owned(), ci: false },
            started: moment(),
            planned: 1,
        })),
        Event::GroupStarted(GroupHeader {
            id: "t.a".to_owned(),
            title: "A".to_owned(),
            suite: "t".to_owned(),
        }),
        Event::CheckFinished(Box::new(CheckResult::of_check(
            &check,
            "t.a",
            Profile::Rfc,
            &outcome,
            evidence,
            times,
            &redactor,
        ))),
    ]
}

fn record(recorder: &Recorder<'_>, note: &str) {
    for event in events("run1", note) {
        recorder.record(&event);
    }
}

fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_run_that_ends_leaves_its_report_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("deep/out");
    let mut heard = 0;
    let mut listener = |_: &Event| heard += 1;
    let recorder = Recorder::create(&out, Arc::default(), &mut listener).unwrap();
    record(&recorder, "hello");
    let report = recorder.finish(false, Clock::Fixed(moment())).unwrap();
    assert_eq!(report.outcome, Outcome::Kept);
    assert_eq!(files(&out), [REPORT_NAME]);
    let written = std::fs::read(out.join(REPORT_NAME)).unwrap();
    assert_eq!(serde_json::from_slice::<oinspect_core::Report>(&written).unwrap(), report);
    assert_eq!(heard, 4);
}

#[test]
fn a_run_that_is_killed_can_be_rendered_from_its_journal() {
    let folder = tempfile::tempdir().unwrap();
    let mut listener = |_: &Event| {};
    let recorder = Recorder::create(folder.path(), Arc::default(), &mut listener).unwrap();
    record(&recorder, "hello");
    drop(recorder);
    let path = folder.path().join(JOURNAL_NAME);
    let mut torn = std::fs::read(&path).unwrap();
    torn.extend_from_slice(b"{\"check-finished\":{\"id\":\"t.a.t");
    std::fs::write(&path, torn).unwrap();
    let report = read_journal(&path).unwrap();
    assert_eq!(report.checks().count(), 1);
    assert_eq!(report.finished, None);
    assert_eq!(report.outcome, Outcome::Incomplete);
    assert_eq!(report.sentence(), "the run did not finish: these are its results until then");
    assert!(report.notes[0].text.ends_with("names of ours begin with oinspect-run1-"), "{:?}", report.notes);

    // The next run keeps it under another name.
    let recorder = Recorder::create(folder.path(), Arc::default(), &mut listener).unwrap();
    record(&recorder, "again");
    recorder.finish(true, Clock::Fixed(moment())).unwrap();
    assert_eq!(files(folder.path()), ["report.journal.previous.jsonl", REPORT_NAME]);
}

#[test]
fn a_journal_that_somebody_changed_names_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("j");
    std::fs::write(&path, "nonsense\n{}\n").unwrap();
    assert!(matches!(read_journal(&path).unwrap_err(), JournalError::NoEvent { line: 1, .. }));
    std::fs::write(&path, "").unwrap();
    assert!(matches!(read_journal(&path).unwrap_err(), JournalError::Empty { .. }));
}

#[test]
fn a_secret_that_cannot_be_cut_out_is_withheld_and_counted_before_it_reaches_journal_or_listener() {
    let folder = tempfile::tempdir().unwrap();
    let redactor = Arc::new(Redactor::default());
    redactor.learn("very-secret-value");
    let mut heard = String::new();
    let mut listener = |event: &Event| heard.push_str(&serde_json::to_string(event).unwrap());
    let recorder = Recorder::create(folder.path(), redactor, &mut listener).unwrap();
    record(&recorder, "it said very-secret\n-value");
    let journal = std::fs::read_to_string(folder.path().join(JOURNAL_NAME)).unwrap();
    assert!(!journal.contains("very-secret"));
    let report = recorder.finish(false, Clock::Fixed(moment())).unwrap();
    assert_eq!((report.withheld, report.outcome), (1, Outcome::Bug));
    assert!(!heard.contains("very-secret"));
}

#[test]
fn a_secret_that_is_learned_late_is_taken_out_of_what_came_before() {
    let redactor = Arc::new(Redactor::default());
    let mut listener = |_: &Event| {};
    let recorder = Recorder::in_memory(Arc::clone(&redactor), &mut listener);
    record(&recorder, "it said late-secret-value");
    redactor.learn("late-secret-value");
    let report = recorder.finish(false, Clock::Fixed(moment())).unwrap();
    assert_eq!((report.withheld, report.outcome), (0, Outcome::Kept));
    assert!(!serde_json::to_string(&report).unwrap().contains("late-secret-value"));
}

#[test]
fn a_secret_that_is_a_word_of_ours_costs_nothing() {
    let redactor = Arc::new(Redactor::default());
    redactor.learn("required");
    let mut listener = |_: &Event| {};
    let recorder = Recorder::in_memory(redactor, &mut listener);
    record(&recorder, "hello");
    let report = recorder.finish(false, Clock::Fixed(moment())).unwrap();
    assert_eq!((report.outcome, report.notes), (Outcome::Kept, Vec::new()));
    assert_eq!(report.groups[0].checks.len(), 1);
}

#[test]
fn two_runs_never_write_into_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (mut one, mut two) = (|_: &Event| {}, |_: &Event| {});
    let _first = Recorder::create(folder.path(), Arc::default(), &mut one).unwrap();
    let error = Recorder::create(folder.path(), Arc::default(), &mut two).unwrap_err();
    assert!(matches!(error, RecordError::Journal(JournalError::InUse { .. })), "{error}");
    assert!(error.to_string().contains("its own --out"));
}

#[test]
fn a_report_that_cannot_be_written_leaves_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(REPORT_NAME)).unwrap();
    let mut listener = |_: &Event| {};
    let recorder = Recorder::create(folder.path(), Arc::default(), &mut listener).unwrap();
    record(&recorder, "hello");
    let error = recorder.finish(false, Clock::Fixed(moment())).unwrap_err();
    assert!(error.to_string().contains(JOURNAL_NAME), "{error}");
    let report = read_journal(&folder.path().join(JOURNAL_NAME)).unwrap();
    assert_eq!(report.outcome, Outcome::Kept);
}

#[test]
fn without_a_beginning_there_is_no_report() {
    let mut listener = |_: &Event| {};
    let recorder = Recorder::in_memory(Arc::default(), &mut listener);
    recorder.record(&Event::Noted(Note { kind: NoteKind::Information, text: "x".to_owned() }));
    assert!(matches!(
        recorder.finish(false, Clock::Fixed(moment())).unwrap_err(),
        RecordError::NothingRecorded
    ));
}
