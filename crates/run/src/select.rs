//! From plans, `--check` and `--tag` to the checks that run.

use std::collections::{BTreeMap, BTreeSet};

use globset::{Glob, GlobMatcher};
use jiff::civil::Date;
use oinspect_core::{Capability, Check, Group, Suite, Waiver};
use sha2::{Digest, Sha256};

use crate::catalogue::{self, Entry};
use crate::config::Config;
use crate::nearest::nearest;
use crate::place::Origin;
use crate::plan::{Pattern, Plan};
use crate::problem::Problem;

/// What is to run.
#[derive(Debug, Default)]
pub struct Selection {
    /// The groups with their checks, in table order.
    pub groups: Vec<SelectedGroup>,
    /// Failures that are accepted; where two name one check, the later counts.
    pub waivers: Vec<SelectedWaiver>,
    /// What is offered or not, whatever discovery says.
    pub capabilities: BTreeMap<Capability, bool>,
}

/// A group, and those of its checks that run.
#[derive(Debug, Clone)]
pub struct SelectedGroup {
    /// The suite it belongs to.
    pub suite: &'static Suite,
    /// The group.
    pub group: &'static Group,
    /// The checks, in table order.
    pub checks: Vec<&'static Check>,
}

/// A waiver as it is kept, and its last day.
#[derive(Debug, Clone)]
pub struct SelectedWaiver {
    /// The id or glob as the plan has it.
    pub pattern: String,
    /// The checks that it matches.
    pub ids: Vec<&'static str>,
    /// As it is kept.
    pub waiver: Waiver,
    /// The last day on which it holds.
    pub expires: Date,
}

impl Selection {
    /// How many checks run.
    pub fn planned(&self) -> usize {
        self.groups.iter().map(|group| group.checks.len()).sum()
    }

    /// Whether valid filters together chose nothing (exit code 4).
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Leaves out the suites whose target the configuration does not describe; returns how many
    /// checks that were, suite by suite.
    ///
    /// # Errors
    /// Nothing is left: the key that is missing.
    pub fn only_configured(&mut self, config: &Config) -> Result<Vec<(&'static Suite, usize)>, Problem> {
        let mut left_out: Vec<(&'static Suite, usize)> = Vec::new();
        self.groups.retain(|selected| {
            if config.describes(selected.suite.id) {
                return true;
            }
            let checks = selected.checks.len();
            match left_out.iter_mut().find(|(suite, _)| suite.id == selected.suite.id) {
                Some((_, count)) => *count += checks,
                None => left_out.push((selected.suite, checks)),
            }
            false
        });
        match left_out.first() {
            Some((suite, _)) if self.groups.is_empty() => Err(config.lacks(suite.id, left_out.len() > 1)),
            Some(_) | None => Ok(left_out),
        }
    }

    /// Whether single sign-on is tried, which needs an org and user agents.
    pub fn needs_stage(&self) -> bool {
        self.groups.iter().any(|group| matches!(group.suite.id, "saml" | "oidc"))
    }

    /// SHA-256 of the ids that run.
    pub fn sha256(&self) -> String {
        let ids = self.groups.iter().flat_map(|group| &group.checks).map(|check| check.id);
        format!("{:x}", Sha256::digest(ids.collect::<Vec<_>>().join("\n")))
    }
}

/// Chooses checks: those of any plan (all, without a plan), of them those of any `--check`, of them
/// those with any `--tag`. A suite that runs on request is chosen only by patterns that name it.
///
/// # Errors
/// An id, glob or tag that matches nothing in the whole catalogue. Filters that each match something
/// and together nothing are no error but an empty selection.
pub fn select(
    suites: &[&'static Suite],
    plans: &[Plan],
    checks: &[String],
    tags: &[String],
) -> Result<Selection, Problem> {
    let mut chosen = match (plans, checks) {
        ([], []) => all(suites),
        ([], _) => catalogue::entries(suites).map(|entry| entry.check.id).collect(),
        (_, _) => BTreeSet::new(),
    };
    let mut selection = Selection::default();
    for plan in plans {
        chosen.extend(of_plan(suites, plan)?);
        selection.capabilities.extend(&plan.capabilities);
        for waiver in &plan.waivers {
            let kept =
                Waiver { reason: waiver.reason.clone(), expires: waiver.expires.strftime("%F").to_string() };
            selection.waivers.push(SelectedWaiver {
                pattern: waiver.check.text.clone(),
                ids: matching(suites, &waiver.check, "the check of the waiver")?,
                waiver: kept,
                expires: waiver.expires,
            });
        }
    }
    let of_option = |option: &str, texts: &[String]| -> Vec<Pattern> {
        let origin = Origin::Option(option.to_owned());
        texts.iter().map(|text| Pattern { text: text.clone(), origin: origin.clone() }).collect()
    };
    if !checks.is_empty() {
        let wanted = by_patterns(suites, &of_option("--check", checks))?;
        chosen.retain(|id| wanted.contains(id));
    }
    if !tags.is_empty() {
        let wanted = by_tags(suites, &of_option("--tag", tags))?;
        chosen.retain(|id| wanted.contains(id));
    }
    selection.groups = groups(suites, &chosen);
    Ok(selection)
}

fn of_plan(suites: &[&'static Suite], plan: &Plan) -> Result<BTreeSet<&'static str>, Problem> {
    let mut chosen = by_patterns(suites, &plan.checks)?;
    if !plan.tags.is_empty() {
        let wanted = by_tags(suites, &plan.tags)?;
        chosen.retain(|id| wanted.contains(id));
    }
    Ok(chosen)
}

/// Everything that runs unasked.
fn all(suites: &[&'static Suite]) -> BTreeSet<&'static str> {
    catalogue::entries(suites).filter(|entry| !entry.suite.on_request).map(|entry| entry.check.id).collect()
}

/// Each pattern adds what it matches; with `!` in front it takes that away. Where the first takes
/// away, it does so from everything.
fn by_patterns(suites: &[&'static Suite], patterns: &[Pattern]) -> Result<BTreeSet<&'static str>, Problem> {
    let starts_full = patterns.first().is_some_and(|first| first.text.starts_with('!'));
    let mut chosen = if starts_full { all(suites) } else { BTreeSet::new() };
    for pattern in patterns {
        match pattern.text.strip_prefix('!') {
            Some(text) => {
                let inner = Pattern { text: text.to_owned(), origin: pattern.origin.clone() };
                for id in matching(suites, &inner, "the check")? {
                    chosen.remove(id);
                }
            }
            None => chosen.extend(matching(suites, pattern, "the check")?),
        }
    }
    Ok(chosen)
}

/// The ids that a pattern matches: an id, a group, a suite, or a glob in which `*` crosses dots.
fn matching(
    suites: &[&'static Suite],
    pattern: &Pattern,
    what: &'static str,
) -> Result<Vec<&'static str>, Problem> {
    let glob = glob(pattern)?;
    let text = pattern.text.as_str();
    let is_meant = |entry: &Entry| {
        let is_matched = glob.is_match(entry.check.id) || entry.group.id == text || entry.suite.id == text;
        is_matched && (!entry.suite.on_request || is_named(entry.suite, text))
    };
    let found: Vec<_> = catalogue::entries(suites).filter(is_meant).map(|entry| entry.check.id).collect();
    if found.is_empty() {
        return Err(Problem::MatchesNothing {
            what,
            pattern: text.to_owned(),
            nearest: catalogue::nearest_id(suites, text).map(str::to_owned),
            origin: Box::new(pattern.origin.clone()),
        });
    }
    Ok(found)
}

/// Whether a pattern begins with the suite's name, so that `*` does not ask for it.
fn is_named(suite: &Suite, pattern: &str) -> bool {
    pattern.strip_prefix(suite.id).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '*']))
}

fn glob(pattern: &Pattern) -> Result<GlobMatcher, Problem> {
    match Glob::new(&pattern.text) {
        Ok(glob) => Ok(glob.compile_matcher()),
        Err(error) => Err(Problem::BadValue {
            key: pattern.text.clone(),
            why: format!("this is no glob: {}", error.kind()),
            origin: Box::new(pattern.origin.clone()),
        }),
    }
}

fn by_tags(suites: &[&'static Suite], tags: &[Pattern]) -> Result<BTreeSet<&'static str>, Problem> {
    let mut chosen = BTreeSet::new();
    for tag in tags {
        let tagged: Vec<_> = catalogue::entries(suites)
            .filter(|entry| entry.tags().contains(&tag.text))
            .map(|entry| entry.check.id)
            .collect();
        if tagged.is_empty() {
            let known: BTreeSet<String> = catalogue::entries(suites).flat_map(|entry| entry.tags()).collect();
            return Err(Problem::MatchesNothing {
                what: "the tag",
                pattern: tag.text.clone(),
                nearest: nearest(&tag.text, known.iter().map(String::as_str)).map(str::to_owned),
                origin: Box::new(tag.origin.clone()),
            });
        }
        chosen.extend(tagged);
    }
    Ok(chosen)
}

fn groups(suites: &[&'static Suite], chosen: &BTreeSet<&'static str>) -> Vec<SelectedGroup> {
    let of_suite = |&suite: &&'static Suite| {
        suite.groups.iter().map(move |&group| SelectedGroup {
            suite,
            group,
            checks: group.checks.iter().filter(|check| chosen.contains(check.id)).collect(),
        })
    };
    suites.iter().flat_map(of_suite).filter(|group| !group.checks.is_empty()).collect()
}

#[cfg(test)]
mod tests;
