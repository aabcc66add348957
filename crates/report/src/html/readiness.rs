//! What a target is ready for, as the page shows it.

use std::collections::HashMap;

use oinspect_core::{Report, State};

use crate::readiness::{Standing, capabilities, features};
use crate::visible::one_line;

/// One line of the section on readiness.
pub(crate) struct StandingView {
    pub(crate) name: String,
    pub(crate) advertised: &'static str,
    pub(crate) state: &'static str,
    pub(crate) kept: usize,
    pub(crate) all: usize,
    /// Where each broken check stands on the page, and its id.
    pub(crate) broken: Vec<(String, String)>,
    how: State,
}

impl StandingView {
    /// The colour's name.
    pub(crate) const fn tone(&self) -> &'static str {
        match self.how {
            State::Ready => "good",
            State::Broken => "bad",
            State::Warned | State::Incomplete => "open",
            State::Untried => "rest",
        }
    }

    /// The sign beside the state's word.
    pub(crate) const fn sign(&self) -> &'static str {
        match self.how {
            State::Ready => "✓",
            State::Warned => "!",
            State::Broken => "✗",
            State::Incomplete => "?",
            State::Untried => "–",
        }
    }
}

/// The features and the capabilities.
pub(crate) fn standings(
    report: &Report,
    anchors: &HashMap<&str, String>,
) -> (Vec<StandingView>, Vec<StandingView>) {
    let view = |standing: Standing| StandingView {
        name: one_line(&standing.name, 120),
        advertised: match standing.advertised {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        },
        state: standing.state.name(),
        kept: standing.kept.0,
        all: standing.kept.1,
        broken: standing
            .broken
            .iter()
            .map(|id| (anchors.get(id.as_str()).cloned().unwrap_or_default(), one_line(id, 120)))
            .collect(),
        how: standing.state,
    };
    (features(report).into_iter().map(view).collect(), capabilities(report).into_iter().map(view).collect())
}
