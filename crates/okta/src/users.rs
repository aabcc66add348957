//! Users of an org.

use std::time::Duration;

use oinspect_core::{Cx, Finding, Method};
use serde_json::{Value, json};

use crate::api::{escaped, read, text};
use crate::org::Org;

/// How often a deletion is asked for: the first only deactivates, and that takes the org a moment.
const DELETIONS: usize = 6;
/// Between two of them.
const MOMENT: Duration = Duration::from_millis(500);

/// A user to be created, active and with a password.
#[derive(Clone, Default)]
pub struct NewUser {
    /// The name to sign in with; it looks like an address.
    pub login: String,
    /// The address.
    pub email: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The password.
    pub password: String,
    /// Ids of groups to be a member of.
    pub groups: Vec<String>,
}

/// A user of the org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// `00u...`
    pub id: String,
    /// The name to sign in with.
    pub login: String,
    /// The address.
    pub email: String,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// ACTIVE, PROVISIONED, DEPROVISIONED...
    pub status: String,
}

impl User {
    fn read(value: &Value) -> Self {
        let profile = value.get("profile").unwrap_or(&Value::Null);
        Self {
            id: text(value, "id"),
            login: text(profile, "login"),
            email: text(profile, "email"),
            first_name: text(profile, "firstName"),
            last_name: text(profile, "lastName"),
            status: text(value, "status"),
        }
    }
}

impl Org {
    /// Creates a user, who is removed again at the end of the run.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn create_user(&self, cx: &mut Cx, new: &NewUser) -> Result<User, Finding> {
        cx.session().redactor.learn(&new.password);
        let mut body = json!({
            "profile": {
                "firstName": new.first_name, "lastName": new.last_name, "email": new.email, "login": new.login,
            },
            "credentials": { "password": { "value": new.password } },
        });
        if let (false, Value::Object(body)) = (new.groups.is_empty(), &mut body) {
            body.insert("groupIds".to_owned(), json!(new.groups));
        }
        let path = "/api/v1/users?activate=true";
        let answer = self.call(cx, Method::Post, path, Some(&body))?;
        let user = User::read(&read(Method::Post, path, &answer)?);
        if user.id.is_empty() {
            return Err(Finding::blocked(format!("the org created {} without an id", new.login)));
        }
        let (org, created) = (self.clone(), user.clone());
        cx.created(self.label(&user), Box::new(move |cx| org.remove_user(cx, &created)));
        Ok(user)
    }

    /// A user by id or login; none where there is none.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn user(&self, cx: &mut Cx, id: &str) -> Result<Option<User>, Finding> {
        let path = format!("/api/v1/users/{}", escaped(id));
        let Some(answer) = self.call_for_maybe(cx, Method::Get, &path)? else { return Ok(None) };
        Ok(Some(User::read(&read(Method::Get, &path, &answer)?)))
    }

    /// Changes some of a user's profile; what is not named stays.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn update_user(&self, cx: &mut Cx, id: &str, profile: &Value) -> Result<User, Finding> {
        let path = format!("/api/v1/users/{}", escaped(id));
        let answer = self.call(cx, Method::Post, &path, Some(&json!({ "profile": profile })))?;
        Ok(User::read(&read(Method::Post, &path, &answer)?))
    }

    /// A token that stands for a fresh sign-in of this user, good for one request.
    ///
    /// # Errors
    /// Blocked, where the org refuses or asks for more than the password.
    pub fn session_token(&self, cx: &mut Cx, login: &str, password: &str) -> Result<String, Finding> {
        cx.session().redactor.learn(password);
        let path = "/api/v1/authn";
        let body = json!({ "username": login, "password": password });
        let answer = read(Method::Post, path, &self.call(cx, Method::Post, path, Some(&body))?)?;
        let token = text(&answer, "sessionToken");
        if token.is_empty() {
            let status = text(&answer, "status");
            return Err(Finding::blocked(format!("the org gives no session for a password alone: {status}")));
        }
        cx.session().redactor.learn(&token);
        Ok(token)
    }

    /// Ends every session of a user, and takes back their tokens.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn clear_sessions(&self, cx: &mut Cx, id: &str) -> Result<(), Finding> {
        let path = format!("/api/v1/users/{}/sessions?oauthTokens=true", escaped(id));
        self.call(cx, Method::Delete, &path, None).map(|_| ())
    }

    /// Deletes a user whom this run created. One who is gone already is fine.
    ///
    /// # Errors
    /// Blocked, where the org refuses, or does not come to an end.
    pub fn delete_user(&self, cx: &mut Cx, user: &User) -> Result<(), Finding> {
        self.remove_user(cx, user)?;
        cx.forget(&self.label(user));
        Ok(())
    }

    fn remove_user(&self, cx: &mut Cx, user: &User) -> Result<(), Finding> {
        let path = format!("/api/v1/users/{}", escaped(&user.id));
        let delete = format!("{path}?sendEmail=false");
        for _ in 0..DELETIONS {
            if self.call_for_maybe(cx, Method::Delete, &delete)?.is_none() {
                return Ok(());
            }
            // Whoever was deactivated may already be on the way out.
            let Some(answer) = self.call_for_maybe(cx, Method::Get, &path)? else { return Ok(()) };
            let left = read(Method::Get, &path, &answer)?;
            if left.get("transitioningToStatus").is_some_and(Value::is_string) && !cx.pause(MOMENT) {
                break;
            }
        }
        Err(Finding::blocked(format!("the org does not come to an end with deleting {}", user.login)))
    }

    fn label(&self, user: &User) -> String {
        format!("org user {} ({})", user.login, self.url(&format!("/api/v1/users/{}", user.id)))
    }
}
