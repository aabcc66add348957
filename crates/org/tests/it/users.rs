//! Users through their lives.

use serde_json::json;

use crate::setting::{Org, PASSWORD, person};

#[tokio::test]
async fn a_created_user_is_active_and_the_answer_is_200() {
    let org = Org::new().await;
    let made = org.post("/api/v1/users?activate=true", person("ann")).await;
    assert_eq!(made.status, 200);
    assert_eq!(made.body["status"], "ACTIVE");
    assert_eq!(made.body["created"], "2026-11-01T12:00:00.123Z");
    assert_eq!(made.body["profile"]["mobilePhone"], json!(null));
    let id = made.body["id"].as_str().unwrap();
    assert!(id.starts_with("00u") && id.len() == 20, "{id}");
    for name in [id, "ann@example.test", "ANN@Example.test"] {
        assert_eq!(org.get(&format!("/api/v1/users/{name}")).await.body["id"], id);
    }
    let events = org.events(&format!("target.id eq \"{id}\"")).await;
    assert_eq!(events, ["user.lifecycle.create", "user.lifecycle.activate"]);
}

#[tokio::test]
async fn without_a_password_a_user_is_provisioned_and_without_activation_staged() {
    let org = Org::new().await;
    let mut ann = person("ann");
    ann.as_object_mut().unwrap().remove("credentials");
    let made = org.post("/api/v1/users", ann).await;
    assert_eq!(made.body["status"], "PROVISIONED");
    let id = made.body["id"].as_str().unwrap();
    let link =
        org.post(&format!("/api/v1/users/{id}/lifecycle/reactivate?sendEmail=false"), json!(null)).await;
    assert!(link.body["activationToken"].is_string(), "{}", link.text);
    let body = json!({ "credentials": { "password": { "value": PASSWORD } } });
    assert_eq!(org.post(&format!("/api/v1/users/{id}"), body).await.body["status"], "ACTIVE");
    let made = org.post("/api/v1/users?activate=false", person("bob")).await;
    assert_eq!(made.body["status"], "STAGED");
}

#[tokio::test]
async fn a_login_is_taken_in_any_case_and_wrong_values_are_named() {
    let org = Org::new().await;
    org.user("ann").await;
    let mut other = person("bob");
    other["profile"]["login"] = json!("ANN@example.test");
    let refused = org.post("/api/v1/users", other).await;
    refused.is_error(400, "E0000001");
    assert_eq!(refused.body["errorSummary"], "Api validation failed: login");
    for (name, value) in [
        ("login", json!("nobody")),
        ("email", json!("")),
        ("firstName", json!(null)),
        ("lastName", json!(7)),
        ("nonsense", json!("x")),
        ("city", json!("x".repeat(256))),
    ] {
        let mut user = person("cid");
        user["profile"][name] = value;
        org.post("/api/v1/users", user).await.is_error(400, "E0000001");
    }
    for password in ["short1A", "alllowercase1", "NoNumberHere", "Ann4567890"] {
        let mut user = person("ann4567890");
        user["credentials"]["password"]["value"] = json!(password);
        org.post("/api/v1/users", user).await.is_error(400, "E0000001");
    }
}

#[tokio::test]
async fn post_changes_a_part_and_put_the_whole() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    let path = format!("/api/v1/users/{id}");
    let merged = org.post(&path, json!({ "profile": { "title": "Dr", "primaryPhone": "1" } })).await;
    assert_eq!((merged.status.as_u16(), &merged.body["profile"]["firstName"]), (200, &json!("ann")));
    assert_eq!(merged.body["profile"]["title"], "Dr");
    let merged = org.post(&path, json!({ "profile": { "primaryPhone": null } })).await;
    assert_eq!(merged.body["profile"].get("primaryPhone"), None);
    org.put(&path, json!({ "profile": { "firstName": "Anna" } })).await.is_error(400, "E0000001");
    let mut whole = person("ann");
    whole["profile"]["firstName"] = json!("Anna");
    let replaced = org.put(&path, json!({ "profile": whole["profile"] })).await;
    assert_eq!(replaced.body["profile"]["firstName"], "Anna");
    assert_eq!(replaced.body["profile"].get("title"), None);
    assert!(org.events("eventType eq \"user.account.update_profile\"").await.len() == 3);
}

#[tokio::test]
async fn a_user_is_deleted_in_two_calls() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    org.assign(&org.saml, &id).await;
    let path = format!("/api/v1/users/{id}?sendEmail=false");
    assert_eq!(org.delete(&path).await.status, 204);
    assert_eq!(org.get(&path).await.body["status"], "DEPROVISIONED");
    let assigned = org.get(&format!("/api/v1/apps/{}/users/{id}", org.saml.app_id)).await;
    assigned.is_error(404, "E0000007");
    assert_eq!(org.delete(&path).await.status, 204);
    org.get(&path).await.is_error(404, "E0000007");
    org.delete(&path).await.is_error(404, "E0000007");
    let events = org.events(&format!("target.id eq \"{id}\"")).await;
    assert_eq!(
        events,
        [
            "user.lifecycle.create",
            "user.lifecycle.activate",
            "application.user_membership.add",
            "application.user_membership.remove",
            "user.lifecycle.deactivate",
            "user.lifecycle.delete.initiated",
            "user.lifecycle.delete.completed",
        ]
    );
    assert_ne!(org.user("ann").await, id);
}

#[tokio::test]
async fn each_step_of_a_life_needs_the_right_status() {
    let org = Org::new().await;
    let id = org.user("ann").await;
    let step = |step: &'static str| {
        let path = format!("/api/v1/users/{id}/lifecycle/{step}");
        let org = &org;
        async move { org.post(&path, json!(null)).await }
    };
    step("activate").await.is_error(403, "E0000016");
    step("unsuspend").await.is_error(400, "E0000001");
    step("unlock").await.is_error(403, "E0000032");
    step("reactivate").await.is_error(403, "E0000038");
    step("dance").await.is_error(405, "E0000022");
    assert_eq!(step("suspend").await.status, 200);
    step("suspend").await.is_error(400, "E0000001");
    assert_eq!(step("unsuspend").await.status, 200);
    assert_eq!(step("deactivate").await.status, 200);
    step("deactivate").await.is_error(403, "E0000038");
    assert_eq!(step("activate").await.status, 200);
    // Deactivation forgets the password.
    assert_eq!(org.get(&format!("/api/v1/users/{id}")).await.body["status"], "PROVISIONED");
}

#[tokio::test]
async fn users_are_listed_and_found() {
    let org = Org::new().await;
    for name in ["ann", "anton", "bob"] {
        org.user(name).await;
    }
    let gone = org.user("zoe").await;
    org.delete(&format!("/api/v1/users/{gone}")).await;
    for (query, expected) in [
        ("", 3),
        ("?q=an", 2),
        ("?search=profile.login%20eq%20%22bob%40example.test%22", 1),
        ("?search=status+eq+%22DEPROVISIONED%22", 1),
        ("?filter=profile.firstName+sw+%22an%22+and+not+(profile.firstName+eq+%22ann%22)", 1),
    ] {
        let found = org.get(&format!("/api/v1/users{query}")).await;
        assert_eq!(found.body.as_array().unwrap().len(), expected, "{query}");
    }
    org.get("/api/v1/users?search=what").await.is_error(400, "E0000031");
}
