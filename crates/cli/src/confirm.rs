//! `--confirm`: asks the person at the terminal what no marker tells.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::ProgressBar;
use oinspect_run::Interrupt;
use oinspect_sso::{Question, Witness};

use crate::args::Browser;
use crate::console::{Console, plain};
use crate::failure::Failure;

/// How often whoever waits for an answer looks whether the run was interrupted.
const GLANCE: Duration = Duration::from_millis(100);

/// Refuses a question that nobody could answer: there is no window, or no terminal.
pub(crate) fn refuse_unattended(browser: &Browser) -> Result<(), Failure> {
    if !browser.confirm {
        return Ok(());
    }
    if browser.agent.as_deref() == Some("http") {
        return Err(Failure::usage(
            "show a person what --agent http sees: it has no window; leave out --agent, or --confirm",
        ));
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Failure::usage(
            "ask a person: --confirm wants a terminal on standard input and standard error; run it in one, or \
             leave --confirm out and declare app.signed_in and app.profile_url",
        ));
    }
    Ok(())
}

/// The person at the terminal, where `--confirm` says that there is one.
pub(crate) fn witness(browser: &Browser, console: &Console, interrupt: &Interrupt) -> Option<Arc<Witness>> {
    if !browser.confirm {
        return None;
    }
    let (lines, progress, interrupt) = (Mutex::new(lines()), console.progress(), interrupt.clone());
    let ask = move |question: &Question| {
        let lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
        ask(question, &lines, &progress, &interrupt)
    };
    Some(Arc::new(Witness::new(Box::new(ask))))
}

/// What is typed, line by line, also while nobody asks: what was typed before a question answers nothing.
fn lines() -> Receiver<String> {
    let (typed, lines) = mpsc::channel();
    // Nothing ends a read of the terminal but a line: the thread lives as long as the process.
    std::thread::spawn(move || {
        for line in io::stdin().lines().map_while(Result::ok) {
            if typed.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// Asks until there is an answer; nothing where the run ends or the input does.
fn ask(
    question: &Question,
    lines: &Receiver<String>,
    progress: &ProgressBar,
    interrupt: &Interrupt,
) -> Option<bool> {
    progress.suspend(|| {
        while lines.try_recv().is_ok() {}
        // A terminal that is gone does not answer either.
        let _ = write!(anstream::stderr(), "{}: {} [y/n/?] ", plain(&question.check), plain(&question.text));
        loop {
            let _ = io::stderr().flush();
            match lines.recv_timeout(GLANCE) {
                Ok(line) => match answer(&line) {
                    Ok(answer) => return answer,
                    Err(hint) => {
                        let _ = write!(anstream::stderr(), "{hint} ");
                    }
                },
                Err(RecvTimeoutError::Timeout) if !interrupt.is_raised() => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let _ = writeln!(anstream::stderr());
                    return None;
                }
            }
        }
    })
}

/// What a line means; what to type instead, where it means nothing.
fn answer(line: &str) -> Result<Option<bool>, &'static str> {
    match line.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(Some(true)),
        "n" | "no" => Ok(Some(false)),
        "" | "?" => Ok(None),
        _ => Err("type y for yes, n for no, or ? if you cannot tell:"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_no_answer_is_asked_for_again() {
        assert_eq!(answer(" Y "), Ok(Some(true)));
        assert_eq!(answer("no"), Ok(Some(false)));
        assert_eq!((answer(""), answer("?")), (Ok(None), Ok(None)));
        assert!(answer("yep, he is").is_err());
    }

    #[test]
    fn what_was_typed_before_the_question_answers_nothing() {
        let (typed, lines) = mpsc::channel();
        typed.send("y".to_owned()).unwrap();
        let interrupt = Interrupt::default();
        let question = Question { check: "a.b".to_owned(), text: "is it so?".to_owned() };
        interrupt.raise();
        assert_eq!(ask(&question, &lines, &ProgressBar::hidden(), &interrupt), None);
        drop(typed);
        assert_eq!(ask(&question, &lines, &ProgressBar::hidden(), &Interrupt::default()), None);
    }
}
