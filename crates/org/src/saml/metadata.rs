//! The metadata that the org publishes for each app, to whoever asks.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use oinspect_saml::{FORMAT_EMAIL, FORMAT_UNSPECIFIED, IdpDescription, idp_metadata};

use crate::app::{App, SignOn};
use crate::identity::Identity;
use crate::pages;
use crate::state::Shared;

/// The metadata that the org publishes for an app; empty for one that does not speak SAML.
pub(crate) fn metadata(identity: &Identity, base_url: &str, app: &App) -> String {
    let SignOn::Saml(saml) = &app.sign_on else { return String::new() };
    let ids = identity.ids(app);
    let (name, key) = (&ids.name, &ids.external_key);
    let mut formats = vec![saml.name_id_format.clone()];
    for usual in [FORMAT_UNSPECIFIED, FORMAT_EMAIL] {
        if formats.len() < 2 && !formats.iter().any(|format| format == usual) {
            formats.push(usual.to_owned());
        }
    }
    idp_metadata(&IdpDescription {
        entity_id: identity.entity_id(app),
        sso_url: format!("{base_url}/app/{name}/{key}/sso/saml"),
        slo_url: saml.slo.as_ref().map(|_| format!("{base_url}/app/{name}/{key}/slo/saml")),
        certificates: vec![identity.saml.certificate_pem.clone()],
        name_id_formats: formats,
        wants_signed_requests: saml.signed_requests.is_some(),
    })
    .unwrap_or_default()
}

/// `GET /app/{exk}/sso/saml/metadata`.
pub(super) async fn published(State(org): State<Shared>, Path(key): Path<String>) -> Response {
    let app = org.store().app_of_external_key(&key).map(|instance| instance.app.clone());
    match app.filter(|app| matches!(app.sign_on, SignOn::Saml(_))) {
        Some(app) => {
            let xml = metadata(&org.identity, &org.base_url, &app);
            (StatusCode::OK, [(CONTENT_TYPE, "application/xml;charset=utf-8")], xml).into_response()
        }
        None => pages::no_such_app("There is no app under this address."),
    }
}
