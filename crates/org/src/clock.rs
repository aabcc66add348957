//! The one place where the org's time comes from.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// The org's clock: the machine's, or one that a test moves by hand. Clones of the latter move together.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands at this moment until it is moved.
    pub fn standing_at(moment: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(moment.as_millisecond()))))
    }

    /// Moves a standing clock forward; the machine's clock goes its own way.
    pub fn advance(&self, by: SignedDuration) {
        if let Some(milliseconds) = &self.0 {
            let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            milliseconds.fetch_add(by, Ordering::SeqCst);
        }
    }

    /// The present moment, to the millisecond.
    pub fn now(&self) -> Timestamp {
        let milliseconds = match &self.0 {
            Some(milliseconds) => milliseconds.load(Ordering::SeqCst),
            #[expect(clippy::disallowed_methods, reason = "this is the org's clock")]
            None => Timestamp::now().as_millisecond(),
        };
        Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
    }
}

/// A moment as Okta writes it: UTC, with milliseconds.
pub(crate) fn written(moment: Timestamp) -> String {
    format!("{moment:.3}")
}
