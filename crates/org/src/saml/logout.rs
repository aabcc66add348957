//! Single logout that the service provider begins; only for apps that have it switched on.

use axum::extract::{OriginalUri, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oinspect_saml::{
    DecodeError, LogoutResponse, Unpacked, message_id, read_logout_request, unpack_post, unpack_redirect,
    verify, verify_detached,
};

use super::message::{entropy, keys};
use crate::app::SignOn;
use crate::pages;
use crate::parameters::Parameters;
use crate::self_posting::self_posting;
use crate::state::{Org, Shared};
use crate::store::{Event, Party};

/// `GET /app/{name}/{exk}/slo/saml`.
pub(super) async fn redirected(
    State(org): State<Shared>,
    Path((_, key)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let unpacked = unpack_redirect(uri.query().unwrap_or_default(), "SAMLRequest");
    answer(&org, &key, &headers, unpacked)
}

/// `POST /app/{name}/{exk}/slo/saml`.
pub(super) async fn posted(
    State(org): State<Shared>,
    Path((_, key)): Path<(String, String)>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let form = Parameters::read(&body);
    let unpacked = match (form.get("SAMLRequest"), &form.repeated) {
        (_, Some(_)) => Err(DecodeError::Repeated("a parameter")),
        (None, None) => Err(DecodeError::Missing("SAMLRequest")),
        (Some(request), None) => unpack_post(request, form.raw("RelayState")),
    };
    answer(&org, &key, &headers, unpacked)
}

fn answer(org: &Org, key: &str, headers: &HeaderMap, unpacked: Result<Unpacked, DecodeError>) -> Response {
    let app = org.store().app_of_external_key(key).map(|instance| instance.app.clone());
    let Some((app, slo)) = app.and_then(|app| {
        let SignOn::Saml(saml) = &app.sign_on else { return None };
        let slo = saml.slo.clone()?;
        Some((app, slo))
    }) else {
        return pages::no_such_app("There is no app with single logout under this address.");
    };
    let read = unpacked.and_then(|unpacked| Ok((read_logout_request(&unpacked.xml)?, unpacked)));
    let (request, unpacked) = match read {
        Ok(read) => read,
        Err(error) => return pages::bad_request(&format!("The logout request cannot be read: {error}.")),
    };
    let certificate = slo.certificate_pem.as_str();
    let signed = match &unpacked.signature {
        Some(signature) => verify_detached(signature, &[certificate]).is_ok(),
        None => verify(&unpacked.xml, &[certificate])
            .is_ok_and(|covered| covered.iter().any(|element| element.id == request.id)),
    };
    if !signed {
        return pages::bad_request("The logout request is not signed by the app's certificate.");
    }
    if request.issuer != slo.issuer {
        return pages::bad_request("The logout request is from another issuer than the app's.");
    }
    if let Some(who) = org.signed_in(headers) {
        org.store().end_session(&who.session.cookie);
        let user = Party::user(&who.user);
        org.record(Event::of("user.session.end", user.clone(), vec![user]).in_session(&who.session.id));
    }
    let id = message_id(u128::from(entropy()) << 20);
    let mut response = LogoutResponse::success(id, org.now(), org.identity.entity_id(&app), request.id);
    response.destination = Some(slo.url.clone());
    match response.write(Some(&keys(org).trusted)) {
        Ok(xml) => {
            let relay_state = unpacked.relay_state.unwrap_or_default();
            self_posting(&slo.url, &[("SAMLResponse", &STANDARD.encode(xml)), ("RelayState", &relay_state)])
        }
        Err(error) => pages::bad_request(&format!("The answer could not be written: {error}.")),
    }
}
