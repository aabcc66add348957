//! What the org answers to OpenID Connect requests, over HTTP.

mod authorization;
mod exchange;
mod sign_out;

use oinspect_oidc::{AuthorizationRequest, Decoded, code_challenge, read_jwks, verify};
use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::app::{App, OidcApp};
use crate::identity::AppIds;
use crate::test_bench::{Bench, location, parameter};

const CALLBACK: &str = "https://rp.test/cb";
const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-in-length";

fn rp() -> OidcApp {
    let mut oidc = OidcApp::web(CALLBACK);
    oidc.post_logout_redirect_uris = vec!["https://rp.test/bye?a=1".to_owned()];
    oidc
}

async fn bench_with(oidc: OidcApp) -> (Bench, AppIds) {
    let bench = Bench::start().await;
    let ids = bench.install(App::oidc("oidc", "Acme", oidc));
    (bench, ids)
}

/// An authorization request with these parameters changed; an empty one is left out.
fn authorize(ids: &AppIds, changes: &[(&str, &str)]) -> String {
    let mut parameters = vec![
        ("client_id", ids.client_id.as_str()),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", "s&1"),
        ("nonce", "n1"),
    ];
    for (name, value) in changes {
        parameters.retain(|(other, _)| other != name);
        parameters.push((name, value));
    }
    parameters.retain(|(_, value)| !value.is_empty());
    format!("/oauth2/v1/authorize?{}", Serializer::new(String::new()).extend_pairs(parameters).finish())
}

async fn code(bench: &Bench, ids: &AppIds, changes: &[(&str, &str)]) -> String {
    let cookie = bench.sign_in(None);
    let to = location(&bench.get(&authorize(ids, changes), &cookie).await);
    parameter(&to, "code").unwrap_or_else(|| panic!("no code in {to}"))
}

async fn redeem(bench: &Bench, ids: &AppIds, code: &str, more: &[(&str, &str)]) -> (u16, Value) {
    let mut form = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)];
    for (name, value) in more {
        form.retain(|(other, _)| other != name);
        form.push((name, value));
    }
    let request = bench.client.post(bench.url("/oauth2/v1/token"));
    let response =
        request.basic_auth(&ids.client_id, Some(&ids.client_secret)).form(&form).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

async fn verified(bench: &Bench, token: &Value) -> Decoded {
    let set: Value = bench.get("/oauth2/v1/keys", "").await.json().await.unwrap();
    let token = token.as_str().unwrap();
    let kid = oinspect_oidc::decode(token).unwrap().header["kid"].clone();
    let key = read_jwks(&set).into_iter().find(|key| key.kid.as_deref() == kid.as_str()).unwrap();
    verify(token, &key.key).unwrap()
}
