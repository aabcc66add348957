//! One event a line, written as the run goes on: what was measured survives whatever ends the run.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::path::{Path, PathBuf};

use oinspect_core::{Event, Note, NoteKind, Report};

/// The journal's file in the output folder.
pub const JOURNAL_NAME: &str = "report.journal.jsonl";

/// Why there is no journal, or no report in it.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The folder or the file cannot be made.
    #[error("begin the journal {}", path.display())]
    Begin {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another run writes into the same folder.
    #[error("begin the journal {}: another run is writing there; give this one its own --out", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be read.
    #[error("read the journal {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line in the middle is no event: this is no journal, or somebody changed it.
    #[error("read the journal {}: line {line} is no event of a run", path.display())]
    NoEvent {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// It ends before the run began.
    #[error("read the journal {}: the run never began", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// The journal of the run that is going on. The file stays locked while it is.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    pub(super) fn create(out: &Path) -> Result<Self, JournalError> {
        let path = out.join(JOURNAL_NAME);
        let begin = |source| JournalError::Begin { path: path.clone(), source };
        std::fs::create_dir_all(out).map_err(begin)?;
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(begin)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(JournalError::InUse { path }),
            // Some file systems know no locks; a run is worth more than the guard.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // The journal of a run that was killed is kept once, until the next one is.
        if file.metadata().is_ok_and(|metadata| metadata.len() > 0) {
            let previous = File::create(path.with_extension("previous.jsonl"));
            previous.and_then(|mut previous| io::copy(&mut file, &mut previous)).map_err(begin)?;
        }
        file.set_len(0).and_then(|()| file.rewind()).map_err(begin)?;
        Ok(Self { path, file })
    }

    /// Adds a line in one write, so that a reader sees it whole or torn, never mixed.
    pub(super) fn append(&mut self, event: &Event) -> io::Result<()> {
        let mut line = serde_json::to_vec(event)?;
        line.push(b'\n');
        self.file.write_all(&line)
    }

    /// The report has taken its place.
    pub(super) fn remove(self) {
        // Some systems remove no file that is open.
        drop(self.file);
        // What cannot be removed is a harmless copy of the report.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The report of a run that was killed: everything that was measured until then. A last line that is
/// torn is ignored.
pub fn read_journal(path: &Path) -> Result<Report, JournalError> {
    let unreadable = |source| JournalError::Unreadable { path: path.to_owned(), source };
    let lines: Vec<Vec<u8>> = BufReader::new(File::open(path).map_err(unreadable)?)
        .split(b'\n')
        .collect::<Result<_, _>>()
        .map_err(unreadable)?;
    let mut events = Vec::new();
    for (position, line) in lines.iter().enumerate() {
        match serde_json::from_slice::<Event>(line) {
            Ok(event) => events.push(event),
            Err(_) if position + 1 == lines.len() => break,
            Err(source) => {
                return Err(JournalError::NoEvent { path: path.to_owned(), line: position + 1, source });
            }
        }
    }
    let mut report =
        Report::from_events(events).ok_or_else(|| JournalError::Empty { path: path.to_owned() })?;
    if report.finished.is_none() {
        let text = format!(
            "the run did not finish: what it created may still be there; names of ours begin with oinspect-{}-",
            report.run.id
        );
        report.notes.push(Note { kind: NoteKind::Warning, text });
    }
    Ok(report)
}

/// Writes a whole file and waits until the disk has it.
pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
