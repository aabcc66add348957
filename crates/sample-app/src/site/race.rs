//! Creations that meet half-way: what a server without a unique index makes of them, and of lists meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::clock;
use crate::fault::CreateFault;
use crate::http::Refusal;
use crate::scim::{Call, Payload};
use crate::switches::Switches;

/// How long a creation lies between looking and storing.
const GAP: Duration = Duration::from_millis(80);
/// How many creations at once make a list fail.
const CROWD: usize = 5;

/// The creations that are under way.
#[derive(Debug, Default)]
pub(crate) struct Creations {
    under_way: AtomicUsize,
}

impl Creations {
    /// Holds a request up as the faults of concurrency have it. The switches that it goes on with are
    /// those of a server that has looked for the name already, and does not look again.
    pub(super) fn meet(
        &self,
        switches: Switches,
        call: &Call<'_>,
        is_free: impl FnOnce(&str) -> bool,
    ) -> Result<Switches, Refusal> {
        let is_users = call.path.len() == 1 && call.path.iter().any(|segment| segment == "Users");
        let crowded = switches.has(CreateFault::ListAmidCreationsAnswers500);
        let after = if switches.has(CreateFault::RaceMakesSecondUser) {
            CreateFault::DuplicateAccepted
        } else if switches.has(CreateFault::RaceAnswers500) {
            CreateFault::DuplicateAnswers500
        } else if crowded {
            CreateFault::ListAmidCreationsAnswers500
        } else {
            return Ok(switches);
        };
        match (call.method, &call.payload) {
            ("POST", Payload::Bytes { bytes, .. }) if is_users => {
                self.under_way.fetch_add(1, Ordering::SeqCst);
                let free = crowded || is_free(&user_name(bytes));
                clock::pause(if crowded { GAP * 3 } else { GAP });
                self.under_way.fetch_sub(1, Ordering::SeqCst);
                match (free, after) {
                    (true, after) => Ok(switches.with(after)),
                    // What was stored without a look does not stop others by itself.
                    (false, CreateFault::DuplicateAccepted) => Err(Refusal::name_taken("userName", switches)),
                    (false, _) => Ok(switches),
                }
            }
            ("GET", _) if is_users && crowded && call.query.get("filter").is_none() => {
                clock::pause(GAP);
                match self.under_way.load(Ordering::SeqCst) {
                    0..CROWD => Ok(switches),
                    CROWD.. => Err(Refusal::internal()),
                }
            }
            _ => Ok(switches),
        }
    }
}

fn user_name(body: &[u8]) -> String {
    let body: Option<Value> = serde_json::from_slice(body).ok();
    body.and_then(|body| body.get("userName")?.as_str().map(str::to_owned)).unwrap_or_default()
}
