//! Where a sign-on lands, and as whom when somebody else was there before.

use oinspect_core::{Cx, Finding};
use oinspect_signin::{Act, Page, Step};
use url::Url;

use crate::attempt::judged;
use crate::protocol::{Flow, Protocol};
use crate::rehearsal::rehearsed;
use crate::walk::Walk;

/// What pages of a program say that fell over, in small letters.
const TRACES: [&str; 8] = [
    "traceback (most recent call",
    "stack trace",
    "stacktrace",
    "nullpointerexception",
    "panicked at",
    "unhandled exception",
    "fatal error",
    "at java.",
];

/// Sign-on from a page deep in the app leads back to it.
pub(crate) fn deep_link(cx: &mut Cx, protocol: Protocol) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, protocol)?;
    let instance = protocol.instance(cx)?;
    let Some(deep_link) = instance.deep_link.clone() else {
        return Err(Finding::blocked("no page deep in the app is configured"));
    };
    let person = rehearsal.first().person.clone();
    let mut walk = Walk::new(cx, rehearsal.eyes)?;
    let mut acts = vec![Act::Open(deep_link.clone())];
    acts.extend(Step::acts(&instance.steps, &person.login, &person.login));
    let page = walk.perform(cx, "open a page deep in the app", &acts)?;
    let landing = walk.pass_org(cx, protocol, page, &person)?;
    is_at(&landing, &deep_link)
}

/// Whether a page is this one: origin and path count, not what comes after.
pub(crate) fn is_at(page: &Page, wanted: &Url) -> Result<(), Finding> {
    let is_there = page.url.origin() == wanted.origin() && page.url.path() == wanted.path();
    if is_there && page.status.is_none_or(|status| status < 400) {
        return Ok(());
    }
    let status = page.status.map_or_else(String::new, |status| format!(" ({status})"));
    Err(Finding::broken(format!("the page {wanted}"), format!("{}{status}", page.place())))
}

/// Whether sign-on ended without an error, whoever was signed in before.
pub(crate) fn is_no_error(page: &Page) -> Result<(), Finding> {
    match page.status.filter(|status| *status >= 400) {
        Some(status) => Err(Finding::broken("a page of the app", format!("{status} at {}", page.place()))),
        None => Ok(()),
    }
}

/// A user who is signed in opens the tile once more.
pub(crate) fn second_login(cx: &mut Cx, protocol: Protocol) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, protocol)?;
    let person = rehearsal.first().person.clone();
    let mut walk = Walk::new(cx, rehearsal.eyes)?;
    walk.sign_on(cx, protocol, Flow::Idp, &person)?;
    let landing = walk.sign_on(cx, protocol, Flow::Idp, &person)?;
    is_no_error(&landing)?;
    judged(cx, protocol, &rehearsal, walk, landing, &person)?.expect_signed_in(cx, protocol, &person)
}

/// A second user signs on in the first one's browser.
pub(crate) fn switch_user(cx: &mut Cx, protocol: Protocol) -> Result<(), Finding> {
    let rehearsal = rehearsed(cx, protocol)?;
    let (ada, grace) = (rehearsal.first().person.clone(), rehearsal.second().person.clone());
    let mut walk = Walk::new(cx, rehearsal.eyes)?;
    walk.sign_on(cx, protocol, Flow::Idp, &ada)?;
    cx.note("the first user's session at the org ends; the one at the app lives on");
    walk.forget_org(cx)?;
    let landing = walk.sign_on(cx, protocol, Flow::Idp, &grace)?;
    let attempt = judged(cx, protocol, &rehearsal, walk, landing, &grace)?;
    if attempt.shown.email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(&ada.login)) {
        return Err(Finding::broken(
            format!("signed in as {}", grace.login),
            format!("still signed in as {}", ada.login),
        ));
    }
    attempt.expect_signed_in(cx, protocol, &grace)
}

/// Whether a refusal is told to people: no crash, no trace of one, something to read.
pub(crate) fn is_for_people(page: &Page) -> Result<(), Finding> {
    let wanted = "a page that says that sign-on failed";
    if page.loop_found {
        return Err(Finding::broken(wanted, format!("a loop of redirects at {}", page.place())));
    }
    if let Some(status) = page.status.filter(|status| *status >= 500) {
        return Err(Finding::broken(wanted, format!("{status} at {}", page.place())));
    }
    let text = page.text.to_lowercase();
    if let Some(trace) = TRACES.iter().find(|trace| text.contains(**trace)) {
        return Err(Finding::broken(wanted, format!("a page with \"{trace}\" at {}", page.place())));
    }
    if text.trim().is_empty() {
        return Err(Finding::broken(wanted, format!("an empty page at {}", page.place())));
    }
    Ok(())
}
