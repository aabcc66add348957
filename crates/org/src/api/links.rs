//! `/api/v1/users/{id}/appLinks`: the tiles of a user.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::error::ApiError;
use crate::state::Shared;

/// The tiles that the user's dashboard shows.
pub(crate) async fn of_user(
    State(org): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let store = org.store();
    let user = store.user(&id).ok_or_else(|| ApiError::no("User", &id))?;
    let links = store
        .tiles_of(&user.id)
        .into_iter()
        .enumerate()
        .map(|(place, app)| {
            json!({
                "id": org.identity.id("00u", &format!("{}/{}", app.ids.app_id, user.id)),
                "label": app.app.label,
                "linkUrl": org.url(&app.embed_path()),
                "logoUrl": null,
                "appName": app.ids.name,
                "appInstanceId": app.ids.app_id,
                "appAssignmentId": user.id,
                "credentialsSetup": false,
                "hidden": false,
                "sortOrder": place,
            })
        })
        .collect();
    Ok(Json(Value::Array(links)))
}
