//! An org to test, a client of its API, and a browser without JavaScript.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::Timestamp;
use oinspect_org::{App, Clock, Identity, OidcApp, Running, SamlApp, Settings, Setup, start};
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

/// The password of every user here.
pub(crate) const PASSWORD: &str = "Correct1Horse";

/// A running org with a SAML app and an OpenID Connect app, at a time that stands still.
pub(crate) struct Org {
    pub(crate) running: Running,
    pub(crate) clock: Clock,
    pub(crate) saml: Setup,
    pub(crate) oidc: Setup,
    client: Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub(crate) fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// The link of this relation.
    pub(crate) fn link(&self, relation: &str) -> Option<String> {
        let ending = format!(">; rel=\"{relation}\"");
        self.headers
            .get_all("link")
            .iter()
            .find_map(|link| link.to_str().ok()?.strip_suffix(&ending)?.strip_prefix('<').map(str::to_owned))
    }

    pub(crate) fn is_error(&self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.body["errorCode"], code, "{}", self.text);
        assert_eq!(self.body["errorLink"], code);
        assert!(self.body["errorId"].as_str().unwrap().starts_with("oae"));
        assert!(self.body["errorCauses"].is_array());
    }
}

pub(crate) fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    #[expect(
        clippy::disallowed_methods,
        reason = "the transport belongs to the checks; tests need a client too"
    )]
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
    client.unwrap()
}

impl Org {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let clock = Clock::standing_at("2026-11-01T12:00:00.123Z".parse::<Timestamp>().unwrap());
        let mut settings = Settings::of(Identity::for_tests());
        settings.clock = clock.clone();
        change(&mut settings);
        let running = start(settings).await.unwrap();
        let saml = SamlApp::for_sp("https://app.test/acs", "https://app.test");
        let saml = running.install(App::saml("saml", "Acme SAML", saml));
        let mut oidc = OidcApp::web("https://app.test/callback");
        oidc.initiate_login_uri = Some("https://app.test/start?tenant=1".to_owned());
        let oidc = running.install(App::oidc("oidc", "Acme OIDC", oidc));
        Self { running, clock, saml, oidc, client: client() }
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let url =
            if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.running.url) };
        let mut request = self.client.request(method, url).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status, headers, text, body }
    }

    async fn call(&self, method: Method, path: &str, body: &Value) -> Answer {
        let token = format!("SSWS {}", self.running.token);
        let headers = [(AUTHORIZATION.as_str(), token.as_str()), ("content-type", "application/json")];
        let body = if body.is_null() { Vec::new() } else { serde_json::to_vec(body).unwrap() };
        self.send(method, path, &headers, body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, &Value::Null).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, &body).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PUT, path, &body).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path, &Value::Null).await
    }

    /// An active user of this name, by id.
    pub(crate) async fn user(&self, name: &str) -> String {
        let answer = self.post("/api/v1/users?activate=true", person(name)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.body["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn assign(&self, app: &Setup, user: &str) {
        let body = json!({ "id": user, "scope": "USER" });
        let answer = self.post(&format!("/api/v1/apps/{}/users", app.app_id), body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// The types of all events that match a filter, in order.
    pub(crate) async fn events(&self, filter: &str) -> Vec<String> {
        let filter: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        let answer = self.get(&format!("/api/v1/logs?limit=1000&filter={filter}")).await;
        let events = answer.body.as_array().unwrap().iter();
        events.map(|event| event["eventType"].as_str().unwrap().to_owned()).collect()
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { org: self, cookies: Mutex::default() }
    }
}

pub(crate) fn person(name: &str) -> Value {
    json!({
        "profile": {
            "firstName": name,
            "lastName": "Ox",
            "email": format!("{name}@example.test"),
            "login": format!("{name}@example.test"),
        },
        "credentials": { "password": { "value": PASSWORD } },
    })
}

/// Keeps cookies; follows nothing by itself.
pub(crate) struct Browser<'a> {
    org: &'a Org,
    pub(crate) cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser<'_> {
    pub(crate) async fn open(&self, path: &str) -> Answer {
        self.go(Method::GET, path, &[]).await
    }

    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.go(Method::POST, path, fields).await
    }

    /// Fills the one-page form.
    pub(crate) async fn sign_in(&self, name: &str, password: &str, from: &str) -> Answer {
        let login = format!("{name}@example.test");
        let fields = [("identifier", login.as_str()), ("credentials.passcode", password), ("fromURI", from)];
        self.submit("/login/login.htm", &fields).await
    }

    async fn go(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers =
            [(COOKIE.as_str(), cookies.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        let answer = self.org.send(method, path, &headers, body.into_bytes()).await;
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            let mut jar = self.cookies.lock().unwrap();
            if value.is_empty() {
                jar.remove(name)
            } else {
                jar.insert(name.to_owned(), value.to_owned())
            };
        }
        answer
    }
}
