//! Negative attempts in one batch between two happy logins: a dead app passes nothing.

use std::sync::Arc;

use oinspect_core::{Cx, Finding};

use crate::attempt::attempt;
use crate::person::{self, Person};
use crate::protocol::Protocol;
use crate::rehearsal::{Rehearsal, rehearsed};

/// What came of each attempt, by its name.
pub(crate) struct Batch(Vec<(&'static str, Result<(), Finding>)>);

impl Batch {
    /// What came of the attempt with this name.
    pub(crate) fn of(&self, name: &str) -> Result<(), Finding> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map_or_else(|| Err(Finding::blocked("it was not tried")), |(_, came)| came.clone())
    }
}

/// One negative attempt: its name, and how the message is bent for this user before sign-on.
pub(crate) struct Trick {
    /// Its name.
    pub(crate) name: &'static str,
    /// What is different from a good message, in one sentence.
    pub(crate) about: &'static str,
    /// Bends every message about a user from now on: an app may ask once more after it refused one.
    pub(crate) bend: fn(&Cx, &Person) -> Result<(), Finding>,
    /// Takes the bend back, and says whether a bent message has left.
    pub(crate) mend: fn(&Cx, &Person) -> Result<bool, Finding>,
}

/// The batch of this run.
pub(crate) fn batch(
    cx: &mut Cx,
    protocol: Protocol,
    tricks: &'static [Trick],
) -> Result<Arc<Batch>, Finding> {
    let rehearsal = rehearsed(cx, protocol)?;
    let name = format!("{} attempts with bent messages", protocol.name());
    cx.once(&name, |cx| play(cx, protocol, &rehearsal, tricks))
}

fn play(
    cx: &mut Cx,
    protocol: Protocol,
    rehearsal: &Rehearsal,
    tricks: &'static [Trick],
) -> Result<Batch, Finding> {
    let mut came = Vec::new();
    for trick in tricks {
        cx.note(format!("attempt: {}", trick.about));
        came.push((trick.name, one(cx, protocol, rehearsal, trick)));
    }
    cx.note("closing: a good message is still accepted");
    let person = rehearsal.first().person.clone();
    let flow = rehearsal.flow;
    let closing = attempt(cx, protocol, rehearsal, flow, &person)
        .and_then(|attempt| attempt.expect_signed_in(cx, protocol, &person));
    if let Err(finding) = closing {
        let Finding::Blocked { why } = finding.as_obstacle("the login after the attempts failed, too") else {
            return Err(Finding::blocked("the login after the attempts failed, too"));
        };
        for (_, came) in &mut came {
            if came.is_ok() {
                *came = Err(Finding::NotVerified { why: why.clone() });
            }
        }
    }
    Ok(Batch(came))
}

fn one(cx: &mut Cx, protocol: Protocol, rehearsal: &Rehearsal, trick: &Trick) -> Result<(), Finding> {
    // A user of their own: whoever is recognised came in by the bent message and by nothing else.
    let instance = protocol.instance(cx)?;
    let mallory = if instance.jit {
        person::newcomer(cx, protocol, ("Mallory", "Forge-{name}"))?
    } else {
        rehearsal.second().person.clone()
    };
    (trick.bend)(cx, &mallory)?;
    let attempt = attempt(cx, protocol, rehearsal, rehearsal.flow, &mallory);
    let has_left = (trick.mend)(cx, &mallory)?;
    let attempt = attempt?;
    if !has_left {
        return Err(Finding::blocked("the bent message never left the org"));
    }
    attempt.expect_refused(cx, trick.name)
}
