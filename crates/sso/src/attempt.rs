//! One attempt to sign on, and what the app itself says about it.

use oinspect_core::{Cx, Finding};
use oinspect_signin::{AsWhom, Judgement, Outcome, Page, Readback, snapshot};

use crate::diagnosis;
use crate::leftover;
use crate::person::Person;
use crate::protocol::{Flow, Protocol};
use crate::rehearsal::Rehearsal;
use crate::story;
use crate::walk::Walk;

/// An attempt, judged.
pub(crate) struct Attempt {
    /// The user's way.
    pub(crate) walk: Walk,
    /// Where sign-on landed.
    pub(crate) landing: Page,
    /// What the oracle says.
    pub(crate) judgement: Judgement,
    /// What the app shows of the user.
    pub(crate) shown: Readback,
    /// What one can read on its last page.
    pub(crate) text: String,
}

/// Signs on in a clean profile and looks what came of it.
pub(crate) fn attempt(
    cx: &mut Cx,
    protocol: Protocol,
    rehearsal: &Rehearsal,
    flow: Flow,
    person: &Person,
) -> Result<Attempt, Finding> {
    let mut walk = Walk::new(cx, rehearsal.eyes)?;
    let landing = walk.sign_on(cx, protocol, flow, person)?;
    judged(cx, protocol, rehearsal, walk, landing, person)
}

/// Looks what came of a way that has been walked.
pub(crate) fn judged(
    cx: &mut Cx,
    protocol: Protocol,
    rehearsal: &Rehearsal,
    mut walk: Walk,
    landing: Page,
    person: &Person,
) -> Result<Attempt, Finding> {
    let instance = protocol.instance(cx)?;
    if instance.jit {
        leftover::account(cx, &person.login);
    }
    let cookies = walk.agent.cookies(&rehearsal.home).map_err(|error| crate::stage::blocked(&error))?;
    let callback = snapshot(&landing, &cookies);
    // An app that asks the org again at once would be let in by the org's session, whatever it made
    // of the message that is judged here.
    walk.forget_org(cx)?;
    let look = walk.look(cx, &instance, &rehearsal.home)?;
    let judgement =
        rehearsal.calibration.judge(&look.snapshot, Some(&callback), &person.identity(), None, &[]);
    story::tell(cx, protocol, &walk, person, &look.shown);
    cx.note(judgement.sentence());
    Ok(Attempt { walk, landing, judgement, shown: look.shown, text: look.text })
}

impl Attempt {
    /// Passes where the user is signed in, as nobody else.
    ///
    /// # Errors
    /// Broken where the app let the user not in; not verified where it cannot be told.
    pub(crate) fn expect_signed_in(
        &self,
        cx: &mut Cx,
        protocol: Protocol,
        person: &Person,
    ) -> Result<(), Finding> {
        let wanted = || format!("signed in as {}", person.login);
        if self.judgement.inconsistent {
            return Err(Finding::NotVerified { why: self.judgement.sentence() });
        }
        match self.judgement.outcome {
            Outcome::SignedIn { as_whom: AsWhom::Expected } => Ok(()),
            Outcome::SignedIn { as_whom: AsWhom::Canary } => {
                Err(Finding::broken(wanted(), self.judgement.sentence()))
            }
            Outcome::SignedIn { as_whom: AsWhom::Somebody } => Err(Finding::NotVerified {
                why: format!(
                    "{}: set app.profile_url, app.first_name, app.last_name and app.email",
                    self.judgement.sentence()
                ),
            }),
            Outcome::NotSignedIn | Outcome::ServerError | Outcome::Loop => {
                let why = diagnosis::of(cx, protocol, &self.walk, &self.landing);
                Err(Finding::broken(wanted(), format!("{}: {why}", self.judgement.sentence())))
            }
            Outcome::Undetermined => Err(Finding::NotVerified { why: self.judgement.sentence() }),
        }
    }

    /// Whether the app certainly let nobody in.
    ///
    /// # Errors
    /// Broken where somebody is signed in; not verified where it cannot be told.
    pub(crate) fn expect_refused(&self, what: &str) -> Result<(), Finding> {
        expect_nobody(&self.judgement, &format!("{what} was accepted: "))
    }
}

/// Passes where the protected page looks as it does signed out, and nothing says otherwise. A page that
/// fails or runs in circles says nothing about a session.
///
/// # Errors
/// Broken where somebody is signed in; not verified where it cannot be told.
pub(crate) fn expect_nobody(judgement: &Judgement, because: &str) -> Result<(), Finding> {
    if judgement.is_rejected() {
        return Ok(());
    }
    match judgement.outcome {
        Outcome::SignedIn { .. } if !judgement.inconsistent => {
            Err(Finding::broken("nobody signed in", format!("{because}{}", judgement.sentence())))
        }
        _ => Err(Finding::NotVerified { why: judgement.sentence() }),
    }
}
