//! Learning what the app shows to those who are signed in, and to those who are not.

use std::collections::BTreeSet;

use super::app::AppPages;
use super::judgement::Judgement;
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
    let _ = (c0, c1, c2, c3, a, b, pages);
    Err(Uncalibrated { why: String::new(), what_to_declare: String::new() })
}

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
        let _ = (probe, callback, expected, canary, org_saw);
        Judgement { outcome: super::Outcome::Undetermined, signals: Vec::new(), inconsistent: false }
    }
}
