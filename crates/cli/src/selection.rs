//! From the command line's filters to the checks that run.

use std::path::Path;

use oinspect_run::catalogue::SUITES;
use oinspect_run::{Plan, Selection, select};

use crate::args::Choice;
use crate::failure::Failure;

/// Reads the plans with these names or paths.
pub(crate) fn plans(names: &[String], directory: &Path) -> Result<Vec<Plan>, Failure> {
    names.iter().map(|name| Plan::find(name, directory).map_err(Failure::of_problem)).collect()
}

/// The checks of the plans that pass the filters.
pub(crate) fn choose(plans: &[Plan], choice: &Choice) -> Result<Selection, Failure> {
    let selection = select(SUITES, plans, &choice.check, &choice.tag).map_err(Failure::of_problem)?;
    if selection.is_empty() {
        return Err(Failure::nothing(
            "select a check: every filter matches something, but no check matches all of them",
        ));
    }
    Ok(selection)
}
