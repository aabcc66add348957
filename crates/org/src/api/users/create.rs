//! Creating users.

use axum::extract::{RawQuery, State};
use axum::{Extension, Json};
use serde_json::{Map, Value};

use super::{password, profile, read};
use crate::api::body::Members;
use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::paging::Query;
use crate::state::Shared;
use crate::store::{Event, Party};

/// Makes a user, active unless the query says `activate=false`. Answers 200, as Okta does.
pub(crate) async fn create(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    RawQuery(query): RawQuery,
    body: Members,
) -> Result<Json<Value>, ApiError> {
    let query = Query::of(query.as_deref());
    let sent = body.object("profile")?.ok_or_else(|| ApiError::invalid("profile", "is required"))?;
    let now = org.now();
    let mut store = org.store();
    let profile = profile::merged(&Map::new(), sent)?;
    profile::check(&profile, &store, None)?;
    let password = password::sent(&body, &profile)?;
    let groups = groups(&body)?;
    if let Some(unknown) = groups.iter().find(|id| store.groups.get(*id).is_none_or(|group| group.built_in)) {
        return Err(ApiError::no("UserGroup", unknown));
    }
    let id = store.create_user(profile, password, &actor, now);
    for group in &groups {
        let Some(group) = store.groups.get_mut(group) else { continue };
        group.members.insert(id.clone());
        group.members_changed = now;
        let mut targets = vec![Party::group(group)];
        targets.extend(store.users.get(&id).map(Party::user));
        store.log(Event::of("group.user_membership.add", actor.clone(), targets), now);
    }
    if query.get("activate") == Some("false") {
        store.follow_groups(&actor, now);
    } else {
        store.activate(&id, &actor, now);
    }
    store.users.get(&id).map(|user| Json(read::shape(&org, user))).ok_or_else(|| ApiError::no("User", &id))
}

/// The groups that the user is to be in from the start.
fn groups(body: &Members) -> Result<Vec<String>, ApiError> {
    match body.0.get("groupIds") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(ids)) => {
            ids.iter().map(|id| id.as_str().map(str::to_owned).ok_or(ApiError::Malformed)).collect()
        }
        Some(_) => Err(ApiError::Malformed),
    }
}
