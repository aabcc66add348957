//! A run that is interrupted or killed removes what it created and loses no result.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use oinspect_core::{Outcome, Verdict};
use oinspect_sample_app::{Misbehaviour, Running, Settings};
use serde_json::Value;

use crate::door::{Asked, Door, PATIENCE, ask};
use crate::stage::{Desk, healthy_app, holdings, sample_app};

/// How a line ends about what may have been made, where no answer told its id.
const DOUBTFUL: &str = ", if it was created at all";
/// How many creations a check sends at the same moment, at most.
const AT_ONCE: usize = 5;

/// The sample app behind a door that holds back one request until the test lets it through.
struct Held {
    app: Running,
    door: Door,
    /// Says that the request has come.
    came: Receiver<()>,
    /// Lets it through.
    release: Sender<()>,
}

impl Held {
    /// Holds back the `number`th request of those that `counts`, from 1.
    fn at(number: usize, counts: impl Fn(&Asked) -> bool + Send + Sync + 'static) -> Self {
        let app = healthy_app();
        let origin = app.url.clone();
        let (says, came) = channel();
        let (release, released) = channel();
        let (says, released) = (Mutex::new(says), Mutex::new(released));
        let so_far = AtomicUsize::new(0);
        let door = Door::open(move |asked| {
            if counts(&asked) && so_far.fetch_add(1, Ordering::SeqCst) + 1 == number {
                let _ = says.lock().unwrap().send(());
                let _ = released.lock().unwrap().recv_timeout(PATIENCE);
            }
            Some(ask(&origin, &asked))
        });
        Self { app, door, came, release }
    }

    /// Starts `oinspect run` against the door, and waits for the request that is held back.
    fn start(&self, desk: &Desk, more: &[&str]) -> Going {
        let url = format!("scim.base_url={}/acme/scim/v2", self.door.url);
        let auth = format!("scim.auth=Bearer {}", self.app.tenants[0].token);
        let mut args = vec!["run", "--verbose", "--set", &url, "--set", &auth];
        args.extend(more);
        let going = Going::start(desk, &args);
        self.came.recv_timeout(PATIENCE).unwrap();
        going
    }
}

/// The command while it runs. Killed with the test.
struct Going {
    child: Child,
    err: BufReader<std::process::ChildStderr>,
}

impl Going {
    fn start(desk: &Desk, args: &[&str]) -> Self {
        let mut command = desk.command(args);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let err = BufReader::new(child.stderr.take().unwrap());
        Self { child, err }
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Waits until the command says that it was interrupted.
    fn until_interrupted(&mut self) {
        let mut line = String::new();
        while !line.starts_with("interrupted: removing what the run created") {
            line.clear();
            assert_ne!(self.err.read_line(&mut line).unwrap(), 0, "it never said that it was interrupted");
        }
    }

    fn end(mut self) -> (Option<i32>, String) {
        let mut err = String::new();
        self.err.read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().code(), err)
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn creates_a_user(asked: &Asked) -> bool {
    asked.method == "POST" && asked.target.ends_with("/Users")
}

/// A creation is on its way when the signal comes: what it makes is removed all the same.
fn expect_an_orderly_end(signal: &str) {
    let held = Held::at(8, creates_a_user);
    let before = holdings(&held.app);
    let desk = Desk::new();
    let mut run = held.start(&desk, &["--jobs", "4", "--format", "markdown"]);
    assert!(holdings(&held.app).len() > before.len(), "the run has created users");
    run.signal(signal);
    run.until_interrupted();
    held.release.send(()).unwrap();
    let (code, err) = run.end();
    assert_eq!(code, Some(130), "{err}");
    assert_eq!(holdings(&held.app), before);

    let report = desk.report();
    assert!(report.interrupted && report.finished.is_some());
    assert_eq!((report.outcome, report.leftovers.len()), (Outcome::Interrupted, 0));
    assert!(report.summary.passed > 0 && report.summary.checks < report.summary.planned);
    let missing = report.summary.planned - report.summary.checks;
    let note = format!("the run was interrupted: {missing} of {} checks", report.summary.planned);
    assert!(report.notes.iter().any(|one| one.text.starts_with(&note)), "{:?}", report.notes);
    for name in ["report.html", "report.xml", "report.md"] {
        assert!(desk.read(&format!("oinspect-out/{name}")).contains("interrupted"), "{name}");
    }
    assert!(!desk.path("oinspect-out/report.journal.jsonl").exists());
}

#[test]
fn ctrl_c_ends_a_run_in_order() {
    expect_an_orderly_end("INT");
}

#[test]
fn sigterm_ends_a_run_in_order() {
    expect_an_orderly_end("TERM");
}

#[test]
fn a_second_signal_leaves_at_once_and_the_journal_keeps_the_results() {
    let held = Held::at(20, |_| true);
    let desk = Desk::new();
    let mut run = held.start(&desk, &[]);
    run.signal("INT");
    run.until_interrupted();
    run.signal("TERM");
    let (code, err) = run.end();
    assert_eq!(code, Some(130), "{err}");
    assert!(!desk.path("oinspect-out/report.json").exists());
    assert!(desk.path("oinspect-out/report.journal.jsonl").exists());
    held.release.send(()).unwrap();
}

#[test]
fn a_killed_run_is_rendered_from_its_journal_and_says_that_it_did_not_finish() {
    let held = Held::at(30, |_| true);
    let desk = Desk::new();
    let run = held.start(&desk, &["--jobs", "1"]);
    run.signal("KILL");
    assert_eq!(run.end().0, None);
    held.release.send(()).unwrap();
    let journal = "oinspect-out/report.journal.jsonl";
    let render = |format: &str| {
        let said = desk.oinspect(&["report", "--from", journal, "--format", format]);
        assert_eq!(said.code, 0, "{format}: {}", said.err);
        said.out
    };
    let report = oinspect_report::read(&render("json")).unwrap();
    assert_eq!((report.finished, report.outcome), (None, Outcome::Incomplete));
    assert!(report.summary.passed > 5 && report.summary.checks < report.summary.planned);
    for format in ["markdown", "html"] {
        let text = render(format).to_lowercase();
        assert!(
            text.contains("the run did not finish: these are its results until then"),
            "{format}: {text}"
        );
        assert!(text.contains(&format!("oinspect-{}-", report.run.id)), "{format}: {text}");
    }
    assert!(render("junit").contains("<testcase "));
    // Two formats at once go to files beside the journal.
    let said = desk.oinspect(&["report", "--from", journal, "--format", "html", "--format", "har"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(desk.path("oinspect-out/report.html").exists() && desk.path("oinspect-out/report.har").exists());
}

#[test]
fn a_run_that_stops_at_the_first_failure_removes_what_it_created() {
    let faults = vec![oinspect_sample_app::CreateFault::CreateAnswers200.into()];
    let app = sample_app(Settings { users: 1, faults, ..Settings::default() });
    let before = holdings(&app);
    let desk = Desk::new();
    let said = desk.oinspect(&arguments(&app, "run --profile rfc --fail-fast --jobs 2"));
    let report = desk.report();
    assert_eq!((said.code, report.leftovers.len()), (1, 0), "{}{}", said.out, said.err);
    assert!(report.summary.checks < report.summary.planned);
    assert!(report.notes.iter().any(|note| note.text.starts_with("the run stopped at the first failure")));
    assert_eq!(holdings(&app), before);
}

#[test]
fn a_target_that_dies_leaves_a_list_of_what_could_not_be_removed() {
    let misbehaviour = Some(Misbehaviour::Dies);
    let app = sample_app(Settings { users: 1, misbehaviour, ..Settings::default() });
    let desk = Desk::new();
    let said = desk.oinspect(&arguments(&app, "run"));
    let report = desk.report();
    assert_eq!((said.code, report.outcome), (3, Outcome::Incomplete), "{}{}", said.out, said.err);
    assert!(!report.leftovers.is_empty(), "{}{}", said.out, said.err);
    let kinds = ["/Users/", "/Groups/", "/Entitlements/", "/Roles/"];
    for leftover in &report.leftovers {
        let is_named = kinds.iter().any(|kind| leftover.label.contains(kind));
        assert!(is_named || leftover.label.ends_with(DOUBTFUL), "{leftover:?}");
    }
    // The console names a few, the report all.
    let named = |label: &str| said.err.contains(&format!("left behind: {label}"));
    assert!(report.leftovers.iter().any(|leftover| named(&leftover.label)), "{}", said.err);
    // Nothing was made by a request that was never sent: each of the jobs had one without an answer at
    // most, or a few that were sent at the same moment.
    let doubtful = report.leftovers.iter().filter(|left| left.label.ends_with(DOUBTFUL)).count();
    assert!(doubtful <= 4 + AT_ONCE, "{doubtful}: {}", said.err);
    let blocked = report.checks().filter(|check| check.verdict == Verdict::Blocked).count();
    assert!(blocked > 10, "{blocked}");
}

#[test]
fn two_runs_at_once_against_one_app_and_with_one_ledger_both_pass() {
    let app = healthy_app();
    let before = holdings(&app);
    let desk = Arc::new(Desk::new());
    let together = ["first", "second"].map(|out| {
        let (desk, mut args) = (Arc::clone(&desk), arguments(&app, "run --seed 7 --out"));
        args.push(out.to_owned());
        std::thread::spawn(move || desk.oinspect(&args))
    });
    for run in together {
        let said = run.join().unwrap();
        assert_eq!((said.code, said.err.contains("ledger")), (0, false), "{}{}", said.out, said.err);
    }
    assert_eq!(holdings(&app), before);
    let ids = ["first", "second"].map(|out| {
        let report: Value = serde_json::from_str(&desk.read(&format!("{out}/report.json"))).unwrap();
        report["run"]["id"].as_str().unwrap().to_owned()
    });
    assert_ne!(ids[0], ids[1]);
    let ledger = std::fs::read(desk.path(".oinspect/ledger.db")).unwrap();
    for id in ids {
        assert!(ledger.windows(id.len()).any(|window| window == id.as_bytes()), "{id} is in the ledger");
    }
}

/// A command line against the app.
fn arguments(app: &Running, command: &str) -> Vec<String> {
    let tenant = &app.tenants[0];
    let mut args: Vec<String> = command.split(' ').map(str::to_owned).collect();
    let sets = [format!("scim.base_url={}", tenant.scim_url), format!("scim.auth=Bearer {}", tenant.token)];
    let at = 1;
    for set in sets {
        args.splice(at..at, ["--set".to_owned(), set]);
    }
    args
}
