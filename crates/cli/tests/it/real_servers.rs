//! Servers that other people wrote are the second judge.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};

use oinspect_core::Verdict;
use serde_json::Value;

use crate::okta_suites::published;
use crate::stage::{Desk, Said, listed, repository};

/// A server while it runs: it ends as soon as its standard input closes.
struct Peer {
    child: Child,
    input: Option<ChildStdin>,
    url: String,
    token: String,
}

impl Peer {
    /// Starts the server, or says that it is not installed.
    #[expect(clippy::print_stdout, reason = "a skipped test says so")]
    fn start(program: PathBuf, script: &str, installed: &str) -> Option<Self> {
        let installed = repository().join(".peers").join(installed);
        if !installed.exists() {
            println!("skipped: {} is not there; `cargo xtask setup` installs it", installed.display());
            return None;
        }
        let script = repository().join("fixtures/peers").join(script);
        let mut command = Command::new(program);
        let mut child = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take();
        // From here on, whatever goes wrong ends the process.
        let mut peer = Self { child, input, url: String::new(), token: String::new() };
        let mut line = String::new();
        BufReader::new(peer.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let announced: Value = serde_json::from_str(&line).unwrap();
        let said = |name: &str| announced[name].as_str().unwrap().to_owned();
        (peer.url, peer.token) = (said("url"), said("token"));
        Some(peer)
    }

    fn scim2_server() -> Option<Self> {
        let python = repository().join(".peers/python/bin/python");
        Self::start(python, "scim2-server/server.py", "python/bin/python")
    }

    fn scimmy() -> Option<Self> {
        Self::start("node".into(), "scimmy/server.mjs", "node/node_modules")
    }

    /// Runs the command, which gets the credential from the environment.
    fn inspect(&self, args: &[&str]) -> (Desk, Said) {
        let desk = Desk::new().env("AUTH", &format!("Bearer {}", self.token));
        let said = desk.oinspect(args);
        (desk, said)
    }

    /// The protocol suite passes, as it does in the hosted service.
    fn expect_the_protocol_suite_to_pass(&self) {
        let Some(suite) = published("Okta-SCIM-20-SPEC-Test.json") else { return };
        let url = format!("SCIMBaseURL={}", self.url);
        let before = listed(&self.url, &self.token);
        let suite = suite.to_str().unwrap();
        let args = ["runscope", suite, "--cleanup", "--var", &url, "--var", "auth=${AUTH}"];
        let (desk, said) = self.inspect(&args);
        let summary = desk.report().summary;
        assert_eq!((said.code, summary.passed, summary.checks), (0, 53, 53), "{}{}", said.out, said.err);
        assert_eq!(listed(&self.url, &self.token), before);
    }

    /// The ids of the core plan that did not pass, with their verdicts, in the order of the report.
    fn findings(&self) -> Vec<(String, Verdict)> {
        let plan = repository().join("test-plans/scim-core.toml");
        let url = format!("scim.base_url={}", self.url);
        let before = listed(&self.url, &self.token);
        let args = ["run", plan.to_str().unwrap(), "--set", &url, "--set", "scim.auth=${AUTH}"];
        let (desk, said) = self.inspect(&args);
        let report = desk.report();
        assert!(report.leftovers.is_empty(), "{}{}", said.out, said.err);
        assert_eq!(listed(&self.url, &self.token), before, "the store is as it was");
        let findings: Vec<_> = report
            .checks()
            .filter(|check| check.verdict != Verdict::Passed)
            .map(|check| (check.id.clone(), check.verdict))
            .collect();
        let failed = findings.iter().any(|(_, verdict)| *verdict == Verdict::Failed);
        assert_eq!(said.code, i32::from(failed), "{}{}", said.out, said.err);
        findings
    }
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

#[test]
fn scim2_server_passes_the_protocol_suite() {
    let Some(peer) = Peer::scim2_server() else { return };
    peer.expect_the_protocol_suite_to_pass();
}

#[test]
fn scimmy_passes_the_protocol_suite() {
    let Some(peer) = Peer::scimmy() else { return };
    peer.expect_the_protocol_suite_to_pass();
}

#[test]
fn scim2_server_keeps_everything_that_the_core_plan_demands() {
    let Some(peer) = Peer::scim2_server() else { return };
    let findings = peer.findings();
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn scimmy_breaks_exactly_what_it_is_known_to_break() {
    let Some(peer) = Peer::scimmy() else { return };
    let findings: Vec<String> =
        peer.findings().into_iter().map(|(id, verdict)| format!("{id} {}", verdict.name())).collect();
    let known = [
        // Its 401 has no WWW-Authenticate header, by which RFC 7644, 2 wants the schemes named.
        "scim.auth.refusal-names-a-scheme failed",
        // Its 201 has `meta.location` but no Location header; RFC 7644, 3.3 wants both.
        "scim.create.location-leads-to-the-user failed",
        // Its schema says `caseExact: false`, by which RFC 7644, 3.4.2.2 has filters compare; it compares exactly.
        "scim.filter.user-name-ignores-case failed",
        // It answers `userName eq`, which lacks its value, with an empty list; 3.12 has 400 invalidFilter for it.
        "scim.filter.malformed-filter-is-refused warned",
        // It takes only numbers for `count` and gets texts from the query; RFC 7644, 3.4.2.4: never more than asked for.
        "scim.list.count-limits-the-page failed",
        // `startIndex` is ignored for the same reason, so that it always answers with the first user again.
        "scim.list.start-index-moves-the-window failed",
    ];
    assert_eq!(findings, known);
}
