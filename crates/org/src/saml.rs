//! The org as SAML identity provider.

mod expression;
mod logout;
mod message;
mod metadata;
mod sso;
#[cfg(test)]
mod tests;

use axum::Router;
use axum::routing::get;

use crate::state::Shared;

pub(crate) use message::idp_initiated;
pub(crate) use metadata::metadata;

/// `/app/...`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/app/{name}/{key}/sso/saml", get(sso::redirected).post(sso::posted))
        .route("/app/{name}/{key}/slo/saml", get(logout::redirected).post(logout::posted))
        .route("/app/{name}/sso/saml/metadata", get(metadata::published))
}
