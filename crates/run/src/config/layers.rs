//! Flags over environment over file over defaults: which value of each key counts.

use std::collections::BTreeMap;

use crate::config::keys::{self, KEYS, Key, Kind};
use crate::document::{self, Member, Node, Value};
use crate::place::Origin;
use crate::problem::Problem;

/// One value of one key, or of one member of a table key.
#[derive(Debug, Clone)]
pub(crate) struct Assignment {
    pub(crate) key: &'static Key,
    pub(crate) member: Option<String>,
    pub(crate) node: Node,
}

impl Assignment {
    /// The key as the user writes it.
    pub(crate) fn name(&self) -> String {
        match &self.member {
            Some(member) => format!("{}.{member}", self.key.name),
            None => self.key.name.to_owned(),
        }
    }
}

/// The assignments that count, in the order of the keys.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    assignments: Vec<Assignment>,
}

impl Layers {
    /// Lays a file over what is there.
    pub(crate) fn file(&mut self, members: Vec<Member>) -> Result<(), Problem> {
        self.section("", members)
    }

    fn section(&mut self, section: &str, members: Vec<Member>) -> Result<(), Problem> {
        for member in members {
            let name = if section.is_empty() { member.name } else { format!("{section}.{}", member.name) };
            if let Some(key) = keys::find(&name) {
                self.assign(key, member.node)?;
            } else if keys::is_section(&name) {
                match member.node.value {
                    Value::Table(members) => self.section(&name, members)?,
                    _ => return Err(member.node.is_not(format!("a section: [{name}]"), &name)),
                }
            } else {
                return Err(unknown(&name, member.origin));
            }
        }
        Ok(())
    }

    /// Lays environment variables over what is there; returns a warning for each that looks like a
    /// key and is none.
    pub(crate) fn environment(
        &mut self,
        environment: &BTreeMap<String, String>,
    ) -> Result<Vec<String>, Problem> {
        for key in KEYS {
            let variable = key.variable();
            if let Some(text) = environment.get(&variable) {
                self.assign(key, parse(text, key.kind, &Origin::Variable(variable)))?;
            }
        }
        let is_ours = |name: &str| {
            name.strip_prefix("OINSPECT_").is_some_and(|rest| {
                let section = rest.split('_').next().unwrap_or_default();
                keys::SECTIONS.iter().any(|one| section.eq_ignore_ascii_case(one)) && rest.contains('_')
            })
        };
        let known: Vec<String> = KEYS.iter().map(Key::variable).collect();
        Ok(environment
            .keys()
            .filter(|name| is_ours(name) && !known.contains(name))
            .map(|name| {
                let meant = crate::nearest::nearest(name, known.iter().map(String::as_str))
                    .map(|nearest| format!("; did you mean {nearest}?"))
                    .unwrap_or_default();
                format!("the environment variable {name} sets no key and is ignored{meant}")
            })
            .collect())
    }

    /// Lays one `KEY=VALUE` over what is there.
    pub(crate) fn set(&mut self, text: &str) -> Result<(), Problem> {
        let Some((name, value)) = text.split_once('=') else {
            return Err(Problem::BadOverride { text: text.to_owned() });
        };
        let name = name.trim();
        let origin = Origin::Option(format!("--set {name}"));
        if let Some(key) = keys::find(name) {
            self.assign(key, parse(value, key.kind, &origin))
        } else if let Some((key, path)) = keys::find_member(name) {
            let kind = if key.kind == Kind::Headers { Kind::Text } else { key.kind };
            let node = parse(value, kind, &origin);
            self.set_member(key, document::dotted_key(path), node);
            Ok(())
        } else {
            Err(unknown(name, origin))
        }
    }

    /// A whole table replaces what lay below it; a single value only itself.
    fn assign(&mut self, key: &'static Key, node: Node) -> Result<(), Problem> {
        if !key.kind.is_table() {
            self.put(Assignment { key, member: None, node });
            return Ok(());
        }
        let Value::Table(members) = node.value else {
            return Err(node.is_not(key.kind.expected(), key.name));
        };
        self.assignments.retain(|old| old.key != key);
        for member in members {
            self.put(Assignment { key, member: Some(member.name), node: member.node });
        }
        Ok(())
    }

    /// Sets what lies at a path inside a table key; what lies beside it stays.
    fn set_member(&mut self, key: &'static Key, mut path: Vec<String>, node: Node) {
        let member =
            if key.kind == Kind::Headers { std::mem::take(&mut path).join(".") } else { path.remove(0) };
        let is_it = |one: &&mut Assignment| one.key == key && one.member.as_deref() == Some(member.as_str());
        match self.assignments.iter_mut().find(is_it) {
            Some(there) => there.node.set(&path, node),
            None => {
                let mut whole = Node { origin: node.origin.clone(), value: Value::Table(Vec::new()) };
                whole.set(&path, node);
                self.put(Assignment { key, member: Some(member), node: whole });
            }
        }
    }

    fn put(&mut self, new: Assignment) {
        self.assignments.retain(|old| old.name() != new.name());
        self.assignments.push(new);
    }

    /// The assignments that count, in the order of the keys.
    pub(crate) fn into_assignments(mut self) -> Vec<Assignment> {
        self.assignments.sort_by_key(|one| KEYS.iter().position(|key| key == one.key).unwrap_or(KEYS.len()));
        self.assignments
    }
}

/// A value from the command line or the environment: TOML, or else the text as it stands.
fn parse(value: &str, kind: Kind, origin: &Origin) -> Node {
    let plain = || document::text(value, origin);
    match document::parse_value(value.trim(), origin) {
        Some(node) if kind.is_text() && !matches!(node.value, Value::Text { .. }) => plain(),
        Some(node) => node,
        None => plain(),
    }
}

fn unknown(name: &str, origin: Origin) -> Problem {
    Problem::UnknownKey { key: name.to_owned(), nearest: keys::nearest_key(name), origin: Box::new(origin) }
}
