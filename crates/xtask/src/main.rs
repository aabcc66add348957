//! Set-up, demo, tests and generated documents of this workspace: `cargo xtask help`.

mod console;
mod failure;
mod program;
mod setup;
mod step;
mod task;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match task::perform(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(line) = failure.line() {
                console::complain(&line);
            }
            ExitCode::from(failure.exit_code())
        }
    }
}
