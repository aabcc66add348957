//! The sign-in page.

use serde_json::json;

use crate::setting::{Org, PASSWORD};

#[tokio::test]
async fn the_page_has_the_widgets_parts_and_leads_back() {
    let org = Org::new().await;
    org.user("ann").await;
    let browser = org.browser();
    let away = browser.open("/app/UserHome").await;
    assert_eq!(away.status, 302);
    let page = browser.open(away.location()).await;
    for part in [
        "siw-main-view primary-auth",
        "name=\"identifier\"",
        "name=\"credentials.passcode\"",
        "data-type=\"save\"",
        "name=\"rememberMe\"",
        "data-se=\"o-form-head\"",
        "name=\"fromURI\" value=\"/app/UserHome\"",
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    let signed_in = browser.sign_in("ann", PASSWORD, "/app/UserHome").await;
    assert_eq!((signed_in.status.as_u16(), signed_in.location()), (302, "/app/UserHome"));
    for cookie in signed_in.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
    }
    assert_eq!(browser.open("/app/UserHome").await.status, 200);
    assert_eq!(browser.open("/login/login.htm?fromURI=%2Fapp%2FUserHome").await.location(), "/app/UserHome");
    assert_eq!(browser.open("/login/login.htm?prompt=login").await.status, 200);
}

#[tokio::test]
async fn a_wrong_password_stays_on_the_page_and_says_no_more_than_an_unknown_user() {
    let org = Org::new().await;
    org.user("ann").await;
    for name in ["ann", "nobody"] {
        let browser = org.browser();
        let page = browser.sign_in(name, "Wrong1Horse", "/app/UserHome").await;
        assert_eq!((page.status.as_u16(), page.headers.get("set-cookie")), (401, None));
        assert!(page.text.contains("data-se=\"callout\"><p>Unable to sign in</p>"), "{}", page.text);
        assert!(page.text.contains("value=\"/app/UserHome\""));
    }
    let failed = org.events("eventType eq \"user.session.start\" and outcome.result eq \"FAILURE\"").await;
    assert_eq!(failed.len(), 2);
}

#[tokio::test]
async fn whoever_lacks_the_app_is_refused_before_the_password_is_looked_at() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    let name = org.saml.sso_url.strip_prefix(&org.running.url).unwrap().to_owned();
    let authorize = format!("/oauth2/v1/authorize?client_id={}", org.oidc.client_id);
    for from in [org.saml.embed_link.clone(), name, authorize] {
        let page = org.browser().sign_in("ann", "Wrong1Horse", &from).await;
        assert_eq!(page.status, 400);
        assert!(page.text.contains("User is not assigned to this application."), "{}", page.text);
    }
    assert_eq!(org.events("eventType eq \"app.generic.unauth_app_access_attempt\"").await.len(), 3);
    org.assign(&org.saml, &id).await;
    let next = org.browser().sign_in("ann", PASSWORD, &org.saml.embed_link).await;
    assert!(next.location().starts_with("/home/"), "{next:?}");
}

#[tokio::test]
async fn the_page_leads_nowhere_but_to_the_org() {
    let org = Org::new().await;
    org.user("ann").await;
    for from in [
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test",
        "\t//evil.test",
        "javascript:alert(1)",
        "http://u@",
    ] {
        let next = org.browser().sign_in("ann", PASSWORD, from).await;
        let location = next.location();
        assert!(
            location.starts_with('/') && !location.starts_with("//") && !location.contains("evil"),
            "{from}: {location}"
        );
    }
}

#[tokio::test]
async fn the_password_may_have_a_page_of_its_own() {
    let org = Org::with(|settings| settings.sign_in.password_on_second_page = true).await;
    org.user("ann").await;
    let browser = org.browser();
    let first = browser.open("/login/login.htm").await;
    assert!(!first.text.contains("credentials.passcode") && first.text.contains("value=\"Next\""));
    let second = browser.submit("/login/login.htm", &[("identifier", "ann@example.test")]).await;
    assert_eq!(second.status, 200);
    assert!(second.text.contains("name=\"credentials.passcode\""));
    assert!(!second.text.contains("name=\"identifier\""), "{}", second.text);
    let fields = [("settledIdentifier", "ann@example.test"), ("credentials.passcode", "Wrong1Horse")];
    let again = browser.submit("/login/login.htm", &fields).await;
    assert!(again.text.contains("Unable to sign in") && again.text.contains("name=\"credentials.passcode\""));
    let fields = [("settledIdentifier", "ann@example.test"), ("credentials.passcode", PASSWORD)];
    assert_eq!(browser.submit("/login/login.htm", &fields).await.location(), "/app/UserHome");
}

#[tokio::test]
async fn the_org_may_ask_whether_to_stay_signed_in() {
    let org = Org::with(|settings| settings.sign_in.asks_to_stay_signed_in = true).await;
    org.user("ann").await;
    let browser = org.browser();
    let next = browser.sign_in("ann", PASSWORD, "/app/UserHome?x=1").await;
    let question = browser.open(next.location()).await;
    assert!(question.text.contains("data-se=\"do-not-stay-signed-in-btn\""), "{}", question.text);
    let fields = [("fromURI", "/app/UserHome?x=1"), ("keepMeSignedIn", "false")];
    assert_eq!(browser.submit("/login/stay-signed-in", &fields).await.location(), "/app/UserHome?x=1");
}

#[tokio::test]
async fn sessions_end_with_their_user_with_time_and_by_signing_out() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    let out = async |browser: &crate::setting::Browser<'_>| browser.open("/app/UserHome").await.status == 302;
    let browser = org.browser();
    browser.sign_in("ann", PASSWORD, "").await;
    assert_eq!(org.delete(&format!("/api/v1/users/{id}/sessions?oauthTokens=true")).await.status, 204);
    assert!(out(&browser).await);
    browser.sign_in("ann", PASSWORD, "").await;
    org.clock.advance(jiff::SignedDuration::from_mins(121));
    assert!(out(&browser).await);
    browser.sign_in("ann", PASSWORD, "").await;
    assert_eq!(browser.open("/login/signout").await.location(), "/login/login.htm");
    assert!(browser.cookies.lock().unwrap().is_empty());
    browser.sign_in("ann", PASSWORD, "").await;
    assert!(!out(&browser).await);
    org.post(&format!("/api/v1/users/{id}/lifecycle/deactivate"), json!(null)).await;
    assert!(out(&browser).await);
    assert_eq!(browser.sign_in("ann", PASSWORD, "").await.status, 401);
}
