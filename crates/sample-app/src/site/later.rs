//! Requests that prefer a later answer (RFC 9967, section 2.5.1.1).
//!
//! The work is done when the answer leaves, which is as late as any moment before the event.

use crate::fault::LaterFault;
use crate::http::{Answer, Content};
use crate::random;
use crate::switches::Switches;

/// The answer to a client with this preference: 202 in place of a success, if the client wishes.
pub(super) fn later(answer: Answer, method: &str, prefer: Option<&str>, switches: Switches) -> Answer {
    let wishes = prefer.is_some_and(|prefer| {
        prefer.split([',', ';']).any(|preference| preference.trim().eq_ignore_ascii_case("respond-async"))
    });
    let writes = matches!(method, "POST" | "PUT" | "PATCH" | "DELETE");
    if !wishes || !writes || !(200..300).contains(&answer.status) {
        return answer;
    }
    let transaction =
        if switches.has(LaterFault::TransactionRepeated) { "the-one".to_owned() } else { random::uuid() };
    let mut accepted = Answer::nothing(202);
    accepted.headers.extend(answer.headers.iter().filter(|(name, _)| *name == "location").cloned());
    if switches.has(LaterFault::AcceptedWithBody) {
        accepted.content = answer.content;
    } else {
        accepted.content = Content::Nothing;
    }
    if !switches.has(LaterFault::TransactionUnnamed) {
        accepted = accepted.with("set-txn", transaction);
    }
    if !switches.has(LaterFault::PreferenceNotConfirmed) {
        accepted = accepted.with("preference-applied", "respond-async");
    }
    accepted
}
