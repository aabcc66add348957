//! The real servers from npm, in a folder of their own.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::console::say;
use crate::failure::Failure;
use crate::program::{agrees, first};
use crate::setup::{Absent, outcome, without_peers};
use crate::step::logged;
use crate::workspace;

const PEERS: &str = "the npm peers";

/// A copy of the lockfile from which the folder was filled, written when all of it was installed.
const STAMP: &str = "installed.json";

/// Whether Node.js is there, in a version that the peers run on.
pub(super) fn is_there() -> bool {
    agrees("node", &["-e", "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"])
}

/// Installs the peers, unless exactly these are there.
pub(super) fn perform() -> Option<Absent> {
    let source = workspace::launchers().join("scimmy");
    let folder = workspace::peers().join("node");
    if is_current(&source, &folder) {
        say("setup: the npm peers are there");
        return None;
    }
    if is_there() && first(&["npm"]).is_some() {
        outcome(PEERS, install(&source, &folder))
    } else {
        Some(without_peers("the npm peers are absent, for want of Node.js or npm"))
    }
}

fn is_current(source: &Path, folder: &Path) -> bool {
    let installed = fs::read(folder.join(STAMP)).ok();
    installed.is_some()
        && installed == fs::read(source.join("package-lock.json")).ok()
        && folder.join("node_modules").is_dir()
}

fn install(source: &Path, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::io(format!("create {}", folder.display())))?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(source.join(file), folder.join(file)).map_err(Failure::io(format!("copy {file}")))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    logged("npm", "install the npm peers", &mut [npm])?;
    fs::copy(source.join("package-lock.json"), folder.join(STAMP))
        .map_err(Failure::io("note what was installed"))?;
    Ok(())
}
