//! What a target offers and is ready for, in lines that every format can show.

use oinspect_core::{Report, State};

/// One line: what it is about, how it stands, and what stands against it.
pub struct Standing {
    /// A feature or a capability.
    pub name: String,
    /// Whether the target says that it offers this; nothing for features, which nobody advertises.
    pub advertised: Option<bool>,
    /// How far it can be relied on.
    pub state: State,
    /// How many of its checks passed, and how many there are.
    pub kept: (usize, usize),
    /// The ids of the checks that found something broken, what has to be kept first.
    pub broken: Vec<String>,
}

/// What an identity provider does with the targets of this run, and whether they are ready for it.
pub fn features(report: &Report) -> Vec<Standing> {
    let features = report.offers.iter().flat_map(|offer| &offer.features);
    features
        .map(|feature| standing(report, feature.title.clone(), None, &feature.checks))
        .filter(|standing| standing.state != State::Untried)
        .collect()
}

/// What the targets of this run say that they offer, and what came of it.
pub fn capabilities(report: &Report) -> Vec<Standing> {
    let capabilities = report.offers.iter().flat_map(|offer| &offer.capabilities);
    capabilities
        .map(|one| standing(report, one.capability.name().to_owned(), Some(one.offered), &one.checks))
        .collect()
}

fn standing(report: &Report, name: String, advertised: Option<bool>, checks: &[String]) -> Standing {
    let practice = report.practice(checks);
    Standing {
        name,
        advertised,
        state: practice.state(),
        kept: (practice.kept, checks.len()),
        broken: practice.broken.iter().chain(&practice.warned).map(|&id| id.to_owned()).collect(),
    }
}
