//! Judging an attempt by what was learned: five signals, strongest first.

use super::calibration::{Calibration, share};
use super::judgement::{AsWhom, COOKIES, Judgement, Outcome, Says, Signal};
use super::snapshot::Snapshot;
use crate::identity::Identity;

/// How much of what tells a state must be seen to believe it.
const MOST: f64 = 0.6;
/// How much of what tells the other state may be seen then.
const FEW: f64 = 0.3;
/// How much of a page must be seen where it has nothing of its own.
const NEARLY_ALL: f64 = 0.8;

impl Calibration {
    /// Judges an attempt: the protected page as the attempt's profile sees it, the page at which the
    /// attempt itself ended, the user who was meant, the user whom only a forgery names, and what
    /// the org saw.
    pub fn judge(
        &self,
        probe: &Snapshot,
        callback: Option<&Snapshot>,
        expected: &Identity,
        canary: Option<&Identity>,
        org_saw: &[String],
    ) -> Judgement {
        let (is_in, why) = self.is_in(probe);
        let page = Signal {
            name: "protected page",
            says: match is_in {
                Some(true) => Says::SignedIn,
                Some(false) => Says::SignedOut,
                None if is_broken(probe) => Says::Broken,
                None => Says::Nothing,
            },
            why,
        };
        let shown = [Some(probe), callback].into_iter().flatten().map(Snapshot::words).collect::<String>();
        let canary_shows = canary.is_some_and(|canary| is_shown(canary, expected, &shown));
        let expected_shows = !expected.shown_in(&probe.words()).is_empty();
        let identity = self.identity(expected, canary, expected_shows, canary_shows, &shown);
        let cookies = self.cookies(probe);
        let outcome = match is_in {
            Some(true) => Outcome::SignedIn {
                as_whom: match (canary_shows, expected_shows) {
                    (true, _) => AsWhom::Canary,
                    (false, true) => AsWhom::Expected,
                    (false, false) => AsWhom::Somebody,
                },
            },
            Some(false) => Outcome::NotSignedIn,
            None if probe.page.loop_found => Outcome::Loop,
            None if is_broken(probe) => Outcome::ServerError,
            None => Outcome::Undetermined,
        };
        // Of the five, only these three are about a session; the others only tell how it came about. A
        // marker that is declared and missing outweighs a cookie: refused sign-ons leave messages in sessions.
        let cookie_counts = self.pages.signed_in.is_none();
        let inconsistent = match outcome {
            Outcome::SignedIn { .. } => cookies.says == Says::SignedOut || canary_shows && expected_shows,
            Outcome::NotSignedIn => {
                cookie_counts && cookies.says == Says::SignedIn
                    || canary_shows
                    || expected_shows && self.identity_is_shown
            }
            Outcome::ServerError | Outcome::Loop | Outcome::Undetermined => false,
        };
        let signals = vec![page, identity, cookies, org(org_saw), answer(callback)];
        Judgement { outcome, signals, inconsistent }
    }

    /// Whether a look is one of somebody who is signed in; nothing where it is like neither.
    pub(crate) fn is_in(&self, look: &Snapshot) -> (Option<bool>, String) {
        let url = look.page.place();
        let marked_in = self.pages.signed_in.as_ref().map(|marker| (marker, look.page.has(marker)));
        let marked_out = self.pages.signed_out.as_ref().map(|marker| (marker, look.page.has(marker)));
        match (marked_in, marked_out) {
            (Some((marker, true)), None | Some((_, false))) => {
                return (Some(true), format!("`{marker}` is there (at {url})"));
            }
            (None | Some((_, false)), Some((marker, true))) => {
                return (Some(false), format!("`{marker}` is there (at {url})"));
            }
            (Some((one, true)), Some((other, true))) => {
                return (None, format!("`{one}` and `{other}` are both there (at {url})"));
            }
            _ => {}
        }
        let (is_in, why) = self.by_tells(look);
        // A marker that is declared and not there outweighs what was learned.
        match is_in {
            Some(true) if marked_in.is_some() => {
                (None, format!("the signed-in marker is not there (at {url})"))
            }
            Some(false) if marked_out.is_some() => {
                (None, format!("the signed-out marker is not there (at {url})"))
            }
            _ => (is_in, why),
        }
    }

    fn by_tells(&self, look: &Snapshot) -> (Option<bool>, String) {
        let url = look.page.place();
        if look.page.loop_found {
            return (None, format!("the app sends the browser round in circles (at {url})"));
        }
        if let Some(status) = look.page.status.filter(|status| *status >= 500) {
            return (None, format!("the app answers {status} (at {url})"));
        }
        let told_in = share(&self.in_tells, &look.facts);
        let told_out = share(&self.out_tells, &look.facts);
        let like_in =
            share(&self.signed_in_a.facts, &look.facts).max(share(&self.signed_in_b.facts, &look.facts));
        let like_out =
            share(&self.signed_out.facts, &look.facts).max(share(&self.cookies_dropped.facts, &look.facts));
        let believes = |told: f64, other: f64, has_tells: bool, like: f64| {
            other <= FEW && if has_tells { told >= MOST } else { like >= NEARLY_ALL }
        };
        let is_in = believes(told_in, told_out, !self.in_tells.is_empty(), like_in);
        let is_out = believes(told_out, told_in, !self.out_tells.is_empty(), like_out);
        match (is_in, is_out) {
            (true, false) => (Some(true), format!("it looks as after the happy login (at {url})")),
            (false, true) => (Some(false), format!("it looks as before any login (at {url})")),
            (true, true) | (false, false) => {
                (None, format!("it looks neither as before nor as after a login (at {url})"))
            }
        }
    }

    fn identity(
        &self,
        expected: &Identity,
        canary: Option<&Identity>,
        expected_shows: bool,
        canary_shows: bool,
        shown: &str,
    ) -> Signal {
        let name = "identity";
        let seen = |user: &Identity| user.shown_in(shown).join(", ");
        match (canary.filter(|_| canary_shows), expected_shows) {
            (Some(canary), _) => {
                Signal { name, says: Says::SignedIn, why: format!("the forged user shows: {}", seen(canary)) }
            }
            (None, true) => {
                let says = if self.identity_is_shown { Says::SignedIn } else { Says::Nothing };
                Signal { name, says, why: format!("the user who was meant shows: {}", seen(expected)) }
            }
            (None, false) if self.identity_is_shown => {
                Signal { name, says: Says::SignedOut, why: "no user of this run shows".to_owned() }
            }
            (None, false) => {
                Signal { name, says: Says::Nothing, why: "the app never shows who is signed in".to_owned() }
            }
        }
    }

    fn cookies(&self, probe: &Snapshot) -> Signal {
        let name = COOKIES;
        if self.session_cookies.is_empty() {
            let why = "no cookie's name tells a session".to_owned();
            return Signal { name, says: Says::Nothing, why };
        }
        let has = |name: &str| probe.cookies.iter().any(|(cookie, _)| cookie == name);
        let list = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>().join(", ");
        let (there, missing): (Vec<&String>, Vec<&String>) =
            self.session_cookies.iter().partition(|cookie| has(cookie.as_str()));
        match (there.is_empty(), missing.is_empty()) {
            (false, true) => Signal { name, says: Says::SignedIn, why: format!("{} is set", list(there)) },
            (true, _) => Signal { name, says: Says::SignedOut, why: format!("{} is not set", list(missing)) },
            // Some of them belong to the way in: a sign-on that was refused has set those, too.
            (false, false) => Signal {
                name,
                says: Says::Nothing,
                why: format!("{} is set, {} is not", list(there), list(missing)),
            },
        }
    }
}

/// Whether a user's own strings occur: those that the other user does not have, too.
fn is_shown(user: &Identity, other: &Identity, words: &str) -> bool {
    let theirs = [&other.login, &other.email, &other.first_name, &other.last_name];
    user.shown_in(words)
        .into_iter()
        .any(|shown| !theirs.iter().any(|text| text.to_lowercase().contains(&shown.to_lowercase())))
}

fn is_broken(look: &Snapshot) -> bool {
    look.page.status.is_some_and(|status| status >= 500)
}

fn org(saw: &[String]) -> Signal {
    let why = if saw.is_empty() { "the org saw nothing more of it".to_owned() } else { saw.join(", ") };
    Signal { name: "what the org saw", says: Says::Nothing, why }
}

/// Measured on real apps, a rejection is 200, 400, 403, 500 or a loop: shown, and counted for little.
fn answer(callback: Option<&Snapshot>) -> Signal {
    let name = "callback";
    let Some(callback) = callback else {
        return Signal { name, says: Says::Nothing, why: "nobody looked".to_owned() };
    };
    let page = &callback.page;
    let says = match page.status {
        Some(status) if status >= 500 => Says::Broken,
        Some(status) if status >= 400 => Says::SignedOut,
        _ => Says::Nothing,
    };
    let status = page.status.map_or_else(|| "no status".to_owned(), |status| status.to_string());
    let circles = if page.loop_found { ", after going round in circles" } else { "" };
    Signal { name, says, why: format!("it ended at {} with {status}{circles}", page.place()) }
}
