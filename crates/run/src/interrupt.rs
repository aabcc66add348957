//! Ending a run early: by Ctrl-C, by SIGTERM, or by whoever holds the handle.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use oinspect_core::Session;
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
    session: Option<Arc<Session>>,
}

impl Interrupt {
    /// Ends the run. May be called from a signal task, more than once, and before the run begins.
    pub fn raise(&self) {
        let mut state = self.state();
        state.is_raised = true;
        if let Some(session) = &state.session {
            session.cancel();
        }
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

    /// From now on, this session is the one that ends.
    pub(crate) fn attach(&self, session: &Arc<Session>) {
        let mut state = self.state();
        if state.is_raised {
            session.cancel();
        }
        state.session = Some(Arc::clone(session));
    }

    /// Lets go of the session.
    pub(crate) fn detach(&self) {
        self.state().session = None;
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
