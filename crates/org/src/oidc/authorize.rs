//! The authorization endpoint: who may ask, what for, and whether the user is signed in and assigned.

use axum::extract::{OriginalUri, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use jiff::SignedDuration;
use oinspect_oidc::AuthorizationRequest;
use url::form_urlencoded::{Serializer, parse};

use super::code_grant::granted;
use super::discovery::RESPONSE_TYPES;
use super::redirection::{Redirection, ResponseMode};
use super::scope::SCOPES;
use crate::access::{SignedIn, redirect};
use crate::app::{ClientAuthentication, OidcApp, SignOn};
use crate::pages;
use crate::state::{Org, Shared};
use crate::store::{Event, Instance, InstanceStatus, Party};

/// An error that goes back to the app: its code, and a sentence.
type Refusal = (&'static str, &'static str);

/// `GET /oauth2/v1/authorize`.
pub(super) async fn asked(
    State(org): State<Shared>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    answer(&org, uri.path(), uri.query().unwrap_or_default(), &headers)
}

/// `POST /oauth2/v1/authorize`.
pub(super) async fn posted(
    State(org): State<Shared>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: String,
) -> Response {
    answer(&org, uri.path(), &body, &headers)
}

fn answer(org: &Org, path: &str, form: &str, headers: &HeaderMap) -> Response {
    let request = AuthorizationRequest::from_form(form);
    let client_id = request.client_id.as_deref().unwrap_or_default();
    let found = org.store().app_of_client(client_id).cloned();
    let Some(app) = found.filter(|app| app.status == InstanceStatus::Active) else {
        return pages::bad_request("The client_id is missing or is that of no client.");
    };
    let SignOn::Oidc(oidc) = &app.app.sign_on else {
        return pages::bad_request("The client does not sign people in.");
    };
    let redirect_uri = request.redirect_uri.as_deref().unwrap_or_default();
    if !oidc.redirect_uris.iter().any(|registered| registered == redirect_uri) {
        return pages::bad_request(
            "The redirect_uri is missing or is not one that the client has registered.",
        );
    }
    let response_type = normal(request.response_type.as_deref().unwrap_or_default());
    let state = request.state.as_deref().filter(|state| !state.is_empty());
    let mode = ResponseMode::of(request.response_mode.as_deref(), &response_type);
    let redirection = Redirection { redirect_uri, mode: mode.unwrap_or(ResponseMode::Query), state };
    let refusal = judged(&request, oidc, &response_type, mode).or_else(|| scopes(&request, oidc));
    if let Some((code, description)) = refusal {
        let debug = Event::of("app.oauth2.authorize.code", Party::client(&app), vec![Party::app(&app)])
            .failed(code)
            .with("redirectUri", redirect_uri)
            .with("requestedScopes", request.scopes.join(" "));
        org.record(debug);
        return redirection.error(code, description);
    }
    if let Some(token) = &request.session_token {
        return with_session_token(org, path, form, token);
    }
    let way_back = format!("{path}?{form}");
    let way_back = org.own_path(&way_back).unwrap_or(way_back);
    let who = match signed_in(org, &request, headers, &way_back) {
        Ok(who) => who,
        Err(Missing::Quietly) => {
            return redirection
                .error("login_required", "The client asked for no prompt, but the user is not signed in.");
        }
        Err(Missing::Detour(detour)) => return *detour,
    };
    if !org.is_assigned(&who.user.id, &app.ids.app_id) {
        let event = Event::of(
            "app.generic.unauth_app_access_attempt",
            Party::user(&who.user),
            vec![Party::app(&app), Party::user(&who.user)],
        );
        org.record(event.failed("User attempted unauthorized access to app").in_session(&who.session.id));
        return redirection.error("access_denied", "User is not assigned to the client application.");
    }
    granted(org, &app, &who, &request, &response_type, &redirection)
}

/// The response type with its words in the order of the metadata.
fn normal(response_type: &str) -> String {
    let mut words: Vec<&str> = response_type.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}

fn judged(
    request: &AuthorizationRequest,
    oidc: &OidcApp,
    response_type: &str,
    mode: Option<ResponseMode>,
) -> Option<Refusal> {
    let invalid = |why| Some(("invalid_request", why));
    if !request.repeated.is_empty() {
        return invalid("A parameter occurs more than once.");
    }
    if !RESPONSE_TYPES.contains(&response_type) {
        return Some(("unsupported_response_type", "The response type is not supported."));
    }
    let front_channel = response_type != "code";
    match mode {
        None => return invalid("The response_mode is not supported."),
        Some(ResponseMode::Query) if front_channel => {
            return invalid("Tokens are not returned in the query.");
        }
        Some(ResponseMode::Query | ResponseMode::Fragment | ResponseMode::FormPost) => {}
    }
    if request.state.as_deref().is_none_or(str::is_empty) {
        return invalid("The authentication request has no 'state' parameter.");
    }
    if front_channel && request.nonce.as_deref().is_none_or(str::is_empty) {
        return invalid("The authentication request has no 'nonce' parameter.");
    }
    if request.request.is_some() {
        return Some(("request_not_supported", "Request objects are not supported."));
    }
    if request.request_uri.is_some() {
        return Some(("request_uri_not_supported", "Request objects by reference are not supported."));
    }
    if request.prompts("none") && request.prompt.len() > 1 {
        return invalid("The prompt 'none' allows no other.");
    }
    let known = ["none", "login", "consent", "enroll_authenticator"];
    if request.prompt.iter().any(|prompt| !known.contains(&prompt.as_str())) {
        return invalid("The prompt is not supported.");
    }
    if request.max_age.as_deref().is_some_and(|age| age.parse::<u32>().is_err()) {
        return invalid("The max_age is not a number of seconds.");
    }
    challenge(request, oidc)
}

fn challenge(request: &AuthorizationRequest, oidc: &OidcApp) -> Option<Refusal> {
    let required = oidc.pkce_required || oidc.token_endpoint_auth_method == ClientAuthentication::None;
    let why = match (request.code_challenge.as_deref(), request.code_challenge_method.as_deref()) {
        (None, None) if required => "PKCE code challenge is required for this client.",
        (None, None) => return None,
        (Some(challenge), Some("S256")) if challenge.len() == 43 => return None,
        (Some(_), Some("S256")) => "The code challenge is not the base64url of a SHA-256.",
        (Some(_), _) => "The code challenge method is not supported: it must be S256.",
        (None, Some(_)) => "There is a code challenge method without a code challenge.",
    };
    Some(("invalid_request", why))
}

fn scopes(request: &AuthorizationRequest, oidc: &OidcApp) -> Option<Refusal> {
    let unknown = request.scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str()));
    if unknown || (request.wants("offline_access") && !oidc.refresh_tokens) {
        return Some((
            "invalid_scope",
            "One or more scopes are not configured for the authorization server resource.",
        ));
    }
    (!request.wants("openid")).then_some(("invalid_scope", "The scope 'openid' is missing."))
}

/// Nobody is signed in as the request wants it.
enum Missing {
    /// And the request forbids to ask.
    Quietly,
    /// Here is the way to the sign-in page.
    Detour(Box<Response>),
}

fn signed_in(
    org: &Org,
    request: &AuthorizationRequest,
    headers: &HeaderMap,
    way_back: &str,
) -> Result<SignedIn, Missing> {
    let max_age = request.max_age.as_deref().and_then(|age| age.parse::<u32>().ok());
    let recent = |who: &SignedIn| {
        let age = org.now().duration_since(who.session.authenticated);
        max_age.is_none_or(|limit| age <= SignedDuration::from_secs(i64::from(limit)))
    };
    if request.prompts("none") {
        return org.signed_in(headers).filter(recent).ok_or(Missing::Quietly);
    }
    let entry = match org.signed_in(headers).filter(recent) {
        Some(who) if !request.prompts("login") => Ok(who),
        None if max_age.is_none() && !request.prompts("login") => org.require_sign_in(headers, way_back),
        Some(_) | None => org.require_fresh_sign_in(headers, way_back),
    };
    entry.map_err(|detour| Missing::Detour(Box::new(detour.into_response())))
}

/// Okta's shortcut for programs: the token becomes a session, and the request comes again without it.
fn with_session_token(org: &Org, path: &str, form: &str, token: &str) -> Response {
    let rest: Vec<_> = parse(form.as_bytes()).filter(|(name, _)| name != "sessionToken").collect();
    let rest = Serializer::new(String::new()).extend_pairs(rest).finish();
    let target = org.url(&format!("{path}?{rest}"));
    let query = Serializer::new(String::new())
        .append_pair("token", token)
        .append_pair("redirectUrl", &target)
        .finish();
    redirect(&format!("/login/sessionCookieRedirect?{query}"))
}

/// An app of the org that signs people in with OpenID Connect.
pub(super) fn oidc_of(app: &Instance) -> Option<&OidcApp> {
    match &app.app.sign_on {
        SignOn::Oidc(oidc) => Some(oidc),
        SignOn::Saml(_) | SignOn::Service(_) => None,
    }
}
