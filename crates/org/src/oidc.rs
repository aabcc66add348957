//! The org as OpenID provider and authorization server.

mod authorize;
mod client;
mod code_grant;
mod discovery;
mod logout;
mod provider;
mod redirection;
mod refusal;
mod scope;
#[cfg(test)]
mod tests;
mod token;
mod token_state;
mod userinfo;

use axum::Router;
use axum::routing::{get, post};

use crate::state::Shared;

pub(crate) use provider::Provider;

/// `/.well-known/openid-configuration` and `/oauth2/v1/...`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery::configuration))
        .route("/.well-known/oauth-authorization-server", get(discovery::configuration))
        .route("/oauth2/v1/keys", get(discovery::keys))
        .route("/oauth2/v1/authorize", get(authorize::asked).post(authorize::posted))
        .route("/oauth2/v1/token", post(token::endpoint))
        .route("/oauth2/v1/userinfo", get(userinfo::asked).post(userinfo::posted))
        .route("/oauth2/v1/introspect", post(token_state::introspect))
        .route("/oauth2/v1/revoke", post(token_state::revoke))
        .route("/oauth2/v1/logout", get(logout::asked).post(logout::posted))
}
