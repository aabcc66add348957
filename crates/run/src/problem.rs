//! What can be wrong with a configuration, a plan or a choice on the command line.

use std::io;

use crate::place::{Origin, Place};

/// What is wrong with a configuration, a plan or a choice; each is a usage error (exit code 2).
///
/// The text completes "failed to ..." and ends with the source line where there is one.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// A file is missing or cannot be read.
    #[error("read {path}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file is no TOML.
    #[error("parse {place}: {message}{}", place.excerpt())]
    Syntax {
        /// Where.
        place: Box<Place>,
        /// What the parser says.
        message: String,
    },
    /// A key that does not exist.
    #[error("understand `{key}` ({origin}): there is no such key{}{}", suggestion(nearest.as_deref()), origin.excerpt())]
    UnknownKey {
        /// The key, with its sections.
        key: String,
        /// The key that was probably meant.
        nearest: Option<String>,
        /// Where it is written.
        origin: Box<Origin>,
    },
    /// A value of another type.
    #[error("use `{key}` ({origin}): expected {expected}, found {found}{}", origin.excerpt())]
    WrongType {
        /// The key.
        key: String,
        /// What belongs there, with an example.
        expected: String,
        /// What stands there.
        found: String,
        /// Where it is written.
        origin: Box<Origin>,
    },
    /// A value of the right type that makes no sense.
    #[error("use `{key}` ({origin}): {why}{}", origin.excerpt())]
    BadValue {
        /// The key.
        key: String,
        /// What is wrong, and what would be right.
        why: String,
        /// Where it is written.
        origin: Box<Origin>,
    },
    /// A `${NAME}` whose variable is not set.
    #[error(
        "fill in ${{{variable}}} for `{key}` ({origin}): the environment variable {variable} is not set or is empty; \
         set it before the run, such as with: export {variable}=...{}",
        origin.excerpt()
    )]
    UndefinedVariable {
        /// The environment variable.
        variable: String,
        /// The key.
        key: String,
        /// Where it is written.
        origin: Box<Origin>,
    },
    /// A key that is needed and that nobody set.
    #[error("find `{key}`: {hint}")]
    Missing {
        /// The key.
        key: String,
        /// How to set it.
        hint: String,
    },
    /// An override that is no `KEY=VALUE`.
    #[error(
        "use `--set {text}`: write it as KEY=VALUE, such as --set scim.base_url=http://localhost:8080/scim"
    )]
    BadOverride {
        /// The part before any value.
        text: String,
    },
    /// An id, glob or tag that matches nothing.
    #[error("find {what} `{pattern}` ({origin}): it matches no check{}{}", suggestion(nearest.as_deref()), origin.excerpt())]
    MatchesNothing {
        /// `the check`, `the tag` or `the check of the waiver`.
        what: &'static str,
        /// What was written.
        pattern: String,
        /// What was probably meant.
        nearest: Option<String>,
        /// Where it is written.
        origin: Box<Origin>,
    },
    /// A plan that is neither a file nor a known name.
    #[error(
        "find the plan `{name}`: it is no file and no plan of that name exists{} (there are: {}; --check chooses checks)",
        suggestion(nearest.as_deref()),
        known.join(", ")
    )]
    UnknownPlan {
        /// What was asked for.
        name: String,
        /// What was probably meant.
        nearest: Option<String>,
        /// The plans that can be named.
        known: Vec<String>,
    },
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map(|nearest| format!("; did you mean `{nearest}`?")).unwrap_or_default()
}
