//! Names that apps get wrong, and whether an account just in time keeps them.

use std::sync::Arc;

use oinspect_core::{Cx, Finding};
use oinspect_signin::Readback;

use crate::attempt::attempt;
use crate::person;
use crate::protocol::Protocol;
use crate::rehearsal::rehearsed;

/// Letters with marks, another script, and one that needs four bytes.
const FIRST: &str = "Zoë 李小龍 𝒵";
/// An apostrophe, a hyphen, and what looks like markup.
const LAST: &str = "O'Brien-Ng <i>&amp;</i> {name}";

/// What the app shows of a user with such names, and what was sent.
#[derive(Debug)]
pub(crate) struct Named {
    sent: (String, String),
    shown: Readback,
}

/// One user with every difficult name signs on, once a run.
fn named(cx: &mut Cx, protocol: Protocol) -> Result<Arc<Named>, Finding> {
    let rehearsal = rehearsed(cx, protocol)?;
    let name = format!("{} user with difficult names", protocol.name());
    cx.once(&name, |cx| {
        let person = person::newcomer(cx, protocol, (FIRST, LAST))?;
        let flow = rehearsal.flow;
        let attempt = attempt(cx, protocol, &rehearsal, flow, &person)?;
        attempt.expect_signed_in(cx, protocol, &person)?;
        expect_any_name(&attempt.shown)?;
        Ok(Named { sent: (person.first_name, person.last_name), shown: attempt.shown })
    })
}

/// An app that takes no name at all does not get these names wrong.
pub(crate) fn expect_any_name(shown: &Readback) -> Result<(), Finding> {
    let is_empty = |name: &Option<String>| name.as_deref().is_none_or(str::is_empty);
    if is_empty(&shown.first_name) && is_empty(&shown.last_name) {
        return Err(Finding::blocked(
            "the app shows neither first name nor last name of a user whom it made just in time",
        ));
    }
    Ok(())
}

/// Letters of every script come out as they went in.
pub(crate) fn unicode(cx: &mut Cx, protocol: Protocol) -> Result<(), Finding> {
    // Whoever cannot be signed in at all fails here, and only blocks the others.
    let named = named(cx, protocol).map_err(|finding| match finding {
        Finding::Blocked { why } if why.contains("signed in as") => {
            Finding::broken(format!("a user called {FIRST} signed in"), why)
        }
        other => other,
    })?;
    same("the first name", &named.sent.0, named.shown.first_name.as_deref())
}

/// An apostrophe and a hyphen come out as they went in.
pub(crate) fn apostrophe(cx: &mut Cx, protocol: Protocol) -> Result<(), Finding> {
    let named = named(cx, protocol)?;
    let shown = named.shown.last_name.as_deref();
    if shown.is_some_and(|shown| shown.starts_with("O'Brien-Ng")) {
        return Ok(());
    }
    Err(Finding::broken("a last name that begins with O'Brien-Ng", in_quotes(shown)))
}

/// What looks like markup is shown and never obeyed.
pub(crate) fn escaped(cx: &mut Cx, protocol: Protocol) -> Result<(), Finding> {
    let named = named(cx, protocol)?;
    let shown = named.shown.last_name.as_deref();
    if shown.is_some_and(|shown| shown.contains("<i>&amp;</i>")) {
        return Ok(());
    }
    Err(Finding::broken(format!("the last name as it is: {}", named.sent.1), in_quotes(shown)))
}

/// A value comes out as it went in.
fn same(what: &str, sent: &str, shown: Option<&str>) -> Result<(), Finding> {
    if shown == Some(sent) {
        return Ok(());
    }
    Err(Finding::broken(format!("{what} \"{sent}\""), in_quotes(shown)))
}

fn in_quotes(shown: Option<&str>) -> String {
    shown.map_or_else(|| "nothing where it belongs".to_owned(), |shown| format!("\"{shown}\""))
}
