//! The steps of a user's life: activation, suspension, deactivation, deletion.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::paging::Query;
use crate::random;
use crate::state::Shared;
use crate::store::UserStatus;

/// `POST /users/{id}/lifecycle/{step}`.
pub(crate) async fn step(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path((id, step)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, ApiError> {
    let query = Query::of(query.as_deref());
    let now = org.now();
    let mut store = org.store();
    let user = store.user(&id).ok_or_else(|| ApiError::no("User", &id))?;
    let (id, status) = (user.id.clone(), user.status);
    match step.as_str() {
        "activate" => match status {
            UserStatus::Staged | UserStatus::Deprovisioned => store.activate(&id, &actor, now),
            UserStatus::Active | UserStatus::Provisioned | UserStatus::Suspended | UserStatus::LockedOut => {
                return Err(ApiError::AlreadyActive);
            }
        },
        "deactivate" => match status {
            UserStatus::Deprovisioned => return Err(ApiError::WrongStatus),
            _ => store.deactivate(&id, &actor, now),
        },
        "reactivate" => match status {
            UserStatus::Provisioned => {
                store.change_status(&id, status, "user.lifecycle.reactivate", &actor, now);
            }
            _ => return Err(ApiError::WrongStatus),
        },
        "suspend" => match status {
            UserStatus::Active => {
                store.end_sessions_of(&id);
                store.change_status(&id, UserStatus::Suspended, "user.lifecycle.suspend", &actor, now);
            }
            _ => return Err(ApiError::invalid("suspend", "Cannot suspend a user that is not active")),
        },
        "unsuspend" => match status {
            UserStatus::Suspended => {
                store.change_status(&id, UserStatus::Active, "user.lifecycle.unsuspend", &actor, now);
            }
            _ => return Err(ApiError::invalid("unsuspend", "Cannot unsuspend a user that is not suspended")),
        },
        "unlock" => match status {
            UserStatus::LockedOut => {
                store.change_status(&id, UserStatus::Active, "user.account.unlock_by_admin", &actor, now);
            }
            _ => return Err(ApiError::NotLocked),
        },
        _ => return Err(ApiError::Unsupported),
    }
    let waits = store.users.get(&id).is_some_and(|user| user.status == UserStatus::Provisioned);
    let tells = matches!(step.as_str(), "activate" | "reactivate") && query.get("sendEmail") == Some("false");
    if waits && tells {
        let token = random::token(20);
        let link = org.url(&format!("/welcome/{token}"));
        return Ok(Json(json!({ "activationUrl": link, "activationToken": token })));
    }
    Ok(Json(json!({})))
}

/// The first call on a live user deactivates, the next one deletes. Both answer 204.
pub(crate) async fn delete(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let now = org.now();
    let mut store = org.store();
    let user = store.user(&id).ok_or_else(|| ApiError::no("User", &id))?;
    let (id, status) = (user.id.clone(), user.status);
    if status == UserStatus::Deprovisioned {
        store.delete_user(&id, &actor, now);
    } else {
        store.deactivate(&id, &actor, now);
    }
    Ok(StatusCode::NO_CONTENT)
}
