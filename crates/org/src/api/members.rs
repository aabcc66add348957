//! `/api/v1/groups/{id}/users`: who is in a group.

use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::caller::Caller;
use super::error::ApiError;
use super::groups::changeable;
use super::paging::{Query, page};
use super::users::read::shape;
use crate::state::{Org, Shared};
use crate::store::{Event, Party};

/// The members.
pub(crate) async fn list(
    State(org): State<Shared>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = Query::of(query.as_deref());
    let limit = query.limit(1000, 1000)?;
    let store = org.store();
    let group = store.groups.get(&id).ok_or_else(|| ApiError::no("UserGroup", &id))?;
    let found = group
        .members
        .iter()
        .filter_map(|user| store.users.get(user))
        .map(|user| (user.serial, shape(&org, user)));
    page(&org, &format!("/api/v1/groups/{id}/users"), &query, limit, found)
}

/// Makes a user a member.
pub(crate) async fn add(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path((id, user_id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change(&org, &actor, &id, &user_id, true)
}

/// Makes a user no member.
pub(crate) async fn remove(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path((id, user_id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change(&org, &actor, &id, &user_id, false)
}

fn change(org: &Org, actor: &Party, id: &str, user_id: &str, member: bool) -> Result<StatusCode, ApiError> {
    let now = org.now();
    let mut store = org.store();
    let user = store.users.get(user_id).map(Party::user).ok_or_else(|| ApiError::no("User", user_id))?;
    changeable(&store, id)?;
    let group = store.groups.get_mut(id).ok_or_else(|| ApiError::no("UserGroup", id))?;
    let (changed, kind) = if member {
        (group.members.insert(user_id.to_owned()), "group.user_membership.add")
    } else {
        (group.members.remove(user_id), "group.user_membership.remove")
    };
    if changed {
        group.members_changed = now;
        let targets = vec![user, Party::group(group)];
        store.log(Event::of(kind, actor.clone(), targets), now);
        store.follow_groups(actor, now);
    }
    Ok(StatusCode::NO_CONTENT)
}
