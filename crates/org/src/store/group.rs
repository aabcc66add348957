//! Groups and who is in them.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Store;

/// The name of the built-in group that all users are in.
pub(crate) const EVERYONE: &str = "Everyone";

/// A group of the org.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) serial: u64,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) built_in: bool,
    pub(crate) created: Timestamp,
    pub(crate) last_updated: Timestamp,
    pub(crate) members_changed: Timestamp,
    /// Ids of users.
    pub(crate) members: BTreeSet<String>,
}

impl Store {
    /// Makes a group without members and gives its id.
    pub(crate) fn add_group(&mut self, name: &str, description: Option<String>, now: Timestamp) -> String {
        let id = self.new_id("00g", name);
        let group = Group {
            id: id.clone(),
            serial: self.ids,
            name: name.to_owned(),
            description,
            built_in: false,
            created: now,
            last_updated: now,
            members_changed: now,
            members: BTreeSet::new(),
        };
        self.groups.insert(id.clone(), group);
        id
    }

    pub(super) fn make_everyone(&mut self, now: Timestamp) {
        let id = self.add_group(EVERYONE, Some("All users in your organization".to_owned()), now);
        if let Some(group) = self.groups.get_mut(&id) {
            group.built_in = true;
        }
    }

    /// The names of the groups that this user is in, sorted.
    pub(crate) fn group_names_of(&self, user_id: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .groups
            .values()
            .filter(|group| group.members.contains(user_id))
            .map(|group| group.name.clone())
            .collect();
        names.sort();
        names
    }
}
