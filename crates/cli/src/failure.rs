//! What kept a command from doing its work: said once, with its causes, and turned into an exit code.

use std::error::Error;
use std::fmt;

use oinspect_run::Problem;

/// What kept a command from doing its work.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Which exit code it means.
    pub(crate) code: Code,
    /// What happened: a fragment that completes "failed to ...".
    what: String,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

/// The exit codes of commands that did not get to a report. A report's own are in [`oinspect_core::Outcome`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// The command line, the configuration, a plan or a suite is wrong.
    Usage,
    /// The world did not let us: a file, a port, the network.
    World,
    /// Valid filters that together select no check.
    Nothing,
}

impl Code {
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Usage => 2,
            Self::World => 3,
            Self::Nothing => 4,
        }
    }
}

impl Failure {
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self { code: Code::Usage, what: what.into(), cause: None }
    }

    /// Something wrong with the configuration, a plan or a filter; its text completes "failed to ...".
    pub(crate) fn of_problem(problem: Problem) -> Self {
        Self { code: Code::Usage, what: String::new(), cause: Some(Box::new(problem)) }
    }

    pub(crate) fn world(what: impl Into<String>) -> Self {
        Self { code: Code::World, what: what.into(), cause: None }
    }

    pub(crate) fn nothing(what: impl Into<String>) -> Self {
        Self { code: Code::Nothing, what: what.into(), cause: None }
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
