//! Waiting: for our own limit of requests per second, and for a target that asks to come back later.

use std::time::Duration;

use jiff::Timestamp;
use oinspect_core::{Clock, Response};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::interrupt::Interrupt;

/// The first wait where a target gives none; each later one is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// Spreads requests over time.
pub(super) struct Pace {
    interval: Option<Duration>,
    next: Mutex<Option<Instant>>,
}

/// The run was interrupted while a request waited for its turn.
pub(super) struct Interrupted;

impl Pace {
    pub(super) fn new(requests_per_second: Option<f64>) -> Self {
        let interval = requests_per_second
            .and_then(|rate| Duration::try_from_secs_f64(rate.recip()).ok())
            .filter(|interval| !interval.is_zero());
        Self { interval, next: Mutex::new(None) }
    }

    /// Waits until it is this request's turn.
    pub(super) async fn turn(&self, interrupt: &Interrupt) -> Result<(), Interrupted> {
        let Some(interval) = self.interval else { return Ok(()) };
        let at = {
            let mut next = self.next.lock().await;
            let now = Instant::now();
            let at = next.map_or(now, |next| next.max(now));
            *next = Some(at + interval);
            at
        };
        tokio::select! {
            () = tokio::time::sleep_until(at) => Ok(()),
            () = interrupt.raised() => Err(Interrupted),
        }
    }
}

/// How long the target asks to wait, if this answer is such a plea.
///
/// A 503 without a moment to come back is the target's answer, and none of our business.
pub(super) fn asked_to_wait(response: &Response, retries: u32, clock: Clock) -> Option<Duration> {
    let named = response.header("retry-after").and_then(|value| retry_after(value, clock));
    match response.status {
        // An org says itself when the next call is welcome: whoever drives it waits for that.
        429 if response.header("x-rate-limit-reset").is_some() => None,
        429 => Some(named.unwrap_or(FIRST_WAIT * 2_u32.pow(retries))),
        503 => named,
        _ => None,
    }
}

/// Seconds, or a moment (RFC 9110, 10.2.3); a moment that has passed is no wait at all.
fn retry_after(value: &str, clock: Clock) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let moment: Timestamp = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(Duration::try_from(moment.duration_since(clock.now())).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_to_come_back_is_seconds_or_a_date() {
        let clock = Clock::Fixed("2026-11-21T10:00:00Z".parse().unwrap());
        assert_eq!(retry_after("7", clock), Some(Duration::from_secs(7)));
        assert_eq!(retry_after("Sat, 21 Nov 2026 10:00:05 GMT", clock), Some(Duration::from_secs(5)));
        assert_eq!(retry_after("Sat, 21 Nov 2026 09:00:00 GMT", clock), Some(Duration::ZERO));
        assert_eq!(retry_after("99999999999999999999999", clock), Some(Duration::MAX));
        assert_eq!(retry_after("-1", clock), None);
        assert_eq!(retry_after("soon", clock), None);
    }

    #[test]
    fn a_429_is_always_a_plea_and_a_503_only_with_a_moment_to_come_back() {
        let answer = |status, retry_after: Option<&str>| Response {
            status,
            headers: retry_after
                .map(|value| ("retry-after".to_owned(), value.to_owned()))
                .into_iter()
                .collect(),
            body: Vec::new(),
            elapsed: Duration::ZERO,
            retries: 0,
        };
        let wait =
            |answer, retries| asked_to_wait(&answer, retries, Clock::System).map(|wait| wait.as_secs());
        assert_eq!(wait(answer(429, None), 0), Some(1));
        assert_eq!(wait(answer(429, Some("soon")), 2), Some(4), "each wait is twice the last");
        assert_eq!(wait(answer(429, Some("9")), 0), Some(9));
        assert_eq!(wait(answer(503, Some("9")), 0), Some(9));
        assert_eq!(wait(answer(503, None), 0), None);
        assert_eq!(wait(answer(503, Some("soon")), 0), None);
        assert_eq!(wait(answer(500, Some("9")), 0), None);
    }
}
