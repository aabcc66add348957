//! One run from its first event to its reports: recorded, cleaned up, written, told.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use oinspect_core::{Event, Report, RunHeader, Session};
use oinspect_report::Format;
use oinspect_run::{CLEAN_UP_LIMIT, Emit, Interrupt, JournalError, Ledger, RecordError, Recorder, clean_up};

use crate::console::Console;
use crate::exit_codes::Exit;
use crate::failure::Failure;
use crate::files::write_report;

/// Where a run's results go.
pub(crate) struct Conduct {
    /// The folder for the reports.
    pub(crate) out: PathBuf,
    /// What is written besides JSON, JUnit and HTML.
    pub(crate) formats: Vec<Format>,
    /// The folder whose ledger keeps the run.
    pub(crate) home: PathBuf,
    /// Ends the run early.
    pub(crate) interrupt: Interrupt,
}

impl Conduct {
    /// Runs `body` between the first event and the last; whatever it comes to, what the run created
    /// is removed, the report is written, and the exit code follows from the report alone.
    ///
    /// # Errors
    /// The report cannot be written; or `body` could not begin, and then there is nothing to write.
    pub(crate) fn carry_out(
        self,
        console: &mut Console,
        session: Session,
        header: RunHeader,
        body: impl FnOnce(Session, Emit<'_>) -> Result<Arc<Session>, Failure>,
    ) -> Result<u8, Failure> {
        let clock = session.clock;
        let redactor = Arc::clone(&session.redactor);
        let report = {
            let mut listener = |event: &Event| console.on(event);
            let recorder = Recorder::create(&self.out, redactor, &mut listener)
                .map_err(|error| recording(&self.out, error))?;
            recorder.record(&Event::RunStarted(Box::new(header)));
            let emit = |event: Event| recorder.record(&event);
            let session = match body(session, &emit) {
                Ok(session) => session,
                Err(failure) => {
                    recorder.discard();
                    return Err(failure);
                }
            };
            clean_up(&session, CLEAN_UP_LIMIT, &emit);
            recorder.finish(self.interrupt.is_raised(), clock).map_err(|error| recording(&self.out, error))?
        };
        if let Some(warning) = Ledger::record_or_warn(&self.home, &report) {
            console.warn(warning);
        }
        Ok(self.tell(console, &report))
    }

    /// A rendering that cannot be written costs nothing but itself: the report is in `report.json`.
    fn tell(&self, console: &mut Console, report: &Report) -> u8 {
        let (paths, failure) = write_report(&self.out, report, &self.formats);
        console.conclude(report, &paths);
        let exit = Exit::Run(report.outcome);
        let Some(failure) = failure else { return exit.code() };
        console.error(failure.to_string());
        exit.or(failure.exit).code()
    }
}

fn recording(out: &Path, error: RecordError) -> Failure {
    match error {
        RecordError::Journal(JournalError::Begin { source, .. }) => {
            let folder = out.display();
            Failure::world(format!("write into the folder {folder} (--out names another)")).because(source)
        }
        error => Failure::world("").because(error),
    }
}
