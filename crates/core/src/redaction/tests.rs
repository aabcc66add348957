//! No encoding that a target may choose brings a secret back.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::json;

use super::*;

const CREDENTIAL: &str = "Bearer s3cr3t+/=";
const TOKEN: &str = "s3cr3t+/=";

fn redactor() -> Redactor {
    let redactor = Redactor::default();
    redactor.learn(CREDENTIAL);
    redactor
}

#[test]
fn one_secret_has_one_placeholder_wherever_it_stands() {
    let redactor = redactor();
    let headers = redactor.headers(&[("Authorization".to_owned(), CREDENTIAL.to_owned())]);
    assert_eq!(headers[0].1, "Bearer [secret 1]");
    assert_eq!(redactor.text("got s3cr3t+/= again"), "got [secret 1] again");
}

#[test]
fn every_common_encoding_is_seen_through() {
    let jwt = format!(
        "{}.{}.c2lnbmF0dXJl",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
        URL_SAFE_NO_PAD.encode(json!({ "note": TOKEN }).to_string())
    );
    let spellings = [
        TOKEN.to_owned(),
        "s3cr3t%2B%2F%3D".to_owned(),
        "s3cr3t%2b%2f%3d".to_owned(),
        "s3cr3t%2B/=".to_owned(),
        "s3cr3t%252B%252F%253D".to_owned(),
        r"s3cr3t+\/=".to_owned(),
        r"s3cr\r\n3t+/=".to_owned(),
        r"s3cr3t\u002b\u002f=".to_owned(),
        "s3cr3t&#43;&#x2F;=".to_owned(),
        "s3cr3t&plus;&sol;&equals;".to_owned(),
        "s3cr3t&#43&#x2F&#61".to_owned(),
        "s3cr3t&amp;plus;/=".to_owned(),
        r"s3cr3t\x2b\x2f\x3d".to_owned(),
        "a7333637233742b2f3d".to_owned(),
        "ab7333637233742B2f3dcd".to_owned(),
        STANDARD.encode("7333637233742b2f3d"),
        STANDARD.encode([&[0, 255, 7, 128, 200, 3, 250, 1][..], TOKEN.as_bytes(), &[254, 9]].concat()),
        STANDARD.encode(TOKEN),
        STANDARD.encode(CREDENTIAL),
        STANDARD.encode(format!("user:{TOKEN}")),
        format!("/Users/{}", STANDARD.encode(format!("ab{TOKEN}"))),
        URL_SAFE_NO_PAD.encode(TOKEN),
        jwt,
    ];
    for spelling in spellings {
        let redactor = redactor();
        let kept = redactor.text(&format!("before {spelling} after"));
        assert!(kept.starts_with("before ") && kept.ends_with(" after"), "{spelling}: {kept}");
        assert!(!kept.contains(&spelling), "{spelling}: {kept}");
        assert!(!redactor.known().shows(&kept), "{spelling}: {kept}");
    }
}

#[test]
fn a_secret_that_is_broken_over_lines_is_not_shown() {
    let wrapped = STANDARD.encode(format!("a longer text with {TOKEN} in it"));
    let (first, second) = wrapped.split_at(30);
    for text in ["s3cr\n3t+/=".to_owned(), "s3cr\r\n   3t+/=".to_owned(), format!("{first}\n{second}\n")] {
        assert_eq!(redactor().text(&text), WITHHELD, "{text}");
    }
}

#[test]
fn a_password_in_basic_credentials_is_a_secret_of_its_own() {
    let redactor = Redactor::default();
    redactor.learn(&format!("Basic {}", STANDARD.encode("admin:correct horse")));
    assert_eq!(redactor.text("said correct horse"), "said [secret 1]");
}

#[test]
fn short_values_go_only_where_they_were_recorded() {
    let redactor = Redactor::default();
    let headers = redactor.headers(&[("Authorization".to_owned(), "Bearer abc".to_owned())]);
    assert_eq!(headers[0].1, "Bearer [secret 1]");
    assert_eq!(redactor.text("abc"), "abc");
    assert_eq!(
        redactor.body(r#"{"password":"pw","title":"pw"}"#).0,
        r#"{"password":"[secret 2]","title":"pw"}"#
    );
}

#[test]
fn session_cookies_lose_their_value_and_keep_their_attributes() {
    let redactor = Redactor::default();
    let headers =
        redactor.headers(&[("set-cookie".to_owned(), "sid=0123456789; Path=/; HttpOnly".to_owned())]);
    assert_eq!(headers[0].1, "sid=[secret 1]; Path=/; HttpOnly");
    assert_eq!(redactor.text("sid 0123456789"), "sid [secret 1]");
}

#[test]
fn tokens_in_answers_are_learned_by_their_name() {
    let redactor = Redactor::default();
    assert_eq!(redactor.body(r#"{"access_token":"0123456789abc"}"#).0, r#"{"access_token":"[secret 1]"}"#);
    assert_eq!(redactor.url("http://h/?access_token=0123456789abc"), "http://h/?access_token=[secret 1]");
}

#[test]
fn what_was_learned_late_is_taken_out_and_only_what_cannot_be_is_withheld_and_counted() {
    let redactor = redactor();
    let mut json = json!({ "a": [format!("x{TOKEN}y"), "s3cr\n3t+/=", "fine"] });
    assert_eq!(redactor.seal(&mut json), 1);
    assert_eq!(json, json!({ "a": ["x[secret 1]y", WITHHELD, "fine"] }));
}

#[test]
fn a_token_that_is_a_word_or_a_day_of_ours_takes_no_event_away() {
    let redactor = Redactor::default();
    for word in ["required", "2026-11-21", "finished"] {
        redactor.learn(word);
    }
    let event = json!({ "weight": "required", "finished": "2026-11-21T10:00:00Z" });
    let mut sealed = event.clone();
    assert_eq!((redactor.seal(&mut sealed), sealed), (0, event));
}

#[test]
fn a_body_with_thousands_of_tokens_is_redacted_in_one_go() {
    let redactor = Redactor::default();
    let members: Vec<Value> =
        (0..3000).map(|number| json!({ "token": format!("token-number-{number}") })).collect();
    let kept = redactor.body(&Value::from(members).to_string()).0;
    assert!(kept.contains("[secret 1000]") && !kept.contains("token-number"), "{}", &kept[..200]);
    assert_eq!(redactor.text("token-number-2999"), "[secret 3000]", "also of what is not kept");
}

proptest! {
    #[test]
    fn no_text_around_a_secret_brings_it_back(before in ".{0,40}", after in ".{0,40}", secret in "[ -~]{8,24}") {
        prop_assume!(secret.trim().len() >= SHORTEST_ANYWHERE);
        let redactor = Redactor::default();
        redactor.learn(&secret);
        let kept = redactor.text(&format!("{before}{secret}{after}"));
        let mut sealed = json!(kept);
        prop_assert_eq!(redactor.seal(&mut sealed), 0, "{}", kept);
    }

    #[test]
    fn a_text_without_secrets_stays_as_it_is(text in ".{0,200}") {
        let redactor = redactor();
        prop_assume!(!text.contains("s3cr3t"));
        prop_assert_eq!(redactor.text(&text), text);
    }
}

/// A redactor that knows one secret of sixty letters, and that secret.
fn of_one_long_secret() -> (Redactor, String) {
    let secret: String = ('a'..='z').chain('0'..='9').chain('A'..='X').collect();
    let redactor = Redactor::default();
    redactor.learn(&secret);
    (redactor, secret)
}

#[test]
fn no_half_of_a_secret_is_left_wherever_a_long_text_is_cut() {
    let (redactor, secret) = of_one_long_secret();
    for spelled in [secret.clone(), STANDARD.encode(&secret), STANDARD.encode(STANDARD.encode(&secret))] {
        for before in 0..spelled.len() {
            let text = format!("{} {}", " .".repeat(before), format!("{spelled} ").repeat(LINE_CAP / 16));
            let kept = redactor.line(&text);
            assert!(kept.len() <= LINE_CAP + 32 && kept.ends_with(" bytes)"), "{}", kept.len());
            for half in [&spelled[..8], &spelled[spelled.len() / 2..][..8]] {
                assert!(!kept.contains(half), "{half} is left of {spelled} after {before}");
            }
        }
    }
}

#[test]
fn a_long_text_costs_no_more_than_what_is_kept_of_it() {
    let (redactor, secret) = of_one_long_secret();
    let long = format!("{secret} {}", "x".repeat(64 * 1024 * 1024));
    let kept = redactor.line(&long);
    assert!(kept.starts_with("[secret 1] xxx") && kept.len() < LINE_CAP + 32, "{}", kept.len());
}

#[test]
fn a_target_cannot_make_up_more_secrets_than_are_learned() {
    let redactor = redactor();
    let members: Vec<Value> =
        (0..20_000).map(|number| json!({ "token": format!("token-{number}") })).collect();
    let (kept, is_cut) = redactor.body(&Value::from(members).to_string());
    assert!(is_cut && !kept.contains("token-"), "each is replaced");
    let (kept, _) = redactor.body(r#"[{"token":"another-one"},{"title":"s3cr3t+/="}]"#);
    assert_eq!(kept, r#"[{"token":"[secret]"},{"title":"[secret 1]"}]"#);
    // What we send ourselves is learned nevertheless.
    redactor.learn_own(br#"{"password":"made-up-by-us"}"#);
    assert!(!redactor.text("echo made-up-by-us").contains("made-up-by-us"));
}

#[test]
fn secrets_that_were_learned_one_by_one_are_found_wherever_they_overlap() {
    let redactor = Redactor::default();
    let secrets: Vec<String> =
        (0..50).map(|number| format!("cookie-{number:03}-{}", "x".repeat(number))).collect();
    for secret in &secrets {
        redactor.learn(secret);
        // A look in between puts each on a shelf of its own.
        assert_eq!(redactor.text("nothing here"), "nothing here");
    }
    redactor.learn("prefix-of-it");
    let _ = redactor.text("");
    redactor.learn("prefix-of-it-and-more");
    let _ = redactor.text("");
    redactor.learn("more-to-come");
    for secret in &secrets {
        let shown = redactor.text(&format!("a {secret} b"));
        assert!(
            !shown.contains("cookie-") && shown.starts_with("a [secret ") && shown.ends_with("] b"),
            "{shown}"
        );
    }
    // One begins where another ends: nothing of either is left.
    assert_eq!(redactor.text("<prefix-of-it-and-more-to-come>"), "<[secret 52]>");
    assert_eq!(redactor.text("<prefix-of-it>"), "<[secret 51]>");
}
