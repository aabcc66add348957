//! Ctrl-C and SIGTERM end a run in order: no further request, clean-up, report, exit code 130.

use std::io::{self, Write};

use oinspect_core::Outcome;
use oinspect_run::Interrupt;

use crate::failure::Failure;

/// From now on an interrupt ends the run; a second one leaves at once.
pub(crate) fn raise_on_interrupt(interrupt: &Interrupt) -> Result<(), Failure> {
    let failed = |error| Failure::world("listen for interrupts").because(error);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    // Here and not in the thread: whoever returns from this function is not killed any more.
    let mut interrupts = {
        let _entered = runtime.enter();
        Interrupts::listen().map_err(failed)?
    };
    let interrupt = interrupt.clone();
    // The thread lives as long as the process: there is nothing to join.
    std::thread::spawn(move || {
        runtime.block_on(async {
            interrupts.next().await;
            interrupt.raise();
            let _ = writeln!(
                anstream::stderr(),
                "interrupted: removing what the run created and writing the report; once more to leave at once"
            );
            interrupts.next().await;
        });
        leave();
    });
    Ok(())
}

#[expect(clippy::exit, reason = "asked for twice: whoever waits for us shall not wait any longer")]
fn leave() -> ! {
    std::process::exit(i32::from(Outcome::Interrupted.exit_code()));
}

/// Ctrl-C and SIGTERM, none of which is missed from the moment on that somebody listens.
pub(crate) struct Interrupts {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

#[cfg(unix)]
impl Interrupts {
    /// Begins to listen. To be called within a runtime.
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
impl Interrupts {
    /// Begins to listen. To be called within a runtime.
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: tokio::signal::windows::ctrl_c()? })
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) {
        let _ = self.interrupt.recv().await;
    }
}
