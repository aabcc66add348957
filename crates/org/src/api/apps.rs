//! `/api/v1/apps`.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use serde_json::Value;

use super::app_shape::shape;
use super::caller::Caller;
use super::criteria::Criteria;
use super::error::ApiError;
use super::paging::{Query, page};
use crate::app::SignOn;
use crate::saml;
use crate::state::Shared;
use crate::store::{Event, InstanceStatus, Party};

/// The apps whose label or name begins with `q` and that meet `filter`.
pub(crate) async fn list(State(org): State<Shared>, RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let query = Query::of(query.as_deref());
    let limit = query.limit(200, 20)?;
    let criteria = query.get("filter").map(Criteria::read).transpose()?;
    let start = query.get("q").map(str::to_lowercase);
    let store = org.store();
    let found = store.apps.values().filter_map(|app| {
        let fits = start.as_ref().is_none_or(|start| {
            app.app.label.to_lowercase().starts_with(start) || app.ids.name.to_lowercase().starts_with(start)
        });
        let shape = fits.then(|| shape(&org, app))?;
        let meets = criteria.as_ref().is_none_or(|criteria| {
            let mut known = shape.clone();
            // `user.id eq "..."` asks for the apps of a user.
            if let Some(known) = known.as_object_mut() {
                let users = app.assignments.keys().map(|id| serde_json::json!({ "id": id })).collect();
                known.insert("user".to_owned(), Value::Array(users));
            }
            criteria.is_met_by(&known)
        });
        meets.then_some((app.serial, shape))
    });
    page(&org, "/api/v1/apps", &query, limit, found)
}

/// One app.
pub(crate) async fn read(State(org): State<Shared>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let store = org.store();
    let app = store.app(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    Ok(Json(shape(&org, app)))
}

/// `POST /apps/{id}/lifecycle/{activate|deactivate}`: 200 and an empty body.
pub(crate) async fn step(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path((id, step)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (status, kind) = match step.as_str() {
        "activate" => (InstanceStatus::Active, "application.lifecycle.activate"),
        "deactivate" => (InstanceStatus::Inactive, "application.lifecycle.deactivate"),
        _ => return Err(ApiError::Unsupported),
    };
    let now = org.now();
    let mut store = org.store();
    let app = store.apps.get_mut(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    if app.status != status {
        app.status = status;
        app.last_updated = now;
        let party = Party::app(app);
        store.log(Event::of(kind, actor, vec![party]), now);
    }
    Ok(StatusCode::OK)
}

/// Removes an app that is inactive.
pub(crate) async fn delete(
    State(org): State<Shared>,
    Extension(Caller(actor)): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let now = org.now();
    let mut store = org.store();
    let app = store.app(&id).ok_or_else(|| ApiError::no("AppInstance", &id))?;
    if app.status == InstanceStatus::Active {
        return Err(ApiError::AppInUse);
    }
    let party = Party::app(app);
    store.apps.remove(&id);
    store.log(Event::of("application.lifecycle.delete", actor, vec![party]), now);
    Ok(StatusCode::NO_CONTENT)
}

/// The metadata of a SAML app.
pub(crate) async fn metadata(
    State(org): State<Shared>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let missing = || ApiError::no("AppInstance", &id);
    let app = org.store().app(&id).map(|instance| instance.app.clone()).ok_or_else(missing)?;
    match &app.sign_on {
        SignOn::Saml(_) => {
            let xml = saml::metadata(&org.identity, &org.base_url, &app);
            Ok(([(CONTENT_TYPE, "application/xml")], xml).into_response())
        }
        SignOn::Oidc(_) | SignOn::Service(_) => Err(missing()),
    }
}
