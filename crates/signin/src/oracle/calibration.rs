//! Learning what the app shows to those who are signed in, and to those who are not.

use std::collections::BTreeSet;

use super::app::AppPages;
use super::snapshot::Snapshot;
use crate::identity::Identity;

/// What was learned about an app; the base of every judgement.
#[derive(Debug, Clone)]
pub struct Calibration {
    /// C0: a clean profile.
    pub signed_out: Snapshot,
    /// C1: the first user.
    pub signed_in_a: Snapshot,
    /// C2: the second user, in a profile of their own.
    pub signed_in_b: Snapshot,
    /// C3: the first user's profile without its cookies.
    pub cookies_dropped: Snapshot,
    /// Whether the app shows who is signed in.
    pub identity_is_shown: bool,
    /// What weakens later judgements, one sentence each.
    pub notes: Vec<String>,
    pub(crate) pages: AppPages,
    /// Facts that only the signed-in pages have, whoever is signed in.
    pub(crate) in_tells: BTreeSet<String>,
    /// Facts that only the signed-out pages have.
    pub(crate) out_tells: BTreeSet<String>,
    /// Names of cookies that only a session has.
    pub(crate) session_cookies: BTreeSet<String>,
}

/// The app's pages do not tell whether somebody is signed in: nothing may be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncalibrated {
    /// What could not be told apart, or is not as it must be.
    pub why: String,
    /// What to declare or mend.
    pub what_to_declare: String,
}

/// Learns from four looks at the protected page: signed out, as user A, as user B, and A's profile
/// after its cookies were dropped.
///
/// # Errors
/// Which looks could not be told apart, and what to declare.
pub fn calibrate(
    c0: Snapshot,
    c1: Snapshot,
    c2: Snapshot,
    c3: Snapshot,
    a: &Identity,
    b: &Identity,
    pages: &AppPages,
) -> Result<Calibration, Uncalibrated> {
    for (snapshot, what) in [
        (&c0, "to somebody who is not signed in"),
        (&c1, "after the happy login of user A"),
        (&c2, "after the happy login of user B"),
        (&c3, "after user A's cookies were dropped"),
    ] {
        usable(snapshot, what)?;
    }
    markers(pages, &c0, &c1, &c2, &c3)?;
    let tells = |here: [&Snapshot; 2], there: [&Snapshot; 2]| -> BTreeSet<String> {
        let both = here[0].facts.intersection(&here[1].facts);
        both.filter(|fact| there.iter().all(|other| !other.facts.contains(*fact))).cloned().collect()
    };
    let in_tells = tells([&c1, &c2], [&c0, &c3]);
    let out_tells = tells([&c0, &c3], [&c1, &c2]);
    let is_marked = pages.signed_in.is_some() || pages.signed_out.is_some();
    let session_cookies = session_cookies(&c0, &c1, &c2, &c3);
    if in_tells.is_empty() && out_tells.is_empty() && !is_marked {
        return Err(indistinct(&c0, &c1, &c2, &c3));
    }
    let mut calibration = Calibration {
        signed_out: c0,
        signed_in_a: c1,
        signed_in_b: c2,
        cookies_dropped: c3,
        identity_is_shown: false,
        notes: Vec::new(),
        pages: pages.clone(),
        in_tells,
        out_tells,
        session_cookies,
    };
    calibration.check_itself()?;
    calibration.look_for_identities(a, b);
    Ok(calibration)
}

/// A page that says nothing about sign-in cannot be the measure of it.
fn usable(snapshot: &Snapshot, when: &str) -> Result<(), Uncalibrated> {
    let page = &snapshot.page;
    let (why, what_to_declare) = if page.loop_found {
        (
            format!("the app sends the browser round in circles {when} (at {})", page.place()),
            "set app.protected_url to a page that can be opened, or mend the redirects",
        )
    } else if let Some(failure) = &page.failure {
        (
            format!("{} cannot be opened {when}: {failure}", page.place()),
            "set app.protected_url to a page that can be opened",
        )
    } else if let Some(status) = page.status.filter(|status| *status >= 500) {
        (
            format!("the app answers {status} {when} (at {})", page.place()),
            "mend the app, or set app.protected_url to another page",
        )
    } else {
        return Ok(());
    };
    Err(Uncalibrated { why, what_to_declare: what_to_declare.to_owned() })
}

/// Declared markers must be where they were declared to be.
fn markers(
    pages: &AppPages,
    c0: &Snapshot,
    c1: &Snapshot,
    c2: &Snapshot,
    c3: &Snapshot,
) -> Result<(), Uncalibrated> {
    let looks = [
        (c0, false, "to somebody who is not signed in"),
        (c1, true, "after the happy login of user A"),
        (c2, true, "after the happy login of user B"),
        (c3, false, "after user A's cookies were dropped"),
    ];
    let declared = [("app.signed_in", &pages.signed_in, true), ("app.signed_out", &pages.signed_out, false)];
    for (setting, selector, means_in) in declared {
        let Some(selector) = selector else { continue };
        for (snapshot, is_in, when) in looks {
            let wanted = is_in == means_in;
            if snapshot.page.has(selector) != wanted {
                let shown = if wanted { "does not show" } else { "shows" };
                return Err(Uncalibrated {
                    why: format!(
                        "{setting} = `{selector}`: the app {shown} it {when} (at {})",
                        snapshot.page.place()
                    ),
                    what_to_declare: format!(
                        "correct {setting}, or app.protected_url, where it is looked for"
                    ),
                });
            }
        }
    }
    Ok(())
}

/// Names that everybody has who is signed in, and nobody else.
fn session_cookies(c0: &Snapshot, c1: &Snapshot, c2: &Snapshot, c3: &Snapshot) -> BTreeSet<String> {
    let names =
        |look: &Snapshot| -> BTreeSet<String> { look.cookies.iter().map(|(name, _)| name.clone()).collect() };
    let (before, after) = (names(c0), names(c3));
    let both = names(c1).intersection(&names(c2)).cloned().collect::<BTreeSet<String>>();
    both.into_iter().filter(|name| !before.contains(name) && !after.contains(name)).collect()
}

/// Why no fact tells the looks apart.
fn indistinct(c0: &Snapshot, c1: &Snapshot, c2: &Snapshot, c3: &Snapshot) -> Uncalibrated {
    let declare = "declare app.signed_in, what only those see who are signed in (a selector, or `text=Sign out`), \
                   or app.protected_url, a page that only they can open";
    let is_like = |one: &Snapshot, other: &Snapshot| share(&one.facts, &other.facts) > 0.9;
    let why = if is_like(c1, c3) && !is_like(c0, c1) {
        format!(
            "the app shows user A's page (at {}) also after A's cookies were dropped: it keeps the session elsewhere, \
             or the page needs none",
            c3.page.place()
        )
    } else if is_like(c0, c1) && (c1.asks_for_password() || looks_signed_out(c1)) {
        format!(
            "the app shows a login page whatever happens (at {}), also after a happy login",
            c1.page.place()
        )
    } else if is_like(c0, c1) && looks_signed_in(c0) {
        format!(
            "everybody is signed in: the page that a clean profile sees (at {}) offers to sign out, as after a login",
            c0.page.place()
        )
    } else if is_like(c0, c1) {
        format!(
            "the app shows the same page signed out and signed in (at {}): C0 and C1 cannot be told apart",
            c1.page.place()
        )
    } else if is_like(c0, c2) {
        format!(
            "the happy login of user B ends on the page of those who are not signed in (at {}): C0 and C2 cannot be \
             told apart",
            c2.page.place()
        )
    } else {
        format!(
            "the pages of users A and B (at {} and {}) have nothing in common that a signed-out page lacks",
            c1.page.place(),
            c2.page.place()
        )
    };
    Uncalibrated { why, what_to_declare: declare.to_owned() }
}

fn looks_signed_in(look: &Snapshot) -> bool {
    says_any(look, &["sign out", "log out", "logout", "signout", "log off"])
}

fn looks_signed_out(look: &Snapshot) -> bool {
    !looks_signed_in(look) && says_any(look, &["sign in", "log in", "login", "signin", "log on"])
}

fn says_any(look: &Snapshot, words: &[&str]) -> bool {
    let text = look.page.text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

/// How much of one set is in another, from 0 to 1.
pub(crate) fn share(of: &BTreeSet<String>, within: &BTreeSet<String>) -> f64 {
    if of.is_empty() {
        return 0.0;
    }
    let hits = u32::try_from(of.intersection(within).count()).unwrap_or(u32::MAX);
    let all = u32::try_from(of.len()).unwrap_or(u32::MAX);
    f64::from(hits) / f64::from(all)
}

impl Calibration {
    /// What was learned must tell the very looks from which it was learned.
    fn check_itself(&self) -> Result<(), Uncalibrated> {
        let looks = [
            (&self.signed_out, Some(false), "C0, the clean profile"),
            (&self.signed_in_a, Some(true), "C1, user A's happy login"),
            (&self.signed_in_b, Some(true), "C2, user B's happy login"),
            (&self.cookies_dropped, Some(false), "C3, A's profile without cookies"),
        ];
        for (look, wanted, name) in looks {
            if self.is_in(look).0 != wanted {
                return Err(Uncalibrated {
                    why: format!(
                        "{name} (at {}) looks like neither signed in nor signed out by itself",
                        look.page.place()
                    ),
                    what_to_declare:
                        "declare app.signed_in and app.signed_out: what only those see who are, \
                                      and who are not, signed in"
                            .to_owned(),
                });
            }
        }
        Ok(())
    }

    fn look_for_identities(&mut self, a: &Identity, b: &Identity) {
        let (of_a, of_b) = (self.signed_in_a.words(), self.signed_in_b.words());
        let shows_a = !a.shown_in(&of_a).is_empty();
        let shows_b = !b.shown_in(&of_b).is_empty();
        self.identity_is_shown = shows_a && shows_b;
        if !self.identity_is_shown {
            self.notes.push(
                "the app shows the same page to users A and B: who is signed in cannot be read; declare \
                 app.profile_url with the places of name and email"
                    .to_owned(),
            );
        }
        if !b.shown_in(&of_a).is_empty() && b != a {
            self.notes.push("the app shows user B's data to user A".to_owned());
        }
        if self.session_cookies.is_empty() {
            self.notes.push(
                "no cookie tells a session: those who are signed in have the same names as those who are not"
                    .to_owned(),
            );
        }
    }
}
