//! The four cases of Okta's Submission Tester, the same for both protocols.

use oinspect_core::{Cx, Finding};

use crate::attempt::{Attempt, Claim, Ground, attempt};
use crate::leftover;
use crate::person::{self, Person};
use crate::protocol::{Flow, Protocol};
use crate::rehearsal::{Rehearsal, rehearsal};
use crate::stage::stage;

/// Sign-on by an acquainted user, and sign-out at the end.
pub(crate) fn sign_on(cx: &mut Cx, protocol: Protocol, flow: Flow) -> Result<(), Finding> {
    let rehearsal = rehearsal(cx, protocol)?;
    let person = rehearsal.first().person.clone();
    let attempt = attempt(cx, protocol, &rehearsal, flow, &person)?;
    attempt.expect_signed_in(cx, protocol, &person)?;
    sign_out(cx, protocol, &rehearsal, attempt)
}

/// Sign-on by somebody whom the app has never seen: the account has to be there afterwards, and right.
pub(crate) fn just_in_time(cx: &mut Cx, protocol: Protocol, flow: Flow) -> Result<(), Finding> {
    let rehearsal = rehearsal(cx, protocol)?;
    let person = person::newcomer(cx, protocol, ("Jitka", "Novak-{name}"))?;
    if let Some(accounts @ 1..) = leftover::accounts_seen(cx, &person.login)? {
        return Err(Finding::blocked(format!("the app has {accounts} accounts of a user it has never seen")));
    }
    let attempt = attempt(cx, protocol, &rehearsal, flow, &person)?;
    let ground = attempt.ground(cx, protocol, &person, Claim::Account)?;
    is_right(cx, protocol, &attempt, &person, ground)?;
    if let Some(accounts) = leftover::accounts_seen(cx, &person.login)?.filter(|accounts| *accounts != 1) {
        return Err(Finding::broken("one account, seen by SCIM", format!("{accounts} accounts")));
    }
    sign_out(cx, protocol, &rehearsal, attempt)?;
    let stage = stage(cx)?;
    let instance = protocol.instance(cx)?;
    stage.org.unassign(cx, &instance.app_id, &person.user.id)?;
    stage.org.delete_user(cx, &person.user)
}

/// Whether the new account has the names and the address that were sent.
fn is_right(
    cx: &mut Cx,
    protocol: Protocol,
    attempt: &Attempt,
    person: &Person,
    ground: Ground,
) -> Result<(), Finding> {
    let shown = &attempt.shown;
    let values = [
        ("first name", &person.first_name, &shown.first_name),
        ("last name", &person.last_name, &shown.last_name),
        ("email address", &person.login, &shown.email),
    ];
    let mut unseen = Vec::new();
    for (what, sent, displayed) in values {
        match displayed {
            Some(displayed) if displayed == sent => {}
            // Addresses and their capitals are kept differently from app to app.
            Some(displayed) if what == "email address" && displayed.eq_ignore_ascii_case(sent) => {}
            Some(displayed) => {
                return Err(Finding::broken(format!("the {what} \"{sent}\""), format!("\"{displayed}\"")));
            }
            None if attempt.text.contains(sent.as_str()) => {}
            None => unseen.push(what),
        }
    }
    // Who said already that the user is signed in was asked for all of this at once.
    if unseen.is_empty() || ground == Ground::Witness {
        return Ok(());
    }
    let unseen = unseen.join(", ");
    match attempt.ask(cx, protocol, person, Claim::Account)? {
        Some(true) => Ok(()),
        Some(false) => Err(Finding::broken(
            format!("{} {} ({})", person.first_name, person.last_name, person.login),
            format!("no page shows the new account's {unseen}, and a person says that this is not so"),
        )),
        None => Err(Finding::NotVerified {
            why: format!(
                "no page shows the new account's {unseen}: set app.profile_url, app.first_name, app.last_name and \
                 app.email"
            ),
        }),
    }
}

/// Every case ends with this.
fn sign_out(cx: &mut Cx, protocol: Protocol, rehearsal: &Rehearsal, attempt: Attempt) -> Result<(), Finding> {
    let instance = protocol.instance(cx)?;
    let mut walk = attempt.walk;
    walk.sign_out(cx, &instance, &rehearsal.home)
}
