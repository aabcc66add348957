//! Lists in pages, each with links to itself and to the next.

use axum::Json;
use axum::http::header::LINK;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use url::form_urlencoded::{Serializer, parse};

use super::error::ApiError;
use crate::state::Org;

/// A request's query, decoded.
#[derive(Debug, Clone)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// The parameters of a raw query.
    pub(crate) fn of(raw: Option<&str>) -> Self {
        Self(parse(raw.unwrap_or_default().as_bytes()).into_owned().collect())
    }

    /// The value of a parameter that is there and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// How many are asked for, between one and the most.
    pub(crate) fn limit(&self, most: usize, otherwise: usize) -> Result<usize, ApiError> {
        match self.get("limit") {
            None => Ok(otherwise),
            Some(text) => match text.parse::<usize>() {
                Ok(limit) if limit > 0 => Ok(limit.min(most)),
                Ok(_) | Err(_) => Err(ApiError::invalid("limit", "must be a number from 1 on")),
            },
        }
    }

    /// The place after which the page begins. To clients the cursor means nothing.
    pub(crate) fn after(&self) -> Result<Option<u64>, ApiError> {
        self.get("after")
            .map(|text| {
                text.strip_prefix('c')
                    .and_then(|digits| digits.parse().ok())
                    .ok_or_else(|| ApiError::invalid("after", "is no cursor of this list"))
            })
            .transpose()
    }

    fn address(&self, org: &Org, path: &str, after: Option<u64>) -> String {
        let mut query = Serializer::new(String::new());
        for (name, value) in &self.0 {
            if after.is_none() || name != "after" {
                query.append_pair(name, value);
            }
        }
        if let Some(after) = after {
            query.append_pair("after", &format!("c{after}"));
        }
        let query = query.finish();
        if query.is_empty() { org.url(path) } else { format!("{}?{query}", org.url(path)) }
    }
}

/// One page of items, which come with their places in the order of the list.
pub(crate) fn page(
    org: &Org,
    path: &str,
    query: &Query,
    limit: usize,
    items: impl Iterator<Item = (u64, Value)>,
) -> Result<Response, ApiError> {
    let after = query.after()?;
    let mut items: Vec<(u64, Value)> = items.collect();
    items.sort_by_key(|(serial, _)| *serial);
    let mut rest = items.into_iter().filter(|(serial, _)| after.is_none_or(|after| *serial > after));
    let shown: Vec<(u64, Value)> = rest.by_ref().take(limit).collect();
    let next = if rest.next().is_some() { shown.last().map(|(serial, _)| *serial) } else { None };
    let shown = shown.into_iter().map(|(_, item)| item).collect();
    Ok(linked(org, path, query, next, shown))
}

/// Items with links to their page and, if there is a cursor, to the next one.
pub(crate) fn linked(org: &Org, path: &str, query: &Query, next: Option<u64>, items: Vec<Value>) -> Response {
    let mut headers = HeaderMap::new();
    let links = [(Some("self"), None), (next.map(|_| "next"), next)];
    for (relation, after) in links {
        let Some(relation) = relation else { continue };
        let link = format!("<{}>; rel=\"{relation}\"", query.address(org, path, after));
        if let Ok(link) = HeaderValue::from_str(&link) {
            headers.append(LINK, link);
        }
    }
    (headers, Json(Value::Array(items))).into_response()
}
