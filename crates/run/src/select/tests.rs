//! Which filters choose which checks, and which are errors.

use oinspect_core::{Capability, Check, Document, Group, Suite, must, should};

use super::{Selection, select};
use crate::plan::Plan;
use crate::problem::Problem;

const fn check(id: &'static str, needs: &'static [Capability], is_must: bool) -> Check {
    let requirement =
        if is_must { must(Document::Rfc7644, "1", "x") } else { should(Document::Rfc7643, "1", "x") };
    Check { id, title: "x", requirement, needs, pitfall: "", fix: "", run: |_| Ok(()) }
}

static A: Group = Group {
    id: "t.a",
    title: "A",
    tags: &["fast"],
    alone: false,
    checks: &[check("t.a.one", &[], true), check("t.a.two", &[Capability::Patch], false)],
};
static B: Group =
    Group { id: "t.b", title: "B", tags: &[], alone: false, checks: &[check("t.b.one", &[], true)] };
static SUITE: Suite = Suite {
    id: "t",
    title: "T",
    on_request: false,
    groups: &[&A, &B],
    capabilities: &[],
    features: &[],
    discover: |_| Ok(std::collections::BTreeSet::new()),
};
static C: Group =
    Group { id: "t1.c", title: "C", tags: &[], alone: false, checks: &[check("t1.c.one", &[], true)] };
static OLD: Suite = Suite { id: "t1", title: "Old", on_request: true, groups: &[&C], ..SUITE };

fn ids(selection: &Selection) -> Vec<&'static str> {
    selection.groups.iter().flat_map(|group| &group.checks).map(|check| check.id).collect()
}

fn chosen(plan: &str, checks: &[&str], tags: &[&str]) -> Result<Vec<&'static str>, Problem> {
    let plans: Vec<Plan> = if plan.is_empty() { vec![] } else { vec![Plan::parse("p", None, plan).unwrap()] };
    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    select(&[&SUITE, &OLD], &plans, &owned(checks), &owned(tags)).map(|selection| ids(&selection))
}

#[test]
fn a_suite_that_runs_on_request_is_chosen_only_by_its_name() {
    for asked in ["t1", "t1.*", "t1*", "t1.c", "t1.c.one"] {
        assert_eq!(chosen("", &[asked], &[]).unwrap(), ["t1.c.one"], "{asked}");
        assert_eq!(chosen(&format!("checks = ['{asked}']"), &[], &[]).unwrap(), ["t1.c.one"], "{asked}");
    }
    for unasked in ["t*", "*", "*.one", "!t.a.two"] {
        assert!(!chosen("", &[unasked], &[]).unwrap().contains(&"t1.c.one"), "{unasked}");
        assert!(!chosen(&format!("checks = ['{unasked}']"), &[], &[]).unwrap().contains(&"t1.c.one"));
    }
    assert!(!chosen("", &[], &["must"]).unwrap().contains(&"t1.c.one"));
}

#[test]
fn without_filters_everything_runs_in_table_order() {
    assert_eq!(chosen("", &[], &[]).unwrap(), ["t.a.one", "t.a.two", "t.b.one"]);
}

#[test]
fn a_pattern_is_an_id_a_group_a_suite_or_a_glob() {
    assert_eq!(chosen("", &["t.b.one"], &[]).unwrap(), ["t.b.one"]);
    assert_eq!(chosen("", &["t.a"], &[]).unwrap(), ["t.a.one", "t.a.two"]);
    assert_eq!(chosen("", &["t"], &[]).unwrap().len(), 3);
    assert_eq!(chosen("", &["*.one"], &[]).unwrap(), ["t.a.one", "t.b.one"]);
}

#[test]
fn an_exclamation_mark_takes_away() {
    assert_eq!(chosen("checks = ['t.*', '!t.a.two']", &[], &[]).unwrap(), ["t.a.one", "t.b.one"]);
    assert_eq!(chosen("", &["!t.a"], &[]).unwrap(), ["t.b.one"]);
}

#[test]
fn tags_come_from_level_document_needs_and_group() {
    assert_eq!(chosen("", &[], &["should"]).unwrap(), ["t.a.two"]);
    assert_eq!(chosen("", &[], &["rfc7644"]).unwrap(), ["t.a.one", "t.b.one"]);
    assert_eq!(chosen("", &[], &["patch"]).unwrap(), ["t.a.two"]);
    assert_eq!(chosen("checks = ['t']\ntags = ['fast']", &[], &["must"]).unwrap(), ["t.a.one"]);
}

#[test]
fn what_matches_nothing_is_an_error_with_the_nearest() {
    let message = chosen("", &["t.a.oen"], &[]).unwrap_err().to_string();
    assert_eq!(message, "find the check `t.a.oen` (--check): it matches no check; did you mean `t.a.one`?");
    let message = chosen("checks = ['t.*', '!t.c.*']", &[], &[]).unwrap_err().to_string();
    assert!(message.starts_with("find the check `t.c.*` (plan p:1:18)"), "{message}");
    let message = chosen("", &[], &["shuold"]).unwrap_err().to_string();
    assert!(message.contains("the tag `shuold`") && message.contains("`should`"), "{message}");
    let waiver = "checks = ['t']\n[[waivers]]\ncheck = 't.a.tow'\nreason = 'r'\nexpires = 2030-01-01\n";
    let message = chosen(waiver, &[], &[]).unwrap_err().to_string();
    assert!(message.contains("the check of the waiver `t.a.tow` (plan p:3:9)"), "{message}");
    assert!(matches!(chosen("", &["t.[a"], &[]).unwrap_err(), Problem::BadValue { .. }));
}

#[test]
fn filters_that_are_valid_and_together_choose_nothing_are_no_error() {
    assert!(chosen("checks = ['t.b']", &["t.a"], &[]).unwrap().is_empty());
    assert!(chosen("", &["t.b"], &["patch"]).unwrap().is_empty());
}

#[test]
fn several_plans_run_together_with_all_their_waivers() {
    let one = Plan::parse("1", None, "checks = ['t.a.one']\ncapabilities = { patch = true }").unwrap();
    let waiver = "checks = ['t.b']\n[[waivers]]\ncheck = 't.*.one'\nreason = 'r'\nexpires = 2030-01-01\n";
    let two = Plan::parse("2", None, waiver).unwrap();
    let selection = select(&[&SUITE], &[one, two], &[], &[]).unwrap();
    assert_eq!(ids(&selection), ["t.a.one", "t.b.one"]);
    assert_eq!(selection.waivers[0].ids, ["t.a.one", "t.b.one"]);
    assert_eq!(selection.waivers[0].waiver.expires, "2030-01-01");
    assert_eq!(selection.capabilities.get(&Capability::Patch), Some(&true));
    assert_eq!(selection.planned(), 2);
}

#[test]
fn every_plan_that_comes_with_the_program_is_valid() {
    for (name, text) in crate::plan::BUILT_IN {
        let plan = Plan::parse(name, None, text).unwrap();
        assert_eq!(plan.name, *name);
        if crate::catalogue::entries(crate::catalogue::SUITES).next().is_some() {
            assert!(!select(crate::catalogue::SUITES, &[plan], &[], &[]).unwrap().is_empty());
        }
    }
}

#[test]
fn a_plan_is_found_by_file_by_folder_and_by_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("test-plans")).unwrap();
    std::fs::write(folder.path().join("test-plans/mine.toml"), "checks = ['t']").unwrap();
    assert_eq!(Plan::find("mine", folder.path()).unwrap().file.as_deref(), Some("test-plans/mine.toml"));
    assert!(Plan::find("test-plans/mine.toml", folder.path()).is_ok());
    assert_eq!(Plan::find("scim-core", folder.path()).unwrap().file, None);
    assert_eq!(Plan::names(folder.path()).into_iter().collect::<Vec<_>>(), ["mine", "scim-1.1", "scim-core"]);
    let message = Plan::find("scim-coer", folder.path()).unwrap_err().to_string();
    assert!(
        message.contains("did you mean `scim-core`? (there are: mine, scim-1.1, scim-core; "),
        "{message}"
    );
}
