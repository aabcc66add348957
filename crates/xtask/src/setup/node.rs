//! What comes from npm, each in a folder of its own.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::console::say;
use crate::failure::Failure;
use crate::program::{agrees, first};
use crate::setup::{Absent, outcome, without_peers};
use crate::step::logged;
use crate::workspace;

/// A list of packages, and where they go.
struct Set {
    what: &'static str,
    /// The folder under `fixtures/peers` with the list and its lockfile.
    source: &'static str,
    /// The folder under `.peers` that is filled.
    folder: &'static str,
}

const SETS: &[Set] = &[
    Set { what: "the npm peers", source: "scimmy", folder: "node" },
    Set { what: "the files of scimmy on Express 4", source: "scimmy-express4", folder: "scimmy-express4" },
    Set { what: "the files of better-auth", source: "better-auth", folder: "better-auth" },
    Set { what: "the service providers from npm", source: "node-sp", folder: "node-sp" },
    Set { what: "the files of Selenium Grid", source: "selenium", folder: "selenium" },
];

/// A copy of the lockfile from which the folder was filled, written when all of it was installed.
const STAMP: &str = "installed.json";

/// Whether Node.js is there, in a version that the peers run on.
pub(super) fn is_there() -> bool {
    agrees("node", &["-e", "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"])
}

/// Installs what is listed, unless exactly this is there.
pub(super) fn perform() -> Vec<Absent> {
    SETS.iter().filter_map(ensure).collect()
}

fn ensure(set: &Set) -> Option<Absent> {
    let what = set.what;
    let source = workspace::launchers().join(set.source);
    let folder = workspace::peers().join(set.folder);
    if is_current(&source, &folder) {
        say(&format!("setup: {what} are there"));
        return None;
    }
    if is_there() && first(&["npm"]).is_some() {
        outcome(what, install(what, &source, &folder))
    } else {
        Some(without_peers(&format!("{what} are absent, for want of Node.js or npm")))
    }
}

fn is_current(source: &Path, folder: &Path) -> bool {
    let installed = fs::read(folder.join(STAMP)).ok();
    installed.is_some()
        && installed == fs::read(source.join("package-lock.json")).ok()
        && folder.join("node_modules").is_dir()
}

fn install(what: &str, source: &Path, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::io(format!("create {}", folder.display())))?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(source.join(file), folder.join(file)).map_err(Failure::io(format!("copy {file}")))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    let log = folder.file_name().unwrap_or_default().display();
    logged(&format!("npm-{log}"), &format!("install {what}"), &mut [npm])?;
    fs::copy(source.join("package-lock.json"), folder.join(STAMP))
        .map_err(Failure::io("note what was installed"))?;
    Ok(())
}
