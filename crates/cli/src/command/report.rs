//! `oinspect report`: renders results again, also those of a run that was killed.

use std::path::Path;

use oinspect_core::Report;

use crate::args::Report as Arguments;
use crate::console::Console;
use crate::failure::Failure;

pub(crate) fn run(args: &Arguments, console: &Console) -> Result<u8, Failure> {
    let report = read(&args.from)?;
    if let (None, [format]) = (&args.out, args.format.as_slice()) {
        crate::files::print(&oinspect_report::render(*format, &report))?;
        return Ok(0);
    }
    let folder = args.out.as_deref().or_else(|| args.from.parent()).unwrap_or_else(|| Path::new("."));
    for format in &args.format {
        let path = folder.join(format.file_name());
        crate::files::write(&path, &oinspect_report::render(*format, &report))?;
        console.say(path.display().to_string());
    }
    Ok(0)
}

/// A report from its JSON, or from the journal of a run that did not end.
fn read(path: &Path) -> Result<Report, Failure> {
    if path.extension().is_some_and(|extension| extension == "jsonl") {
        return oinspect_run::read_journal(path)
            .map_err(|error| Failure::usage(format!("read the journal {}", path.display())).because(error));
    }
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::usage(format!("read the report {} (a run writes one; --from names another)", path.display()))
            .because(error)
    })?;
    oinspect_report::read(&text)
        .map_err(|error| Failure::usage(format!("read the report {}", path.display())).because(error))
}
