//! Finding programs on this machine.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The first of these programs that is on the search path.
pub(crate) fn first(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    names.iter().find_map(|name| on(&path, name))
}

fn on(path: &OsStr, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Whether a program can be run with these arguments and says yes; what it prints is dropped.
pub(crate) fn agrees(program: impl AsRef<OsStr>, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The Python interpreter inside a virtual environment.
pub(crate) fn python_of(environment: &Path) -> PathBuf {
    environment.join("bin/python")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_no_program() {
        let here = std::env::current_dir().unwrap();
        assert_eq!(on(here.as_os_str(), "src"), None);
        assert_eq!(on(here.as_os_str(), "Cargo.toml"), Some(here.join("Cargo.toml")));
    }

    #[test]
    fn a_program_that_does_not_exist_agrees_to_nothing() {
        assert!(!agrees("no-such-program-anywhere", &[]));
    }
}
