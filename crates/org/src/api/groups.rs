//! `/api/v1/groups`.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::body::Members;
use super::caller::Caller;
use super::criteria::Criteria;
use super::error::ApiError;
use super::paging::{Query, page};
use crate::clock::written;
use crate::state::{Org, Shared};
use crate::store::{Event, Group, Party, Store};

/// Makes a group. Answers 200.
pub(crate) async fn create(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    body: Members,
) -> Result<Json<Value>, ApiError> {
    let now = org.now();
    let mut store = org.store();
    let (name, description) = named(&body, &store, None)?;
    let id = store.add_group(&name, description, now);
    let group = store.groups.get(&id).ok_or_else(|| ApiError::no("UserGroup", &id))?.clone();
    store.log(Event::of("group.lifecycle.create", actor, vec![Party::group(&group)]), now);
    Ok(Json(shape(&org, &group)))
}

/// One group.
pub(crate) async fn read(State(org): State<Shared>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let store = org.store();
    let group = store.groups.get(&id).ok_or_else(|| ApiError::no("UserGroup", &id))?;
    Ok(Json(shape(&org, group)))
}

/// Gives a group another name and description.
pub(crate) async fn replace(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path(id): Path<String>,
    body: Members,
) -> Result<Json<Value>, ApiError> {
    let now = org.now();
    let mut store = org.store();
    changeable(&store, &id)?;
    let (name, description) = named(&body, &store, Some(&id))?;
    let group = store.groups.get_mut(&id).ok_or_else(|| ApiError::no("UserGroup", &id))?;
    group.name = name;
    group.description = description;
    group.last_updated = now;
    let group = group.clone();
    store.log(Event::of("group.profile.update", actor, vec![Party::group(&group)]), now);
    Ok(Json(shape(&org, &group)))
}

/// Removes a group and the assignments that it gave.
pub(crate) async fn delete(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let now = org.now();
    let mut store = org.store();
    changeable(&store, &id)?;
    let group = store.groups.remove(&id).ok_or_else(|| ApiError::no("UserGroup", &id))?;
    for app in store.apps.values_mut() {
        app.groups.remove(&id);
    }
    store.log(Event::of("group.lifecycle.delete", actor.clone(), vec![Party::group(&group)]), now);
    store.follow_groups(&actor, now);
    Ok(StatusCode::NO_CONTENT)
}

/// The groups that `q`, `search` or `filter` finds.
pub(crate) async fn list(State(org): State<Shared>, RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let query = Query::of(query.as_deref());
    let limit = query.limit(10_000, 10_000)?;
    let criteria = query.get("search").or_else(|| query.get("filter")).map(Criteria::read).transpose()?;
    let start = query.get("q").map(str::to_lowercase);
    let store = org.store();
    let found = store.groups.values().filter_map(|group| {
        let fits = start.as_ref().is_none_or(|start| group.name.to_lowercase().starts_with(start));
        let shape = fits.then(|| shape(&org, group))?;
        criteria.as_ref().is_none_or(|criteria| criteria.is_met_by(&shape)).then_some((group.serial, shape))
    });
    page(&org, "/api/v1/groups", &query, limit, found)
}

/// `/api/v1/users/{id}/groups`.
pub(crate) async fn of_user(
    State(org): State<Shared>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = Query::of(query.as_deref());
    let limit = query.limit(10_000, 10_000)?;
    let store = org.store();
    let user = store.user(&id).ok_or_else(|| ApiError::no("User", &id))?;
    let found = store
        .groups
        .values()
        .filter(|group| group.members.contains(&user.id))
        .map(|group| (group.serial, shape(&org, group)));
    page(&org, &format!("/api/v1/users/{}/groups", user.id), &query, limit, found)
}

/// Whether there is such a group and it is none of the built-in ones.
pub(super) fn changeable(store: &Store, id: &str) -> Result<(), ApiError> {
    match store.groups.get(id) {
        Some(group) if group.built_in => Err(ApiError::BuiltIn),
        Some(_) => Ok(()),
        None => Err(ApiError::no("UserGroup", id)),
    }
}

fn named(body: &Members, store: &Store, own: Option<&str>) -> Result<(String, Option<String>), ApiError> {
    let name = body.text(&["profile", "name"]).unwrap_or_default().trim();
    if name.is_empty() {
        return Err(ApiError::invalid("name", "The field cannot be left blank"));
    }
    if name.chars().count() > 255 {
        return Err(ApiError::invalid("name", "must have at most 255 characters"));
    }
    if store.groups.values().any(|group| group.name == name && own != Some(group.id.as_str())) {
        let cause = "An object with this field already exists in the current organization";
        return Err(ApiError::invalid("name", cause));
    }
    let description = body.text(&["profile", "description"]).map(|text| text.chars().take(1024).collect());
    Ok((name.to_owned(), description))
}

/// A group as the API shows it.
fn shape(org: &Org, group: &Group) -> Value {
    let own = org.url(&format!("/api/v1/groups/{}", group.id));
    json!({
        "id": group.id,
        "created": written(group.created),
        "lastUpdated": written(group.last_updated),
        "lastMembershipUpdated": written(group.members_changed),
        "objectClass": ["okta:user_group"],
        "type": if group.built_in { "BUILT_IN" } else { "OKTA_GROUP" },
        "profile": { "name": group.name, "description": group.description },
        "_links": {
            "users": { "href": format!("{own}/users") },
            "apps": { "href": format!("{own}/apps") },
        },
    })
}
