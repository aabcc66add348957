//! A service provider that other people wrote, while it runs.

use std::fmt::Write;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::service_providers::{desk, org_port};
use crate::stage::{Desk, Said, repository};

/// A service provider: it ends as soon as its standard input closes.
pub(super) struct Provider {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// Where everything is.
    place: Value,
}

impl Provider {
    /// A service provider that knows no identity provider yet, or a word that it is not installed.
    #[expect(clippy::print_stdout, reason = "a skipped test says so")]
    pub(super) fn announce(mode: &str) -> Option<Self> {
        let module = format!("/usr/lib/apache2/modules/mod_auth_{mode}.so");
        if let Some(absent) =
            ["/usr/sbin/apache2", &module].into_iter().find(|path| !Path::new(path).exists())
        {
            println!("skipped: {absent} is not there; `cargo xtask setup` installs it");
            return None;
        }
        let script = repository().join("fixtures/peers/apache/sp.py");
        Some(Self::start("python3", &script, mode))
    }

    /// The same of a library from npm.
    #[expect(clippy::print_stdout, reason = "a skipped test says so")]
    pub(super) fn announce_from_npm(mode: &str) -> Option<Self> {
        let folder = repository().join(".peers/node-sp/node_modules");
        // One of the libraries is an ES module that others require, which this version was the first to do.
        let is_new = "const [major, minor] = process.versions.node.split('.').map(Number);
            process.exit(major > 20 || major === 20 && minor >= 19 ? 0 : 1)";
        let has_node =
            Command::new("node").args(["-e", is_new]).status().is_ok_and(|status| status.success());
        if !folder.exists() || !has_node {
            println!(
                "skipped: Node.js 20.19 or {} is not there; `cargo xtask setup` installs what it can",
                folder.display()
            );
            return None;
        }
        Some(Self::start("node", &repository().join("fixtures/peers/node-sp/server.mjs"), mode))
    }

    fn start(program: &str, script: &Path, mode: &str) -> Self {
        let mut child = Command::new(program)
            .arg(script)
            .arg(mode)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut provider = Self { child, input, output, place: Value::Null };
        provider.place = provider.line();
        provider
    }

    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Tells it who the identity provider is; returns when it serves.
    pub(super) fn meet(&mut self, identity_provider: &Value) {
        writeln!(self.input.as_mut().unwrap(), "{identity_provider}").unwrap();
        assert_eq!(self.line()["ready"], true);
    }

    /// What it announced under this name.
    pub(super) fn at(&self, name: &str) -> &str {
        self.place[name].as_str().unwrap_or_else(|| panic!("{name}: {}", self.place))
    }

    /// A desk that describes it, with this section of its protocol.
    pub(super) fn describe(&self, section: &str) -> Desk {
        let desk = desk();
        let mut text = format!("name = \"Peer\"\norg.listen = \"127.0.0.1:{}\"\n[app]\n", org_port());
        for (key, name) in [("protected_url", "protected_url"), ("sign_out", "sign_out_url")] {
            writeln!(text, "{key} = \"{}\"", self.at(name)).unwrap();
        }
        for (key, selector) in [
            ("signed_in", "#signed-in"),
            ("first_name", "#first-name"),
            ("last_name", "#last-name"),
            ("email", "#email"),
            ("groups", "#groups li"),
        ] {
            writeln!(text, "{key} = \"{selector}\"").unwrap();
        }
        desk.write("oinspect.toml", &format!("{text}{section}"));
        desk
    }

    /// A line of configuration: the key, and what was announced under this name.
    pub(super) fn key(&self, key: &str, name: &str) -> String {
        format!("{key} = \"{}\"\n", self.at(name))
    }
}

/// What `org setup` prints on this desk.
#[track_caller]
pub(super) fn set_up(desk: &Desk) -> Said {
    let said = desk.oinspect(&["org", "setup"]);
    assert_eq!(said.code, 0, "{said:#?}");
    said
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.input.take());
        // Closing its input is enough while it is well; a test that failed does not wait for that.
        if std::thread::panicking() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
