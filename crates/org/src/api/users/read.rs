//! Reading users, one and many.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use serde_json::{Value, json};

use crate::api::criteria::Criteria;
use crate::api::error::ApiError;
use crate::api::paging::{Query, page};
use crate::clock::written;
use crate::state::{Org, Shared};
use crate::store::{User, UserStatus};

/// One user, by id or login.
pub(crate) async fn read(State(org): State<Shared>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let store = org.store();
    let user = store.user(&id).ok_or_else(|| ApiError::no("User", &id))?;
    Ok(Json(shape(&org, user)))
}

/// The users that `q`, `search` or `filter` finds. Deactivated ones only when somebody looks for them.
pub(crate) async fn list(State(org): State<Shared>, RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let query = Query::of(query.as_deref());
    let limit = query.limit(200, 200)?;
    let criteria = query.get("search").or_else(|| query.get("filter")).map(Criteria::read).transpose()?;
    let start = query.get("q").map(str::to_lowercase);
    let store = org.store();
    let found = store.users.values().filter_map(|user| {
        let fits = match (&criteria, &start) {
            (None, None) => user.status != UserStatus::Deprovisioned,
            (None, Some(start)) => ["firstName", "lastName", "email"]
                .iter()
                .any(|name| user.text(name).to_lowercase().starts_with(start)),
            (Some(_), _) => true,
        };
        let shape = fits.then(|| shape(&org, user))?;
        criteria.as_ref().is_none_or(|criteria| criteria.is_met_by(&shape)).then_some((user.serial, shape))
    });
    page(&org, "/api/v1/users", &query, limit, found)
}

/// A user as the API shows it.
pub(crate) fn shape(org: &Org, user: &User) -> Value {
    let mut profile = user.profile.clone();
    for name in ["mobilePhone", "secondEmail"] {
        profile.entry(name).or_insert(Value::Null);
    }
    let mut credentials = json!({
        "emails": [{ "value": user.text("email"), "status": "VERIFIED", "type": "PRIMARY" }],
        "provider": { "type": "OKTA", "name": "OKTA" },
    });
    if let (Some(credentials), Some(_)) = (credentials.as_object_mut(), &user.password) {
        credentials.insert("password".to_owned(), json!({}));
    }
    let own = org.url(&format!("/api/v1/users/{}", user.id));
    json!({
        "id": user.id,
        "status": user.status.name(),
        "created": written(user.created),
        "activated": user.activated.map(written),
        "statusChanged": user.status_changed.map(written),
        "lastLogin": user.last_login.map(written),
        "lastUpdated": written(user.last_updated),
        "passwordChanged": user.password_changed.map(written),
        "type": { "id": org.identity.id("oty", "user") },
        "profile": profile,
        "credentials": credentials,
        "_links": links(user.status, &own),
    })
}

/// What can be done next with a user of this status.
fn links(status: UserStatus, own: &str) -> Value {
    let mut links = json!({ "self": { "href": own } });
    let steps: &[&str] = match status {
        UserStatus::Staged => &["activate", "deactivate"],
        UserStatus::Deprovisioned => &["activate"],
        UserStatus::Provisioned => &["reactivate", "deactivate"],
        UserStatus::Active => &["suspend", "deactivate"],
        UserStatus::Suspended => &["unsuspend", "deactivate"],
        UserStatus::LockedOut => &["unlock", "deactivate"],
    };
    if let Some(links) = links.as_object_mut() {
        for step in steps {
            let link = json!({ "href": format!("{own}/lifecycle/{step}"), "method": "POST" });
            links.insert((*step).to_owned(), link);
        }
    }
    links
}
