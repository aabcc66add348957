//! Keeping an identity in a file that only its owner reads.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use thiserror::Error;

use super::Identity;

/// Why an identity could not be kept or found.
#[derive(Debug, Error)]
pub enum IdentityError {
    /// The file or its folder cannot be read.
    #[error("read the org's identity from {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is there and holds something else.
    #[error("understand the org's identity in {} (remove the file to have a new one made)", .path.display())]
    Understand {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The file or its folder cannot be written.
    #[error("write the org's identity to {}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl Identity {
    /// Reads the identity from its file.
    pub fn read(path: &Path) -> Result<Self, IdentityError> {
        let text = fs::read(path).map_err(|source| IdentityError::Read { path: path.to_owned(), source })?;
        serde_json::from_slice(&text)
            .map_err(|source| IdentityError::Understand { path: path.to_owned(), source })
    }

    /// Writes the identity, readable for its owner alone. A reader sees the old file or the new one, whole.
    pub fn write(&self, path: &Path) -> Result<(), IdentityError> {
        let failed = |source| IdentityError::Write { path: path.to_owned(), source };
        make_folder_of(path).map_err(failed)?;
        let text = serde_json::to_vec_pretty(self).expect("an identity is strings");
        let draft = beside(path, "draft");
        // A draft that somebody left behind may be readable for others: never write into it.
        let _ = fs::remove_file(&draft);
        let mut file = private().create_new(true).open(&draft).map_err(failed)?;
        file.write_all(&text).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        fs::rename(&draft, path).map_err(failed)
    }

    /// Reads the identity from its file, or makes one and keeps it there. Of two that do so at once, one
    /// makes it and the other reads it.
    pub fn load_or_make(path: &Path, now: Timestamp) -> Result<Self, IdentityError> {
        let failed = |source| IdentityError::Write { path: path.to_owned(), source };
        if path.exists() {
            return Self::read(path);
        }
        make_folder_of(path).map_err(failed)?;
        let lock: File = private().create(true).truncate(false).open(beside(path, "lock")).map_err(failed)?;
        lock.lock().map_err(failed)?;
        if path.exists() {
            return Self::read(path);
        }
        let identity = Self::generate(now);
        identity.write(path)?;
        Ok(identity)
    }
}

fn make_folder_of(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => fs::create_dir_all(folder),
        Some(_) | None => Ok(()),
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-01T00:00:00Z".parse().unwrap()
    }

    #[test]
    fn two_that_start_at_once_have_the_same_identity() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/org.json");
        let other = path.clone();
        let thread = std::thread::spawn(move || Identity::load_or_make(&other, now()).unwrap());
        let one = Identity::load_or_make(&path, now()).unwrap();
        assert!(one == thread.join().unwrap());
        assert!(one == Identity::read(&path).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_the_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("org.json");
        Identity::for_tests().write(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_holds_something_else_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("org.json");
        fs::write(&path, "{}").unwrap();
        let error = Identity::load_or_make(&path, now()).unwrap_err();
        assert!(error.to_string().contains("org.json"), "{error}");
    }
}
