//! What the ledger keeps, from two runs at once, and for good.

use oinspect_core::{Report, Verdict};

use super::{Ledger, LedgerError};
use crate::recorder::tests::events;

fn report(run: &str) -> Report {
    Report::from_events(events(run, "hello")).unwrap()
}

#[test]
fn the_newest_result_of_each_check_counts_for_its_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).unwrap();
    ledger.record(&report("run1")).unwrap();
    let mut later = report("run2");
    later.groups[0].checks[0].verdict = Verdict::Failed;
    ledger.record(&later).unwrap();
    let mut elsewhere = report("run3");
    elsewhere.run.target.fingerprint = "other".to_owned();
    ledger.record(&elsewhere).unwrap();

    let last = ledger.last_results("f").unwrap();
    assert_eq!(last.len(), 1);
    assert_eq!((last[0].check.as_str(), last[0].run.as_str()), ("t.a.one", "run2"));
    assert_eq!((last[0].verdict.as_str(), last[0].weight.as_str()), ("failed", "required"));
    let runs = ledger.runs(2).unwrap();
    assert_eq!(runs.iter().map(|run| run.id.as_str()).collect::<Vec<_>>(), ["run3", "run2"]);
    assert_eq!(runs[0].outcome, "incomplete");
}

#[test]
fn nothing_is_ever_changed_or_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(folder.path()).unwrap();
    ledger.record(&report("run1")).unwrap();
    for sql in [
        "DELETE FROM run",
        "UPDATE run SET outcome = 'kept'",
        "DELETE FROM result",
        "UPDATE result SET verdict = 'passed'",
        "INSERT OR REPLACE INTO run SELECT * FROM run",
    ] {
        let error = ledger.connection.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("only added to"), "{sql}: {error}");
    }
    assert!(ledger.record(&report("run1")).is_err(), "a run is recorded once");
    assert_eq!(ledger.last_results("f").unwrap().len(), 1, "and all or nothing of it");
}

#[test]
fn two_runs_at_once_are_both_kept() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = folder.path();
            scope.spawn(move || {
                for number in 0..5 {
                    Ledger::open(path).unwrap().record(&report(&format!("run{writer}{number}"))).unwrap();
                }
            });
        }
    });
    assert_eq!(Ledger::open(folder.path()).unwrap().runs(100).unwrap().len(), 20);
}

#[test]
fn a_broken_ledger_is_a_sentence_and_no_lost_report() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".oinspect")).unwrap();
    std::fs::write(folder.path().join(".oinspect/ledger.db"), "no database at all, but long enough").unwrap();
    let warning = Ledger::record_or_warn(folder.path(), &report("run1")).unwrap();
    assert!(warning.starts_with("failed to use the ledger "), "{warning}");
    assert!(warning.ends_with("the report is complete without it"), "{warning}");
}

#[test]
fn a_ledger_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path()).unwrap();
    ledger.connection.pragma_update(None, "user_version", 2).unwrap();
    drop(ledger);
    assert!(matches!(Ledger::open(folder.path()).unwrap_err(), LedgerError::TooNew { .. }));
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_it_and_git_leaves_it_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    Ledger::open(folder.path()).unwrap();
    let mode = |path: &str| std::fs::metadata(folder.path().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(".oinspect"), 0o700);
    assert_eq!(mode(".oinspect/ledger.db"), 0o600);
    assert_eq!(std::fs::read_to_string(folder.path().join(".oinspect/.gitignore")).unwrap(), "*\n");
}
