//! Why a suite could not be run: about the user's files and settings, never about the target.

use crate::script::ScriptError;

/// Why a suite could not be run. Nothing was sent when one of these comes back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is no JSON.
    #[error("it is no JSON (line {line}, column {column})")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the JSON reader said.
        source: serde_json::Error,
    },
    /// The file is JSON, but no Runscope export.
    #[error("it is no Runscope export: {missing}")]
    NotASuite {
        /// What is missing or of the wrong kind.
        missing: String,
    },
    /// A step is of a type that cannot be run.
    #[error("run step {step}: its type {step_type:?} is not supported, only `request` and `pause` are")]
    UnsupportedStep {
        /// The number of the step, from 1.
        step: usize,
        /// The type as it is written.
        step_type: String,
    },
    /// A step cannot be understood.
    #[error("read step {step}: {problem}")]
    BadStep {
        /// The number of the step, from 1.
        step: usize,
        /// What is wrong.
        problem: String,
    },
    /// A variable that nothing defines.
    #[error(
        "resolve {{{{{name}}}}} in step {step}: nothing defines it; give it with --var {name}=VALUE \
         or run the suite's initial script with --initial-script FILE"
    )]
    UndefinedVariable {
        /// The variable.
        name: String,
        /// The number of the step that needs it first, from 1.
        step: usize,
    },
    /// A template function that is not known.
    #[error("resolve {{{{{name}(...)}}}} in step {step}: there is no template function of this name")]
    UnknownFunction {
        /// The function.
        name: String,
        /// The number of the step that calls it, from 1.
        step: usize,
    },
    /// The initial script did not come to its end.
    #[error("run the initial script")]
    InitialScript(#[source] ScriptError),
}
