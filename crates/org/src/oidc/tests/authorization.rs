//! The authorization endpoint.

use super::*;
use crate::access::sign_in_path;

#[tokio::test]
async fn discovery_names_the_org_as_issuer() {
    let bench = Bench::start().await;
    let document: Value = bench.get("/.well-known/openid-configuration", "").await.json().await.unwrap();
    assert_eq!(document["issuer"], bench.org.base_url);
    assert_eq!(document["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    assert!(document.get("backchannel_logout_supported").is_none());
    let bench = Bench::with(|settings| settings.logout_channels = true).await;
    let document: Value = bench.get("/.well-known/openid-configuration", "").await.json().await.unwrap();
    assert_eq!(document["backchannel_logout_supported"], true);
}

#[tokio::test]
async fn a_signed_in_user_comes_back_with_code_and_state_and_no_iss() {
    let (bench, ids) = bench_with(rp()).await;
    let cookie = bench.sign_in(None);
    let response = bench.get(&authorize(&ids, &[]), &cookie).await;
    assert_eq!(response.headers()["referrer-policy"], "no-referrer");
    let to = location(&response);
    assert!(to.starts_with("https://rp.test/cb?code="), "{to}");
    assert_eq!(parameter(&to, "state").as_deref(), Some("s&1"));
    assert_eq!(parameter(&to, "iss"), None);
    assert_eq!(bench.events(), ["app.oauth2.authorize.code", "user.authentication.sso"]);
}

#[tokio::test]
async fn nobody_is_redirected_to_an_address_that_is_not_registered() {
    let (bench, ids) = bench_with(rp()).await;
    for (name, value) in [
        ("client_id", "0oanobody"),
        ("client_id", ""),
        ("redirect_uri", "https://rp.test/cb/"),
        ("redirect_uri", ""),
    ] {
        let response = bench.get(&authorize(&ids, &[(name, value)]), "").await;
        assert_eq!(response.status(), 400, "{name}={value}");
    }
}

#[tokio::test]
async fn errors_go_back_to_the_app() {
    let (bench, ids) = bench_with(rp()).await;
    for (changes, expected) in [
        (&[("state", "")][..], "invalid_request"),
        (&[("response_type", "none")], "unsupported_response_type"),
        (&[("response_type", "")], "unsupported_response_type"),
        (&[("scope", "openid nonsense")], "invalid_scope"),
        (&[("scope", "openid offline_access")], "invalid_scope"),
        (&[("scope", "profile")], "invalid_scope"),
        (&[("code_challenge", "x"), ("code_challenge_method", "plain")], "invalid_request"),
        (&[("code_challenge", "x")], "invalid_request"),
        (&[("response_mode", "carrier_pigeon")], "invalid_request"),
        (&[("prompt", "none login")], "invalid_request"),
        (&[("max_age", "soon")], "invalid_request"),
        (&[("prompt", "none")], "login_required"),
        (&[("request", "e30.e30.")], "request_not_supported"),
    ] {
        let to = location(&bench.get(&authorize(&ids, changes), "").await);
        assert!(to.starts_with("https://rp.test/cb?error="), "{changes:?}: {to}");
        assert_eq!(parameter(&to, "error").as_deref(), Some(expected), "{changes:?}");
    }
}

#[tokio::test]
async fn pkce_may_be_demanded() {
    let (bench, ids) = bench_with(OidcApp { pkce_required: true, ..rp() }).await;
    let to = location(&bench.get(&authorize(&ids, &[]), "").await);
    assert_eq!(parameter(&to, "error").as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn somebody_unassigned_comes_back_with_access_denied() {
    let (bench, ids) = bench_with(rp()).await;
    bench.unassign(&ids);
    let cookie = bench.sign_in(None);
    let to = location(&bench.get(&authorize(&ids, &[]), &cookie).await);
    assert_eq!(parameter(&to, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&to, "state").as_deref(), Some("s&1"));
    assert_eq!(bench.events(), ["app.generic.unauth_app_access_attempt"]);
}

#[tokio::test]
async fn prompt_login_and_max_age_ask_again() {
    let (bench, ids) = bench_with(rp()).await;
    let path = authorize(&ids, &[("prompt", "login")]);
    let to = location(&bench.get(&path, &bench.sign_in(None)).await);
    assert_eq!(to, sign_in_path(&path, true));
    let to = location(&bench.get(&path, &bench.sign_in(Some(&path))).await);
    assert!(parameter(&to, "code").is_some());
    let path = authorize(&ids, &[("max_age", "60")]);
    let cookie = bench.sign_in(None);
    assert!(parameter(&location(&bench.get(&path, &cookie).await), "code").is_some());
    bench.clock.advance(jiff::SignedDuration::from_secs(61));
    assert_eq!(location(&bench.get(&path, &cookie).await), sign_in_path(&path, true));
    let quiet = authorize(&ids, &[("max_age", "60"), ("prompt", "none")]);
    let to = location(&bench.get(&quiet, &cookie).await);
    assert_eq!(parameter(&to, "error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn somebody_unknown_signs_in_first_and_a_posted_request_finds_back() {
    let (bench, ids) = bench_with(rp()).await;
    let path = authorize(&ids, &[]);
    assert_eq!(location(&bench.get(&path, "").await), sign_in_path(&path, false));
    let (endpoint, form) = path.split_once('?').unwrap();
    let request = bench.client.post(bench.url(endpoint)).body(form.to_owned());
    let to = location(&request.send().await.unwrap());
    let back = parameter(&to, "fromURI").unwrap();
    let request = AuthorizationRequest::from_form(back.split_once('?').unwrap().1);
    assert_eq!(request, AuthorizationRequest::from_form(form));
}

#[tokio::test]
async fn a_session_token_is_made_a_session_on_the_way() {
    let (bench, ids) = bench_with(rp()).await;
    let to = location(&bench.get(&authorize(&ids, &[("sessionToken", "t")]), "").await);
    assert!(to.starts_with("/login/sessionCookieRedirect?token=t&redirectUrl="), "{to}");
    let target = parameter(&to, "redirectUrl").unwrap();
    assert_eq!(parameter(&target, "sessionToken"), None);
    assert_eq!(parameter(&target, "nonce").as_deref(), Some("n1"));
}

#[tokio::test]
async fn a_form_post_carries_the_code_in_a_page() {
    let (bench, ids) = bench_with(rp()).await;
    let cookie = bench.sign_in(None);
    let response = bench.get(&authorize(&ids, &[("response_mode", "form_post")]), &cookie).await;
    let html = response.text().await.unwrap();
    assert!(html.contains("action=\"https://rp.test/cb\""), "{html}");
    assert!(crate::test_bench::field(&html, "code").is_some());
}

#[tokio::test]
async fn tokens_of_the_front_channel_stand_in_the_fragment() {
    let (bench, ids) = bench_with(rp()).await;
    let cookie = bench.sign_in(None);
    let to = location(&bench.get(&authorize(&ids, &[("response_type", "id_token code")]), &cookie).await);
    let (_, fragment) = to.split_once('#').unwrap();
    let token = parameter(&format!("/?{fragment}"), "id_token").unwrap();
    let token = verified(&bench, &Value::String(token)).await;
    assert_eq!(token.claims["given_name"], "Ann");
    assert!(token.claims.contains_key("c_hash"));
    let to =
        location(&bench.get(&authorize(&ids, &[("response_type", "id_token"), ("nonce", "")]), "").await);
    assert!(to.contains("#error=invalid_request"), "{to}");
}
