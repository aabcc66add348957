//! Okta's published suites, where somebody put them beside the repository; they are not part of it.

use std::path::PathBuf;

use oinspect_core::{Level, Request, Response};
use oinspect_runscope::{Error, Suite, planned};
use serde_json::{Value, json};

use crate::target::{answer, options, run_suite, session};

/// One of Okta's suites, or none where it is not there.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn published(name: &str) -> Option<Suite> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(Suite::parse(&bytes).expect(name)),
        Err(_) => {
            println!("skipped: {name} is not in ../shared/data");
            None
        }
    }
}

#[test]
fn okta_s_suites_load_with_all_their_assertions() {
    for (name, requests, results, optional) in [
        ("Okta-SCIM-20-SPEC-Test.json", 12, 53, 1),
        ("Okta-SCIM-11-SPEC-Test.json", 16, 91, 7),
        ("Okta-SCIM-20-CRUD-Test.json", 13, 21, 0),
        ("Okta-SCIM-20-Entitlements-Test.json", 1, 6, 0),
    ] {
        let Some(suite) = published(name) else { continue };
        assert_eq!(suite.requests().count(), requests, "{name}");
        assert_eq!(planned(&suite), results, "{name}");
        let optional_steps = suite.requests().filter(|(_, _, step)| step.level == Level::Should).count();
        assert_eq!(optional_steps, optional, "{name}");
    }
}

#[test]
fn what_the_user_must_supply_is_asked_for_by_name() {
    for (name, given, wanted) in [
        ("Okta-SCIM-20-SPEC-Test.json", &[("SCIMBaseURL", "http://localhost:1")][..], "auth"),
        ("Okta-SCIM-20-CRUD-Test.json", &[], "oktaOrgUrl"),
        (
            "Okta-SCIM-20-Entitlements-Test.json",
            &[("SCIMBaseURL", "http://localhost:1"), ("auth", "x")],
            "EntitlementEndpoint",
        ),
    ] {
        let Some(suite) = published(name) else { continue };
        let (session, target) = session(|_| Ok(answer(200, "")));
        match run_suite(&session, &suite, options(given)) {
            Err(Error::UndefinedVariable { name, .. }) => assert_eq!(name, wanted),
            other => panic!("{other:?}"),
        }
        assert!(target.asked.lock().expect("not poisoned").is_empty());
    }
}

/// Just enough of a SCIM server for the protocol suite: one user, and the one that the suite makes.
fn scim(request: &Request) -> Response {
    let authorized =
        request.headers.iter().any(|(name, value)| name == "Authorization" && value == "Bearer 0123456789");
    if !authorized {
        return error(401);
    }
    let url = request.url.strip_prefix("http://localhost:1").unwrap_or_default();
    match (request.method.name(), url) {
        ("POST", "/Users") => {
            let sent: Value =
                serde_json::from_slice(request.body.as_deref().unwrap_or_default()).unwrap_or_default();
            answer(201, &user(&sent["userName"], &sent["name"]).to_string())
        }
        ("GET", "/Users?count=1&startIndex=1") => list(&[ada()]),
        ("GET", "/Users/ada") => answer(200, &ada().to_string()),
        ("GET", "/Groups") => list(&[json!({"id": "g"})]),
        ("GET", url) if url.starts_with("/Users?filter=userName%20eq%20%22") => list(&[]),
        ("GET", url) => match url.strip_prefix("/Users/Runscope") {
            Some(rest) => {
                let name = format!("Runscope{rest}");
                let (given, family) = name.trim_end_matches("@atko.com").split_at("Runscope123".len());
                let user = user(&json!(name), &json!({"givenName": given, "familyName": family}));
                answer(200, &user.to_string())
            }
            None => error(404),
        },
        _ => error(404),
    }
}

fn error(status: u16) -> Response {
    let schema = "urn:ietf:params:scim:api:messages:2.0:Error";
    let body = json!({"schemas": [schema], "detail": "no", "status": status.to_string()});
    answer(status, &body.to_string())
}

fn list(resources: &[Value]) -> Response {
    let body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": resources.len(),
        "itemsPerPage": resources.len(),
        "startIndex": 1,
        "Resources": resources,
    });
    answer(200, &body.to_string())
}

fn user(id: &Value, name: &Value) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": id,
        "userName": id,
        "active": true,
        "name": name,
        "emails": [{"value": id, "primary": true}],
    })
}

fn ada() -> Value {
    user(&json!("ada"), &json!({"givenName": "Ada", "familyName": "Lovelace"}))
}

#[test]
fn okta_s_protocol_suite_runs_unchanged_with_its_script() {
    let Some(suite) = published("Okta-SCIM-20-SPEC-Test.json") else { return };
    let (session, target) = session(|request| Ok(scim(request)));
    let given = options(&[("SCIMBaseURL", "http://localhost:1"), ("auth", "Bearer 0123456789")]);
    let said = run_suite(&session, &suite, given).expect("a run");
    let failed: Vec<_> = said
        .checks
        .iter()
        .filter(|check| check.verdict.name() != "passed")
        .map(|check| check.id.as_str())
        .collect();
    assert_eq!(said.checks.len(), 53);
    // This server makes a second user of the same name without complaint.
    assert_eq!(failed, ["runscope.08.01"]);
    assert_eq!(said.verdict("runscope.10.03"), "passed");
    let evidence = serde_json::to_string(&said.evidence["runscope.10"]).expect("JSON");
    assert!(evidence.contains("the script logged: true"));
    assert_eq!(said.left.len(), 2);
    assert!(!said.text.contains("0123456789"));
    assert_eq!(target.asked.lock().expect("not poisoned").len(), 12);
}
