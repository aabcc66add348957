//! The Management API under `/api/v1`, and what belongs to it elsewhere.

mod app_groups;
mod app_shape;
mod app_users;
mod apps;
mod authn;
mod body;
mod caller;
mod criteria;
mod error;
mod groups;
mod links;
mod logs;
mod members;
mod organization;
mod paging;
mod rate;
mod sessions;
mod users;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post, put};

use crate::state::Shared;
pub(crate) use error::ApiError;

pub(crate) use rate::Window;

/// Everything under `/api`, with `/.well-known/okta-organization`.
pub(crate) fn routes(org: &Shared) -> Router<Shared> {
    let with_token = Router::new()
        .route("/users", post(users::create::create).get(users::read::list))
        .route(
            "/users/{id}",
            get(users::read::read)
                .post(users::update::merge)
                .put(users::update::replace)
                .delete(users::life_cycle::delete),
        )
        .route("/users/{id}/lifecycle/{step}", post(users::life_cycle::step))
        .route("/users/{id}/sessions", axum::routing::delete(sessions::clear))
        .route("/users/{id}/appLinks", get(links::of_user))
        .route("/users/{id}/groups", get(groups::of_user))
        .route("/apps", get(apps::list))
        .route("/apps/{id}", get(apps::read).delete(apps::delete))
        .route("/apps/{id}/lifecycle/{step}", post(apps::step))
        .route("/apps/{id}/sso/saml/metadata", get(apps::metadata))
        .route("/apps/{id}/users", get(app_users::list).post(app_users::assign))
        .route(
            "/apps/{id}/users/{user}",
            get(app_users::read).post(app_users::update).delete(app_users::unassign),
        )
        .route("/apps/{id}/groups", get(app_groups::list))
        .route(
            "/apps/{id}/groups/{group}",
            get(app_groups::read).put(app_groups::assign).delete(app_groups::unassign),
        )
        .route("/groups", get(groups::list).post(groups::create))
        .route("/groups/{id}", get(groups::read).put(groups::replace).delete(groups::delete))
        .route("/groups/{id}/users", get(members::list))
        .route("/groups/{id}/users/{user}", put(members::add).delete(members::remove))
        .route("/logs", get(logs::list))
        .method_not_allowed_fallback(unsupported)
        .layer(from_fn_with_state(org.clone(), caller::require));
    let without = Router::new()
        .route("/authn", post(authn::authenticate))
        .route("/sessions/me", get(sessions::mine).delete(sessions::end_mine))
        .method_not_allowed_fallback(unsupported);
    Router::new()
        .nest("/api/v1", with_token.merge(without).fallback(unsupported))
        .layer(from_fn_with_state(org.clone(), rate::limit))
        .route("/.well-known/okta-organization", get(organization::read))
}

/// What is said of endpoints and methods that there are not.
async fn unsupported() -> ApiError {
    ApiError::Unsupported
}
