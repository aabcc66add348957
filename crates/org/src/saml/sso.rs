//! The single sign-on endpoint: AuthnRequests of both bindings.

use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse as _, Response};
use oinspect_saml::{
    AuthnRequest, Binding, DecodeError, Incoming, Status, read_post, read_redirect_query, redirect_query,
    verify, verify_detached,
};

use super::message::{Reply, refused, signed_in};
use crate::app::{SamlApp, SignOn};
use crate::pages;
use crate::parameters::Parameters;
use crate::state::{Org, Shared};
use crate::store::{Instance, InstanceStatus};

/// `GET /app/{name}/{exk}/sso/saml`.
pub(super) async fn redirected(
    State(org): State<Shared>,
    Path((name, key)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let incoming = read_redirect_query(uri.query().unwrap_or_default());
    answer(&org, (&name, &key), &uri, &headers, incoming)
}

/// `POST /app/{name}/{exk}/sso/saml`.
pub(super) async fn posted(
    State(org): State<Shared>,
    Path((name, key)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: String,
) -> Response {
    let form = Parameters::read(&body);
    let incoming = match (form.get("SAMLRequest"), &form.repeated) {
        (_, Some(_)) => Err(DecodeError::Repeated("a parameter")),
        (None, None) => Err(DecodeError::Missing("SAMLRequest")),
        (Some(request), None) => read_post(request, form.raw("RelayState")),
    };
    answer(&org, (&name, &key), &uri, &headers, incoming)
}

fn answer(
    org: &Org,
    (name, key): (&str, &str),
    uri: &Uri,
    headers: &HeaderMap,
    incoming: Result<Incoming, DecodeError>,
) -> Response {
    let found = org.store().app_of_external_key(key).cloned();
    let Some(app) = found.filter(|app| app.ids.name == name && app.status == InstanceStatus::Active) else {
        return pages::no_such_app("There is no app under this address.");
    };
    let SignOn::Saml(saml) = &app.app.sign_on else {
        return pages::no_such_app("There is no SAML app under this address.");
    };
    let incoming = match incoming {
        Ok(incoming) => incoming,
        Err(error) => return pages::bad_request(&format!("The SAML request cannot be read: {error}.")),
    };
    match judged(&incoming, saml) {
        Ok(acs_url) => proceed(org, &app, saml, &incoming, &acs_url, &way_back(org, uri, &incoming), headers),
        Err(complaint) => pages::bad_request(complaint),
    }
}

/// The consumer URL for a request that is in order, or what is wrong with it.
fn judged(incoming: &Incoming, saml: &SamlApp) -> Result<String, &'static str> {
    let request = &incoming.request;
    if request.id.as_deref().is_none_or(str::is_empty) {
        return Err("The SAML request has no ID.");
    }
    if request.version.as_deref() != Some("2.0") || !request.namespaces_ok {
        return Err("The SAML request is not one of SAML 2.0.");
    }
    if let Some(certificate) = &saml.signed_requests {
        if !signature_holds(incoming, certificate) {
            return Err("The SAML request is not signed by the app's certificate, which the app demands.");
        }
        let format = request.name_id_policy.as_ref().and_then(|policy| policy.format.as_deref());
        if format != Some(saml.name_id_format.as_str()) {
            return Err("The NameIDPolicy of the signed SAML request is not the app's name ID format.");
        }
        // What is signed may name any consumer, and has to.
        return request
            .acs_url
            .clone()
            .ok_or("The signed SAML request names no AssertionConsumerServiceURL.");
    }
    Ok(registered_acs(request, saml).to_owned())
}

/// The consumer that the request names, if the app has it; else the app's default.
fn registered_acs<'a>(request: &AuthnRequest, saml: &'a SamlApp) -> &'a str {
    let index: Option<u16> = request.acs_index.as_deref().and_then(|index| index.trim().parse().ok());
    saml.acs_endpoints
        .iter()
        .find(|endpoint| {
            request.acs_url.as_deref() == Some(endpoint.url.as_str())
                || (request.acs_url.is_none() && index == Some(endpoint.index))
        })
        .map_or(saml.acs_url.as_str(), |endpoint| endpoint.url.as_str())
}

fn signature_holds(incoming: &Incoming, certificate: &str) -> bool {
    match &incoming.signature {
        Some(signature) => verify_detached(signature, &[certificate]).is_ok(),
        None => verify(&incoming.xml, &[certificate]).is_ok_and(|covered| {
            covered.iter().any(|element| Some(&element.id) == incoming.request.id.as_ref())
        }),
    }
}

/// The address under which a browser that comes from the sign-in page brings the same request again.
fn way_back(org: &Org, uri: &Uri, incoming: &Incoming) -> String {
    let address = match incoming.binding {
        Binding::Redirect => uri.path_and_query().map_or_else(String::new, ToString::to_string),
        Binding::Post => {
            let query = redirect_query("SAMLRequest", &incoming.xml, incoming.relay_state.as_deref());
            format!("{}?{query}", uri.path())
        }
    };
    org.own_path(&address).unwrap_or(address)
}

fn proceed(
    org: &Org,
    app: &Instance,
    saml: &SamlApp,
    incoming: &Incoming,
    acs_url: &str,
    way_back: &str,
    headers: &HeaderMap,
) -> Response {
    let request = &incoming.request;
    let reply =
        Reply { acs_url, request_id: request.id.as_deref(), relay_state: incoming.relay_state.as_deref() };
    let afresh = request.force_authn && saml.honor_force_authn;
    let who = if request.is_passive {
        match org.signed_in(headers).filter(|_| !afresh) {
            Some(who) => who,
            None => return refused(org, app, &reply, Status::no_passive()),
        }
    } else {
        let entry = if afresh {
            org.require_fresh_sign_in(headers, way_back)
        } else {
            org.require_sign_in(headers, way_back)
        };
        match entry {
            Ok(who) => who,
            Err(detour) => return detour.into_response(),
        }
    };
    signed_in(org, &who, app, saml, &reply)
}
