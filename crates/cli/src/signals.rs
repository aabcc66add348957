//! Ctrl-C and SIGTERM end a run in order: no further request, clean-up, report, exit code 130.

use std::io::Write;

use oinspect_core::Outcome;
use oinspect_run::Interrupt;

use crate::failure::Failure;

/// From now on an interrupt ends the run; a second one leaves at once.
pub(crate) fn raise_on_interrupt(interrupt: &Interrupt) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::world("listen for interrupts").because(error))?;
    let interrupt = interrupt.clone();
    // The thread lives as long as the process: there is nothing to join.
    std::thread::spawn(move || {
        runtime.block_on(async {
            interrupted().await;
            interrupt.raise();
            let _ = writeln!(
                anstream::stderr(),
                "interrupted: removing what the run created and writing the report; once more to leave at once"
            );
            interrupted().await;
        });
        leave();
    });
    Ok(())
}

#[expect(clippy::exit, reason = "asked for twice: whoever waits for us shall not wait any longer")]
fn leave() -> ! {
    std::process::exit(i32::from(Outcome::Interrupted.exit_code()));
}

#[cfg(unix)]
pub(crate) async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
pub(crate) async fn interrupted() {
    let _ = tokio::signal::ctrl_c().await;
}
