//! `oinspect list`: which checks there are.

use anstyle::Style;
use oinspect_core::{Check, Group, Profile, Weight};
use oinspect_run::Selection;
use oinspect_run::catalogue::SUITES;
use serde_json::json;

use crate::args::{List, ListFormat};
use crate::console::Console;
use crate::failure::Failure;
use crate::selection::choose;

pub(crate) fn run(args: &List, console: &Console) -> Result<u8, Failure> {
    let profile = args.choice.profile.unwrap_or_default();
    let mut choice = args.choice.clone();
    if choice.check.is_empty() {
        // A list shows what runs only on request, too.
        choice.check = SUITES.iter().map(|suite| suite.id.to_owned()).collect();
    }
    let selection = choose(&[], &choice)?;
    match args.format {
        ListFormat::Table => table(&selection, profile, console),
        ListFormat::Json => crate::files::print(&rows(&selection, profile))?,
    }
    Ok(0)
}

fn table(selection: &Selection, profile: Profile, console: &Console) {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let mut count = 0;
    for chosen in &selection.groups {
        console.say(format!("{bold}{}{bold:#}  {}", chosen.group.id, chosen.group.title));
        for check in &chosen.checks {
            count += 1;
            let weight = Weight::of(&check.requirement, profile).name();
            console.say(format!("  {:<52} {weight:<12} {}", check.id, check.title));
        }
        console.say("");
    }
    console.say(format!(
        "{count} {}; weights are those of profile {}. {dim}`oinspect explain ID` says more about one.{dim:#}",
        if count == 1 { "check" } else { "checks" },
        profile.name()
    ));
}

fn rows(selection: &Selection, profile: Profile) -> String {
    let rows: Vec<serde_json::Value> = selection
        .groups
        .iter()
        .flat_map(|chosen| chosen.checks.iter().map(move |check| row(chosen.group, check, profile)))
        .collect();
    serde_json::to_string_pretty(&rows).expect("plain values") + "\n"
}

fn row(group: &Group, check: &Check, profile: Profile) -> serde_json::Value {
    let requirement = &check.requirement;
    json!({
        "id": check.id,
        "group": group.id,
        "title": check.title,
        "document": requirement.document,
        "section": requirement.section,
        "level": requirement.level,
        "demand": requirement.demand,
        "weight": Weight::of(requirement, profile),
        "needs": check.needs,
        "tags": group.tags.iter().map(|tag| (*tag).to_owned()).chain(check.tags()).collect::<Vec<_>>(),
        "pitfall": check.pitfall,
        "fix": check.fix,
    })
}
