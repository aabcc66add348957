//! A tiny OpenID provider: discovery, keys, token, userinfo. The browser's part is played by the test.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use oinspect_sample_app::{OidcTrust, Sso};
use rsa::RsaPrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::signature::{SignatureEncoding as _, Signer as _};
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::browser::parameter;
use super::message::now;

const KEY: &str = include_str!("../../keys/idp.key.pem");
const ROGUE_KEY: &str = include_str!("../../keys/rogue.key.pem");
pub(crate) const SECRET: &str = "s3cret+/=";

/// What the provider knows and how it misbehaves.
#[derive(Debug, Default)]
pub(crate) struct Knowledge {
    codes: HashMap<String, (Option<String>, Option<String>)>,
    pub(crate) claims: Value,
    pub(crate) nonce: Option<String>,
    pub(crate) audience: Option<String>,
    pub(crate) rogue: bool,
    pub(crate) kid: &'static str,
    pub(crate) discoveries: usize,
    /// Authorization header and form of each token request.
    pub(crate) token_requests: Vec<(Option<String>, String)>,
}

/// The provider, serving until it is dropped.
pub(crate) struct Op {
    pub(crate) issuer: String,
    pub(crate) knowledge: Arc<Mutex<Knowledge>>,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Op {
    fn drop(&mut self) {
        self.server.abort();
    }
}

type Shared = State<(String, Arc<Mutex<Knowledge>>)>;

impl Op {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let claims = json!({ "sub": "00u1", "preferred_username": "ann@ex.test", "email": "ann@ex.test",
            "name": "Ann Ox", "given_name": "Ann", "family_name": "Ox" });
        let knowledge = Arc::new(Mutex::new(Knowledge { claims, kid: "k1", ..Knowledge::default() }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/oauth2/v1/keys", get(keys))
            .route("/oauth2/v1/token", post(token))
            .route("/oauth2/v1/userinfo", get(userinfo))
            .with_state((issuer.clone(), Arc::clone(&knowledge)));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { issuer, knowledge, server }
    }

    pub(crate) fn trust(&self) -> Sso {
        let oidc = OidcTrust {
            issuer: self.issuer.clone(),
            client_id: "0oaTest".to_owned(),
            client_secret: SECRET.to_owned(),
        };
        Sso { saml: None, oidc: Some(oidc) }
    }

    /// A code for an authorization request.
    pub(crate) fn code(&self, url: &Url) -> String {
        let mut knowledge = self.knowledge.lock().unwrap();
        let code = format!("code{}", knowledge.codes.len());
        let asked = (parameter(url, "nonce"), parameter(url, "code_challenge"));
        knowledge.codes.insert(code.clone(), asked);
        code
    }

    /// Where the provider sends the browser after it signed the user in.
    pub(crate) fn back(&self, url: &Url) -> String {
        let code = self.code(url);
        let state = parameter(url, "state").map(|state| format!("&state={state}")).unwrap_or_default();
        format!("oidc/callback?code={code}{state}")
    }
}

async fn discovery(State((issuer, knowledge)): Shared) -> Json<Value> {
    knowledge.lock().unwrap().discoveries += 1;
    let at = |path: &str| format!("{issuer}/oauth2/v1/{path}");
    Json(json!({ "issuer": issuer, "authorization_endpoint": at("authorize"), "token_endpoint": at("token"),
        "jwks_uri": at("keys"), "userinfo_endpoint": at("userinfo"), "end_session_endpoint": at("logout"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"] }))
}

async fn keys(State((_, knowledge)): Shared) -> Json<Value> {
    let key = RsaPrivateKey::from_pkcs8_pem(KEY).unwrap();
    let number = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
    let kid = knowledge.lock().unwrap().kid;
    Json(json!({ "keys": [{ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": number(key.n()), "e": number(key.e()) }] }))
}

async fn token(
    State((issuer, knowledge)): Shared,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, Json<Value>) {
    let mut known = knowledge.lock().unwrap();
    let header = headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
    known.token_requests.push((header, body.clone()));
    let form: HashMap<String, String> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let Some((nonce, challenge)) = form.get("code").and_then(|code| known.codes.remove(code)) else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    };
    let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
    let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    if challenge.is_some_and(|challenge| challenge != proof && challenge != verifier) {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    }
    let now = now().as_second();
    let access = "AT.opaque";
    let hash = Sha256::digest(access);
    let mut claims = json!({ "iss": issuer, "sub": known.claims["sub"], "iat": now, "exp": now + 3600, "ver": 1,
        "aud": known.audience.as_deref().unwrap_or("0oaTest"), "amr": ["pwd"], "email": known.claims["email"],
        "name": known.claims["name"], "preferred_username": known.claims["preferred_username"],
        "at_hash": URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap()) });
    if let Some(nonce) = known.nonce.clone().or(nonce) {
        claims["nonce"] = json!(nonce);
    }
    let key = if known.rogue { ROGUE_KEY } else { KEY };
    let id_token = jwt(&json!({ "alg": "RS256", "kid": known.kid }), &claims, key);
    (
        StatusCode::OK,
        Json(json!({ "token_type": "Bearer", "expires_in": 3600, "access_token": access,
        "scope": "openid profile email", "id_token": id_token })),
    )
}

async fn userinfo(State((_, knowledge)): Shared) -> Json<Value> {
    Json(knowledge.lock().unwrap().claims.clone())
}

fn jwt(header: &Value, claims: &Value, key: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let key = SigningKey::<Sha256>::new(RsaPrivateKey::from_pkcs8_pem(key).unwrap());
    let signature = key.sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The credentials in an Authorization header.
pub(crate) fn basic(header: &str) -> String {
    String::from_utf8(STANDARD.decode(header.strip_prefix("Basic ").unwrap()).unwrap()).unwrap()
}
