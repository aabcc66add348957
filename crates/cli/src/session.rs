//! From the command line to a configuration and a session.

use std::path::PathBuf;

use oinspect_run::{Config, Interrupt, SessionError, Sources, StageError, process_environment};

use crate::args::Configuration;
use crate::console::Console;
use crate::failure::Failure;
use crate::signals;

/// The working directory.
pub(crate) fn here() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| Failure::world("find the working directory").because(error))
}

/// Reads the configuration and says what somebody should mend in it.
pub(crate) fn configuration(args: &Configuration, console: &Console) -> Result<Config, Failure> {
    configuration_with(args, Vec::new(), console)
}

/// The same, with what other options of the command line say laid over it.
pub(crate) fn configuration_with(
    args: &Configuration,
    overrides: Vec<String>,
    console: &Console,
) -> Result<Config, Failure> {
    let sources = Sources {
        directory: here()?,
        file: args.config.clone(),
        set: args.set.iter().cloned().chain(overrides).collect(),
        environment: process_environment(),
    };
    let config = Config::load(&sources).map_err(Failure::of_problem)?;
    for warning in &config.warnings {
        console.warn(warning);
    }
    Ok(config)
}

/// A configuration of nothing but defaults and overrides.
pub(crate) fn configuration_of(set: Vec<String>) -> Result<Config, Failure> {
    let sources = Sources { directory: here()?, set, ..Sources::default() };
    Config::load(&sources).map_err(Failure::of_problem)
}

/// A handle that Ctrl-C and SIGTERM raise.
pub(crate) fn interrupt() -> Result<Interrupt, Failure> {
    let interrupt = Interrupt::default();
    signals::raise_on_interrupt(&interrupt)?;
    Ok(interrupt)
}

/// Why there is no session, as a failure.
pub(crate) fn no_session(error: SessionError) -> Failure {
    match error {
        SessionError::Config(problem) => Failure::of_problem(problem),
        SessionError::Transport(error) => Failure::usage("").because(error),
        SessionError::Org(error) => no_stage(error),
    }
}

/// Why single sign-on cannot be tried, as a failure.
pub(crate) fn no_stage(error: StageError) -> Failure {
    match error {
        StageError::Config(problem) => Failure::of_problem(problem),
        StageError::Unreadable { .. } | StageError::BadKey { .. } => Failure::usage("").because(error),
        StageError::Identity(_)
        | StageError::Start { .. }
        | StageError::Metadata { .. }
        | StageError::Runtime(_) => Failure::world("").because(error),
    }
}
