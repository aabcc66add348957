//! What the tests share: the sample app, the command, and folders that go away.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::OnceLock;

use oinspect_core::Report;
use oinspect_sample_app::{Running, Settings};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::door::{Asked, ask};

/// The threads on which servers of this process run.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap())
}

/// The sample app with these settings, on a free port, for as long as the value lives.
pub(crate) fn sample_app(settings: Settings) -> Running {
    runtime().block_on(oinspect_sample_app::start(settings)).unwrap()
}

/// A healthy app with one user in each tenant.
pub(crate) fn healthy_app() -> Running {
    sample_app(Settings { users: 1, ..Settings::default() })
}

/// What a command printed and came to.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The exit code is this one, each of these is said in one line, and nothing panicked.
    #[track_caller]
    pub(crate) fn expect(&self, code: i32, line_with: &[&str]) {
        assert_eq!(self.code, code, "{self:#?}");
        let lines = || self.err.lines().chain(self.out.lines());
        let found = lines().any(|line| line_with.iter().all(|part| line.contains(part)));
        assert!(found, "no line says {line_with:?}: {self:#?}");
        assert!(!lines().any(|line| line.contains("panicked")), "{self:#?}");
    }

    /// The command came to nothing for this reason, said once, on standard error, and nothing else.
    #[track_caller]
    pub(crate) fn expect_only(&self, code: i32, line_with: &[&str]) {
        self.expect(code, line_with);
        let errors = self.err.lines().filter(|line| line.starts_with("error: ")).count();
        assert_eq!(errors, 1, "{self:#?}");
        assert_eq!(self.out, "", "{self:#?}");
    }
}

/// A folder of its own, in which the command runs.
pub(crate) struct Desk {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    /// A desk with a configuration that describes this app.
    pub(crate) fn facing(app: &Running) -> Self {
        let tenant = &app.tenants[0];
        let desk = Self::new().env("SCIM_AUTH", &format!("Bearer {}", tenant.token));
        desk.describe(&tenant.scim_url);
        desk
    }

    /// Writes a configuration for the server at this URL.
    pub(crate) fn describe(&self, base_url: &str) {
        self.write(
            "oinspect.toml",
            &format!("[scim]\nbase_url = \"{base_url}\"\nauth = \"${{SCIM_AUTH}}\"\n"),
        );
    }

    /// The same desk with one more environment variable.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file on the desk.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The command, ready to start: no terminal, no colour, nothing of this machine's environment.
    pub(crate) fn command(&self, args: &[impl AsRef<std::ffi::OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_oinspect"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env_clear().envs(self.environment.iter().cloned());
        command
    }

    /// Runs the command to its end.
    pub(crate) fn oinspect(&self, args: &[impl AsRef<std::ffi::OsStr>]) -> Said {
        Said::of(self.command(args).output().unwrap())
    }

    /// The report that the last run wrote.
    pub(crate) fn report(&self) -> Report {
        oinspect_report::read(&self.read("oinspect-out/report.json")).unwrap()
    }
}

/// A command that serves until it is told to stop. Killed with the value.
pub(crate) struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Its first line.
    pub(crate) announced: Value,
}

impl Serving {
    /// Starts the command and reads what it announces.
    pub(crate) fn start(desk: &Desk, args: &[&str]) -> Self {
        let mut child = desk.command(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let announced = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
        Self { child, out, announced }
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Waits for its end; what else it printed, and its exit code.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address of this machine where nobody listens now.
pub(crate) fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// The folder of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// What the app's first tenant holds, as its SCIM service lists it.
pub(crate) fn holdings(app: &Running) -> Vec<String> {
    let tenant = &app.tenants[0];
    listed(&tenant.scim_url, &tenant.token)
}

/// The users, groups, entitlements and roles that a SCIM service lists, each by its name.
pub(crate) fn listed(scim_url: &str, token: &str) -> Vec<String> {
    let at = scim_url.match_indices('/').nth(2).unwrap().0;
    let mut names = Vec::new();
    for endpoint in ["Users", "Groups", "Entitlements", "Roles"] {
        let path = format!("{}/{endpoint}?count=200", &scim_url[at..]);
        let answered = ask(&scim_url[..at], &Asked::get(&path, token));
        if endpoint != "Users" && answered.status == 404 {
            continue;
        }
        assert_eq!(answered.status, 200, "{endpoint}");
        let list: Value = serde_json::from_slice(&answered.body).unwrap();
        for one in list["Resources"].as_array().into_iter().flatten() {
            let name = one["userName"].as_str().or(one["displayName"].as_str()).or(one["id"].as_str());
            names.push(format!("{endpoint} {}", name.unwrap()));
        }
    }
    names.sort();
    names
}
