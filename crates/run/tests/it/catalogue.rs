//! What must hold of every check, present and future.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use oinspect_core::{Profile, Weight};
use oinspect_run::catalogue::{Entry, SUITES, entries};
use oinspect_sample_app::Fault;

fn all() -> Vec<Entry> {
    entries(SUITES).collect()
}

#[test]
fn ids_are_unique_and_begin_with_their_groups() {
    let mut seen = BTreeSet::new();
    for entry in all() {
        let (group, check) = (entry.group.id, entry.check.id);
        assert!(seen.insert(check), "{check} stands twice");
        assert!(check.starts_with(&format!("{group}.")), "{check} is not in {group}");
        assert!(group.starts_with(&format!("{}.", entry.suite.id)), "{group} is not in {}", entry.suite.id);
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        assert!(check.chars().all(kebab), "{check} is not kebab-case");
    }
}

#[test]
fn rows_say_what_a_reader_needs() {
    for entry in all() {
        let check = entry.check;
        let id = check.id;
        assert!(!check.title.ends_with('.') && !check.title.contains("should"), "{id}: {}", check.title);
        assert!(check.title.starts_with(char::is_uppercase), "{id}: {}", check.title);
        let demand = check.requirement.demand;
        assert!(!demand.is_empty() && !demand.contains('\n') && !demand.ends_with('.'), "{id}: {demand}");
        assert!(!check.requirement.section.is_empty(), "{id} cites no section");
        for text in [check.pitfall, check.fix] {
            assert!(text.ends_with('.') && !text.contains("  "), "{id}: {text}");
        }
    }
}

#[test]
fn every_check_weighs_something_somewhere() {
    for entry in all() {
        let weighs = |profile| Weight::of(&entry.check.requirement, profile) != Weight::Information;
        assert!(Profile::ALL.into_iter().any(weighs), "{} is demanded by nobody", entry.check.id);
    }
}

#[test]
fn every_check_has_a_fault_that_fails_it() {
    let caught: BTreeSet<&str> = Fault::all().flat_map(Fault::breaks).copied().collect();
    for entry in all() {
        assert!(caught.contains(entry.check.id), "no fault of the sample app breaks {}", entry.check.id);
    }
}

#[test]
fn the_fault_table_names_checks_that_exist() {
    let ids: BTreeSet<&str> = all().iter().map(|entry| entry.check.id).collect();
    for fault in Fault::all() {
        for id in fault.breaks().iter().chain(fault.blocks()) {
            assert!(ids.contains(id), "{} names {id}, which does not exist", fault.id());
        }
    }
}

#[test]
fn features_depend_on_checks_that_exist() {
    let ids: BTreeSet<&str> = all().iter().map(|entry| entry.check.id).collect();
    for feature in SUITES.iter().flat_map(|suite| suite.features) {
        assert!(!feature.checks.is_empty(), "{} depends on nothing", feature.id);
        for id in feature.checks {
            assert!(ids.contains(id), "{} depends on {id}, which does not exist", feature.id);
        }
    }
}

/// The catalogue as a page for people. Renewed by `cargo xtask docs`.
#[test]
fn the_page_of_all_checks_is_up_to_date() {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/checks.md"));
    let page = page();
    if std::env::var_os("OINSPECT_RENEW").is_some() {
        std::fs::write(&path, page).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == page, "run `cargo xtask docs` to renew docs/checks.md");
}

fn page() -> String {
    let mut page = "# The checks\n\nMade from the code by `cargo xtask docs`; do not edit. `oinspect explain ID` says \
                    the same on the command line. A requirement weighs what its level says under the profile `rfc`; \
                    under `okta` and `entra` it weighs what that provider depends on.\n"
        .to_owned();
    for group in SUITES.iter().flat_map(|suite| suite.groups) {
        let _ = write!(page, "\n## {}\n", group.title);
        for check in group.checks {
            let requirement = &check.requirement;
            let citation = requirement.citation();
            let cited = match requirement.document.link(requirement.section) {
                Some(link) => format!("[{citation}]({link})"),
                None => citation,
            };
            let weights = Profile::ALL
                .map(|profile| format!("{}: {}", profile.name(), Weight::of(requirement, profile).name()))
                .join(", ");
            let _ = write!(
                page,
                "\n### {}\n\n`{}`\n\n- demanded: {}\n- written: {cited}\n- weighs: {weights}\n- pitfall: {}\n- mend: {}\n",
                check.title, check.id, requirement.demand, check.pitfall, check.fix
            );
        }
    }
    page
}

/// Published ids never vanish: plans, waivers and evidence of others name them.
///
/// New ones are added with `cargo xtask docs`; none is ever taken out.
#[test]
fn no_published_id_has_vanished() {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/check-ids.txt"));
    let published = std::fs::read_to_string(&path).unwrap();
    let published: BTreeSet<&str> = published.lines().filter(|line| !line.is_empty()).collect();
    let ids: BTreeSet<&str> = all().iter().map(|entry| entry.check.id).collect();
    let vanished: Vec<&&str> = published.difference(&ids).collect();
    assert!(vanished.is_empty(), "published ids never vanish: {vanished:?}");
    if std::env::var_os("OINSPECT_RENEW").is_some() {
        let lines: Vec<&str> = ids.into_iter().collect();
        std::fs::write(&path, lines.join("\n") + "\n").unwrap();
        return;
    }
    let unpublished: Vec<&&str> = ids.difference(&published).collect();
    assert!(unpublished.is_empty(), "run `cargo xtask docs` to publish {unpublished:?}");
}
