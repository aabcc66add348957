//! Client credentials for an access token (RFC 6749, section 4.4).

use oinspect_sample_app::Settings;

use crate::setting::{App, read};

async fn token(app: &App, form: &[(&str, &str)]) -> crate::setting::Reply {
    read(app.http.post(&app.running.oauth.token_url).form(form)).await
}

#[tokio::test]
async fn a_clients_credentials_buy_a_token_for_its_own_tenant() {
    let app = App::healthy().await;
    let oauth = &app.running.oauth;
    let basic = app.http.post(&oauth.token_url).basic_auth(&oauth.client_id, Some(&oauth.client_secret));
    let reply = read(basic.form(&[("grant_type", "client_credentials")])).await;
    assert_eq!((reply.status, &reply.body["token_type"]), (200, &"Bearer".into()));
    assert_eq!(reply.body["expires_in"], 3600);
    let access = reply.body["access_token"].as_str().unwrap();
    let users = |base: &str| app.http.get(format!("{base}/Users")).bearer_auth(access);
    assert_eq!(read(users(&app.base)).await.status, 200);
    assert_eq!(read(users(&app.running.tenants[1].scim_url)).await.status, 401);
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let app = App::with(Settings { access_token_seconds: 0, ..Settings::default() }).await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "acme-client"),
        ("client_secret", "acme-secret"),
    ];
    let reply = token(&app, &form).await;
    let access = reply.body["access_token"].as_str().unwrap();
    read(app.http.get(format!("{}/Users", app.base)).bearer_auth(access)).await.refused(401, None);
}

#[tokio::test]
async fn what_the_token_endpoint_refuses_it_names() {
    let app = App::healthy().await;
    let wrong = token(&app, &[("grant_type", "client_credentials"), ("client_id", "acme-client")]).await;
    assert_eq!((wrong.status, wrong.body["error"].as_str()), (401, Some("invalid_client")));
    assert!(wrong.header("www-authenticate").starts_with("Basic"));
    let good = [("client_id", "acme-client"), ("client_secret", "acme-secret")];
    let other = token(&app, &[good[0], good[1], ("grant_type", "password")]).await;
    assert_eq!((other.status, other.body["error"].as_str()), (400, Some("unsupported_grant_type")));
    let none = token(&app, &good).await;
    assert_eq!((none.status, none.body["error"].as_str()), (400, Some("invalid_request")));
}
