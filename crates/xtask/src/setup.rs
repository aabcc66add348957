//! What the tests need beyond Rust: installed where it can be, named where it cannot.

mod node;
mod python;
mod system;

use crate::console::say;
use crate::failure::Failure;
use crate::program;

/// Something that is still not there after set-up.
struct Absent {
    /// One line: what, why, and what to do about it.
    line: String,
    /// Whether nothing at all can be tested without it.
    essential: bool,
}

/// Installs what is absent. Quick when everything is there; fails where something essential stays
/// absent, or, if `strict`, anything.
pub(crate) fn perform(strict: bool) -> Result<(), Failure> {
    let mut absent = system::perform();
    if cfg!(windows) {
        absent.push(without_peers("the Python and npm peers are not set up on Windows"));
    } else {
        absent.extend(python::perform());
        absent.extend(node::perform());
    }
    for one in &absent {
        say(&format!("setup: {}", one.line));
    }
    match absent.len() {
        0 => Ok(()),
        count if strict => Err(Failure::Step(format!("set up everything: {count} absent, named above"))),
        _ if absent.iter().any(|one| one.essential) => {
            Err(Failure::Step("set up what every test needs, named above".to_owned()))
        }
        _ => Ok(()),
    }
}

/// Whether what samael is built with is here: libxmlsec1 with its headers, and libclang.
pub(crate) fn has_xmlsec() -> bool {
    program::agrees("pkg-config", &["--exists", "xmlsec1", "libxml-2.0"])
        && (program::first(&["clang"]).is_some() || has_libclang())
}

fn has_libclang() -> bool {
    let Ok(versions) = std::fs::read_dir("/usr/lib") else { return false };
    versions.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with("llvm-")).any(|entry| {
        entry.path().join("lib/libclang.so").exists() || entry.path().join("lib/libclang.so.1").exists()
    })
}

/// A family of real servers that is not there; the tests that need it skip themselves.
fn without_peers(why: &str) -> Absent {
    Absent { line: format!("{why}; the tests that need them are skipped"), essential: false }
}

/// Says that a family of real servers was installed, or why it was not.
fn outcome(peers: &str, installed: Result<(), Failure>) -> Option<Absent> {
    match installed {
        Ok(()) => {
            say(&format!("setup: {peers} are installed"));
            None
        }
        Err(failure) => {
            let why = failure.line().unwrap_or_else(|| "failed to install them".to_owned());
            Some(without_peers(&format!("{peers} are absent: {why}")))
        }
    }
}
