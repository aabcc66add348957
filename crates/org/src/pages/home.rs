//! The links behind tiles: `/home/{name}/{app}/{link}`.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse as _, Response};
use url::Url;

use super::message::{bad_request, not_assigned, not_found};
use crate::access::redirect;
use crate::app::SignOn;
use crate::saml;
use crate::state::Shared;
use crate::store::InstanceStatus;

/// Sends the user to the app: with a SAML response, or to where the app begins a sign-in.
pub(super) async fn open(
    State(org): State<Shared>,
    uri: Uri,
    Path((_, id, link)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let app = org.store().app(&id).filter(|app| app.ids.link_id == link).cloned();
    let Some(app) = app else { return not_found() };
    let from = uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
    let who = match org.require_sign_in(&headers, from) {
        Ok(who) => who,
        Err(detour) => return detour.into_response(),
    };
    if app.status != InstanceStatus::Active || !org.is_assigned(&who.user.id, &app.ids.app_id) {
        return not_assigned(&org, &who, &app);
    }
    match &app.app.sign_on {
        SignOn::Saml(settings) => {
            let sent = query.unwrap_or_default();
            let relay_state = url::form_urlencoded::parse(sent.as_bytes())
                .find(|(name, _)| name == "RelayState")
                .map(|(_, value)| value.into_owned())
                .or_else(|| settings.default_relay_state.clone());
            saml::idp_initiated(&org, &who, &app, relay_state.as_deref())
        }
        SignOn::Oidc(settings) => match settings.initiate_login_uri.as_deref().map(Url::parse) {
            Some(Ok(mut start)) => {
                start.query_pairs_mut().append_pair("iss", &org.base_url);
                redirect(start.as_str())
            }
            Some(Err(_)) => bad_request("The app's initiate login URI is no URL."),
            None => bad_request("The app has no initiate login URI: its sign-in begins at the app only."),
        },
        SignOn::Service(_) => not_found(),
    }
}
