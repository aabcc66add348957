//! Every check there is.

use oinspect_core::{Check, Group, Suite};

use crate::nearest::nearest;

/// All suites, in the order in which they run.
pub static SUITES: &[&Suite] =
    &[&oinspect_sso::SAML, &oinspect_sso::OIDC, &oinspect_scim::SUITE, &oinspect_scim::LEGACY];

/// A check and where it belongs.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The suite.
    pub suite: &'static Suite,
    /// The group.
    pub group: &'static Group,
    /// The check.
    pub check: &'static Check,
}

impl Entry {
    /// The words by which this check is chosen: its own and its group's.
    pub fn tags(&self) -> Vec<String> {
        let mut tags = self.check.tags();
        tags.extend(self.group.tags.iter().map(|&tag| tag.to_owned()));
        tags
    }
}

/// Every check of these suites, in table order.
pub fn entries(suites: &[&'static Suite]) -> impl Iterator<Item = Entry> {
    suites.iter().flat_map(|&suite| {
        suite
            .groups
            .iter()
            .flat_map(move |&group| group.checks.iter().map(move |check| Entry { suite, group, check }))
    })
}

/// The check with this id.
pub fn find(id: &str) -> Option<Entry> {
    entries(SUITES).find(|entry| entry.check.id == id)
}

/// The id that was probably meant.
pub fn nearest_id(suites: &[&'static Suite], id: &str) -> Option<&'static str> {
    let ids = entries(suites).map(|entry| entry.check.id);
    nearest(id, ids.chain(suites.iter().flat_map(|suite| suite.groups.iter().map(|group| group.id))))
}
