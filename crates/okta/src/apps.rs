//! Apps of an org, and who may use them.

use oinspect_core::{Cx, Finding, Method};
use serde_json::{Value, json};
use url::Url;

use crate::api::{escaped, link, read, text};
use crate::org::Org;
use crate::users::User;

/// An app of the org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// `0oa...`
    pub id: String,
    /// Its type.
    pub name: String,
    /// What people read on its tile.
    pub label: String,
    /// ACTIVE or INACTIVE.
    pub status: String,
    /// `SAML_2_0`, `OPENID_CONNECT`...
    pub sign_on_mode: String,
    /// Where its tile leads.
    pub embed_link: Option<Url>,
    /// Its SAML metadata.
    pub metadata_url: Option<Url>,
    /// Its provisioning features.
    pub features: Vec<String>,
}

impl App {
    fn read(value: &Value) -> Self {
        let features = value.get("features").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Self {
            id: text(value, "id"),
            name: text(value, "name"),
            label: text(value, "label"),
            status: text(value, "status"),
            sign_on_mode: text(value, "signOnMode"),
            embed_link: link(value, "appLinks"),
            metadata_url: link(value, "metadata"),
            features: features.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        }
    }
}

impl Org {
    /// The app with this id.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn app(&self, cx: &mut Cx, id: &str) -> Result<App, Finding> {
        let path = format!("/api/v1/apps/{}", escaped(id));
        let answer = self.call(cx, Method::Get, &path, None)?;
        Ok(App::read(&read(Method::Get, &path, &answer)?))
    }

    /// The only app with this label.
    ///
    /// # Errors
    /// Blocked, where there is none, or more than one.
    pub fn find_app(&self, cx: &mut Cx, label: &str) -> Result<App, Finding> {
        // The org looks for labels that begin so.
        let found = self.list(cx, &format!("/api/v1/apps?q={}&limit=200", escaped(label)))?;
        let mut found = found.iter().map(App::read).filter(|app| app.label == label);
        match (found.next(), found.next()) {
            (Some(app), None) => Ok(app),
            (None, _) => Err(Finding::blocked(format!("no app of the org is labelled {label:?} (org.app)"))),
            (Some(one), Some(other)) => Err(Finding::blocked(format!(
                "two apps of the org are labelled {label:?}: name one by its id, {} or {}",
                one.id, other.id
            ))),
        }
    }

    /// Gives a user an app. The assignment ends with the user.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn assign(&self, cx: &mut Cx, app_id: &str, user: &User) -> Result<(), Finding> {
        // Mapped properties are left out: named here, they would no longer follow the user's profile.
        let body = json!({ "id": user.id, "scope": "USER", "credentials": { "userName": user.login } });
        let path = format!("/api/v1/apps/{}/users", escaped(app_id));
        self.call(cx, Method::Post, &path, Some(&body)).map(|_| ())
    }

    /// Takes the app away. One who does not have it is fine.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn unassign(&self, cx: &mut Cx, app_id: &str, user_id: &str) -> Result<(), Finding> {
        let path = format!("/api/v1/apps/{}/users/{}?sendEmail=false", escaped(app_id), escaped(user_id));
        self.call_for_maybe(cx, Method::Delete, &path).map(|_| ())
    }

    /// Gives a group an app.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn assign_group(&self, cx: &mut Cx, app_id: &str, group_id: &str) -> Result<(), Finding> {
        let path = format!("/api/v1/apps/{}/groups/{}", escaped(app_id), escaped(group_id));
        self.call(cx, Method::Put, &path, Some(&json!({}))).map(|_| ())
    }
}
