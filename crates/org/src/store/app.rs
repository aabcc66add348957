//! Apps and who is assigned to them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::Store;
use crate::app::{App, SignOn};
use crate::identity::AppIds;

/// An app of the org.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub(crate) app: App,
    pub(crate) ids: AppIds,
    pub(crate) serial: u64,
    pub(crate) status: InstanceStatus,
    pub(crate) created: Timestamp,
    pub(crate) last_updated: Timestamp,
    /// By the user's id.
    pub(crate) assignments: BTreeMap<String, Assignment>,
    /// Ids of groups whose members are assigned.
    pub(crate) groups: BTreeSet<String>,
}

/// Whether an app is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InstanceStatus {
    Active,
    Inactive,
}

/// A user's assignment to an app: Okta's "app user".
#[derive(Debug, Clone)]
pub(crate) struct Assignment {
    pub(crate) user_id: String,
    pub(crate) serial: u64,
    pub(crate) scope: Scope,
    /// The name that the app knows the user by (`credentials.userName`).
    pub(crate) user_name: String,
    /// What overrides the user's own profile for this app (`appuser` in expressions).
    pub(crate) profile: Map<String, Value>,
    pub(crate) created: Timestamp,
    pub(crate) last_updated: Timestamp,
    pub(crate) status_changed: Timestamp,
}

/// Where an assignment comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The user was assigned alone.
    User,
    /// A group that the user is in was assigned.
    Group,
}

impl Instance {
    /// The path of the link behind the app's tile.
    pub(crate) fn embed_path(&self) -> String {
        format!("/home/{}/{}/{}", self.ids.name, self.ids.app_id, self.ids.link_id)
    }

    /// Whether the app can have a tile: an OpenID Connect app only if it says where a sign-in begins.
    pub(crate) fn has_tile(&self) -> bool {
        let starts = match &self.app.sign_on {
            SignOn::Saml(_) => true,
            SignOn::Oidc(oidc) => oidc.initiate_login_uri.is_some(),
            SignOn::Service(_) => false,
        };
        starts && !self.app.hidden && self.status == InstanceStatus::Active
    }
}

impl Store {
    /// The apps whose tiles a user sees, in the order in which they were set up.
    pub(crate) fn tiles_of(&self, user_id: &str) -> Vec<&Instance> {
        let mut apps: Vec<&Instance> = self
            .apps
            .values()
            .filter(|app| app.has_tile() && app.assignments.contains_key(user_id))
            .collect();
        apps.sort_by_key(|app| app.serial);
        apps
    }

    /// The app of this id (`0oa...`).
    pub(crate) fn app(&self, id: &str) -> Option<&Instance> {
        self.apps.get(id)
    }

    /// The app of this external key (`exk...`).
    pub(crate) fn app_of_external_key(&self, key: &str) -> Option<&Instance> {
        self.apps.values().find(|app| app.ids.external_key == key)
    }

    /// The app of this OAuth client.
    pub(crate) fn app_of_client(&self, client_id: &str) -> Option<&Instance> {
        self.apps.values().find(|app| app.ids.client_id == client_id)
    }

    /// Whether the user may use the app. Nobody may use one that is inactive.
    pub(crate) fn is_assigned(&self, user_id: &str, app_id: &str) -> bool {
        self.apps
            .get(app_id)
            .is_some_and(|app| app.status == InstanceStatus::Active && app.assignments.contains_key(user_id))
    }

    /// Sets an app up, in the place of one of the same key.
    pub(crate) fn install(&mut self, app: App, now: Timestamp) -> &Instance {
        let ids = self.identity.ids(&app);
        let serial = self.next_serial();
        let id = ids.app_id.clone();
        let instance = self.apps.entry(id).or_insert_with(|| Instance {
            app: app.clone(),
            ids: ids.clone(),
            serial,
            status: InstanceStatus::Active,
            created: now,
            last_updated: now,
            assignments: BTreeMap::new(),
            groups: BTreeSet::new(),
        });
        instance.app = app;
        instance.ids = ids;
        instance.last_updated = now;
        instance
    }
}
