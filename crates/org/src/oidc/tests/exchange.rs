//! The token endpoint, userinfo, introspection and revocation.

use jiff::SignedDuration;
use oinspect_oidc::{Bend, CLIENT_ASSERTION_TYPE, SigningKey, jwks, sign_private_key_jwt, sign_secret_jwt};
use serde_json::json;

use super::*;
use crate::app::{ClientAuthentication, ServiceApp};

fn client_key() -> SigningKey {
    SigningKey::from_pem("c", include_str!("../../../../../fixtures/keys/test-sp.pem")).unwrap()
}

#[tokio::test]
async fn a_code_gives_a_thin_token_and_userinfo_gives_the_rest() {
    let (bench, ids) = bench_with(rp()).await;
    let code = code(&bench, &ids, &[]).await;
    bench.clock.advance(SignedDuration::from_secs(10));
    let (status, tokens) = redeem(&bench, &ids, &code, &[]).await;
    assert_eq!(status, 200, "{tokens}");
    let names: Vec<_> = tokens.as_object().unwrap().keys().collect();
    assert_eq!(names, ["token_type", "expires_in", "access_token", "scope", "id_token"]);
    let token = verified(&bench, &tokens["id_token"]).await;
    assert_eq!(token.text("iss"), Some(bench.org.base_url.as_str()));
    assert_eq!(token.text("aud"), Some(ids.client_id.as_str()));
    assert_eq!(token.text("nonce"), Some("n1"));
    assert_eq!(token.number("iat").unwrap() - token.number("auth_time").unwrap(), 10);
    assert!(!token.claims.contains_key("given_name"));
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(token.text("at_hash"), Some(oinspect_oidc::half_hash(access).as_str()));
    let userinfo = bench.client.get(bench.url("/oauth2/v1/userinfo")).bearer_auth(access);
    let claims: Value = userinfo.send().await.unwrap().json().await.unwrap();
    assert_eq!(claims["sub"], token.claims["sub"]);
    assert_eq!(claims["family_name"], "O'X <&>");
    let event = bench.org.store().events.last().unwrap().event.clone();
    assert_eq!(event.kind, "app.oauth2.token.grant.id_token");
    assert_eq!(event.debug["clientAuthType"], "client_secret_basic");
    assert_eq!(event.debug["codeVerifier"], "absent");
    assert_eq!(event.debug["redirectUri"], CALLBACK);
}

#[tokio::test]
async fn a_code_works_once_and_a_second_use_revokes() {
    let (bench, ids) = bench_with(rp()).await;
    let code = code(&bench, &ids, &[]).await;
    let (_, tokens) = redeem(&bench, &ids, &code, &[]).await;
    let (status, error) = redeem(&bench, &ids, &code, &[]).await;
    assert_eq!((status, error["error"].as_str()), (400, Some("invalid_grant")));
    let access = tokens["access_token"].as_str().unwrap();
    let userinfo =
        bench.client.get(bench.url("/oauth2/v1/userinfo")).bearer_auth(access).send().await.unwrap();
    assert_eq!(userinfo.status(), 401);
    assert!(userinfo.headers()["www-authenticate"].to_str().unwrap().contains("invalid_token"));
}

#[tokio::test]
async fn a_code_fits_its_time_and_redirect_uri_and_verifier_only() {
    let (bench, ids) = bench_with(rp()).await;
    let challenge = code_challenge(VERIFIER);
    let pkce = [("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")];
    let with_pkce = code(&bench, &ids, &pkce).await;
    for more in [
        &[("redirect_uri", "https://rp.test/other"), ("code_verifier", VERIFIER)][..],
        &[("code_verifier", "another")],
        &[],
    ] {
        let (status, error) = redeem(&bench, &ids, &with_pkce, more).await;
        assert_eq!((status, error["error"].as_str()), (400, Some("invalid_grant")), "{more:?}");
    }
    assert_eq!(redeem(&bench, &ids, &with_pkce, &[("code_verifier", VERIFIER)]).await.0, 200);
    let late = code(&bench, &ids, &[]).await;
    bench.clock.advance(SignedDuration::from_secs(300));
    assert_eq!(redeem(&bench, &ids, &late, &[]).await.1["error"], "invalid_grant");
    assert_eq!(redeem(&bench, &ids, "nonsense", &[]).await.1["error"], "invalid_grant");
    assert_eq!(
        redeem(&bench, &ids, "x", &[("grant_type", "magic")]).await.1["error"],
        "unsupported_grant_type"
    );
}

#[tokio::test]
async fn a_client_proves_itself_in_one_place() {
    let (bench, ids) = bench_with(rp()).await;
    let code = code(&bench, &ids, &[]).await;
    let twice = redeem(&bench, &ids, &code, &[("client_secret", &ids.client_secret)]).await;
    assert_eq!((twice.0, twice.1["error"].as_str()), (400, Some("invalid_request")));
    let form = |secret: &'static str| {
        vec![
            ("grant_type", "authorization_code"),
            ("client_id", ids.client_id.as_str()),
            ("client_secret", secret),
        ]
    };
    for wrong in ["", "wrong"] {
        let response = bench.post("/oauth2/v1/token", "", &form(wrong)).await;
        assert_eq!(response.status(), 401);
        assert_eq!(response.json::<Value>().await.unwrap()["error"], "invalid_client");
    }
    let posted = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("client_id", ids.client_id.as_str()),
        ("client_secret", ids.client_secret.as_str()),
    ];
    assert_eq!(bench.post("/oauth2/v1/token", "", &posted).await.status(), 200);
}

#[tokio::test]
async fn a_client_may_prove_itself_with_a_token_used_once() {
    for method in [ClientAuthentication::PrivateKeyJwt, ClientAuthentication::SecretJwt] {
        let jwks = Some(jwks(&[&client_key()]));
        let (bench, ids) = bench_with(OidcApp { token_endpoint_auth_method: method, jwks, ..rp() }).await;
        let endpoint = bench.url("/oauth2/v1/token");
        let now = bench.clock.now();
        let assertion = match method {
            ClientAuthentication::SecretJwt => {
                sign_secret_jwt(&ids.client_id, &endpoint, "j", now, &ids.client_secret)
            }
            _ => sign_private_key_jwt(&ids.client_id, &endpoint, "j", now, &client_key()),
        };
        let code = code(&bench, &ids, &[]).await;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", CALLBACK),
            ("client_assertion_type", CLIENT_ASSERTION_TYPE),
            ("client_assertion", assertion.as_str()),
        ];
        assert_eq!(bench.post("/oauth2/v1/token", "", &form).await.status(), 200);
        let again = bench.post("/oauth2/v1/token", "", &form).await;
        assert_eq!(again.json::<Value>().await.unwrap()["error"], "invalid_client");
        assert_eq!(redeem(&bench, &ids, &code, &[]).await.1["error"], "invalid_client");
    }
}

#[tokio::test]
async fn a_service_gets_a_token_for_the_api() {
    let bench = Bench::start().await;
    let service = ServiceApp { jwks: jwks(&[&client_key()]), scopes: vec!["okta.users.manage".to_owned()] };
    let ids = bench.install(App::service("service", "CI", service));
    let endpoint = bench.url("/oauth2/v1/token");
    for (number, (scope, status)) in
        [("okta.users.manage", 200), ("okta.apps.manage", 400), ("", 400)].into_iter().enumerate()
    {
        let jti = number.to_string();
        let assertion =
            sign_private_key_jwt(&ids.client_id, &endpoint, &jti, bench.clock.now(), &client_key());
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", scope),
            ("client_assertion_type", CLIENT_ASSERTION_TYPE),
            ("client_assertion", assertion.as_str()),
        ];
        let response = bench.post("/oauth2/v1/token", "", &form).await;
        assert_eq!(response.status(), status, "{scope}");
        if status == 200 {
            let tokens: Value = response.json().await.unwrap();
            let access = tokens["access_token"].as_str().unwrap();
            let access = bench.org.store().access_token(access, bench.clock.now()).unwrap();
            assert_eq!(access.scopes, ["okta.users.manage"]);
        }
    }
}

#[tokio::test]
async fn refresh_tokens_need_a_scope_and_an_app_that_may_have_them() {
    let (bench, ids) = bench_with(OidcApp { refresh_tokens: true, ..rp() }).await;
    let code = code(&bench, &ids, &[("scope", "openid email offline_access")]).await;
    let (_, tokens) = redeem(&bench, &ids, &code, &[]).await;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let (status, renewed) =
        redeem(&bench, &ids, "", &[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await;
    assert_eq!(status, 200, "{renewed}");
    let ask = async |endpoint: &str, token: &str| {
        let request = bench.client.post(bench.url(&format!("/oauth2/v1/{endpoint}")));
        let request = request.basic_auth(&ids.client_id, Some(&ids.client_secret));
        request.form(&[("token", token)]).send().await.unwrap()
    };
    let access = renewed["access_token"].as_str().unwrap();
    let state: Value = ask("introspect", access).await.json().await.unwrap();
    assert_eq!((&state["active"], &state["username"]), (&json!(true), &json!("ann@ex.test")));
    assert_eq!(ask("revoke", refresh).await.status(), 200);
    let state: Value = ask("introspect", access).await.json().await.unwrap();
    assert_eq!(state, json!({ "active": false }));
}

#[tokio::test]
async fn a_token_is_bent_until_it_is_mended_and_keys_rotate() {
    let (bench, ids) = bench_with(rp()).await;
    bench.org.provider.outbox.bend("ann@ex.test", Bend::WrongNonce);
    let bent = redeem(&bench, &ids, &code(&bench, &ids, &[]).await, &[]).await.1;
    let bent = verified(&bench, &bent["id_token"]).await;
    assert_ne!(bent.text("nonce"), Some("n1"));
    assert!(bench.org.provider.outbox.mend("ann@ex.test"));
    bench.org.provider.rotate();
    let good = redeem(&bench, &ids, &code(&bench, &ids, &[]).await, &[]).await.1;
    let good = verified(&bench, &good["id_token"]).await;
    assert_eq!(good.text("nonce"), Some("n1"));
    assert_ne!(good.header["kid"], bent.header["kid"]);
}
