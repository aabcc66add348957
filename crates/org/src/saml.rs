//! The org as SAML identity provider.

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use crate::access::SignedIn;
use crate::app::App;
use crate::identity::Identity;
use crate::state::{Org, Shared};
use crate::store::Instance;

/// `/app/...`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
}

/// The metadata that the org publishes for an app.
pub(crate) fn metadata(_identity: &Identity, _base_url: &str, _app: &App) -> String {
    String::new()
}

/// A response that nobody asked for, on its way to the app: what a tile leads to.
pub(crate) fn idp_initiated(
    _org: &Org,
    _who: &SignedIn,
    _app: &Instance,
    _relay_state: Option<&str>,
) -> Response {
    StatusCode::NOT_IMPLEMENTED.into_response()
}
