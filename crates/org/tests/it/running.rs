//! Starting, finding and stopping the org.

use oinspect_org::{App, DEFAULT_LISTEN, Identity, SamlApp, Settings, StartError, start};
use url::Url;

use crate::setting::{Org, client};

#[tokio::test]
async fn a_stopped_org_frees_its_port_and_a_dropped_one_too() {
    let running = start(Settings::of(Identity::for_tests())).await.unwrap();
    let url = running.url.clone();
    let listen = url.trim_start_matches("http://").parse().unwrap();
    assert!(client().get(&url).send().await.is_ok());
    running.stop().await;
    assert!(client().get(&url).send().await.is_err());
    let again = start(Settings { listen, ..Settings::of(Identity::for_tests()) }).await.unwrap();
    let taken = start(Settings { listen, ..Settings::of(Identity::for_tests()) }).await;
    assert!(matches!(taken, Err(StartError::Listen { address, .. }) if address == listen));
    drop(again);
    while client().get(&url).send().await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_announcement_says_where_the_org_is_and_which_apps_it_has() {
    let org = Org::new().await;
    let said = org.running.announcement();
    assert_eq!(
        (&said["url"], &said["token"]),
        (&org.running.url.clone().into(), &org.running.token.clone().into())
    );
    assert_eq!(said["apps"][0]["entity_id"], org.saml.entity_id);
    assert_eq!(said["apps"][1]["client_secret"], org.oidc.client_secret);
    assert!(!said.to_string().contains('\n'));
    assert_eq!(DEFAULT_LISTEN.to_string(), "127.0.0.1:8490");
}

#[tokio::test]
async fn the_base_url_may_differ_from_the_address_and_must_have_no_path() {
    let mut settings = Settings::of(Identity::for_tests());
    settings.base_url = Some(Url::parse("https://org.example.test").unwrap());
    let running = start(settings.clone()).await.unwrap();
    assert_eq!(running.url, "https://org.example.test");
    let app = App::saml("saml", "Acme", SamlApp::for_sp("https://app.test/acs", "app"));
    assert!(
        running.install(app).sso_url.starts_with("https://org.example.test/app/oinspect-1234567_acme_1/exk")
    );
    settings.base_url = Some(Url::parse("https://org.example.test/oauth2").unwrap());
    assert!(matches!(start(settings).await, Err(StartError::BaseUrl { .. })));
}

#[tokio::test]
async fn over_https_the_org_is_trusted_by_its_authority_and_cookies_cross_sites() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let org = Org::with(|settings| {
        settings.tls = true;
        settings.clock = oinspect_org::Clock::system();
    });
    let org = org.await;
    let (url, ca) = (org.running.url.clone(), org.running.ca_pem.clone().unwrap());
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    assert_eq!(org.running.spki.clone().unwrap().len(), 44);
    let authority = reqwest::Certificate::from_pem(ca.as_bytes()).unwrap();
    #[expect(
        clippy::disallowed_methods,
        reason = "the transport belongs to the checks; tests need a client too"
    )]
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([authority]).build().unwrap();
    for host in ["127.0.0.1", "localhost"] {
        let url = url.replace("127.0.0.1", host);
        let page = client.get(format!("{url}/login/signout")).send().await.unwrap();
        assert_eq!(page.status(), 200);
    }
    let text = client
        .get(format!("{url}/.well-known/okta-organization"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(text.contains(&url));
    assert!(crate::setting::client().get(&url).send().await.is_err());
}
