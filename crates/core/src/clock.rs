//! The one place where time comes from.

use jiff::Timestamp;

/// The session's clock.
#[derive(Debug, Clone, Copy, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still, for tests and for reports that must not change.
    Fixed(Timestamp),
}

impl Clock {
    /// The present moment.
    pub fn now(self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Self::System => Timestamp::now(),
            Self::Fixed(moment) => moment,
        }
    }
}
