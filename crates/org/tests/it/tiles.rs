//! The dashboard and the links behind its tiles.

use serde_json::json;

use crate::setting::{Org, PASSWORD};

#[tokio::test]
async fn a_tile_appears_for_each_assigned_app() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    let browser = org.browser();
    browser.sign_in("ann", PASSWORD, "").await;
    assert!(browser.open("/app/UserHome").await.text.contains("data-se=\"no-apps\""));
    org.assign(&org.saml, &id).await;
    org.assign(&org.oidc, &id).await;
    let page = browser.open("/app/UserHome").await.text;
    assert_eq!(page.matches("data-se=\"app-card\"").count(), 2);
    assert!(page.contains(&org.saml.embed_link));
    let links = org.get(&format!("/api/v1/users/{id}/appLinks")).await.body;
    assert_eq!(links[1]["linkUrl"], org.oidc.embed_link);
    assert_eq!(links[0]["appInstanceId"], org.saml.app_id);
}

#[tokio::test]
async fn the_tile_of_an_openid_connect_app_leads_to_it_with_the_issuer_alone() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    org.assign(&org.oidc, &id).await;
    let browser = org.browser();
    browser.sign_in("ann", PASSWORD, "").await;
    let issuer: String = url::form_urlencoded::byte_serialize(org.running.url.as_bytes()).collect();
    let sent = browser.open(&org.oidc.embed_link).await;
    assert_eq!(sent.status, 302);
    assert_eq!(sent.location(), format!("https://app.test/start?tenant=1&iss={issuer}"));
}

#[tokio::test]
async fn whoever_lacks_the_app_sees_a_page_of_the_org() {
    let org = Org::new().await;
    org.user("ann").await;
    let browser = org.browser();
    browser.sign_in("ann", PASSWORD, "").await;
    let page = browser.open(&org.saml.embed_link).await;
    assert_eq!(page.status, 403);
    assert!(page.text.contains("data-se=\"app-access-denied\""), "{}", page.text);
    assert_eq!(org.events("eventType eq \"app.generic.unauth_app_access_attempt\"").await.len(), 1);
}

#[tokio::test]
async fn links_that_lead_nowhere_are_not_found_and_inactive_apps_closed() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    org.assign(&org.saml, &id).await;
    let browser = org.browser();
    browser.sign_in("ann", PASSWORD, "").await;
    assert_eq!(browser.open("/home/x/0oanone/alnnone").await.status, 404);
    let wrong = org.saml.embed_link.replace("/aln", "/xln");
    assert_eq!(browser.open(&wrong).await.status, 404);
    org.post(&format!("/api/v1/apps/{}/lifecycle/deactivate", org.saml.app_id), json!(null)).await;
    assert_eq!(browser.open(&org.saml.embed_link).await.status, 403);
}
