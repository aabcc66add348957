//! Where things are in the workspace.

use std::path::PathBuf;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    // Cargo says it when it runs us; one target folder may serve several clones.
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.join("../..").canonicalize().unwrap_or(here)
}

/// The folder of the real servers that tests run against; ignored by git.
pub(crate) fn peers() -> PathBuf {
    root().join(".peers")
}

/// The launchers of these servers, and the lists of what they need.
pub(crate) fn launchers() -> PathBuf {
    root().join("fixtures/peers")
}
