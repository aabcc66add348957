//! One run from its first event to its reports: recorded, cleaned up, written, told.

use std::path::PathBuf;
use std::sync::Arc;

use oinspect_core::{Event, Outcome, Report, RunHeader, Session};
use oinspect_report::Format;
use oinspect_run::{CLEAN_UP_LIMIT, Emit, Interrupt, Ledger, Recorder, clean_up};

use crate::console::Console;
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
    /// The reports cannot be written; or `body` could not begin, and then there is nothing to write.
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
            let recorder = Recorder::create(&self.out, redactor, &mut listener).map_err(recording)?;
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
            recorder.finish(self.interrupt.is_raised(), clock).map_err(recording)?
        };
        if let Some(warning) = Ledger::record_or_warn(&self.home, &report) {
            console.warn(warning);
        }
        self.tell(console, &report)
    }

    fn tell(&self, console: &mut Console, report: &Report) -> Result<u8, Failure> {
        let written = write_report(&self.out, report, &self.formats);
        let paths = written.as_deref().unwrap_or_default();
        console.conclude(report, paths);
        written?;
        Ok(Outcome::exit_code(report.outcome))
    }
}

fn recording(error: oinspect_run::RecordError) -> Failure {
    Failure::world("").because(error)
}
