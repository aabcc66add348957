//! `/api/v1/apps/{id}/groups`: groups whose members are assigned to an app.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::caller::Caller;
use super::error::ApiError;
use super::paging::{Query, page};
use crate::clock::written;
use crate::state::{Org, Shared};
use crate::store::{Event, Group, Party};

/// Assigns a group: its members get the app, now and when they join later.
pub(crate) async fn assign(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path((id, group_id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let now = org.now();
    let mut store = org.store();
    let group = store.groups.get(&group_id).ok_or_else(|| ApiError::no("UserGroup", &group_id))?.clone();
    let app = store.apps.get_mut(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    let targets = vec![Party::group(&group), Party::app(app)];
    if app.groups.insert(group_id) {
        store.log(Event::of("group.application_assignment.add", actor.clone(), targets), now);
        store.follow_groups(&actor, now);
    }
    Ok(Json(shape(&org, &id, &group)))
}

/// Takes a group's assignment away, and with it those of its members who were not assigned alone.
pub(crate) async fn unassign(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path((id, group_id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let now = org.now();
    let mut store = org.store();
    let group = store.groups.get(&group_id).map(Party::group);
    let app = store.apps.get_mut(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    if !app.groups.remove(&group_id) {
        return Err(ApiError::no("ApplicationGroupAssignment", &group_id));
    }
    let targets = group.into_iter().chain([Party::app(app)]).collect();
    store.log(Event::of("group.application_assignment.remove", actor.clone(), targets), now);
    store.follow_groups(&actor, now);
    Ok(StatusCode::NO_CONTENT)
}

/// One group's assignment.
pub(crate) async fn read(
    State(org): State<Shared>,
    Path((id, group_id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let store = org.store();
    let app = store.app(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    let group = app.groups.get(&group_id).and_then(|id| store.groups.get(id));
    let group = group.ok_or_else(|| ApiError::no("ApplicationGroupAssignment", &group_id))?;
    Ok(Json(shape(&org, &id, group)))
}

/// All groups that are assigned.
pub(crate) async fn list(
    State(org): State<Shared>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = Query::of(query.as_deref());
    let limit = query.limit(200, 20)?;
    let store = org.store();
    let app = store.app(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    let found = app
        .groups
        .iter()
        .filter_map(|group| store.groups.get(group))
        .map(|group| (group.serial, shape(&org, &id, group)));
    page(&org, &format!("/api/v1/apps/{id}/groups"), &query, limit, found)
}

fn shape(org: &Org, app_id: &str, group: &Group) -> Value {
    json!({
        "id": group.id,
        "lastUpdated": written(group.last_updated),
        "priority": 0,
        "profile": {},
        "_links": {
            "app": { "href": org.url(&format!("/api/v1/apps/{app_id}")) },
            "self": { "href": org.url(&format!("/api/v1/apps/{app_id}/groups/{}", group.id)) },
            "group": { "href": org.url(&format!("/api/v1/groups/{}", group.id)) },
        },
    })
}
