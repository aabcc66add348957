//! From the text of a plan to the plan.

use std::collections::BTreeMap;

use jiff::civil::Date;
use oinspect_core::{Capability, Profile};

use crate::config::{Kind, profile_named};
use crate::document::{self, Member, Node, Value};
use crate::nearest::nearest;
use crate::place::Origin;
use crate::plan::{Pattern, Plan, PlannedWaiver};
use crate::problem::Problem;

/// The keys of a plan.
const KEYS: [&str; 7] = ["name", "description", "profile", "checks", "tags", "capabilities", "waivers"];
/// The keys of a waiver.
const WAIVER_KEYS: [&str; 3] = ["check", "reason", "expires"];
const GLOBS: &str = "ids and globs such as [\"scim.create.*\", \"!scim.create.location-leads-to-the-user\"]";

pub(super) fn read(name: &str, file: Option<String>, sha256: String, text: &str) -> Result<Plan, Problem> {
    let shown = file.clone().unwrap_or_else(|| format!("plan {name}"));
    let mut plan = Plan {
        name: name.to_owned(),
        file,
        sha256,
        description: String::new(),
        profile: None,
        checks: Vec::new(),
        tags: Vec::new(),
        capabilities: BTreeMap::new(),
        waivers: Vec::new(),
    };
    for member in document::parse_file(&shown, text)? {
        let (key, node) = (member.name.as_str(), &member.node);
        match key {
            "name" => node.text("a string", key)?.clone_into(&mut plan.name),
            "description" => node.text("a string", key)?.clone_into(&mut plan.description),
            "profile" => plan.profile = Some(read_profile(node, key)?),
            "checks" => plan.checks = patterns(node, GLOBS, key)?,
            "tags" => plan.tags = patterns(node, "tags such as [\"must\", \"patch\"]", key)?,
            "capabilities" => plan.capabilities = capabilities(node, key)?,
            "waivers" => plan.waivers = waivers(node, key)?,
            _ => return Err(unknown(key.to_owned(), key, &KEYS, &member)),
        }
    }
    if plan.checks.is_empty() {
        return Err(Problem::Missing {
            key: "checks".to_owned(),
            hint: format!(
                "the plan {shown} chooses nothing; write checks = [\"scim.*\"] for every SCIM check"
            ),
        });
    }
    Ok(plan)
}

fn read_profile(node: &Node, key: &str) -> Result<Profile, Problem> {
    profile_named(node.text(Kind::Profile.expected(), key)?, node, key)
}

fn patterns(node: &Node, expected: &str, key: &str) -> Result<Vec<Pattern>, Problem> {
    let texts = node.texts(expected, key)?;
    Ok(texts
        .into_iter()
        .map(|(text, origin)| Pattern { text: text.to_owned(), origin: origin.clone() })
        .collect())
}

fn capabilities(node: &Node, key: &str) -> Result<BTreeMap<Capability, bool>, Problem> {
    let Value::Table(members) = &node.value else {
        return Err(node.is_not("a table such as { patch = true, filter = false }", key));
    };
    let names = Capability::ALL.map(Capability::name);
    members
        .iter()
        .map(|member| {
            let name = format!("{key}.{}", member.name);
            let capability = Capability::ALL.into_iter().find(|one| one.name() == member.name);
            let Some(capability) = capability else {
                return Err(unknown(name, &member.name, &names, member));
            };
            match member.node.value {
                Value::Boolean(offered) => Ok((capability, offered)),
                _ => Err(member.node.is_not("true or false", &name)),
            }
        })
        .collect()
}

fn waivers(node: &Node, key: &str) -> Result<Vec<PlannedWaiver>, Problem> {
    match &node.value {
        Value::List(nodes) => nodes.iter().map(waiver).collect(),
        _ => Err(node.is_not("tables that begin with [[waivers]]", key)),
    }
}

fn waiver(node: &Node) -> Result<PlannedWaiver, Problem> {
    let Value::Table(members) = &node.value else {
        return Err(node.is_not("tables that begin with [[waivers]]", "waivers"));
    };
    if let Some(member) = members.iter().find(|member| !WAIVER_KEYS.contains(&member.name.as_str())) {
        return Err(unknown(format!("waivers.{}", member.name), &member.name, &WAIVER_KEYS, member));
    }
    let find = |name: &str| {
        members.iter().find(|member| member.name == name).map(|member| &member.node).ok_or_else(|| {
            let why = match name {
                "check" => {
                    "the waiver says no check; write check = \"scim.create.answers-201-with-the-user\""
                }
                "reason" => {
                    "the waiver gives no reason; write reason = \"...\", so that a reviewer can follow"
                }
                _ => "the waiver never ends; write expires = 2027-01-31",
            };
            node.is_bad(why, &format!("waivers.{name}"))
        })
    };
    let check = find("check")?;
    let reason = find("reason")?;
    let text = reason.text("a string", "waivers.reason")?.trim();
    if text.is_empty() {
        return Err(reason.is_bad("an empty reason is no reason", "waivers.reason"));
    }
    Ok(PlannedWaiver {
        check: Pattern {
            text: check.text("the id of a check, or a glob", "waivers.check")?.to_owned(),
            origin: check.origin.clone(),
        },
        reason: text.to_owned(),
        expires: date(find("expires")?)?,
    })
}

fn date(node: &Node) -> Result<Date, Problem> {
    let (Value::Date(text) | Value::Text { text, .. }) = &node.value else {
        return Err(node.is_not("a date such as 2027-01-31", "waivers.expires"));
    };
    text.parse().map_err(|_| {
        node.is_bad(format!("\"{text}\" is no date; write it like 2027-01-31"), "waivers.expires")
    })
}

fn unknown(key: String, name: &str, known: &[&str], member: &Member) -> Problem {
    let origin: Origin = member.origin.clone();
    Problem::UnknownKey {
        key,
        nearest: nearest(name, known.iter().copied()).map(str::to_owned),
        origin: Box::new(origin),
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::Plan;

    fn error(text: &str) -> String {
        Plan::parse("p", Some("p.toml".to_owned()), text).unwrap_err().to_string()
    }

    #[test]
    fn a_plan_holds_what_is_written() {
        let plan = Plan::parse(
            "core",
            None,
            "profile = \"rfc\"\nchecks = [\"scim.*\", \"!scim.x\"]\ncapabilities = { patch = false }\n\
             [[waivers]]\ncheck = \"scim.a\"\nreason = \"known\"\nexpires = 2027-01-31\n",
        )
        .unwrap();
        assert_eq!(plan.name, "core");
        assert_eq!(plan.checks.len(), 2);
        assert_eq!(plan.capabilities.values().collect::<Vec<_>>(), [&false]);
        assert_eq!(plan.waivers[0].expires.to_string(), "2027-01-31");
    }

    #[test]
    fn an_unknown_key_names_the_nearest_and_the_line() {
        let message = error("checks = [\"scim.*\"]\nprofil = \"rfc\"\n");
        assert_eq!(
            message,
            "understand `profil` (p.toml:2:1): there is no such key; did you mean `profile`?\n  \
             2 | profil = \"rfc\"\n    | ^^^^^^"
        );
    }

    #[test]
    fn a_waiver_needs_check_reason_and_end() {
        let message = error("checks = [\"a\"]\n[[waivers]]\ncheck = \"a\"\nreason = \"b\"\n");
        assert!(message.starts_with("use `waivers.expires` (p.toml:2:"), "{message}");
        assert!(message.contains("never ends"), "{message}");
        let message =
            error("checks = [\"a\"]\n[[waivers]]\ncheck = \"a\"\nreason = \"b\"\nexpires = \"soon\"\n");
        assert!(message.contains("\"soon\" is no date"), "{message}");
        let message = error("checks = [\"a\"]\n[[waivers]]\ncheck = \"a\"\nreson = \"b\"\n");
        assert!(message.contains("`waivers.reson`") && message.contains("`reason`"), "{message}");
    }

    #[test]
    fn wrong_types_and_unknown_capabilities_are_named() {
        assert!(error("checks = 3\n").contains("expected ids and globs"));
        let message = error("checks = [\"a\"]\n[capabilities]\npach = true\n");
        assert!(message.contains("p.toml:3:1") && message.contains("`patch`"), "{message}");
    }

    #[test]
    fn a_plan_that_chooses_nothing_is_an_error() {
        assert!(error("name = \"x\"\n").contains("chooses nothing"));
    }
}
