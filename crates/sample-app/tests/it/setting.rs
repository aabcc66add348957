//! A running app and a client that speaks to it.

use oinspect_sample_app::{Fault, Running, Settings, Tokens, Variant, start};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

pub(crate) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
pub(crate) const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
pub(crate) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
pub(crate) const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
pub(crate) const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

/// The app, and the base and token of the tenant that requests go to.
pub(crate) struct App {
    pub(crate) running: Running,
    pub(crate) http: Client,
    pub(crate) base: String,
    pub(crate) token: String,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
    /// Null where the body is not JSON.
    pub(crate) body: Value,
}

pub(crate) fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    #[expect(
        clippy::disallowed_methods,
        reason = "this client is the judge of the app, apart from any session"
    )]
    let builder = Client::builder();
    builder.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

impl App {
    pub(crate) async fn healthy() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with_fault(fault: Fault) -> Self {
        Self::with(Settings { faults: vec![fault], ..Settings::default() }).await
    }

    pub(crate) async fn with_variant(variant: Variant) -> Self {
        Self::with(Settings { variants: vec![variant], ..Settings::default() }).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let running = start(Settings { tokens: Tokens::Fixed, ..settings }).await.unwrap();
        let tenant = running.tenants[0].clone();
        Self { running, http: client(), base: tenant.scim_url, token: tenant.token }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: &Value) -> Reply {
        let request = self.request(method, path).header("content-type", "application/scim+json");
        read(request.body(body.to_string())).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        read(self.request("GET", path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        read(self.request("DELETE", path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, body).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send("PUT", path, body).await
    }

    pub(crate) async fn patch(&self, path: &str, operations: Value) -> Reply {
        self.send("PATCH", path, &json!({ "schemas": [PATCH_OP], "Operations": operations })).await
    }

    /// A search with a filter; the client encodes it.
    pub(crate) async fn filtered(&self, endpoint: &str, filter: &str) -> Reply {
        read(self.request("GET", endpoint).query(&[("filter", filter)])).await
    }

    /// The userNames that a filter finds.
    pub(crate) async fn names(&self, filter: &str) -> Vec<String> {
        let reply = self.filtered("/Users", filter).await;
        assert_eq!(reply.status, 200, "{filter}: {}", reply.text);
        reply.resources("userName")
    }

    /// Creates a user and returns its representation.
    pub(crate) async fn user(&self, user_name: &str) -> Value {
        self.user_with(user_name, json!({})).await
    }

    pub(crate) async fn user_with(&self, user_name: &str, more: Value) -> Value {
        let reply = self.post("/Users", &user(user_name, more)).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.body
    }

    pub(crate) async fn group(&self, display_name: &str, members: &[&str]) -> Value {
        let members: Vec<Value> = members.iter().map(|id| json!({ "value": id })).collect();
        let body = json!({ "schemas": [GROUP], "displayName": display_name, "members": members });
        let reply = self.post("/Groups", &body).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.body
    }
}

impl Reply {
    /// One attribute of every listed resource.
    pub(crate) fn resources(&self, attribute: &str) -> Vec<String> {
        let resources = self.body["Resources"].as_array().cloned().unwrap_or_default();
        resources.iter().map(|one| one[attribute].as_str().unwrap_or_default().to_owned()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Checks that this is a SCIM error of the given kind.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, scim_type: Option<&str>) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.body["schemas"], json!([ERROR]), "{}", self.text);
        assert_eq!(self.body["status"], json!(status.to_string()));
        assert_eq!(self.body["scimType"].as_str(), scim_type, "{}", self.text);
        assert!(self.body["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        assert_eq!(self.header("content-type"), "application/scim+json");
    }
}

pub(crate) async fn read(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or_default();
    Reply { status, headers, text, body }
}

pub(crate) fn user(user_name: &str, more: Value) -> Value {
    let mut user = json!({ "schemas": [USER], "userName": user_name });
    if let Value::Object(more) = more {
        user.as_object_mut().unwrap().extend(more);
    }
    user
}

pub(crate) fn path(resource: &Value) -> String {
    let kind = resource["meta"]["resourceType"].as_str().unwrap();
    format!("/{kind}s/{}", resource["id"].as_str().unwrap())
}

pub(crate) fn id(resource: &Value) -> &str {
    resource["id"].as_str().unwrap()
}
