//! Why a task did not do what was asked.

use std::io;

/// Why a task did not do what was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line is not understood.
    Usage(String),
    /// A program could not be started, or a file not be read or written.
    Io {
        /// What was attempted: completes "failed to ...".
        attempt: String,
        /// Why it failed.
        source: io::Error,
    },
    /// A step ran and failed; its own output was shown.
    Step(String),
    /// A program that had the console to itself ended with this code and said why.
    Ended(u8),
}

impl Failure {
    /// An input or output error while attempting something.
    pub(crate) fn io(attempt: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let attempt = attempt.into();
        move |source| Self::Io { attempt, source }
    }

    /// The line to show, unless everything was said.
    pub(crate) fn line(&self) -> Option<String> {
        match self {
            Self::Usage(problem) => Some(format!("{problem}; `cargo xtask help` lists the tasks")),
            Self::Io { attempt, source } => Some(format!("failed to {attempt}: {source}")),
            Self::Step(what) => Some(format!("failed to {what}")),
            Self::Ended(_) => None,
        }
    }

    /// The code that the task ends with.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Io { .. } | Self::Step(_) => 1,
            Self::Ended(code) => *code,
        }
    }
}
