//! What kept a command from doing its work: said once, with its causes, and turned into an exit code.

use std::error::Error;
use std::fmt;

use oinspect_core::Outcome;
use oinspect_run::Problem;

use crate::exit_codes::Exit;

/// What kept a command from doing its work.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the process ends for it.
    pub(crate) exit: Exit,
    /// What happened: a fragment that completes "failed to ...".
    what: String,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// The command line, the configuration, a plan or a suite is wrong.
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, what: what.into(), cause: None }
    }

    /// Something wrong with the configuration, a plan or a filter; its text completes "failed to ...".
    pub(crate) fn of_problem(problem: Problem) -> Self {
        Self { exit: Exit::Usage, what: String::new(), cause: Some(Box::new(problem)) }
    }

    /// The world did not let us: a file, a port, the network.
    pub(crate) fn world(what: impl Into<String>) -> Self {
        Self { exit: Exit::Run(Outcome::Incomplete), what: what.into(), cause: None }
    }

    /// Valid filters that together select no check.
    pub(crate) fn nothing(what: impl Into<String>) -> Self {
        Self { exit: Exit::Run(Outcome::Nothing), what: what.into(), cause: None }
    }

    /// The same failure with what caused it.
    pub(crate) fn because(self, cause: impl Error + Send + Sync + 'static) -> Self {
        Self { cause: Some(Box::new(cause)), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed to {}", self.what)?;
        let mut separator = if self.what.is_empty() { "" } else { ": " };
        let mut cause: Option<&(dyn Error + 'static)> = self.cause.as_deref().map(|cause| cause as _);
        while let Some(error) = cause {
            write!(f, "{separator}{error}")?;
            separator = ": ";
            cause = error.source();
        }
        Ok(())
    }
}
