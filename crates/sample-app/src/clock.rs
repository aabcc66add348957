//! The one place where the app's time comes from.

use jiff::{Timestamp, ToSpan, Unit};

/// The present moment, to the millisecond.
pub(crate) fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "this is the app's clock: it lives apart from any session")]
    let now = Timestamp::now();
    now.round(Unit::Millisecond).expect("the present lies far from the end of time")
}

/// A moment as SCIM writes it (RFC 7643, section 2.3.5).
pub(crate) fn written(moment: Timestamp) -> String {
    format!("{moment:.3}")
}

/// The present, or just after `before`: two changes of one resource never share a moment.
pub(crate) fn after(before: &str) -> Timestamp {
    let now = now();
    match before.parse::<Timestamp>() {
        Ok(before) if before >= now => before.checked_add(1.millisecond()).unwrap_or(now),
        Ok(_) | Err(_) => now,
    }
}
