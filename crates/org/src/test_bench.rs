//! An org that serves on a free port, with a user and apps, for tests of what it answers.

use std::sync::Arc;

use jiff::Timestamp;
use reqwest::header::{COOKIE, LOCATION};
use reqwest::{Client, Response};
use serde_json::{Map, json};
use tokio::net::TcpListener;
use url::Url;

use crate::app::App;
use crate::clock::Clock;
use crate::identity::{AppIds, Identity};
use crate::router::router;
use crate::settings::Settings;
use crate::state::{Org, Shared};
use crate::store::{Assignment, Scope, User, UserStatus};

/// The org, a user and the user's browser.
pub(crate) struct Bench {
    pub(crate) org: Shared,
    pub(crate) client: Client,
    pub(crate) clock: Clock,
    pub(crate) user_id: String,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        Self::with(|_| ()).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let clock = Clock::standing_at("2026-03-25T13:45:47.123Z".parse().unwrap());
        let mut settings = Settings::of(Identity::for_tests());
        settings.clock = clock.clone();
        change(&mut settings);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let org = Arc::new(Org::new(&settings, format!("http://{address}")));
        let service = router(Arc::clone(&org));
        tokio::spawn(async move { axum::serve(listener, service).await });
        let _ = rustls::crypto::ring::default_provider().install_default();
        #[expect(clippy::disallowed_methods, reason = "a test's own client")]
        let client =
            Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        let user_id = org.store().new_id("00u", "ann");
        let profile = json!({
            "login": "ann@ex.test", "email": "ann.ox@ex.test", "firstName": "Ann", "lastName": "O'X <&>",
        });
        let now = clock.now();
        let user = User {
            id: user_id.clone(),
            serial: 1,
            status: UserStatus::Active,
            created: now,
            activated: Some(now),
            status_changed: None,
            last_login: None,
            last_updated: now,
            password_changed: None,
            profile: profile.as_object().cloned().unwrap(),
            password: None,
            failed_sign_ins: 0,
        };
        org.store().users.insert(user_id.clone(), user);
        Self { org, client, clock, user_id }
    }

    /// Sets an app up and lets the user have it.
    pub(crate) fn install(&self, app: App) -> AppIds {
        let now = self.clock.now();
        let mut store = self.org.store();
        let ids = store.install(app, now).ids.clone();
        let assignment = assignment(&self.user_id, now);
        if let Some(app) = store.apps.get_mut(&ids.app_id) {
            app.assignments.insert(self.user_id.clone(), assignment);
        }
        ids
    }

    pub(crate) fn unassign(&self, ids: &AppIds) {
        if let Some(app) = self.org.store().apps.get_mut(&ids.app_id) {
            app.assignments.clear();
        }
    }

    /// A session of the user, who signed in for this page; the cookie to send.
    pub(crate) fn sign_in(&self, page: Option<&str>) -> String {
        let session = self.org.store().start_session(&self.user_id, page, self.clock.now());
        format!("idx={}", session.cookie)
    }

    /// The address of a path or an address of the org.
    pub(crate) fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { self.org.url(path) }
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Response {
        self.client.get(self.url(path)).header(COOKIE, cookie).send().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Response {
        self.client.post(self.url(path)).header(COOKIE, cookie).form(form).send().await.unwrap()
    }

    /// Kinds of the events so far.
    pub(crate) fn events(&self) -> Vec<&'static str> {
        self.org.store().events.iter().map(|event| event.event.kind).collect()
    }
}

fn assignment(user_id: &str, now: Timestamp) -> Assignment {
    Assignment {
        user_id: user_id.to_owned(),
        serial: 2,
        scope: Scope::User,
        user_name: "ann@ex.test".to_owned(),
        profile: Map::new(),
        created: now,
        last_updated: now,
        status_changed: now,
    }
}

/// Where a redirection leads.
pub(crate) fn location(response: &Response) -> String {
    assert_eq!(response.status(), 302);
    response.headers()[LOCATION].to_str().unwrap().to_owned()
}

/// A parameter in the query of an address.
pub(crate) fn parameter(address: &str, name: &str) -> Option<String> {
    let base = Url::parse("http://org.test/").unwrap();
    let url = base.join(address).unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The value of a hidden field of a page.
pub(crate) fn field(html: &str, name: &str) -> Option<String> {
    let (_, after) = html.split_once(&format!("name=\"{name}\" value=\""))?;
    let (value, _) = after.split_once('"')?;
    Some(value.replace("&#43;", "+").replace("&#x2b;", "+").replace("&#61;", "=").replace("&#38;", "&"))
}
