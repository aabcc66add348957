//! Which path leads where.

use axum::Router;
use axum::extract::DefaultBodyLimit;

use crate::state::Shared;
use crate::{api, oidc, saml};

/// The most that a request may carry: a SAML message in a form is far smaller.
const LARGEST_BODY: usize = 1024 * 1024;

/// Everything that the org answers.
pub(crate) fn router(org: Shared) -> Router {
    Router::new()
        .merge(api::routes(&org))
        .merge(saml::routes())
        .merge(oidc::routes())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(org)
}
