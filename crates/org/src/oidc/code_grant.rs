//! What a signed-in, assigned user's app is given: a code, and tokens made from a grant.

use axum::response::Response;
use oinspect_oidc::{AuthorizationRequest, IdTokenDraft, Profile, Subject, sign};
use serde_json::{Map, Value, json};

use super::provider::{ACCESS_LIFETIME, CODE_LIFETIME, Grant};
use super::redirection::Redirection;
use crate::access::SignedIn;
use crate::random;
use crate::state::Org;
use crate::store::{Event, Instance, Party, User};

/// Answers an authorization request that is in order.
pub(super) fn granted(
    org: &Org,
    app: &Instance,
    who: &SignedIn,
    request: &AuthorizationRequest,
    response_type: &str,
    redirection: &Redirection<'_>,
) -> Response {
    let now = org.now();
    let grant = Grant {
        id: random::token(20),
        client_id: app.ids.client_id.clone(),
        user_id: who.user.id.clone(),
        session_id: who.session.id.clone(),
        scopes: request.scopes.clone(),
        auth_time: who.session.authenticated,
        nonce: request.nonce.clone(),
        expires: now.checked_add(CODE_LIFETIME).unwrap_or(now),
    };
    log(org, app, who, request, response_type);
    let wants = |word: &str| response_type.split(' ').any(|one| one == word);
    let code = wants("code").then(|| {
        let challenge = request.code_challenge.clone();
        org.provider.memory().new_code(grant.clone(), redirection.redirect_uri, challenge)
    });
    let access = wants("token").then(|| access_token(org, &who.user, &grant));
    let id_token =
        wants("id_token").then(|| id_token(org, &who.user, &grant, access.as_deref(), code.as_deref()));
    let scope = grant.scopes.join(" ");
    let mut parameters: Vec<(&str, &str)> = Vec::new();
    if let Some(code) = &code {
        parameters.push(("code", code));
    }
    if let Some(access) = &access {
        parameters.extend([("access_token", access.as_str()), ("token_type", "Bearer")]);
        parameters.extend([("expires_in", "3600"), ("scope", scope.as_str())]);
    }
    if let Some(id_token) = &id_token {
        parameters.push(("id_token", id_token));
    }
    redirection.with(&parameters)
}

fn log(org: &Org, app: &Instance, who: &SignedIn, request: &AuthorizationRequest, response_type: &str) {
    let targets = || vec![Party::app(app), Party::user(&who.user)];
    let scopes = request.scopes.join(" ");
    let event = Event::of("app.oauth2.authorize.code", Party::user(&who.user), targets())
        .with("clientId", app.ids.client_id.as_str())
        .with("redirectUri", request.redirect_uri.clone().unwrap_or_default())
        .with("responseType", response_type)
        .with("requestedScopes", scopes.as_str())
        .with("grantedScopes", scopes.as_str())
        .with("codeChallengeMethod", request.code_challenge_method.clone().unwrap_or_default())
        .in_session(&who.session.id);
    org.record(event);
    let sso = Event::of("user.authentication.sso", Party::user(&who.user), targets())
        .with("initiator", "sp")
        .with("signOnMode", "OpenID Connect")
        .with("redirectUri", request.redirect_uri.clone().unwrap_or_default())
        .in_session(&who.session.id);
    org.record(sso);
}

/// A signed ID token for the grant, bent if that was asked for.
pub(super) fn id_token(
    org: &Org,
    user: &User,
    grant: &Grant,
    access_token: Option<&str>,
    code: Option<&str>,
) -> String {
    let profile = profile(org, user);
    let subject = Subject {
        profile: &profile,
        issuer: &org.base_url,
        client_id: &grant.client_id,
        scopes: &grant.scopes,
        nonce: grant.nonce.as_deref(),
        org_id: &org.identity.org_id(),
        now: org.now(),
        auth_time: grant.auth_time,
        token_id: &random::token(43),
    };
    let mut draft = IdTokenDraft::good(&subject, access_token, code);
    if let Some(bend) = org.provider.outbox.leaves(user.login()) {
        bend.apply(&mut draft);
    }
    org.provider.outbox.has_left(user.login(), "ID token", draft.claims.clone());
    draft.write(&org.provider.keys())
}

/// An access token for the grant. Apps have to take it for an opaque text.
pub(super) fn access_token(org: &Org, user: &User, grant: &Grant) -> String {
    let now = org.now();
    let token = signed_access(
        org,
        &grant.client_id,
        &grant.scopes,
        &[
            ("uid", json!(user.id)),
            ("auth_time", json!(grant.auth_time.as_second())),
            ("sub", json!(user.login())),
        ],
    );
    org.provider.memory().keep_access(&token, grant, now);
    token
}

/// An access token of the org's authorization server, signed and not yet known to anybody.
pub(super) fn signed_access(org: &Org, client_id: &str, scopes: &[String], more: &[(&str, Value)]) -> String {
    let issued = org.now().as_second();
    let mut claims = Map::new();
    let mut claim = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    claim("ver", json!(1));
    claim("jti", json!(format!("AT.{}", random::token(43))));
    claim("iss", json!(org.base_url));
    claim("aud", json!(org.base_url));
    claim("iat", json!(issued));
    claim("exp", json!(issued + ACCESS_LIFETIME.as_secs()));
    claim("cid", json!(client_id));
    claim("scp", json!(scopes));
    for (name, value) in more {
        claim(name, value.clone());
    }
    sign(&claims, &org.provider.keys().trusted, &[])
}

/// The user as claims know it.
pub(super) fn profile(org: &Org, user: &User) -> Profile {
    Profile {
        id: user.id.clone(),
        login: user.login().to_owned(),
        email: user.text("email").to_owned(),
        first_name: user.text("firstName").to_owned(),
        last_name: user.text("lastName").to_owned(),
        groups: org.store().group_names_of(&user.id),
        updated: user.last_updated,
    }
}
