//! `/api/v1/apps/{id}/users`: who is assigned to an app.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Extension, Json};
use serde_json::{Map, Value, json};

use super::body::Members;
use super::caller::Caller;
use super::error::ApiError;
use super::paging::{Query, page};
use crate::clock::written;
use crate::state::{Org, Shared};
use crate::store::{Assignment, Event, Party, Scope, UserStatus, Wanted};

/// Assigns a user. Answers 200, as Okta does, also when the user was assigned before.
pub(crate) async fn assign(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path(id): Path<String>,
    body: Members,
) -> Result<Json<Value>, ApiError> {
    let now = org.now();
    let mut store = org.store();
    store.app(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    let user_id =
        body.text(&["id"]).ok_or_else(|| ApiError::invalid("id", "The field cannot be left blank"))?;
    let user = store.users.get(user_id).ok_or_else(|| ApiError::no("User", user_id))?;
    if user.status == UserStatus::Deprovisioned {
        return Err(ApiError::WrongStatus);
    }
    let user_id = user.id.clone();
    let wanted = Wanted {
        user_id: user_id.clone(),
        scope: scope(&body)?,
        user_name: body.text(&["credentials", "userName"]).map(str::to_owned),
        profile: body.object("profile")?.cloned().unwrap_or_default(),
    };
    store.assign(&id, wanted, &actor, now);
    drop(store);
    shown(&org, &id, &user_id)
}

/// Changes an assignment: what was sent is changed, the rest stays.
pub(crate) async fn update(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path((id, user_id)): Path<(String, String)>,
    body: Members,
) -> Result<Json<Value>, ApiError> {
    let now = org.now();
    let sent: Map<String, Value> = body.object("profile")?.cloned().unwrap_or_default();
    let new_name = body.text(&["credentials", "userName"]).map(str::to_owned);
    let mut store = org.store();
    let app = store.apps.get_mut(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    let party = Party::app(app);
    let assignment = app.assignments.get_mut(&user_id).ok_or_else(|| ApiError::no("AppUser", &user_id))?;
    if body.text(&["scope"]).is_some() {
        assignment.scope = scope(&body)?;
    }
    for (name, value) in sent {
        match value {
            Value::Null => assignment.profile.remove(&name),
            value => assignment.profile.insert(name, value),
        };
    }
    assignment.last_updated = now;
    let renamed = match new_name {
        Some(name) if name != assignment.user_name => {
            assignment.user_name = name;
            true
        }
        Some(_) | None => false,
    };
    if renamed {
        let targets = store.users.get(&user_id).map(Party::user).into_iter().chain([party]).collect();
        store.log(Event::of("application.user_membership.change_username", actor, targets), now);
    }
    drop(store);
    shown(&org, &id, &user_id)
}

/// One assignment.
pub(crate) async fn read(
    State(org): State<Shared>,
    Path((id, user_id)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    shown(&org, &id, &user_id)
}

/// Takes an assignment away.
pub(crate) async fn unassign(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path((id, user_id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let now = org.now();
    let mut store = org.store();
    store.app(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    if store.unassign(&id, &user_id, &actor, now) {
        // A group that assigns the user brings the assignment back.
        store.follow_groups(&actor, now);
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::no("AppUser", &user_id))
    }
}

/// All assignments.
pub(crate) async fn list(
    State(org): State<Shared>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = Query::of(query.as_deref());
    let limit = query.limit(500, 50)?;
    let start = query.get("q").map(str::to_lowercase);
    let store = org.store();
    let app = store.app(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    let found = app.assignments.values().filter_map(|assignment| {
        let user = store.users.get(&assignment.user_id)?;
        let fits = start.as_ref().is_none_or(|start| {
            [assignment.user_name.as_str(), user.text("firstName"), user.text("lastName"), user.text("email")]
                .iter()
                .any(|text| text.to_lowercase().starts_with(start))
        });
        fits.then(|| (assignment.serial, shape(&org, &id, assignment)))
    });
    page(&org, &format!("/api/v1/apps/{id}/users"), &query, limit, found)
}

fn scope(body: &Members) -> Result<Scope, ApiError> {
    match body.text(&["scope"]) {
        None | Some("USER") => Ok(Scope::User),
        Some("GROUP") => Ok(Scope::Group),
        Some(_) => Err(ApiError::invalid("scope", "must be USER or GROUP")),
    }
}

fn shown(org: &Org, app_id: &str, user_id: &str) -> Result<Json<Value>, ApiError> {
    let store = org.store();
    let app = store.app(app_id).ok_or_else(|| ApiError::no("AppInstance", app_id))?;
    let assignment = app.assignments.get(user_id).ok_or_else(|| ApiError::no("AppUser", user_id))?;
    Ok(Json(shape(org, app_id, assignment)))
}

/// Without provisioning an app user is active at once, linked to nothing and never synchronised.
fn shape(org: &Org, app_id: &str, assignment: &Assignment) -> Value {
    let user = org.url(&format!("/api/v1/users/{}", assignment.user_id));
    json!({
        "id": assignment.user_id,
        "externalId": null,
        "created": written(assignment.created),
        "lastUpdated": written(assignment.last_updated),
        "scope": match assignment.scope {
            Scope::User => "USER",
            Scope::Group => "GROUP",
        },
        "status": "ACTIVE",
        "statusChanged": written(assignment.status_changed),
        "passwordChanged": null,
        "syncState": "DISABLED",
        "credentials": { "userName": assignment.user_name },
        "profile": assignment.profile,
        "_links": {
            "app": { "href": org.url(&format!("/api/v1/apps/{app_id}")) },
            "user": { "href": user },
        },
    })
}
