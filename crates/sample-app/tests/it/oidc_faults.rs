//! The faults of sign-in by OpenID Connect, seen from outside.

use oinspect_sample_app::Fault;
use serde_json::Value;
use url::Url;

use crate::idp::browser::parameter;
use crate::idp::op::{Op, basic};
use crate::portal_faults::browser;
use crate::setting::App;

const START: &str = "acme/oidc/login";

/// Whether the app shows the fault.
pub(crate) async fn shows(fault: Fault, app: &App, op: &Op) -> bool {
    match fault {
        Fault::OidcStartMissing => browser(app).get(START).await.status == 404,
        Fault::OidcInitiateDemandsSession | Fault::OidcInitiateForeignIss => {
            shows_at_initiate(fault, app, op).await
        }
        Fault::OidcResponseTypeHybrid
        | Fault::OidcScopeWithoutOpenid
        | Fault::OidcScopeGroups
        | Fault::OidcScopeOffline
        | Fault::OidcOtherRedirectUri
        | Fault::OidcRedirectUriOtherHost
        | Fault::OidcStateConstant
        | Fault::OidcNonceConstant
        | Fault::OidcPkcePlain
        | Fault::OidcDefaultIssuer
        | Fault::OidcSecretInUrl => shows_in_request(fault, app).await,
        Fault::OidcStateAbsent | Fault::OidcNonceAbsent | Fault::OidcPkceAbsent => {
            shows_by_absence(fault, app, op).await
        }
        Fault::OidcClientAuthUndeclared
        | Fault::OidcClientAuthTwice
        | Fault::OidcCodeRedeemedTwice
        | Fault::OidcVerifierMissing => shows_at_token(fault, app, op).await,
        _ => shows_in_callback(fault, app, op).await,
    }
}

async fn shows_at_initiate(fault: Fault, app: &App, op: &Op) -> bool {
    let mut browser = browser(app);
    let right = format!("acme/oidc/initiate?iss={}", op.issuer);
    let reply = browser.get(&right).await;
    let foreign = browser.get("acme/oidc/initiate?iss=https%3A%2F%2Fevil.example").await;
    match fault {
        Fault::OidcInitiateDemandsSession => reply.header("location") == "/t/acme/login",
        _ => foreign.header("location").starts_with("https://evil.example/oauth2/"),
    }
}

async fn shows_in_request(fault: Fault, app: &App) -> bool {
    let mut browser = browser(app);
    let (first, url) = (browser.start(START).await, browser.start(START).await);
    let of = |name: &str| parameter(&url, name).unwrap_or_default();
    match fault {
        Fault::OidcResponseTypeHybrid => of("response_type") == "code token",
        Fault::OidcScopeWithoutOpenid => !of("scope").contains("openid"),
        Fault::OidcScopeGroups => of("scope").contains("groups"),
        Fault::OidcScopeOffline => of("scope").contains("offline_access"),
        Fault::OidcOtherRedirectUri => of("redirect_uri").ends_with("/oidc/return"),
        Fault::OidcRedirectUriOtherHost => of("redirect_uri").starts_with("http://127.0.0.1:"),
        Fault::OidcStateConstant => parameter(&first, "state") == parameter(&url, "state"),
        Fault::OidcNonceConstant => parameter(&first, "nonce") == parameter(&url, "nonce"),
        Fault::OidcPkcePlain => of("code_challenge_method") == "plain",
        Fault::OidcDefaultIssuer => url.path().starts_with("/oauth2/default/"),
        _ => url.query().unwrap().contains("s3cret"),
    }
}

async fn shows_by_absence(fault: Fault, app: &App, op: &Op) -> bool {
    let mut browser = browser(app);
    let url = browser.start(START).await;
    let name = match fault {
        Fault::OidcStateAbsent => "state",
        Fault::OidcNonceAbsent => "nonce",
        _ => "code_challenge",
    };
    let reply = browser.get(&format!("acme/{}", op.back(&url))).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    parameter(&url, name).is_none()
}

async fn shows_at_token(fault: Fault, app: &App, op: &Op) -> bool {
    let mut browser = browser(app);
    let url = browser.start(START).await;
    browser.get(&format!("acme/{}", op.back(&url))).await;
    let requests = op.knowledge.lock().unwrap().token_requests.clone();
    let (header, body) = &requests[0];
    let in_body = body.contains("client_secret=");
    match fault {
        Fault::OidcClientAuthUndeclared => in_body && header.is_none(),
        Fault::OidcClientAuthTwice => {
            in_body && header.as_deref().is_some_and(|header| basic(header).starts_with("0oaTest:"))
        }
        Fault::OidcCodeRedeemedTwice => requests.len() == 2 && browser.is_signed_in().await,
        _ => !body.contains("code_verifier"),
    }
}

async fn shows_in_callback(fault: Fault, app: &App, op: &Op) -> bool {
    let mut browser = browser(app);
    {
        let mut knowledge = op.knowledge.lock().unwrap();
        match fault {
            Fault::OidcWrongNonceAccepted => knowledge.nonce = Some("other".to_owned()),
            Fault::OidcWrongAudienceAccepted => knowledge.audience = Some("0oaOther".to_owned()),
            Fault::OidcUnknownKeyAccepted => knowledge.rogue = true,
            _ => {}
        }
    }
    let url: Url = browser.start(START).await;
    let back = format!("acme/{}", op.back(&url));
    let denied = "acme/oidc/callback?error=access_denied&state=x";
    match fault {
        Fault::OidcDeepLinkLost => {
            let url = browser.start("acme/oidc/login?return_to=reports/7").await;
            let reply = browser.get(&format!("acme/{}", op.back(&url))).await;
            reply.header("location") == "/t/acme/home"
        }
        Fault::OidcSecondLoginFails | Fault::OidcKeepsOldUser => {
            browser.get(&back).await;
            let before = browser.cookies.get("session").cloned();
            let url = browser.start(START).await;
            let reply = browser.get(&format!("acme/{}", op.back(&url))).await;
            let keeps = reply.status == 303 && browser.cookies.get("session") == before.as_ref();
            if fault == Fault::OidcSecondLoginFails { reply.status == 400 } else { keeps }
        }
        Fault::OidcAccessDeniedLoops => browser.get(denied).await.header("location") == "/t/acme/oidc/login",
        Fault::OidcErrorAnswers500 => browser.get(denied).await.status == 500,
        Fault::OidcForeignStateAccepted => crate::portal_faults::browser(app).get(&back).await.status == 303,
        Fault::OidcCallbackMoved => {
            let reply = browser.get(&back).await;
            let location = reply.header("location").to_owned();
            reply.status == 308 && browser.get(&location).await.status == 303
        }
        Fault::OidcJitOff => browser.get(&back).await.status == 400,
        Fault::OidcNamesFromIdToken => {
            browser.get(&back).await;
            app.get("/Users").await.body["Resources"][0]["name"] == Value::Null
        }
        _ => browser.get(&back).await.status == 303,
    }
}
