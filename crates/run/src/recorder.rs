//! Takes every event, seals it, keeps it in a journal, passes it on, and makes the report of them.

mod journal;

#[cfg(test)]
pub(crate) mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use oinspect_core::{Clock, Event, Note, NoteKind, Redactor, Report};

pub use journal::{JOURNAL_NAME, JournalError, read_journal};

use journal::Journal;

/// The report's file in the output folder.
pub const REPORT_NAME: &str = "report.json";

/// Takes every event of a run. Shared by its threads.
pub struct Recorder<'l> {
    redactor: Arc<Redactor>,
    out: Option<PathBuf>,
    inner: Mutex<Inner<'l>>,
}

struct Inner<'l> {
    listener: Listener<'l>,
    journal: Option<Journal>,
    events: Vec<Event>,
    withheld: usize,
}

/// Who is told each event, sealed: the console, usually.
pub type Listener<'l> = &'l mut (dyn FnMut(&Event) + Send);

/// Why a run cannot be recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The journal cannot be begun.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The report cannot be written. The journal stays, and holds the same.
    #[error("write {}; the results are still in {}", path.display(), journal.display())]
    Report {
        /// The report's file.
        path: PathBuf,
        /// The journal's file.
        journal: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The run never began: there is nothing to report.
    #[error("make a report: the run never began")]
    NothingRecorded,
}

impl<'l> Recorder<'l> {
    /// A recorder that writes into this folder, which is made if need be.
    ///
    /// # Errors
    /// The folder cannot be written to, or another run writes into it.
    pub fn create(out: &Path, redactor: Arc<Redactor>, listener: Listener<'l>) -> Result<Self, RecordError> {
        let journal = Journal::create(out)?;
        Ok(Self::new(redactor, listener, Some(journal), Some(out.to_owned())))
    }

    /// A recorder that writes nothing and only makes the report.
    pub fn in_memory(redactor: Arc<Redactor>, listener: Listener<'l>) -> Self {
        Self::new(redactor, listener, None, None)
    }

    fn new(
        redactor: Arc<Redactor>,
        listener: Listener<'l>,
        journal: Option<Journal>,
        out: Option<PathBuf>,
    ) -> Self {
        let inner = Inner { listener, journal, events: Vec::new(), withheld: 0 };
        Self { redactor, out, inner: Mutex::new(inner) }
    }

    /// Takes one event. May be called from several threads.
    ///
    /// A journal that can no longer be written is said once and costs nothing but the journal.
    pub fn record(&self, event: &Event) {
        let mut inner = self.inner();
        let (sealed, withheld) = seal(event, &self.redactor);
        inner.withheld += withheld;
        inner.take(sealed);
    }

    /// Ends the run: folds the report, writes it, and removes the journal that it replaces.
    pub fn finish(self, interrupted: bool, clock: Clock) -> Result<Report, RecordError> {
        let mut inner = self.inner.into_inner().unwrap_or_else(PoisonError::into_inner);
        // What was learned to be secret later may stand in what was recorded before.
        let mut events = Vec::with_capacity(inner.events.len() + 1);
        for event in std::mem::take(&mut inner.events) {
            let (sealed, withheld) = seal(&event, &self.redactor);
            inner.withheld += withheld;
            events.push(sealed);
        }
        let withheld = inner.withheld + self.redactor.withheld();
        let last = Event::RunFinished { finished: clock.now(), interrupted, withheld };
        inner.take(last.clone());
        events.push(last);
        let report = Report::from_events(events).ok_or(RecordError::NothingRecorded)?;
        if let Some(out) = &self.out {
            write_report(out, &report).map_err(|(path, source)| RecordError::Report {
                path,
                journal: out.join(JOURNAL_NAME),
                source,
            })?;
        }
        if let Some(journal) = inner.journal {
            journal.remove();
        }
        Ok(report)
    }

    /// Forgets a run that could not begin: nothing was sent, so that there is nothing to report.
    pub fn discard(self) {
        let inner = self.inner.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(journal) = inner.journal {
            journal.remove();
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner<'l>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Recorder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder").field("out", &self.out).finish_non_exhaustive()
    }
}

impl Inner<'_> {
    fn take(&mut self, event: Event) {
        let failure = self.journal.as_mut().and_then(|journal| journal.append(&event).err());
        (self.listener)(&event);
        self.events.push(event);
        if let Some(error) = failure {
            self.journal = None;
            let text = format!(
                "the journal can no longer be written ({error}): if the run is killed now, its results are lost"
            );
            self.take(Event::Noted(Note { kind: NoteKind::Warning, text }));
        }
    }
}

/// The event without any known secret, and how many fields had to be withheld for that.
fn seal(event: &Event, redactor: &Redactor) -> (Event, usize) {
    let mut json = serde_json::to_value(event).expect("an event has only names for keys");
    let unsealed = json.clone();
    let withheld = redactor.seal(&mut json);
    if json == unsealed {
        return (event.clone(), withheld);
    }
    let sealed = serde_json::from_value(json).unwrap_or_else(|_| {
        let text = "an event of the run was withheld: it would have shown a secret".to_owned();
        Event::Noted(Note { kind: NoteKind::Warning, text })
    });
    (sealed, withheld)
}

/// Writes the report beside its place, then moves it there: a reader sees the old one or the new one.
fn write_report(out: &Path, report: &Report) -> Result<(), (PathBuf, io::Error)> {
    let path = out.join(REPORT_NAME);
    let unfinished = out.join(format!("{REPORT_NAME}.{}.unfinished", std::process::id()));
    let json = serde_json::to_vec_pretty(report).expect("a report has only names for keys");
    let written =
        journal::write_durably(&unfinished, &json).and_then(|()| std::fs::rename(&unfinished, &path));
    written.map_err(|error| {
        // Best effort: the error that is reported is the first one.
        let _ = std::fs::remove_file(&unfinished);
        (path, error)
    })
}
