//! A browser as far as the tests need one: cookies by path, and SameSite on posts from elsewhere.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oinspect_sample_app::Tenant;
use reqwest::{Client, RequestBuilder};
use url::Url;

use super::message::Message;
use crate::setting::{Reply, client, read};

/// One profile at one tenant.
pub(crate) struct Browser {
    pub(crate) http: Client,
    pub(crate) tenant: Tenant,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn new(tenant: &Tenant) -> Self {
        Self { http: client(), tenant: tenant.clone(), cookies: BTreeMap::new() }
    }

    pub(crate) fn home(&self) -> &str {
        self.tenant.home_url.strip_suffix("/home").unwrap()
    }

    /// Follows a link, without redirects.
    pub(crate) async fn get(&mut self, url: &str) -> Reply {
        let url = Url::parse(self.home()).unwrap().join(url).unwrap();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.http.get(url).header("cookie", cookies.join("; "));
        self.keep(request).await
    }

    /// A form posted from another site: cookies that are Lax stay at home.
    pub(crate) async fn post_from_elsewhere(&mut self, url: &str, fields: &[(&str, &str)]) -> Reply {
        let request = self.http.post(url).form(fields);
        self.keep(request).await
    }

    pub(crate) async fn respond(&mut self, message: &Message, relay_state: Option<&str>) -> Reply {
        let url = self.tenant.saml.acs_url.clone();
        let response = STANDARD.encode(message.xml());
        let mut fields = vec![("SAMLResponse", response.as_str())];
        fields.extend(relay_state.map(|state| ("RelayState", state)));
        self.post_from_elsewhere(&url, &fields).await
    }

    async fn keep(&mut self, request: RequestBuilder) -> Reply {
        let reply = read(request).await;
        for cookie in reply.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("HttpOnly; SameSite=Lax") && cookie.contains("; Path=/t/"), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        reply
    }

    /// Starts at the app and returns the identity provider's URL.
    pub(crate) async fn start(&mut self, url: &str) -> Url {
        let reply = self.get(url).await;
        assert_eq!(reply.status, 302, "{}", reply.text);
        Url::parse(reply.header("location")).unwrap()
    }

    /// The text of an element of the profile; `None` when nobody is signed in.
    pub(crate) async fn profile(&mut self) -> Option<String> {
        let url = self.tenant.profile_url.clone();
        let reply = self.get(&url).await;
        (reply.status == 200).then_some(reply.text)
    }

    pub(crate) async fn is_signed_in(&mut self) -> bool {
        self.profile().await.is_some()
    }
}

/// A parameter of a URL.
pub(crate) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}
