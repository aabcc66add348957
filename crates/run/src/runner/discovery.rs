//! What a target says about itself, asked once per suite and before the first check.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use oinspect_core::{
    Capability, CapabilityRecord, Cx, Event, FeatureRecord, Finding, GroupHeader, NoteKind, Offer, Session,
    Suite,
};

use crate::runner::check::message;
use crate::runner::{Emit, RunOptions, note};
use crate::select::Selection;

/// Why no check of a suite can be performed.
pub(super) enum Obstacle {
    /// Something about the target.
    Finding(Finding),
    /// Our own bug.
    Crashed(String),
}

/// Asks each suite's target what it offers; fills the session's capabilities. Returns the suites that
/// cannot run, each cause noted once.
pub(super) fn discover(
    session: Session,
    selection: &Selection,
    options: &RunOptions,
    emit: Emit<'_>,
) -> (Arc<Session>, BTreeMap<&'static str, Obstacle>) {
    let mut session = Arc::new(session);
    options.interrupt.attach(&session);
    let mut offered = BTreeSet::new();
    let mut obstacles = BTreeMap::new();
    let mut asked = BTreeSet::new();
    let mut told = Vec::new();
    for suite in selection.groups.iter().map(|group| group.suite) {
        if session.is_cancelled() || !asked.insert(suite.id) {
            continue;
        }
        match ask(&session, suite, emit) {
            Ok(capabilities) => {
                offered.extend(capabilities);
                told.push(suite);
            }
            Err(obstacle) => {
                let why = match &obstacle {
                    Obstacle::Finding(finding) => sentence(finding),
                    Obstacle::Crashed(why) => why.clone(),
                };
                let text = format!("no check of the {} could be performed: {why}", suite.title);
                note(emit, NoteKind::Warning, session.redactor.text(&text));
                obstacles.insert(suite.id, obstacle);
            }
        }
    }
    for (&capability, &is_offered) in &selection.capabilities {
        let changed = if is_offered { offered.insert(capability) } else { offered.remove(&capability) };
        if changed {
            let not = if is_offered { "" } else { "not " };
            let text = format!(
                "the plan says that `{}` is {not}offered, and that counts; discovery says otherwise",
                capability.name()
            );
            note(emit, NoteKind::Information, text);
        }
    }
    for suite in told {
        emit(Event::Discovered(Box::new(offer(suite, selection, &offered))));
    }
    // The handle holds the session, too; it is the only other one who does.
    options.interrupt.detach();
    Arc::get_mut(&mut session).expect("discovery has ended and let go of the session").capabilities = offered;
    options.interrupt.attach(&session);
    (session, obstacles)
}

/// What a suite's target offers, with the checks of this run that show whether it keeps that.
fn offer(suite: &Suite, selection: &Selection, offered: &BTreeSet<Capability>) -> Offer {
    let chosen = || {
        let groups = selection.groups.iter().filter(|selected| selected.suite.id == suite.id);
        groups.flat_map(|selected| &selected.checks)
    };
    let capabilities = suite.capabilities.iter().map(|&capability| CapabilityRecord {
        capability,
        offered: offered.contains(&capability),
        checks: chosen()
            .filter(|check| check.needs.contains(&capability))
            .map(|check| check.id.to_owned())
            .collect(),
    });
    let features = suite.features.iter().map(|feature| FeatureRecord {
        id: feature.id.to_owned(),
        title: feature.title.to_owned(),
        checks: feature.checks.iter().map(|&id| id.to_owned()).collect(),
    });
    Offer { suite: suite.id.to_owned(), capabilities: capabilities.collect(), features: features.collect() }
}

fn ask(session: &Arc<Session>, suite: &Suite, emit: Emit<'_>) -> Result<BTreeSet<Capability>, Obstacle> {
    emit(Event::GroupStarted(GroupHeader {
        id: suite.id.to_owned(),
        title: "What the server says about itself".to_owned(),
        suite: suite.id.to_owned(),
    }));
    let mut cx = Cx::new(Arc::clone(session), suite.id);
    let answer = catch_unwind(AssertUnwindSafe(|| (suite.discover)(&mut cx)));
    emit(Event::GroupFinished { id: suite.id.to_owned(), evidence: cx.finish() });
    match answer {
        Ok(Ok(capabilities)) => Ok(capabilities),
        Ok(Err(finding)) => Err(Obstacle::Finding(finding.as_obstacle("discovery"))),
        Err(panic) => Err(Obstacle::Crashed(session.redactor.text(&message(&*panic)))),
    }
}

/// A finding as a part of a sentence.
pub(crate) fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::Broken { expected, actual } => format!("expected {expected}, got {actual}"),
        Finding::Blocked { why }
        | Finding::NotVerified { why }
        | Finding::NotOffered { what: why }
        | Finding::NotApplicable { why }
        | Finding::NotConfigured { what: why } => why.clone(),
    }
}
