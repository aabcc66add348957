//! The faults of sign-in by OpenID Connect, seen from outside.

use oinspect_sample_app::OidcFault;
use serde_json::Value;
use url::Url;

use crate::idp::browser::parameter;
use crate::idp::op::{Op, basic};
use crate::portal_faults::browser;
use crate::setting::App;

const START: &str = "acme/oidc/login";

/// Whether the app shows the fault.
pub(crate) async fn shows(fault: OidcFault, app: &App, op: &Op) -> bool {
    match fault {
        OidcFault::StartMissing => browser(app).get(START).await.status == 404,
        OidcFault::InitiateDemandsSession | OidcFault::InitiateForeignIss => {
            shows_at_initiate(fault, app, op).await
        }
        OidcFault::ResponseTypeHybrid
        | OidcFault::ScopeWithoutOpenid
        | OidcFault::ScopeGroups
        | OidcFault::ScopeOffline
        | OidcFault::OtherRedirectUri
        | OidcFault::RedirectUriOtherHost
        | OidcFault::StateConstant
        | OidcFault::NonceConstant
        | OidcFault::PkcePlain
        | OidcFault::DefaultIssuer
        | OidcFault::SecretInUrl => shows_in_request(fault, app).await,
        OidcFault::StateAbsent | OidcFault::NonceAbsent | OidcFault::PkceAbsent => {
            shows_by_absence(fault, app, op).await
        }
        OidcFault::ClientAuthUndeclared
        | OidcFault::ClientAuthTwice
        | OidcFault::CodeRedeemedTwice
        | OidcFault::VerifierMissing => shows_at_token(fault, app, op).await,
        _ => shows_in_callback(fault, app, op).await,
    }
}

async fn shows_at_initiate(fault: OidcFault, app: &App, op: &Op) -> bool {
    let mut browser = browser(app);
    let right = format!("acme/oidc/initiate?iss={}", op.issuer);
    let reply = browser.get(&right).await;
    let foreign = browser.get("acme/oidc/initiate?iss=https%3A%2F%2Fevil.example").await;
    match fault {
        OidcFault::InitiateDemandsSession => reply.header("location") == "/t/acme/login",
        _ => foreign.header("location").starts_with("https://evil.example/oauth2/"),
    }
}

async fn shows_in_request(fault: OidcFault, app: &App) -> bool {
    let mut browser = browser(app);
    let (first, url) = (browser.start(START).await, browser.start(START).await);
    let of = |name: &str| parameter(&url, name).unwrap_or_default();
    match fault {
        OidcFault::ResponseTypeHybrid => of("response_type") == "code token",
        OidcFault::ScopeWithoutOpenid => !of("scope").contains("openid"),
        OidcFault::ScopeGroups => of("scope").contains("groups"),
        OidcFault::ScopeOffline => of("scope").contains("offline_access"),
        OidcFault::OtherRedirectUri => of("redirect_uri").ends_with("/oidc/return"),
        OidcFault::RedirectUriOtherHost => of("redirect_uri").starts_with("http://127.0.0.1:"),
        OidcFault::StateConstant => parameter(&first, "state") == parameter(&url, "state"),
        OidcFault::NonceConstant => parameter(&first, "nonce") == parameter(&url, "nonce"),
        OidcFault::PkcePlain => of("code_challenge_method") == "plain",
        OidcFault::DefaultIssuer => url.path().starts_with("/oauth2/default/"),
        _ => url.query().unwrap().contains("s3cret"),
    }
}

async fn shows_by_absence(fault: OidcFault, app: &App, op: &Op) -> bool {
    let mut browser = browser(app);
    let url = browser.start(START).await;
    let name = match fault {
        OidcFault::StateAbsent => "state",
        OidcFault::NonceAbsent => "nonce",
        _ => "code_challenge",
    };
    let reply = browser.get(&format!("acme/{}", op.back(&url))).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    parameter(&url, name).is_none()
}

async fn shows_at_token(fault: OidcFault, app: &App, op: &Op) -> bool {
    let mut browser = browser(app);
    let url = browser.start(START).await;
    browser.get(&format!("acme/{}", op.back(&url))).await;
    let requests = op.knowledge.lock().unwrap().token_requests.clone();
    let (header, body) = &requests[0];
    let in_body = body.contains("client_secret=");
    match fault {
        OidcFault::ClientAuthUndeclared => in_body && header.is_none(),
        OidcFault::ClientAuthTwice => {
            in_body && header.as_deref().is_some_and(|header| basic(header).starts_with("0oaTest:"))
        }
        OidcFault::CodeRedeemedTwice => requests.len() == 2 && browser.is_signed_in().await,
        _ => !body.contains("code_verifier"),
    }
}

async fn shows_in_callback(fault: OidcFault, app: &App, op: &Op) -> bool {
    let mut browser = browser(app);
    {
        let mut knowledge = op.knowledge.lock().unwrap();
        match fault {
            OidcFault::WrongNonceAccepted => knowledge.nonce = Some("other".to_owned()),
            OidcFault::WrongAudienceAccepted => knowledge.audience = Some("0oaOther".to_owned()),
            OidcFault::UnknownKeyAccepted => knowledge.rogue = true,
            _ => {}
        }
    }
    let url: Url = browser.start(START).await;
    let back = format!("acme/{}", op.back(&url));
    let denied = "acme/oidc/callback?error=access_denied&state=x";
    match fault {
        OidcFault::DeepLinkLost => {
            let url = browser.start("acme/oidc/login?return_to=reports/7").await;
            let reply = browser.get(&format!("acme/{}", op.back(&url))).await;
            reply.header("location") == "/t/acme/home"
        }
        OidcFault::SecondLoginFails | OidcFault::KeepsOldUser => {
            browser.get(&back).await;
            let before = browser.cookies.get("session").cloned();
            let url = browser.start(START).await;
            let reply = browser.get(&format!("acme/{}", op.back(&url))).await;
            let keeps = reply.status == 303 && browser.cookies.get("session") == before.as_ref();
            if fault == OidcFault::SecondLoginFails { reply.status == 400 } else { keeps }
        }
        OidcFault::AccessDeniedLoops => browser.get(denied).await.header("location") == "/t/acme/oidc/login",
        OidcFault::ErrorAnswers500 => browser.get(denied).await.status == 500,
        OidcFault::ForeignStateAccepted => crate::portal_faults::browser(app).get(&back).await.status == 303,
        OidcFault::CallbackMoved => {
            let reply = browser.get(&back).await;
            let location = reply.header("location").to_owned();
            reply.status == 308 && browser.get(&location).await.status == 303
        }
        OidcFault::JitOff => browser.get(&back).await.status == 400,
        OidcFault::NamesFromIdToken => {
            browser.get(&back).await;
            app.get("/Users").await.body["Resources"][0]["name"] == Value::Null
        }
        _ => browser.get(&back).await.status == 303,
    }
}
