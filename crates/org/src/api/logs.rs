//! `/api/v1/logs`: the system log.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::criteria::Criteria;
use super::error::ApiError;
use super::paging::{Query, linked};
use crate::clock::written;
use crate::state::Shared;
use crate::store::{Event, LogEvent, Outcome, Party};

/// How far back a question without `since` looks.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The events that fit. There is always a link to the next page: what comes later stands there.
pub(crate) async fn list(State(org): State<Shared>, RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let query = Query::of(query.as_deref());
    let limit = query.limit(1000, 100)?;
    let since = match moment(&query, "since")? {
        Some(since) => since,
        None => org.now().checked_sub(WEEK).unwrap_or(Timestamp::MIN),
    };
    let until = moment(&query, "until")?;
    let criteria = query.get("filter").map(Criteria::read).transpose()?;
    let words: Vec<String> =
        query.get("q").map(|q| q.split_whitespace().map(str::to_lowercase).collect()).unwrap_or_default();
    let descending = match query.get("sortOrder") {
        None | Some("ASCENDING") => false,
        Some("DESCENDING") => true,
        Some(_) => return Err(ApiError::invalid("sortOrder", "must be ASCENDING or DESCENDING")),
    };
    let after = query.after()?;
    let store = org.store();
    let fits = |entry: &&LogEvent| {
        let beyond =
            after.is_none_or(|after| if descending { entry.serial < after } else { entry.serial > after });
        beyond && entry.published >= since && until.is_none_or(|until| entry.published < until)
    };
    let shown = |entry: &LogEvent| {
        let shape = shape(entry);
        let found = criteria.as_ref().is_none_or(|criteria| criteria.is_met_by(&shape)) && {
            let text = if words.is_empty() { String::new() } else { shape.to_string().to_lowercase() };
            words.iter().all(|word| text.contains(word))
        };
        found.then_some((entry.serial, shape))
    };
    let page: Vec<(u64, Value)> = if descending {
        store.events.iter().rev().filter(fits).filter_map(shown).take(limit).collect()
    } else {
        store.events.iter().filter(fits).filter_map(shown).take(limit).collect()
    };
    let next =
        page.last().map(|(serial, _)| *serial).or(after).unwrap_or(if descending { u64::MAX } else { 0 });
    let items = page.into_iter().map(|(_, item)| item).collect();
    Ok(linked(&org, "/api/v1/logs", &query, Some(next), items))
}

fn moment(query: &Query, name: &str) -> Result<Option<Timestamp>, ApiError> {
    query
        .get(name)
        .map(|text| {
            text.parse().map_err(|_| ApiError::invalid(name, "must be a moment such as 2026-11-01T00:00:00Z"))
        })
        .transpose()
}

/// An event as the API shows it.
fn shape(entry: &LogEvent) -> Value {
    let Event { kind, actor, outcome, targets, debug, session } = &entry.event;
    let (result, reason, severity) = match outcome {
        Outcome::Success => ("SUCCESS", None, "INFO"),
        Outcome::Failure(reason) => ("FAILURE", Some(reason), "WARN"),
    };
    json!({
        "uuid": entry.uuid,
        "published": written(entry.published),
        "eventType": kind,
        "version": "0",
        "severity": severity,
        "legacyEventType": null,
        "displayMessage": kind,
        "actor": party(actor),
        "client": { "userAgent": null, "zone": "null", "device": null, "id": null, "ipAddress": "127.0.0.1" },
        "authenticationContext": {
            "authenticationStep": 0,
            "externalSessionId": session.as_deref().unwrap_or("unknown"),
        },
        "outcome": { "result": result, "reason": reason },
        "target": targets.iter().map(party).collect::<Vec<_>>(),
        "transaction": { "type": "WEB", "id": entry.uuid, "detail": {} },
        "debugContext": { "debugData": debug },
    })
}

fn party(party: &Party) -> Value {
    json!({
        "id": party.id,
        "type": party.kind,
        "alternateId": party.alternate_id,
        "displayName": party.display_name,
        "detailEntry": null,
    })
}
