//! Accounts that an app makes just in time: one for each user, however often they come.

use oinspect_core::{Cx, Finding};

use crate::attempt::attempt;
use crate::leftover;
use crate::names::expect_any_name;
use crate::person;
use crate::protocol::Protocol;
use crate::rehearsal::rehearsed;

/// A second sign-on in a clean profile finds the account of the first.
pub(crate) fn no_duplicate(cx: &mut Cx, protocol: Protocol) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, protocol)?;
    let person = person::newcomer(cx, protocol, ("Twice", "Seen-{name}"))?;
    let flow = rehearsal.flow;
    let first = attempt(cx, protocol, &rehearsal, flow, &person)?;
    first
        .expect_signed_in(cx, protocol, &person)
        .map_err(|finding| finding.as_obstacle("the first sign-on"))?;
    let second = attempt(cx, protocol, &rehearsal, flow, &person)?;
    second.expect_signed_in(cx, protocol, &person)?;
    match leftover::accounts_seen(cx, &person.login)? {
        Some(1) => Ok(()),
        Some(accounts) => Err(Finding::broken("one account, seen by SCIM", format!("{accounts} accounts"))),
        None => {
            cx.note("no SCIM server is configured: whether the app keeps a second account out of sight is not known");
            Ok(())
        }
    }
}

/// A changed name at the org: afterwards the app shows the new one or the old one, and nothing else.
pub(crate) fn survives_rename(cx: &mut Cx, protocol: Protocol) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, protocol)?;
    let mut person = person::newcomer(cx, protocol, ("Reni", "Miller-{name}"))?;
    let flow = rehearsal.flow;
    let first = attempt(cx, protocol, &rehearsal, flow, &person)?;
    first
        .expect_signed_in(cx, protocol, &person)
        .map_err(|finding| finding.as_obstacle("the first sign-on"))?;
    // Where no profile is declared, the second sign-on alone tells.
    if first.shown.first_name.is_some() || first.shown.last_name.is_some() {
        expect_any_name(&first.shown)?;
    }
    let old = person.last_name.clone();
    person.last_name = old.replace("Miller", "Smith");
    person::rename(cx, &person)?;
    let second = attempt(cx, protocol, &rehearsal, flow, &person)?;
    second.expect_signed_in(cx, protocol, &person)?;
    match second.shown.last_name.as_deref() {
        None => Ok(()),
        Some(shown) if shown == person.last_name => {
            cx.note("the app takes a new name over");
            Ok(())
        }
        Some(shown) if shown == old => {
            cx.note("the app keeps the name of the first sign-on");
            Ok(())
        }
        Some(shown) => {
            Err(Finding::broken(format!("\"{}\" or \"{old}\"", person.last_name), format!("\"{shown}\"")))
        }
    }
}
