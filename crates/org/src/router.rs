//! Which path leads where.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::state::Shared;
use crate::{api, oidc, pages, saml};

/// The most that a request may carry: a SAML message in a form is far smaller.
const LARGEST_BODY: usize = 1024 * 1024;

/// Everything that the org answers.
pub(crate) fn router(org: Shared) -> Router {
    Router::new()
        .merge(api::routes(&org))
        .merge(pages::routes())
        .merge(saml::routes())
        .merge(oidc::routes())
        .fallback(pages::nothing)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(pages::guard))
        .layer(from_fn_with_state(org.clone(), pages::adopt_session_token))
        .with_state(org)
}
