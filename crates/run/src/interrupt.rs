//! Ending a run early: by Ctrl-C, by SIGTERM, or by whoever holds the handle.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// A handle that ends a run early. Clones end the same run.
///
/// Requests on their way are answered first, so that what they create is known and removed; nothing
/// new is sent but the clean-up.
#[derive(Clone, Default)]
pub struct Interrupt(Arc<Inner>);

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    raised: Notify,
}

#[derive(Default)]
struct State {
    is_raised: bool,
}

impl Interrupt {
    /// Ends the run. May be called from a signal task, more than once, and before the run begins.
    pub fn raise(&self) {
        let mut state = self.state();
        state.is_raised = true;
        drop(state);
        self.0.raised.notify_waiters();
    }

    /// Whether the run was asked to end.
    pub fn is_raised(&self) -> bool {
        self.state().is_raised
    }

    /// Waits until the run is asked to end; for ever, if it was asked before.
    pub(crate) async fn raised(&self) {
        self.0.raised.notified().await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Interrupt").field(&self.is_raised()).finish()
    }
}
