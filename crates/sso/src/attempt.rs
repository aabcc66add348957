//! One attempt to sign on, and what the app itself says about it.

use oinspect_core::{Cx, Finding};
use oinspect_signin::{AsWhom, Judgement, Outcome, Page, Readback, snapshot};

use crate::diagnosis;
use crate::leftover;
use crate::person::Person;
use crate::protocol::{Flow, Protocol};
use crate::rehearsal::{Rehearsal, is_let_in};
use crate::stage::Eyes;
use crate::story;
use crate::walk::Walk;
use crate::witness;

/// An attempt, judged.
pub(crate) struct Attempt {
    /// The user's way.
    pub(crate) walk: Walk,
    /// Where sign-on landed.
    pub(crate) landing: Page,
    /// What the oracle says.
    pub(crate) judgement: Judgement,
    /// The same in a sentence.
    pub(crate) said: String,
    /// Which user agent looked.
    pub(crate) eyes: Eyes,
    /// What the app shows of the user.
    pub(crate) shown: Readback,
    /// What one can read on its last page.
    pub(crate) text: String,
}

/// On what it rests that somebody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// On what the app shows.
    App,
    /// On the word of a person.
    Witness,
}

/// What a person is asked about a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    /// The user is signed in.
    SignedIn,
    /// The user is signed in, and the app has the names and the address that were sent.
    Account,
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
    story::tell(cx, protocol, &walk, person, &look.shown);
    let judgement = rehearsal.judge(&look.snapshot, Some(&callback), person);
    let said = match &rehearsal.calibration {
        Ok(_) => judgement.sentence(),
        Err(unmarked) => {
            is_let_in(cx, protocol, &walk, &landing, &look.page, &unmarked.signed_out)?;
            unmarked.why.clone()
        }
    };
    cx.note(&said);
    let (shown, text, eyes) = (look.shown, look.text, rehearsal.eyes);
    Ok(Attempt { walk, landing, judgement, said, eyes, shown, text })
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
        self.ground(cx, protocol, person, Claim::SignedIn).map(drop)
    }

    /// The same, and on what it rests. The claim is only for the person who is asked where the app
    /// does not tell.
    ///
    /// # Errors
    /// Those of [`Attempt::expect_signed_in`].
    pub(crate) fn ground(
        &self,
        cx: &mut Cx,
        protocol: Protocol,
        person: &Person,
        claim: Claim,
    ) -> Result<Ground, Finding> {
        let wanted = format!("signed in as {}", person.login);
        let mut why = self.said.clone();
        if !self.judgement.inconsistent {
            match self.judgement.outcome {
                Outcome::SignedIn { as_whom: AsWhom::Expected } => return Ok(Ground::App),
                Outcome::SignedIn { as_whom: AsWhom::Canary } => return Err(Finding::broken(wanted, why)),
                Outcome::SignedIn { as_whom: AsWhom::Somebody } => {
                    why.push_str(": set app.profile_url, app.first_name, app.last_name and app.email");
                }
                Outcome::NotSignedIn | Outcome::ServerError | Outcome::Loop => {
                    let seen = diagnosis::of(cx, protocol, &self.walk, &self.landing);
                    return Err(Finding::broken(wanted, format!("{why}: {seen}")));
                }
                Outcome::Undetermined => {}
            }
        }
        // Nobody's word outweighs an address that the app shows.
        let other = self.shown.email.as_deref().filter(|email| !email.eq_ignore_ascii_case(&person.login));
        if let Some(other) = other {
            return Err(Finding::NotVerified {
                why: format!("{why}; the app shows the address \"{other}\""),
            });
        }
        match self.ask(cx, protocol, person, claim)? {
            Some(true) => Ok(Ground::Witness),
            Some(false) => {
                let seen = diagnosis::of(cx, protocol, &self.walk, &self.landing);
                Err(Finding::broken(wanted, format!("a person says that this is not so: {seen}")))
            }
            None => Err(Finding::NotVerified { why }),
        }
    }

    /// Asks a person about the page at which the user agent is.
    ///
    /// # Errors
    /// Blocked, where the run was interrupted meanwhile.
    pub(crate) fn ask(
        &self,
        cx: &mut Cx,
        protocol: Protocol,
        person: &Person,
        claim: Claim,
    ) -> Result<Option<bool>, Finding> {
        // Of an account that was there before, nobody knows the names.
        let who = if protocol.instance(cx)?.jit {
            format!("{} {} ({})", person.first_name, person.last_name, person.login)
        } else {
            person.login.clone()
        };
        let how = match claim {
            Claim::SignedIn => "",
            Claim::Account => ", under exactly this name and address",
        };
        let place = self.walk.agent.page().place();
        let text = format!("is {who} signed in to the app{how}, in the browser window now (at {place})?");
        witness::ask(cx, self.eyes, &text, &self.said)
    }

    /// Whether the app certainly let nobody in.
    ///
    /// # Errors
    /// Broken where somebody is signed in; not verified where it cannot be told.
    pub(crate) fn expect_refused(&self, cx: &mut Cx, what: &str) -> Result<(), Finding> {
        expect_nobody(cx, &self.walk, self.eyes, &self.judgement, &format!("{what} was accepted: "))
    }
}

/// Passes where the protected page looks as it does signed out, and nothing says otherwise. A page that
/// fails or runs in circles says nothing about a session.
///
/// # Errors
/// Broken where somebody is signed in; not verified where it cannot be told.
pub(crate) fn expect_nobody(
    cx: &mut Cx,
    walk: &Walk,
    eyes: Eyes,
    judgement: &Judgement,
    because: &str,
) -> Result<(), Finding> {
    if judgement.is_rejected() {
        return Ok(());
    }
    let (wanted, said) = ("nobody signed in", judgement.sentence());
    match judgement.outcome {
        Outcome::SignedIn { .. } if !judgement.inconsistent => {
            return Err(Finding::broken(wanted, format!("{because}{said}")));
        }
        Outcome::ServerError | Outcome::Loop => return Err(Finding::NotVerified { why: said }),
        Outcome::SignedIn { .. } | Outcome::NotSignedIn | Outcome::Undetermined => {}
    }
    let place = walk.agent.page().place();
    let text = format!("is anybody signed in to the app, in the browser window now (at {place})?");
    match witness::ask(cx, eyes, &text, &said)? {
        Some(false) => Ok(()),
        Some(true) => Err(Finding::broken(wanted, format!("{because}a person says that somebody is"))),
        None => Err(Finding::NotVerified { why: said }),
    }
}
