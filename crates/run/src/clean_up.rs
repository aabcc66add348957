//! Removes what a run created, newest first, also after a failure or an interruption.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use oinspect_core::{Created, Cx, Event, Leftover, Session};

use crate::runner::{Emit, panic_message, sentence};

/// The longest that cleaning up takes, unless the caller says otherwise.
pub const CLEAN_UP_LIMIT: Duration = Duration::from_mins(1);

/// Removes everything that the run created, newest first; says what is left behind and why.
///
/// No removal begins after `limit`; one that began before may still take as long as a check.
pub fn clean_up(session: &Arc<Session>, limit: Duration, emit: Emit<'_>) {
    let deadline = session.clock.now().saturating_add(limit).unwrap_or(Timestamp::MAX);
    for Created { label, remove } in session.take_created() {
        let is_late = session.clock.now() >= deadline;
        let why = if is_late {
            Some(format!("cleaning up took longer than {limit:?}"))
        } else {
            let mut cx = Cx::for_clean_up(Arc::clone(session));
            match catch_unwind(AssertUnwindSafe(|| remove(&mut cx))) {
                Ok(Ok(())) => None,
                Ok(Err(finding)) => Some(sentence(&finding)),
                Err(panic) => Some(panic_message(&*panic)),
            }
        };
        if let Some(why) = why {
            emit(Event::LeftBehind(Leftover::record(&label, &why, &session.redactor)));
        }
    }
}
