//! Writing results: whole or not at all.

use std::io::{ErrorKind, Write};
use std::path::Path;

use oinspect_core::Report;
use oinspect_report::Format;

use crate::failure::Failure;

/// Writes a file through a temporary one beside it, so that a reader never sees half of it.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::world(format!("write {}", path.display())).because(error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    std::fs::write(&temporary, text).and_then(|()| std::fs::rename(&temporary, path)).map_err(|error| {
        // Best effort: the error that is reported is the first one.
        let _ = std::fs::remove_file(&temporary);
        failed(error)
    })
}

/// Writes what every run writes, and what was asked for besides. Returns the paths, those written and
/// that of `report.json`, which the recorder wrote; and the first thing that went wrong, if any did.
pub(crate) fn write_report(
    folder: &Path,
    report: &Report,
    extra: &[Format],
) -> (Vec<String>, Option<Failure>) {
    let mut formats = vec![Format::Html, Format::Json, Format::Junit];
    for format in extra {
        if !formats.contains(format) {
            formats.push(*format);
        }
    }
    let mut paths = Vec::new();
    let mut failure = None;
    for format in formats {
        let path = folder.join(format.file_name());
        let written = match format {
            Format::Json => Ok(()),
            _ => write(&path, &oinspect_report::render(format, report)),
        };
        match written {
            Ok(()) => paths.push(shown(&path)),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    (paths, failure)
}

/// The path as somebody would type it here.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

/// Writes to standard output what somebody may have redirected to a file. A reader who has seen
/// enough is no error; a full disk is.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::world("write to standard output").because(error))
        }
        _ => Ok(()),
    }
}
