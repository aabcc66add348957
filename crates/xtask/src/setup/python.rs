//! The real servers from PyPI, in a virtual environment of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::console::say;
use crate::failure::Failure;
use crate::program::{agrees, python_of};
use crate::setup::{Absent, outcome, without_peers};
use crate::step::logged;
use crate::workspace;

const PEERS: &str = "the Python peers";

/// Succeeds where a virtual environment with pip can be made by a version that the peers run on.
const PROBE: &str = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";

/// An interpreter that can run the peers. Debian's comes second: another one on the search path may
/// hide it.
pub(super) fn interpreter() -> Option<&'static str> {
    ["python3", "/usr/bin/python3"].into_iter().find(|python| agrees(python, &["-c", PROBE]))
}

/// Installs the peers, unless exactly these are there.
pub(super) fn perform() -> Option<Absent> {
    let requirements = workspace::launchers().join("requirements.txt");
    let environment = workspace::peers().join("python");
    if is_current(&requirements, &environment) {
        say("setup: the Python peers are there");
        return None;
    }
    match interpreter() {
        Some(python) => outcome(PEERS, install(python, &requirements, &environment)),
        None => Some(without_peers("the Python peers are absent, for want of Python")),
    }
}

/// A copy of the list from which the environment was made, written when all of it was installed.
fn stamp(environment: &Path) -> PathBuf {
    environment.join("installed.txt")
}

fn is_current(requirements: &Path, environment: &Path) -> bool {
    let installed = fs::read(stamp(environment)).ok();
    // Running it finds out whether the interpreter is still where it was.
    installed.is_some()
        && installed == fs::read(requirements).ok()
        && agrees(python_of(environment), &["-c", "import scim2_server, scim2_tester, django"])
}

fn install(python: &str, requirements: &Path, environment: &Path) -> Result<(), Failure> {
    if environment.exists() {
        fs::remove_dir_all(environment).map_err(Failure::io(format!("remove {}", environment.display())))?;
    }
    let mut create = Command::new(python);
    create.args(["-m", "venv"]).arg(environment);
    let mut fill = Command::new(python_of(environment));
    fill.args(["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--require-hashes"]);
    fill.arg("--requirement").arg(requirements);
    logged("python", "install the Python peers", &mut [create, fill])?;
    fs::copy(requirements, stamp(environment)).map_err(Failure::io("note what was installed"))?;
    Ok(())
}
