//! The org as OpenID provider and authorization server.

use axum::Router;

use crate::state::Shared;

/// `/.well-known/openid-configuration` and `/oauth2/v1/...`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
}
