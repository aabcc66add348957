//! A person who looks at the browser where no marker tells whether somebody is signed in.

use std::sync::{Mutex, PoisonError};

use oinspect_core::{Cx, Finding};

use crate::stage::{Eyes, stage};

/// What a person is asked while the browser shows the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The check that wants to know.
    pub check: String,
    /// The question itself: one that is answered by yes or no.
    pub text: String,
}

/// Asks a person, and waits. Nothing, where they cannot tell or will not.
pub type Ask = Box<dyn Fn(&Question) -> Option<bool> + Send + Sync>;

/// The person whom the checks of a run may ask.
pub struct Witness {
    ask: Ask,
    answers: Mutex<Vec<String>>,
}

impl Witness {
    /// Somebody who is asked in this way.
    pub fn new(ask: Ask) -> Self {
        Self { ask, answers: Mutex::default() }
    }

    /// What this person said so far: a check and its answer each.
    pub fn answers(&self) -> Vec<String> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What a person says about the page that a user agent shows, where the oracle `said` that it cannot
/// tell. Nothing, where nobody may be asked: no page of the HTTP agent beside a browser is on a screen.
///
/// # Errors
/// Blocked, where the run was interrupted meanwhile.
pub(crate) fn ask(cx: &mut Cx, eyes: Eyes, text: &str, said: &str) -> Result<Option<bool>, Finding> {
    let stage = stage(cx)?;
    let (Some(witness), Eyes::Best) = (&stage.witness, eyes) else { return Ok(None) };
    let question = Question { check: cx.id().to_owned(), text: text.to_owned() };
    let answer = cx.unhurried(|| (witness.ask)(&question));
    let Some(is_so) = answer else {
        cx.may_act()?;
        cx.note(format!("a person was asked, and could not tell: {text}"));
        return Ok(None);
    };
    let (word, did) = if is_so { ("yes", "confirmed") } else { ("no", "denied") };
    let now = cx.session().clock.now();
    cx.note(format!("a person {did} it at {now:.0}: {text} {word}; what the app shows by itself: {said}"));
    let mut answers = witness.answers.lock().unwrap_or_else(PoisonError::into_inner);
    answers.push(format!("{} ({word})", question.check));
    Ok(answer)
}
