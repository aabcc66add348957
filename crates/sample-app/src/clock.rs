//! The one place where the app's time comes from.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, ToSpan, Unit};

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

/// A written moment, put off.
pub(crate) fn later(moment: &str, by: SignedDuration) -> String {
    let put_off = moment.parse::<Timestamp>().ok().and_then(|moment| moment.checked_add(by).ok());
    put_off.map_or_else(|| moment.to_owned(), written)
}

/// Lets a moment pass, for faults that others have to meet half-way.
pub(crate) fn pause(duration: Duration) {
    #[expect(
        clippy::disallowed_methods,
        reason = "a race is a fault only if another request comes in between"
    )]
    std::thread::sleep(duration);
}
