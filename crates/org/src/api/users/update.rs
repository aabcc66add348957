//! Changing users: a part of them with POST, the whole with PUT.

use axum::extract::{Path, State};
use axum::{Extension, Json};
use serde_json::{Map, Value};

use super::{password, profile, read};
use crate::api::body::Members;
use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::state::{Org, Shared};
use crate::store::{Event, Party, UserStatus};

/// Changes what was sent and leaves the rest.
pub(crate) async fn merge(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path(id): Path<String>,
    body: Members,
) -> Result<Json<Value>, ApiError> {
    change(&org, &actor, &id, &body, false)
}

/// Changes everything: attributes that were not sent are gone.
pub(crate) async fn replace(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path(id): Path<String>,
    body: Members,
) -> Result<Json<Value>, ApiError> {
    change(&org, &actor, &id, &body, true)
}

fn change(org: &Org, actor: &Party, id: &str, body: &Members, whole: bool) -> Result<Json<Value>, ApiError> {
    let now = org.now();
    let mut store = org.store();
    let user = store.user(id).ok_or_else(|| ApiError::no("User", id))?.clone();
    if user.status == UserStatus::Deprovisioned {
        return Err(ApiError::WrongStatus);
    }
    let before = if whole { Map::new() } else { user.profile.clone() };
    let new_profile = match body.object("profile")? {
        Some(sent) => {
            let new = profile::merged(&before, sent)?;
            profile::check(&new, &store, Some(&user.id))?;
            Some(new)
        }
        None if whole => return Err(ApiError::invalid("profile", "is required")),
        None => None,
    };
    let password = password::sent(body, new_profile.as_ref().unwrap_or(&user.profile))?;
    let mut events = Vec::new();
    if let Some(stored) = store.users.get_mut(&user.id) {
        stored.last_updated = now;
        if let Some(new) = new_profile {
            if new != stored.profile {
                events.push("user.account.update_profile");
            }
            stored.profile = new;
        }
        if let Some(password) = password {
            stored.password = Some(password);
            stored.password_changed = Some(now);
            events.push("user.account.update_password");
            if stored.status == UserStatus::Provisioned {
                stored.status = UserStatus::Active;
                stored.status_changed = Some(now);
            }
        }
    }
    let user = store.users.get(&user.id).ok_or_else(|| ApiError::no("User", id))?.clone();
    for kind in events {
        store.log(Event::of(kind, actor.clone(), vec![Party::user(&user)]), now);
    }
    Ok(Json(read::shape(org, &user)))
}
