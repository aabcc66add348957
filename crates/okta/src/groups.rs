//! Groups of an org.

use oinspect_core::{Cx, Finding, Method};
use serde_json::{Value, json};

use crate::api::{escaped, read, text};
use crate::org::Org;

/// A group of the org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgGroup {
    /// `00g...`
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Org {
    /// Creates a group, which is removed again at the end of the run.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn create_group(&self, cx: &mut Cx, name: &str) -> Result<OrgGroup, Finding> {
        let path = "/api/v1/groups";
        let body = json!({ "profile": { "name": name, "description": "made by oinspect for a test" } });
        let answer = self.call(cx, Method::Post, path, Some(&body))?;
        let value = read(Method::Post, path, &answer)?;
        let profile = value.get("profile").unwrap_or(&Value::Null);
        let group = OrgGroup { id: text(&value, "id"), name: text(profile, "name") };
        let (org, created) = (self.clone(), group.clone());
        cx.created(self.group_label(&group), Box::new(move |cx| org.remove_group(cx, &created)));
        Ok(group)
    }

    /// Makes a user a member.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn add_member(&self, cx: &mut Cx, group_id: &str, user_id: &str) -> Result<(), Finding> {
        let path = format!("/api/v1/groups/{}/users/{}", escaped(group_id), escaped(user_id));
        self.call(cx, Method::Put, &path, None).map(|_| ())
    }

    /// Ends a membership.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn remove_member(&self, cx: &mut Cx, group_id: &str, user_id: &str) -> Result<(), Finding> {
        let path = format!("/api/v1/groups/{}/users/{}", escaped(group_id), escaped(user_id));
        self.call_for_maybe(cx, Method::Delete, &path).map(|_| ())
    }

    /// Deletes a group that this run created. One that is gone already is fine.
    ///
    /// # Errors
    /// Blocked, where the org refuses.
    pub fn delete_group(&self, cx: &mut Cx, group: &OrgGroup) -> Result<(), Finding> {
        self.remove_group(cx, group)?;
        cx.forget(&self.group_label(group));
        Ok(())
    }

    fn remove_group(&self, cx: &mut Cx, group: &OrgGroup) -> Result<(), Finding> {
        self.call_for_maybe(cx, Method::Delete, &format!("/api/v1/groups/{}", escaped(&group.id))).map(|_| ())
    }

    fn group_label(&self, group: &OrgGroup) -> String {
        format!("org group {} ({})", group.name, self.url(&format!("/api/v1/groups/{}", group.id)))
    }
}
