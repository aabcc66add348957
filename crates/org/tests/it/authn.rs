//! Signing in by API, and what becomes of the token.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::setting::{Answer, Org, PASSWORD};

async fn authn(org: &Org, name: &str, password: &str) -> Answer {
    let body = json!({ "username": format!("{name}@example.test"), "password": password });
    org.send(Method::POST, "/api/v1/authn", &[], serde_json::to_vec(&body).unwrap()).await
}

#[tokio::test]
async fn a_session_token_works_once_and_for_five_minutes() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    let answer = authn(&org, "ann", PASSWORD).await;
    assert_eq!((answer.status.as_u16(), &answer.body["status"]), (200, &json!("SUCCESS")));
    assert_eq!(answer.body["_embedded"]["user"]["id"], id);
    let token = answer.body["sessionToken"].as_str().unwrap();
    let path = format!(
        "/login/sessionCookieRedirect?token={token}&redirectUrl={}%2Fapp%2FUserHome",
        org.running.url
    );
    let browser = org.browser();
    assert_eq!(browser.open(&path).await.location(), "/app/UserHome");
    let me = browser.open("/api/v1/sessions/me").await;
    assert_eq!((&me.body["userId"], &me.body["status"]), (&json!(id), &json!("ACTIVE")));
    assert!(org.browser().open(&path).await.location().starts_with("/login/login.htm?"));
    let answer = authn(&org, "ann", PASSWORD).await;
    let token = answer.body["sessionToken"].as_str().unwrap();
    org.clock.advance(SignedDuration::from_secs(301));
    let late = org.browser().open(&format!("/app/UserHome?sessionToken={token}")).await;
    assert!(late.location().starts_with("/login/login.htm?"));
}

#[tokio::test]
async fn a_session_token_on_the_way_to_an_app_is_a_session() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    org.assign(&org.oidc, &id).await;
    for name in ["sessionToken", "onetimetoken"] {
        let answer = authn(&org, "ann", PASSWORD).await;
        let token = answer.body["sessionToken"].as_str().unwrap();
        let browser = org.browser();
        let sent = browser.open(&format!("{}?{name}={token}", org.oidc.embed_link)).await;
        assert!(sent.location().starts_with("https://app.test/start"), "{sent:?}");
        assert_eq!(browser.open("/app/UserHome").await.status, 200);
    }
}

#[tokio::test]
async fn wrong_passwords_are_refused_and_ten_lock_the_user_out() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    authn(&org, "nobody", PASSWORD).await.is_error(401, "E0000004");
    for _ in 0..9 {
        authn(&org, "ann", "Wrong1Horse").await.is_error(401, "E0000004");
    }
    assert_eq!(authn(&org, "ann", "Wrong1Horse").await.body["status"], "LOCKED_OUT");
    assert_eq!(authn(&org, "ann", PASSWORD).await.body["status"], "LOCKED_OUT");
    assert_eq!(org.post(&format!("/api/v1/users/{id}/lifecycle/unlock"), json!(null)).await.status, 200);
    assert_eq!(authn(&org, "ann", PASSWORD).await.body["status"], "SUCCESS");
}

#[tokio::test]
async fn a_session_ends_by_its_own_hand() {
    let org = Org::new().await;
    org.user("ann").await;
    let browser = org.browser();
    org.send(Method::GET, "/api/v1/sessions/me", &[], Vec::new()).await.is_error(404, "E0000007");
    browser.sign_in("ann", PASSWORD, "").await;
    let cookies = format!("sid={}", browser.cookies.lock().unwrap()["sid"]);
    let headers = [("cookie", cookies.as_str())];
    assert_eq!(org.send(Method::DELETE, "/api/v1/sessions/me", &headers, Vec::new()).await.status, 204);
    org.send(Method::DELETE, "/api/v1/sessions/me", &headers, Vec::new()).await.is_error(404, "E0000007");
    assert_eq!(
        org.events("eventType sw \"user.session.\"").await,
        ["user.session.start", "user.session.end"]
    );
}

#[tokio::test]
async fn only_pages_of_the_org_are_led_to() {
    let org = Org::new().await;
    for target in
        ["https%3A%2F%2Fevil.test%2F", "%2F%2Fevil.test", "%2F%5Cevil.test", "javascript%3Aalert(1)"]
    {
        let path = format!("/login/sessionCookieRedirect?token=x&redirectUrl={target}");
        assert_eq!(org.browser().open(&path).await.status, 400, "{target}");
    }
}
