//! Pages that need no target: help, lists, explanations, completions.

use insta::assert_snapshot;
use serde_json::Value;

use crate::stage::Desk;

/// What a command prints that succeeds and warns of nothing.
fn page(args: &[&str]) -> String {
    let said = Desk::new().oinspect(args);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:#?}");
    said.out
}

#[test]
fn the_program_says_what_it_can_do() {
    assert_snapshot!(page(&["--help"]));
    assert_eq!(page(&["--help"]), page(&["-h"]), "there is one help, and it fits a screen");
}

#[test]
fn a_program_without_a_command_shows_its_help() {
    let said = Desk::new().oinspect(&[] as &[&str]);
    assert_eq!((said.code, said.err), (2, page(&["--help"])));
}

#[test]
fn every_command_says_what_it_takes() {
    for command in [
        "demo",
        "run",
        "runscope",
        "list",
        "explain",
        "report",
        "init",
        "org",
        "sample-app",
        "doctor",
        "completions",
    ] {
        assert_snapshot!(format!("help-{command}"), page(&[command, "--help"]));
    }
}

#[test]
fn the_checks_are_listed_by_group() {
    assert_snapshot!(page(&["list"]));
}

#[test]
fn the_tags_that_help_names_exist() {
    for tag in ["must", "rfc7644", "patch"] {
        assert!(page(&["list", "--help"]).contains(tag), "{tag}");
        page(&["list", "--tag", tag]);
    }
}

#[test]
fn the_list_for_programs_has_the_same_checks_and_every_member() {
    let rows: Vec<Value> = serde_json::from_str(&page(&["list", "--format", "json"])).unwrap();
    let table = page(&["list"]);
    assert!(table.contains(&format!("{} checks", rows.len())));
    for row in &rows {
        assert!(table.contains(row["id"].as_str().unwrap()));
        let members: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            members,
            [
                "id", "group", "title", "document", "section", "level", "demand", "weight", "needs", "tags",
                "pitfall", "fix"
            ]
        );
    }
    assert_snapshot!(serde_json::to_string_pretty(&rows[0]).unwrap());
}

#[test]
fn a_check_is_explained() {
    assert_snapshot!(page(&["explain", "scim.patch.failed-patch-changes-nothing"]));
}

#[test]
fn the_faults_are_listed_with_what_they_break() {
    assert_snapshot!(page(&["sample-app", "--faults"]));
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = page(&["completions", shell]);
        assert!(script.contains("oinspect") && script.contains("sample-app"), "{shell}");
    }
}
