//! attributes and excludedAttributes (RFC 7644, section 3.9).

use serde_json::{Value, json};

use crate::setting::{App, ENTERPRISE, PATCH_OP, USER, path, user};

fn rich(name: &str) -> Value {
    user(
        name,
        json!({
            "name": { "familyName": "Ox", "givenName": "Ann" }, "title": "t", "password": "secret-1",
            "emails": [{ "value": "a@example.com", "type": "work" }],
            ENTERPRISE: { "department": "Tax", "division": "x" },
        }),
    )
}

fn keys(resource: &Value) -> Vec<String> {
    let mut keys: Vec<String> = resource.as_object().unwrap().keys().cloned().collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn only_what_is_asked_for_comes_with_what_is_always_returned() {
    let app = App::healthy().await;
    let made = app.post("/Users", &rich("ann")).await.body;
    for (asked, shown) in [
        ("userName", &["id", "schemas", "userName"][..]),
        ("USERNAME, title", &["id", "schemas", "title", "userName"]),
        ("name.familyName", &["id", "name", "schemas"]),
        ("unknown", &["id", "schemas"]),
        ("password", &["id", "schemas"]),
        ("urn:ietf:params:scim:schemas:core:2.0:User:title", &["id", "schemas", "title"]),
        ("meta.created", &["id", "meta", "schemas"]),
        (ENTERPRISE, &["id", "schemas", ENTERPRISE]),
    ] {
        let reply = app.get(&format!("{}?attributes={}", path(&made), asked.replace(' ', "%20"))).await;
        assert_eq!(keys(&reply.body), shown, "{asked}");
    }
    let name = app.get(&format!("{}?attributes=name.familyName,emails.value", path(&made))).await;
    assert_eq!(name.body["name"], json!({ "familyName": "Ox" }));
    assert_eq!(name.body["emails"], json!([{ "value": "a@example.com" }]));
    let department = app.get(&format!("{}?attributes={ENTERPRISE}:department", path(&made))).await;
    assert_eq!(department.body[ENTERPRISE], json!({ "department": "Tax" }));
}

#[tokio::test]
async fn what_is_excluded_is_left_out_unless_it_is_always_returned() {
    let app = App::healthy().await;
    let made = app.post("/Users", &rich("ann")).await.body;
    let asked = format!("emails,id,schemas,meta,NAME.givenName,{ENTERPRISE}:division,active");
    let reply = app.get(&format!("{}?excludedAttributes={asked}", path(&made))).await;
    assert_eq!(keys(&reply.body), ["id", "name", "schemas", "title", ENTERPRISE, "userName"]);
    assert_eq!(reply.body["name"], json!({ "familyName": "Ox" }));
    assert_eq!(reply.body[ENTERPRISE], json!({ "department": "Tax" }));
    let both = app.get(&format!("{}?attributes=title&excludedAttributes=name", path(&made))).await;
    both.refused(400, Some("invalidValue"));
}

#[tokio::test]
async fn every_answer_that_shows_a_resource_minds_them() {
    let app = App::healthy().await;
    let made = app.post("/Users?attributes=title", &rich("ann")).await;
    assert_eq!(keys(&made.body), ["id", "schemas", "title"]);
    assert!(!made.header("location").is_empty());
    let at = format!("/Users/{}", made.body["id"].as_str().unwrap());
    let replaced = app.put(&format!("{at}?attributes=title"), &rich("ann")).await;
    assert_eq!(replaced.body, made.body);
    let operations = json!([{ "op": "replace", "path": "title", "value": "u" }]);
    let body = json!({ "schemas": [PATCH_OP], "Operations": operations });
    let patched = app.send("PATCH", &format!("{at}?attributes=title"), &body).await;
    assert_eq!((patched.body["title"].as_str(), keys(&patched.body).len()), (Some("u"), 3));
    let listed = app.get("/Users?attributes=title").await;
    assert_eq!(listed.body["Resources"][0], patched.body);
    assert_eq!(listed.body["Resources"][0]["schemas"], json!([USER, ENTERPRISE]));
    let without = app.get("/Users?excludedAttributes=title&filter=title%20eq%20%22u%22").await;
    assert!(without.body["Resources"][0].get("title").is_none());
}

#[tokio::test]
async fn a_group_can_be_read_without_its_members() {
    let app = App::healthy().await;
    let ann = app.user("ann").await;
    let group = app.group("Team", &[ann["id"].as_str().unwrap()]).await;
    let reply = app.get(&format!("{}?excludedAttributes=members", path(&group))).await;
    assert_eq!(keys(&reply.body), ["displayName", "id", "meta", "schemas"]);
}
