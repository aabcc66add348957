//! Suites that cannot be run; nothing is sent for any of them.

use serde_json::json;

use crate::stage::{Desk, Said};
use crate::suite_file::{suite, users};

const TARGET: [&str; 4] = ["--var", "SCIMBaseURL=http://127.0.0.1:1", "--var", "auth=Bearer some-token"];

/// What is said of a suite with this text; no result comes of it.
fn ran(text: &str, args: &[&str]) -> Said {
    let desk = Desk::new();
    desk.write("suite.json", text);
    let said = desk.oinspect(&[&["runscope", "suite.json"], args].concat());
    assert!(!desk.path("oinspect-out/report.json").exists(), "nothing was measured");
    said
}

#[test]
fn a_suite_that_is_not_there_is_named() {
    let said = Desk::new().oinspect(&["runscope", "nope.json"]);
    said.expect_only(2, &["read the suite nope.json", "No such file"]);
}

#[test]
fn a_suite_that_is_no_json_says_where() {
    ran("{\n  oops", &[]).expect_only(2, &["suite.json", "it is no JSON (line 2, column 3)"]);
}

#[test]
fn json_that_is_no_suite_says_what_is_missing() {
    ran("{\"a\": 1}", &[]).expect_only(2, &["suite.json", "no Runscope export", "`name`"]);
    ran("[]", &[]).expect_only(2, &["suite.json", "no Runscope export"]);
}

#[test]
fn a_step_of_an_unknown_type_is_named_and_never_left_out() {
    let said = ran(&suite(&[users(), json!({ "step_type": "ghost" })]), &TARGET);
    said.expect_only(2, &["step 2", "\"ghost\" is not supported"]);
}

#[test]
fn a_variable_that_nothing_defines_is_named_before_anything_is_sent() {
    let mut step = users();
    step["url"] = json!("{{SCIMBaseURL}}/{{nix}}");
    let said = ran(&suite(&[users(), step]), &TARGET);
    said.expect(2, &["error: ", "{{nix}} in step 2", "--var nix=VALUE", "--initial-script"]);
}

#[test]
fn a_function_that_does_not_exist_is_named() {
    let mut step = users();
    step["url"] = json!("{{SCIMBaseURL}}/{{tomorrow(3)}}");
    ran(&suite(&[step]), &TARGET).expect(2, &["error: ", "{{tomorrow(...)}} in step 1"]);
}

#[test]
fn a_variable_without_a_value_is_told_how_it_is_written() {
    let said = ran(&suite(&[users()]), &["--var", "SCIMBaseURL"]);
    said.expect_only(2, &["--var", "NAME=VALUE"]);
    let said = ran(&suite(&[users()]), &["--var", "auth=${SCIM_TOKEN}"]);
    said.expect_only(2, &["--var auth", "SCIM_TOKEN is not set"]);
}

#[test]
fn an_initial_script_that_is_missing_or_broken_is_named() {
    let said = ran(&suite(&[users()]), &[&TARGET[..], &["--initial-script", "nope.js"]].concat());
    said.expect_only(2, &["the initial script nope.js"]);
    let desk = Desk::new();
    desk.write("suite.json", &suite(&[users()]));
    desk.write("first.js", "const a = 1;\nnowhere.get('x');");
    let args = [&["runscope", "suite.json"], &TARGET[..], &["--initial-script", "first.js"]].concat();
    desk.oinspect(&args).expect(2, &["error: ", "initial script", "nowhere", "line 2"]);
}
