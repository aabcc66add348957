//! Signing out of the org on an app's behalf, and telling other apps where that is switched on.

use std::time::Duration;

use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use oinspect_oidc::{logout_token, verify};
use url::form_urlencoded::Serializer;

use super::authorize::oidc_of;
use crate::access::{SIGN_IN, SignedIn, redirect};
use crate::parameters::Parameters;
use crate::state::{Org, Shared};
use crate::store::{Event, Instance, Party};
use crate::{pages, random};

/// How long one app may take to hear of a sign-out.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Template)]
#[template(path = "signing-out.html")]
struct SigningOut<'a> {
    frames: &'a [String],
    next: &'a str,
}

/// `GET /oauth2/v1/logout`.
pub(super) async fn asked(
    State(org): State<Shared>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    answer(&org, &headers, &Parameters::read(uri.query().unwrap_or_default())).await
}

/// `POST /oauth2/v1/logout`.
pub(super) async fn posted(State(org): State<Shared>, headers: HeaderMap, body: String) -> Response {
    answer(&org, &headers, &Parameters::read(&body)).await
}

async fn answer(org: &Org, headers: &HeaderMap, form: &Parameters) -> Response {
    let Some(app) = form.get("id_token_hint").and_then(|hint| hinted(org, hint)) else {
        return pages::bad_request("The id_token_hint is missing or is no ID token of this org.");
    };
    let registered = oidc_of(&app).map(|oidc| oidc.post_logout_redirect_uris.as_slice()).unwrap_or_default();
    let next = match form.get("post_logout_redirect_uri") {
        None => SIGN_IN.to_owned(),
        Some(uri) if registered.iter().any(|one| one == uri) => match form.get("state") {
            None => uri.to_owned(),
            Some(state) => {
                let state = Serializer::new(String::new()).append_pair("state", state).finish();
                format!("{uri}{}{state}", if uri.contains('?') { '&' } else { '?' })
            }
        },
        Some(_) => {
            return pages::bad_request(
                "The post_logout_redirect_uri is not one that the client has registered.",
            );
        }
    };
    let Some(who) = org.signed_in(headers) else { return redirect(&next) };
    org.store().end_session(&who.session.cookie);
    let user = Party::user(&who.user);
    org.record(Event::of("user.session.end", user.clone(), vec![user]).in_session(&who.session.id));
    let told = org.provider.memory().take_participants(&who.session.id);
    if !org.logout_channels {
        return redirect(&next);
    }
    let apps: Vec<Instance> =
        told.iter().filter_map(|client| org.store().app_of_client(client).cloned()).collect();
    back_channel(org, &who, &apps).await;
    front_channel(org, &apps, &next)
}

/// The app whose ID token this is; it may have expired.
fn hinted(org: &Org, hint: &str) -> Option<Instance> {
    let token =
        org.provider.published().iter().find_map(|key| verify(hint, &key.private.to_public_key()).ok())?;
    let is_id_token = token.text("jti").is_some_and(|id| id.starts_with("ID."));
    if token.text("iss") != Some(org.base_url.as_str()) || !is_id_token {
        return None;
    }
    org.store().app_of_client(token.text("aud")?).cloned()
}

/// Tells each app's server. One that does not listen does not keep the user from leaving.
async fn back_channel(org: &Org, who: &SignedIn, apps: &[Instance]) {
    // A second provider is refused, and the first one does as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    #[expect(clippy::disallowed_methods, reason = "the org is a server of its own, not part of a run")]
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build();
    let Ok(client) = client else { return };
    for app in apps {
        let Some(uri) = oidc_of(app).and_then(|oidc| oidc.backchannel_logout_uri.as_deref()) else {
            continue;
        };
        let token = logout_token(
            &org.base_url,
            &app.ids.client_id,
            &who.user.id,
            org.now(),
            &random::token(30),
            &org.provider.keys().trusted,
        );
        let _ = client.post(uri).form(&[("logout_token", token)]).send().await;
    }
}

/// A page that opens each app's address in a frame and then goes on.
fn front_channel(org: &Org, apps: &[Instance], next: &str) -> Response {
    let iss = Serializer::new(String::new()).append_pair("iss", &org.base_url).finish();
    let frames: Vec<String> = apps
        .iter()
        .filter_map(|app| oidc_of(app)?.frontchannel_logout_uri.as_deref())
        .map(|uri| format!("{uri}{}{iss}", if uri.contains('?') { '&' } else { '?' }))
        .collect();
    if frames.is_empty() {
        return redirect(next);
    }
    match (SigningOut { frames: &frames, next }).render() {
        Ok(html) => (StatusCode::OK, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
