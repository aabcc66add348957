//! Checks are rows of static tables: one requirement each, acted out and judged.

use std::collections::BTreeSet;

use crate::capability::Capability;
use crate::cx::Cx;
use crate::finding::Finding;
use crate::offer::Feature;
use crate::requirement::Requirement;

/// One requirement, and the way to find out whether a target keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Dotted, kebab-case, begins with its group's id. Published ids never change.
    pub id: &'static str,
    /// What a conforming target does, in the present tense.
    pub title: &'static str,
    /// What is demanded, and by whom.
    pub requirement: Requirement,
    /// What the target has to offer for the check to make sense; otherwise it is skipped.
    pub needs: &'static [Capability],
    /// How targets usually get it wrong.
    pub pitfall: &'static str,
    /// What the developer of the target changes to mend it.
    pub fix: &'static str,
    /// Acts, then judges.
    pub run: fn(&mut Cx) -> Result<(), Finding>,
}

impl Check {
    /// The tags that follow from the row itself: its level, its document, what it needs.
    pub fn tags(&self) -> Vec<Tag> {
        let requirement = &self.requirement;
        let mut tags = vec![requirement.level.name().to_lowercase(), requirement.document.tag().to_owned()];
        tags.extend(self.needs.iter().map(|need| need.name().to_owned()));
        tags
    }
}

/// A word by which checks are chosen.
pub type Tag = String;

/// The checks of one section of a specification.
#[derive(Debug)]
pub struct Group {
    /// Dotted, kebab-case; every check's id begins with it.
    pub id: &'static str,
    /// What the section is about.
    pub title: &'static str,
    /// Words by which all of its checks can be chosen, besides [`Check::tags`].
    pub tags: &'static [&'static str],
    /// Whether it needs the target to itself: no other group runs beside it.
    pub alone: bool,
    /// The rows, in the order in which they run.
    pub checks: &'static [Check],
}

/// All groups that speak one protocol.
#[derive(Debug, Clone, Copy)]
pub struct Suite {
    /// The first part of every id in it.
    pub id: &'static str,
    /// What is under test.
    pub title: &'static str,
    /// Whether it runs only where a plan or `--check` names it.
    pub on_request: bool,
    /// The groups, in the order in which they run.
    pub groups: &'static [&'static Group],
    /// What its target may offer or not, in the order in which a reader wants it.
    pub capabilities: &'static [Capability],
    /// What an identity provider does with its target.
    pub features: &'static [Feature],
    /// Learns, once and before the first check, what the target offers.
    pub discover: fn(&mut Cx) -> Result<BTreeSet<Capability>, Finding>,
}
