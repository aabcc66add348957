//! Suites that are none, or almost.

use oinspect_runscope::{Error, Suite, planned};
use proptest::prelude::*;

fn error(text: &str) -> String {
    let error = Suite::parse(text.as_bytes()).map(|suite| planned(&suite)).expect_err(text);
    error.to_string()
}

fn with_step(step: &str) -> String {
    format!(r#"{{"name": "n", "steps": [{{"step_type": "request", "url": "http://x"}}, {step}]}}"#)
}

#[test]
fn each_error_says_what_is_wrong_and_where() {
    for (text, says) in [
        ("{\n  \"name\": oops}".to_owned(), "line 2, column 11"),
        ("[]".to_owned(), "top level is no object"),
        (r#"{"steps": []}"#.to_owned(), "no `name`"),
        (r#"{"name": "n"}"#.to_owned(), "no `steps`"),
        (r#"{"name": "n", "steps": {}}"#.to_owned(), "`steps` is no list"),
        (r#"{"name": "n", "steps": []}"#.to_owned(), "`steps` is empty"),
        (with_step("7"), "step 2: it is no object"),
        (with_step("{}"), "step 2: it has no `step_type`"),
        (with_step(r#"{"step_type": "condition"}"#), "step 2: its type \"condition\" is not supported"),
        (with_step(r#"{"step_type": "subtest"}"#), "\"subtest\""),
        (with_step(r#"{"step_type": "pause", "duration": "soon"}"#), "step 2: its `duration`"),
        (with_step(r#"{"step_type": "request"}"#), "step 2: it has no `url`"),
        (with_step(r#"{"step_type": "request", "url": "x", "method": "BREW"}"#), "\"BREW\""),
        (with_step(r#"{"step_type": "request", "url": "x", "headers": [1]}"#), "`headers`"),
        (with_step(r#"{"step_type": "request", "url": "x", "auth": {"auth_type": "oauth1"}}"#), "oauth1"),
        (with_step(r#"{"step_type": "request", "url": "x", "binary_body": [{"name": "f"}]}"#), "binary_body"),
        (
            with_step(
                r#"{"step_type": "request", "url": "x", "assertions": [{"comparison": "rhymes", "source": "response_text"}]}"#,
            ),
            "no comparison \"rhymes\"",
        ),
        (
            with_step(
                r#"{"step_type": "request", "url": "x", "assertions": [{"comparison": "empty", "source": "response_mood"}]}"#,
            ),
            "no source \"response_mood\"",
        ),
    ] {
        let said = error(&text);
        assert!(said.contains(says), "{says}: {said}");
    }
}

#[test]
fn a_byte_order_mark_is_read_over_and_the_hash_is_of_the_file() {
    let suite = Suite::parse(
        "\u{feff}{\"name\": \"n\", \"steps\": [{\"step_type\": \"pause\", \"duration\": 1}]}".as_bytes(),
    )
    .expect("a suite");
    assert_eq!((suite.sha256.len(), planned(&suite)), (64, 0));
    assert!(matches!(Suite::parse(b"\xff\xfe"), Err(Error::NotJson { .. })));
}

proptest! {
    #[test]
    fn no_mutation_of_a_suite_panics(
        cut in 0_usize..4000,
        length in 0_usize..12,
        put in prop::sample::select(vec!["", "null", "[]", "{}", "7", "\"\"", "true", ",", "}}", "{{", "\u{0}"]),
    ) {
        let text = include_str!("../fixtures/shelf.json");
        let start = text.floor_char_boundary(cut);
        let end = text.floor_char_boundary(start + length);
        let mutated = format!("{}{put}{}", &text[..start], &text[end..]);
        let _ = Suite::parse(mutated.as_bytes()).map(|suite| planned(&suite));
    }

    #[test]
    fn no_value_in_place_of_another_panics(place in 0_usize..120, kind in 0_usize..6) {
        let mut json: serde_json::Value =
            serde_json::from_str(include_str!("../fixtures/shelf.json")).expect("JSON");
        let values = [
            serde_json::json!(null), serde_json::json!([]), serde_json::json!({}),
            serde_json::json!(-1), serde_json::json!([null]), serde_json::json!({"a": [1]}),
        ];
        let mut left = place;
        replace(&mut json, &mut left, &values[kind]);
        let _ = Suite::parse(json.to_string().as_bytes()).map(|suite| planned(&suite));
    }
}

/// Puts a value in the place of the one that is `left` places away.
fn replace(json: &mut serde_json::Value, left: &mut usize, value: &serde_json::Value) {
    if *left == 0 {
        *json = value.clone();
    }
    *left = left.wrapping_sub(1);
    match json {
        serde_json::Value::Array(elements) => elements.iter_mut().for_each(|one| replace(one, left, value)),
        serde_json::Value::Object(members) => members.values_mut().for_each(|one| replace(one, left, value)),
        _ => {}
    }
}
