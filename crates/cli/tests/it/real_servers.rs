//! Servers that other people wrote are the second judge.

mod better_auth;
mod django_scim2;
mod django_scim2_server;
mod scim2_server;
mod scimmy;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use oinspect_core::{Report, Verdict};
use serde_json::Value;

use crate::okta_suites::published;
use crate::stage::{Desk, Said, listed, repository};

/// A server while it runs: it ends as soon as its standard input closes.
struct Peer {
    child: Child,
    input: Option<ChildStdin>,
    url: String,
    token: String,
    /// Whether a deleted user is gone; one of the servers goes on listing it.
    forgets: bool,
}

impl Peer {
    /// Starts the launcher in this folder, whose packages come from PyPI.
    fn python(folder: &str) -> Option<Self> {
        let python = repository().join(".peers/python/bin/python");
        Self::start(&python, &format!("{folder}/server.py"), &python)
    }

    /// Starts the launcher in this folder, whose packages come from npm into that folder.
    fn node(folder: &str, installed: &str) -> Option<Self> {
        let installed = repository().join(".peers").join(installed).join("node_modules");
        Self::start(Path::new("node"), &format!("{folder}/server.mjs"), &installed)
    }

    /// Starts the server, or says that it is not installed.
    #[expect(clippy::print_stdout, reason = "a skipped test says so")]
    fn start(program: &Path, script: &str, installed: &Path) -> Option<Self> {
        if !installed.exists() {
            println!("skipped: {} is not there; `cargo xtask setup` installs it", installed.display());
            return None;
        }
        let script = repository().join("fixtures/peers").join(script);
        let mut command = Command::new(program);
        let mut child = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take();
        // From here on, whatever goes wrong ends the process.
        let mut peer = Self { child, input, url: String::new(), token: String::new(), forgets: true };
        let mut line = String::new();
        BufReader::new(peer.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let announced: Value = serde_json::from_str(&line).unwrap();
        let said = |name: &str| announced[name].as_str().unwrap().to_owned();
        (peer.url, peer.token) = (said("url"), said("token"));
        Some(peer)
    }

    /// Runs the command, which gets the credential from the environment and leaves the store as it was.
    fn inspect(&self, args: &[&str]) -> (Desk, Said) {
        let before = self.users();
        let desk = Desk::new().env("AUTH", &format!("Bearer {}", self.token));
        let said = desk.oinspect(args);
        assert_eq!(self.users(), before, "the store is as it was: {}{}", said.out, said.err);
        (desk, said)
    }

    /// The userNames of the store, where they tell what a test left behind.
    fn users(&self) -> Vec<String> {
        if self.forgets { listed(&self.url, &self.token) } else { Vec::new() }
    }

    /// Of the 53 assertions of Okta's protocol suite exactly these do not hold, as in the hosted service.
    fn expect_of_the_protocol_suite(&self, broken: &[&str]) {
        let Some(suite) = published("Okta-SCIM-20-SPEC-Test.json") else { return };
        let url = format!("SCIMBaseURL={}", self.url);
        let suite = suite.to_str().unwrap();
        let (desk, said) =
            self.inspect(&["runscope", suite, "--cleanup", "--var", &url, "--var", "auth=${AUTH}"]);
        let report = desk.report();
        let not_passed: Vec<&str> = report
            .checks()
            .filter(|check| check.verdict != Verdict::Passed)
            .map(|check| check.id.as_str())
            .collect();
        assert_eq!((not_passed.as_slice(), report.summary.checks), (broken, 53), "{}{}", said.out, said.err);
        assert_eq!(said.code, i32::from(!broken.is_empty()), "{}{}", said.out, said.err);
    }

    /// Of the core plan exactly these checks find something broken, in the order of the report, and so
    /// many cannot be performed, because of what others found.
    fn expect_findings(&self, known: &[&str], blocked: usize) {
        self.expect_findings_but(known, blocked, &[]);
    }

    /// The same, where what these checks find changes from run to run.
    fn expect_findings_but(&self, known: &[&str], blocked: usize, unstable: &[&str]) {
        let (report, said) = self.judged();
        let is_stable = |line: &&str| !unstable.iter().any(|id| line.split(' ').next() == Some(id));
        let findings = broken(&report);
        let findings: Vec<&str> = findings.iter().map(String::as_str).filter(is_stable).collect();
        assert_eq!(findings, known, "{}{}", said.out, said.err);
        let not_performed: Vec<String> = report
            .checks()
            .filter(|check| !matches!(check.verdict, Verdict::Passed | Verdict::Skipped))
            .map(|check| format!("{} {}", check.id, check.verdict.name()))
            .filter(|line| !findings.contains(&line.as_str()) && is_stable(&line.as_str()))
            .collect();
        assert_eq!(not_performed.len(), blocked, "{not_performed:#?}");
        assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    }

    /// The report of the core plan, which leaves nothing behind.
    fn judged(&self) -> (Report, Said) {
        let plan = repository().join("test-plans/scim-core.toml");
        let url = format!("scim.base_url={}", self.url);
        let (desk, said) =
            self.inspect(&["run", plan.to_str().unwrap(), "--set", &url, "--set", "scim.auth=${AUTH}"]);
        let report = desk.report();
        assert!(report.leftovers.is_empty(), "{}{}", said.out, said.err);
        (report, said)
    }
}

/// The checks that found something broken, with their verdicts, in the order of the report.
fn broken(report: &Report) -> Vec<String> {
    report
        .checks()
        .filter(|check| matches!(check.verdict, Verdict::Failed | Verdict::Warned))
        .map(|check| format!("{} {}", check.id, check.verdict.name()))
        .collect()
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.input.take());
        // Closing its input is enough while it is well; a test that failed does not wait for that.
        if std::thread::panicking() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
