//! Creating with POST (RFC 7644, section 3.3).

use serde_json::{Value, json};

use crate::setting::{App, ENTERPRISE, GROUP, USER, id, path, read, user};

#[tokio::test]
async fn a_created_user_is_where_the_location_says_and_as_it_was_sent() {
    let app = App::healthy().await;
    let sent = user(
        "Ann.Ox@example.com",
        json!({
            "externalId": "00u1", "displayName": "Ann Ox", "locale": "en-US", "active": true,
            "name": { "givenName": "Ann", "familyName": "Ox" },
            "emails": [{ "primary": true, "value": "ann@example.com", "type": "work" }],
            "groups": [], "password": "1mz050nq",
        }),
    );
    let reply = app.post("/Users", &sent).await;
    assert_eq!(reply.status, 201);
    assert_eq!(reply.header("content-type"), "application/scim+json");
    for name in ["userName", "externalId", "displayName", "locale", "active", "name", "emails", "schemas"] {
        assert_eq!(reply.body[name], sent[name], "{name}");
    }
    let meta = &reply.body["meta"];
    assert_eq!(meta["resourceType"], "User");
    assert_eq!(meta["created"], meta["lastModified"]);
    assert_eq!(meta["location"], reply.header("location"));
    assert_eq!(meta["version"], reply.header("etag"));
    assert!(reply.header("location").starts_with(&app.base));
    let read = read(app.http.get(reply.header("location")).bearer_auth(&app.token)).await;
    assert_eq!(read.body, reply.body);
    assert!(!read.text.contains("password") && !read.text.contains("1mz050nq"));
}

#[tokio::test]
async fn what_only_the_server_writes_is_ignored() {
    let app = App::healthy().await;
    let more = json!({
        "id": "mine", "meta": { "created": "2001-01-01T00:00:00Z" }, "isAdmin": true,
        "groups": [{ "value": "g", "display": "Admins" }],
    });
    let made = app.user_with("ann@example.com", more).await;
    assert_ne!(made["id"], "mine");
    assert!(!made["meta"]["created"].as_str().unwrap().starts_with("2001"));
    assert_eq!((&made["groups"], &made["isAdmin"]), (&Value::Null, &Value::Null));
    assert_eq!(app.get("/Users/mine").await.status, 404);
}

#[tokio::test]
async fn a_minimal_user_is_active_and_attribute_names_ignore_case() {
    let app = App::healthy().await;
    let sent = json!({ "SCHEMAS": [USER], "USERNAME": "ann@example.com", "Name": { "GIVENNAME": "Ann" } });
    let made = app.post("/Users", &sent).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.body["userName"], "ann@example.com");
    assert_eq!(made.body["name"], json!({ "givenName": "Ann" }));
    assert_eq!(made.body["active"], true);
}

#[tokio::test]
async fn null_and_empty_arrays_are_no_value() {
    let app = App::healthy().await;
    let made = app.user_with("ann@example.com", json!({ "title": null, "emails": [], "name": null })).await;
    assert!(made.get("title").is_none() && made.get("emails").is_none() && made.get("name").is_none());
}

#[tokio::test]
async fn a_taken_user_name_conflicts_whatever_its_case() {
    let app = App::healthy().await;
    app.user("Ünal@example.com").await;
    for name in ["Ünal@example.com", "ÜNAL@EXAMPLE.COM", "ünal@example.com"] {
        app.post("/Users", &user(name, json!({}))).await.refused(409, Some("uniqueness"));
    }
    assert_eq!(app.get("/Users").await.body["totalResults"], 1);
}

#[tokio::test]
async fn what_the_schema_does_not_allow_is_refused() {
    let app = App::healthy().await;
    for body in [
        json!({ "schemas": [USER] }),
        json!({ "schemas": [USER], "userName": "" }),
        json!({ "schemas": [USER], "userName": "  " }),
        json!({ "schemas": [USER], "userName": null }),
        json!({ "userName": "a" }),
        json!({ "schemas": [], "userName": "a" }),
        json!({ "schemas": ["urn:x"], "userName": "a" }),
        json!({ "schemas": [GROUP], "userName": "a" }),
        user("a", json!({ "active": "true" })),
        user("a", json!({ "name": "Ann" })),
        user("a", json!({ "emails": { "value": "a@example.com" } })),
        user("a", json!({ "emails": ["a@example.com"] })),
        user("a", json!({ "title": 7 })),
        user("a", json!({ "x509Certificates": [{ "value": "%%%" }] })),
        user(
            "a",
            json!({ "emails": [{ "value": "a", "primary": true }, { "value": "b", "primary": true }] }),
        ),
        user("a", json!({ ENTERPRISE: "x" })),
    ] {
        app.post("/Users", &body).await.refused(400, Some("invalidValue"));
    }
    app.post("/Groups", &json!({ "schemas": [GROUP] })).await.refused(400, Some("invalidValue"));
    assert_eq!(app.get("/Users").await.body["totalResults"], 0);
}

#[tokio::test]
async fn the_enterprise_extension_is_kept_and_its_manager_shown() {
    let app = App::healthy().await;
    let boss = app.user_with("boss@example.com", json!({ "displayName": "The Boss" })).await;
    let more =
        json!({ ENTERPRISE: { "department": "Tax", "manager": { "value": id(&boss), "displayName": "X" } } });
    let made = app.user_with("ann@example.com", more).await;
    assert_eq!(made["schemas"], json!([USER, ENTERPRISE]));
    assert_eq!(made[ENTERPRISE]["department"], "Tax");
    assert_eq!(made[ENTERPRISE]["manager"]["value"], boss["id"]);
    assert_eq!(made[ENTERPRISE]["manager"]["displayName"], "The Boss");
    assert_eq!(made[ENTERPRISE]["manager"]["$ref"], boss["meta"]["location"]);
    assert_eq!(app.get(&path(&made)).await.body, made);
}

#[tokio::test]
async fn text_in_any_script_comes_back_as_it_was() {
    let app = App::healthy().await;
    for (place, text) in
        ["Zoë Żółć", "מרים", "王小明 🦄", "e\u{301}", "<b>&'\"\\", "a\u{0}b\t\n"].iter().enumerate()
    {
        let made = app.user_with(&format!("u{place}"), json!({ "displayName": text })).await;
        assert_eq!(app.get(&path(&made)).await.body["displayName"], *text);
    }
}
