//! `oinspect explain`: what a check demands, where it is written, how to mend what breaks it.

use anstyle::Style;
use oinspect_core::{Profile, Weight};
use oinspect_run::{catalogue, nearest};

use crate::args::Explain;
use crate::console::Console;
use crate::failure::Failure;

pub(crate) fn run(args: &Explain, console: &Console) -> Result<u8, Failure> {
    let entry = catalogue::find(&args.id).ok_or_else(|| unknown(&args.id))?;
    let check = entry.check;
    let requirement = &check.requirement;
    let bold = Style::new().bold();
    console.say(format!("{bold}{}{bold:#}", check.id));
    console.say(check.title);
    console.say("");
    console.say(format!("  demanded  {}", requirement.demand));
    console.say(format!("  written   {}", requirement.citation()));
    if let Some(link) = requirement.document.link(requirement.section) {
        console.say(format!("            {link}"));
    }
    let weights: Vec<String> = Profile::ALL
        .into_iter()
        .map(|profile| format!("{}: {}", profile.name(), Weight::of(requirement, profile).name()))
        .collect();
    console.say(format!("  weighs    {}", weights.join(", ")));
    if !check.needs.is_empty() {
        let needs: Vec<&str> = check.needs.iter().map(|need| need.name()).collect();
        console.say(format!("  needs     {}", needs.join(", ")));
    }
    console.say(format!("  pitfall   {}", check.pitfall));
    console.say(format!("  mend      {}", check.fix));
    let mut tags = entry.tags();
    tags.sort();
    tags.dedup();
    console.say(format!("  tags      {}", tags.join(", ")));
    Ok(0)
}

/// What was probably meant: a check that begins like this, or is written nearly so.
fn unknown(id: &str) -> Failure {
    let entries = || catalogue::entries(catalogue::SUITES);
    if entries().any(|entry| entry.group.id == id || entry.suite.id == id) {
        return Failure::usage(format!(
            "explain `{id}`: it is a group of checks, not a check (`oinspect list --check {id}` shows them)"
        ));
    }
    let begins = entries().map(|entry| entry.check.id).find(|check| !id.is_empty() && check.starts_with(id));
    let near = begins.or_else(|| nearest(id, entries().map(|entry| entry.check.id)));
    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Failure::usage(format!("explain `{id}`: there is no such check{near} (`oinspect list` shows all)"))
}
