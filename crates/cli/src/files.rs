//! Writing results: whole or not at all.

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
    std::fs::write(&temporary, text).map_err(failed)?;
    std::fs::rename(&temporary, path).map_err(failed)
}

/// Writes what every run writes, and what was asked for besides; returns the paths.
///
/// `report.json` is there already: the recorder wrote it.
pub(crate) fn write_report(folder: &Path, report: &Report, extra: &[Format]) -> Result<Vec<String>, Failure> {
    let mut formats = vec![Format::Html, Format::Junit];
    for format in extra {
        if *format != Format::Json && !formats.contains(format) {
            formats.push(*format);
        }
    }
    let mut paths = Vec::new();
    for format in formats {
        let path = folder.join(format.file_name());
        write(&path, &oinspect_report::render(format, report))?;
        paths.push(path.display().to_string());
    }
    paths.insert(1, folder.join(Format::Json.file_name()).display().to_string());
    Ok(paths)
}
