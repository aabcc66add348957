//! What the tool itself costs: `cargo bench -p oinspect-cli`. Prints the table of docs/performance.md.
//!
//! Whole processes of the release binary, against the sample app in a process of its own; medians.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program that measures and prints")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use oinspect_core::{
    Body, CheckResult, Clock, Document, Environment, Event, Evidence, Exchange, GroupHeader, Level,
    PlanRecord, Profile, Redactor, RequestRecord, RequirementRecord, ResponseRecord, RunHeader, RunId, Seed,
    Step, TargetRecord, Verdict, Weight,
};
use oinspect_report::{Format, read, render};
use oinspect_run::{Recorder, tool};
use serde_json::Value;

const OINSPECT: &str = env!("CARGO_BIN_EXE_oinspect");
/// How often each command is timed.
const RUNS: usize = 7;
const MANY_CHECKS: usize = 10_000;
const MANY_USERS: usize = 100_000;

fn main() {
    if std::env::args().any(|argument| argument == "--memory") {
        println!("{}", memory_of_many_checks());
        return;
    }
    println!("| what | measured |\n|---|---|");
    row(
        "size of the release binary",
        &format!("{:.1} MB", megabytes(std::fs::metadata(OINSPECT).unwrap().len())),
    );
    row("`oinspect --help`", &milliseconds(median(|| command(&["--help"]))));
    row("`oinspect demo`, everything included", &milliseconds(median(|| command(&["demo"]))));
    suites(20, "");
    suites(MANY_USERS, ", 100,000 users in the store");
    let memory = Command::new(std::env::current_exe().unwrap()).arg("--memory").output().unwrap();
    row(
        "peak memory with the evidence of 10,000 checks: recorded, written, rendered as JUnit",
        String::from_utf8(memory.stdout).unwrap().trim(),
    );
}

fn row(what: &str, measured: &str) {
    println!("| {what} | {measured} |");
}

/// Every check, and a suite of six requests, against the sample app with this many users.
fn suites(users: usize, beside: &str) {
    let app = App::start(users);
    let folder = tempfile::tempdir().unwrap();
    let set = [format!("scim.base_url={}", app.url), format!("scim.auth=Bearer {}", app.token)];
    let mut run = || {
        let mut command = command(&["run", "--profile", "rfc", "--set", &set[0], "--set", &set[1]]);
        command.current_dir(folder.path());
        command
    };
    let time = median(&mut run);
    let report = report(folder.path());
    row(
        &format!("`oinspect run`, all {} checks{beside}", report.summary.planned),
        &format!("{}, {} requests", milliseconds(time), report.summary.requests),
    );
    let suite = concat!(env!("CARGO_MANIFEST_DIR"), "/../../test-plans/first-look.runscope.json");
    let variables = [format!("SCIMBaseURL={}", app.url), format!("auth=Bearer {}", app.token)];
    let mut number = 0;
    let time = median(|| {
        number += 1;
        let look = format!("lookId=bench{number}");
        let mut command =
            command(&["runscope", suite, "--var", &variables[0], "--var", &variables[1], "--var", &look]);
        command.arg("--cleanup").current_dir(folder.path());
        command
    });
    let summary = self::report(folder.path()).summary;
    row(
        &format!("`oinspect runscope`, {} assertions{beside}", summary.planned),
        &format!("{}, {} requests", milliseconds(time), summary.requests),
    );
}

fn report(folder: &Path) -> oinspect_core::Report {
    read(&std::fs::read_to_string(folder.join("oinspect-out/report.json")).unwrap()).unwrap()
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(OINSPECT);
    command.args(args).current_dir(std::env::temp_dir()).stdin(Stdio::null());
    command
}

/// The median of several whole processes, after one that does not count.
fn median(mut command: impl FnMut() -> Command) -> Duration {
    let mut times: Vec<Duration> = (0..=RUNS)
        .map(|_| {
            let began = Instant::now();
            let output = command().output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
            began.elapsed()
        })
        .skip(1)
        .collect();
    times.sort();
    times[RUNS / 2]
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1e3)
}

#[expect(clippy::cast_precision_loss, reason = "sizes of files and processes are far below 2^52")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The sample app in a process of its own.
struct App {
    process: Child,
    url: String,
    token: String,
}

impl App {
    fn start(users: usize) -> Self {
        let users = users.to_string();
        let mut process = command(&["sample-app", "--listen", "127.0.0.1:0", "--users", &users])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let announced: Value = serde_json::from_str(&line).unwrap();
        let text = |pointer: &str| announced.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
        Self { process, url: text("/tenants/0/scim_url"), token: text("/tenants/0/token") }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Records, writes and renders a run of many checks; says how much memory that took at its peak.
fn memory_of_many_checks() -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut listener = |_: &Event| {};
    let recorder = Recorder::create(folder.path(), Arc::new(Redactor::default()), &mut listener).unwrap();
    recorder.record(&Event::RunStarted(Box::new(run_header())));
    let group = GroupHeader { id: "b".to_owned(), title: "bench".to_owned(), suite: "b".to_owned() };
    recorder.record(&Event::GroupStarted(group));
    for number in 0..MANY_CHECKS {
        recorder.record(&Event::CheckFinished(Box::new(check(number))));
    }
    let report = recorder.finish(false, Clock::System).unwrap();
    let junit = render(Format::Junit, &report);
    let json = std::fs::metadata(folder.path().join("report.json")).unwrap().len();
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = peak.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("not known here", str::trim);
    let junit = junit.len() as u64;
    format!("{peak} (report.json {:.0} MB, report.xml {:.0} MB)", megabytes(json), megabytes(junit))
}

fn run_header() -> RunHeader {
    RunHeader {
        id: RunId("bench".to_owned()),
        tool: tool(),
        plan: PlanRecord { name: "bench".to_owned(), file: None, sha256: String::new() },
        profile: Profile::Rfc,
        seed: Seed(1),
        target: TargetRecord { name: String::new(), url: String::new(), fingerprint: String::new() },
        environment: Environment { os: String::new(), arch: String::new(), ci: false },
        started: Timestamp::UNIX_EPOCH,
        planned: MANY_CHECKS,
    }
}

/// A check with two exchanges of a kilobyte and a half each way.
fn check(number: usize) -> CheckResult {
    let text = format!("{{\"id\":\"{number}\",\"filler\":\"{}\"}}", "x".repeat(1500));
    let body = || Some(Body { bytes: text.len(), text: text.clone(), cut_sha256: None });
    let headers = vec![("content-type".to_owned(), "application/scim+json".to_owned()); 6];
    let exchange = || {
        Step::Exchange(Box::new(Exchange {
            started: Timestamp::UNIX_EPOCH,
            duration_ms: 1.0,
            request: RequestRecord {
                method: "POST".to_owned(),
                url: "http://localhost/scim/v2/Users".to_owned(),
                headers: headers.clone(),
                body: body(),
            },
            response: Some(ResponseRecord {
                status: 201,
                headers: headers.clone(),
                body: body(),
                retries: 0,
            }),
            error: None,
        }))
    };
    CheckResult {
        id: format!("b.check-{number}"),
        group: "b".to_owned(),
        title: "A check".to_owned(),
        requirement: RequirementRecord {
            document: Document::Rfc7644,
            section: "3".to_owned(),
            level: Level::Must,
            demand: "something".to_owned(),
            link: None,
        },
        weight: Weight::Required,
        verdict: Verdict::Passed,
        finding: None,
        started: Timestamp::UNIX_EPOCH,
        finished: Timestamp::UNIX_EPOCH,
        valid_until: Timestamp::UNIX_EPOCH,
        waiver: None,
        evidence: Evidence { steps: vec![exchange(), exchange()] },
    }
}
