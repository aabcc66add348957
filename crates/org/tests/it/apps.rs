//! Apps as the API shows them.

use serde_json::json;

use crate::setting::Org;

#[tokio::test]
async fn apps_are_found_by_the_start_of_their_label_and_by_status() {
    let org = Org::new().await;
    for (query, expected) in [
        ("", 2),
        ("?q=acme", 2),
        ("?q=Acme%20S&limit=1", 1),
        ("?q=other", 0),
        ("?filter=status%20eq%20%22ACTIVE%22", 2),
        ("?filter=status%20eq%20%22INACTIVE%22", 0),
    ] {
        let found = org.get(&format!("/api/v1/apps{query}")).await;
        assert_eq!(found.body.as_array().unwrap().len(), expected, "{query}");
    }
}

#[tokio::test]
async fn an_app_shows_its_settings_and_links() {
    let org = Org::new().await;
    let saml = org.get(&format!("/api/v1/apps/{}", org.saml.app_id)).await.body;
    assert_eq!((&saml["signOnMode"], &saml["status"]), (&json!("SAML_2_0"), &json!("ACTIVE")));
    assert_eq!(saml["settings"]["signOn"]["ssoAcsUrl"], "https://app.test/acs");
    assert_eq!(saml["settings"]["signOn"]["idpIssuer"], org.saml.entity_id);
    assert_eq!(saml["_links"]["appLinks"][0]["href"], org.saml.embed_link);
    assert!(saml["_links"]["metadata"]["href"].as_str().unwrap().ends_with("/sso/saml/metadata"));
    let oidc = org.get(&format!("/api/v1/apps/{}", org.oidc.app_id)).await.body;
    assert_eq!((&oidc["name"], &oidc["signOnMode"]), (&json!("oidc_client"), &json!("OPENID_CONNECT")));
    assert_eq!(oidc["credentials"]["oauthClient"]["client_secret"], org.oidc.client_secret);
    assert_eq!(oidc["settings"]["oauthClient"]["idp_initiated_login"]["mode"], "SPEC");
    assert!(oidc["_links"]["appLinks"][0]["href"].as_str().unwrap().contains("/home/oidc_client/0oa"));
    org.get("/api/v1/apps/0oanone").await.is_error(404, "E0000007");
}

#[tokio::test]
async fn an_app_is_deleted_only_when_it_is_inactive() {
    let org = Org::new().await;
    let app = format!("/api/v1/apps/{}", org.saml.app_id);
    org.delete(&app).await.is_error(403, "E0000056");
    let off = org.post(&format!("{app}/lifecycle/deactivate"), json!(null)).await;
    assert_eq!((off.status.as_u16(), off.text.as_str()), (200, ""));
    assert_eq!(org.get(&app).await.body["status"], "INACTIVE");
    assert_eq!(org.post(&format!("{app}/lifecycle/activate"), json!(null)).await.status, 200);
    org.post(&format!("{app}/lifecycle/deactivate"), json!(null)).await;
    assert_eq!(org.delete(&app).await.status, 204);
    org.get(&app).await.is_error(404, "E0000007");
}
