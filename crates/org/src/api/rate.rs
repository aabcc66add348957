//! The rate limit: headers on every answer, and a refusal when a minute's calls are used up.

use std::sync::Mutex;
use std::sync::PoisonError;

use axum::extract::{Request, State};
use axum::http::header::DATE;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::error::ApiError;
use crate::state::Shared;

const MINUTE: i64 = 60;

/// The calls of the minute that runs.
#[derive(Debug, Default)]
pub(crate) struct Window(Mutex<(i64, u32)>);

impl Window {
    /// Counts one call. Gives how many were made in this minute and when it ends.
    fn count(&self, now: Timestamp) -> (u32, i64) {
        let minute = now.as_second().div_euclid(MINUTE);
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if window.0 != minute {
            *window = (minute, 0);
        }
        window.1 = window.1.saturating_add(1);
        (window.1, (minute + 1) * MINUTE)
    }
}

/// Counts the call. `Date` is the org's, so that whoever must wait can tell until when.
pub(crate) async fn limit(State(org): State<Shared>, request: Request, next: Next) -> Response {
    let now = org.now();
    let (calls, reset) = org.window.count(now);
    let mut response =
        if calls > org.calls_a_minute { ApiError::TooMany.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    let remaining = org.calls_a_minute.saturating_sub(calls);
    headers.insert(HeaderName::from_static("x-rate-limit-limit"), org.calls_a_minute.into());
    headers.insert(HeaderName::from_static("x-rate-limit-remaining"), remaining.into());
    headers.insert(HeaderName::from_static("x-rate-limit-reset"), reset.into());
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&now);
    if let Some(date) = date.ok().and_then(|date| HeaderValue::from_str(&date).ok()) {
        headers.insert(DATE, date);
    }
    response
}
