//! Nothing that signs anybody on comes back: client secret, API token, passwords, session cookies.

use serde_json::Value;

use super::{expect_silence, files, with_formats};
use crate::sign_on::trusting;

#[test]
fn what_signs_users_on_comes_back_in_no_output() {
    let stage = trusting(&["saml", "oidc"]);
    let desk = &stage.desk;
    let said = desk.oinspect(&with_formats(&["run", "--verbose", "--tag", "cases"]));
    assert_eq!(said.code, 0, "{said:#?}");
    let own = ["oinspect.toml", "org.json"];
    assert_eq!(desk.report().withheld, 0);
    expect_silence(desk, &said, &stage.client_secret, &own);
    // The API token and all keys of the org are in its identity.
    let identity: Value = serde_json::from_str(&desk.read(".oinspect/org.json")).unwrap();
    let mut kept = Vec::new();
    texts("", &identity, &mut kept);
    let secret =
        |name: &str| kept.iter().find(|(path, _)| path == name).map(|(_, text)| text.as_str()).unwrap();
    expect_silence(desk, &said, secret(".api_token"), &own);
    // Of a key, a line that no other key has.
    let key = secret(".saml.private_key_pem").lines().nth(2).unwrap();
    for path in files(&desk.path("oinspect-out")) {
        assert!(!String::from_utf8_lossy(&std::fs::read(&path).unwrap()).contains(key), "{}", path.display());
    }
}

#[test]
fn passwords_and_cookies_of_the_users_are_placeholders_in_every_format() {
    let stage = trusting(&["saml", "oidc"]);
    let said = stage.desk.oinspect(&with_formats(&["run", "--tag", "cases"]));
    assert_eq!(said.code, 0, "{said:#?}");
    let report: Value = serde_json::from_str(&stage.desk.read("oinspect-out/report.json")).unwrap();
    let mut seen = Vec::new();
    texts("", &report, &mut seen);
    let mut cookies = 0;
    for (_, text) in &seen {
        for (name, rest) in [("sid=", ""), ("\"password\":\"", "\"")] {
            for (at, _) in text.match_indices(name) {
                let before = text[..at].chars().last();
                if before.is_some_and(|one| one.is_ascii_alphanumeric() || one == '_' || one == '-') {
                    continue;
                }
                let value = text[at + name.len()..].trim_start_matches(rest);
                assert!(
                    value.is_empty() || value.starts_with(['[', ';', '"']) || value.starts_with("%5B"),
                    "{name} shows a value: {}",
                    value.chars().take(12).collect::<String>()
                );
                cookies += 1;
            }
        }
    }
    assert!(cookies > 0, "no cookie and no password was looked at");
}

/// Every text with the path of names that leads to it, in lower case.
fn texts(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        Value::Array(items) => items.iter().for_each(|item| texts(path, item, found)),
        Value::Object(members) => {
            for (name, value) in members {
                texts(&format!("{path}.{}", name.to_lowercase()), value, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
