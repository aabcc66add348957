//! Modifying single values with PATCH (RFC 7644, section 3.5.2).

use serde_json::{Value, json};

use crate::setting::{App, ENTERPRISE, PATCH_OP, USER, id, path};

async fn ann() -> (App, String, Value) {
    let app = App::healthy().await;
    let more = json!({
        "displayName": "Ann", "title": "t",
        "name": { "givenName": "Ann", "familyName": "Ox" },
        "emails": [{ "value": "a@work", "type": "work", "primary": true }],
    });
    let made = app.user_with("ann", more).await;
    (app, path(&made), made)
}

#[tokio::test]
async fn a_replace_without_a_path_deactivates_and_leaves_the_rest() {
    let (app, at, mut made) = ann().await;
    let reply = app.patch(&at, json!([{ "op": "replace", "value": { "active": false } }])).await;
    assert_eq!(reply.status, 200);
    made["active"] = json!(false);
    made["meta"] = reply.body["meta"].clone();
    assert_eq!(reply.body, made);
    assert_eq!(app.get(&at).await.body, made);
    assert_eq!(reply.header("etag"), made["meta"]["version"]);
}

#[tokio::test]
async fn single_values_are_added_replaced_and_removed() {
    let (app, at, _) = ann().await;
    for (operation, pointer, expected) in [
        (json!({ "op": "add", "path": "nickName", "value": "A" }), "/nickName", json!("A")),
        (json!({ "op": "Replace", "path": "TITLE", "value": "u" }), "/title", json!("u")),
        (json!({ "op": "REPLACE", "path": "locale", "value": "de" }), "/locale", json!("de")),
        (json!({ "op": "remove", "path": "title" }), "/title", Value::Null),
        (json!({ "op": "replace", "path": "nickName", "value": null }), "/nickName", Value::Null),
        (
            json!({ "op": "replace", "path": "name.familyName", "value": "Fox" }),
            "/name",
            json!({ "givenName": "Ann", "familyName": "Fox" }),
        ),
        (
            json!({ "op": "add", "path": "name", "value": { "middleName": "B" } }),
            "/name",
            json!({ "givenName": "Ann", "familyName": "Fox", "middleName": "B" }),
        ),
        (
            json!({ "op": "replace", "path": "name", "value": { "givenName": "Anna" } }),
            "/name",
            json!({ "givenName": "Anna", "familyName": "Fox", "middleName": "B" }),
        ),
        (
            json!({ "op": "remove", "path": "name.middleName" }),
            "/name",
            json!({ "givenName": "Anna", "familyName": "Fox" }),
        ),
        (
            json!({ "op": "add", "value": { "title": "v", "name.givenName": "An" } }),
            "/name/givenName",
            json!("An"),
        ),
        (json!({ "op": "remove", "path": "name" }), "/name", Value::Null),
        (json!({ "op": "replace", "path": format!("{USER}:title"), "value": "w" }), "/title", json!("w")),
    ] {
        let reply = app.patch(&at, json!([operation])).await;
        assert_eq!(reply.status, 200, "{operation}: {}", reply.text);
        assert_eq!(reply.body.pointer(pointer).cloned().unwrap_or_default(), expected, "{operation}");
        assert_eq!(app.get(&at).await.body, reply.body);
    }
}

#[tokio::test]
async fn extension_attributes_come_and_go_with_their_schema() {
    let (app, at, made) = ann().await;
    let department = format!("{ENTERPRISE}:department");
    let reply = app.patch(&at, json!([{ "op": "add", "path": department, "value": "Tax" }])).await;
    assert_eq!(reply.body["schemas"], json!([USER, ENTERPRISE]));
    assert_eq!(reply.body[ENTERPRISE], json!({ "department": "Tax" }));
    let manager = format!("{ENTERPRISE}:manager.value");
    let reply = app.patch(&at, json!([{ "op": "replace", "path": manager, "value": id(&made) }])).await;
    assert_eq!(reply.body[ENTERPRISE]["manager"]["displayName"], "Ann");
    for value in
        [json!({ ENTERPRISE: { "division": "d" } }), json!({ format!("{ENTERPRISE}:costCenter"): "c" })]
    {
        assert_eq!(app.patch(&at, json!([{ "op": "add", "value": value }])).await.status, 200);
    }
    let whole = app.get(&at).await.body;
    assert_eq!(
        (&whole[ENTERPRISE]["division"], &whole[ENTERPRISE]["costCenter"]),
        (&json!("d"), &json!("c"))
    );
    let read_only = format!("{ENTERPRISE}:manager.displayName");
    let refused = app.patch(&at, json!([{ "op": "replace", "path": read_only, "value": "x" }])).await;
    refused.refused(400, Some("mutability"));
    let reply = app.patch(&at, json!([{ "op": "remove", "path": ENTERPRISE }])).await;
    assert_eq!(reply.body["schemas"], json!([USER]));
    let gone = app
        .patch(
            &at,
            json!([{ "op": "add", "path": department, "value": "Tax" },
                                     { "op": "remove", "path": department }]),
        )
        .await;
    assert_eq!(gone.body["schemas"], json!([USER]));
}

#[tokio::test]
async fn what_changes_nothing_leaves_the_times_and_the_version() {
    let (app, at, made) = ann().await;
    for operation in [
        json!({ "op": "add", "path": "title", "value": "t" }),
        json!({ "op": "replace", "value": { "displayName": "Ann", "id": made["id"] } }),
        json!({ "op": "add", "path": "emails", "value": [{ "value": "a@work", "type": "work" }] }),
        json!({ "op": "remove", "path": "nickName" }),
        json!({ "op": "remove", "path": "emails[type eq \"home\"]" }),
        json!({ "op": "add", "path": "schemas", "value": [USER] }),
    ] {
        let reply = app.patch(&at, json!([operation])).await;
        assert_eq!((reply.status, &reply.body), (200, &made), "{operation}");
    }
    let back =
        json!([{ "op": "add", "path": "nickName", "value": "x" }, { "op": "remove", "path": "nickName" }]);
    assert_eq!(app.patch(&at, back).await.body, made);
}

#[tokio::test]
async fn a_failing_operation_undoes_those_before_it() {
    let (app, at, made) = ann().await;
    let operations = json!([
        { "op": "replace", "path": "title", "value": "changed" },
        { "op": "replace", "path": "emails[type eq \"nope\"].value", "value": "x" },
    ]);
    app.patch(&at, operations).await.refused(400, Some("noTarget"));
    assert_eq!(app.get(&at).await.body, made);
}

#[tokio::test]
async fn each_mistake_has_its_keyword() {
    let (app, at, made) = ann().await;
    for (operation, keyword) in [
        (json!({ "op": "move", "path": "title", "value": "x" }), "invalidSyntax"),
        (json!({ "path": "title", "value": "x" }), "invalidSyntax"),
        (json!("x"), "invalidSyntax"),
        (json!({ "op": "remove" }), "noTarget"),
        (json!({ "op": "add", "path": "title" }), "invalidValue"),
        (json!({ "op": "replace", "value": "x" }), "invalidValue"),
        (json!({ "op": "replace", "path": "active", "value": "False" }), "invalidValue"),
        (json!({ "op": "replace", "path": "title", "value": { "a": 1 } }), "invalidValue"),
        (json!({ "op": "replace", "path": "name", "value": "Ann" }), "invalidValue"),
        (json!({ "op": "replace", "path": "emails", "value": "x" }), "invalidValue"),
        (json!({ "op": "replace", "path": "userName", "value": " " }), "invalidValue"),
        (json!({ "op": "replace", "path": "a[b", "value": "x" }), "invalidPath"),
        (json!({ "op": "replace", "path": "", "value": "x" }), "invalidPath"),
        (json!({ "op": "replace", "path": 7, "value": "x" }), "invalidPath"),
        (json!({ "op": "replace", "path": "colour", "value": "x" }), "invalidPath"),
        (json!({ "op": "replace", "path": "name.colour", "value": "x" }), "invalidPath"),
        (json!({ "op": "replace", "path": "__proto__", "value": "x" }), "invalidPath"),
        (json!({ "op": "replace", "path": "title[value eq \"x\"]", "value": "x" }), "invalidPath"),
        (json!({ "op": "remove", "path": "emails[colour eq \"x\"]" }), "invalidFilter"),
        (
            json!({ "op": "replace", "path": "emails[type eq \"home\"]", "value": { "value": "x" } }),
            "noTarget",
        ),
        (json!({ "op": "remove", "path": "userName" }), "mutability"),
        (json!({ "op": "remove", "path": "schemas" }), "mutability"),
        (json!({ "op": "replace", "path": "id", "value": "x" }), "mutability"),
        (json!({ "op": "remove", "path": "meta.created" }), "mutability"),
        (json!({ "op": "add", "path": "groups", "value": [{ "value": "x" }] }), "mutability"),
        (json!({ "op": "replace", "value": { "id": "other" } }), "mutability"),
        (json!({ "op": "replace", "path": "userName", "value": null }), "invalidValue"),
    ] {
        let reply = app.patch(&at, json!([operation])).await;
        assert_eq!(reply.body["scimType"], keyword, "{operation}: {}", reply.text);
        reply.refused(400, Some(keyword));
    }
    assert_eq!(app.get(&at).await.body, made);
}

#[tokio::test]
async fn a_request_that_is_no_patch_is_refused() {
    let (app, at, _) = ann().await;
    for body in [
        json!({ "Operations": [{ "op": "replace", "path": "title", "value": "x" }] }),
        json!({ "schemas": [USER], "Operations": [{ "op": "replace", "path": "title", "value": "x" }] }),
        json!({ "schemas": [PATCH_OP] }),
        json!({ "schemas": [PATCH_OP], "Operations": [] }),
        json!({ "schemas": [PATCH_OP], "Operations": { "op": "replace" } }),
    ] {
        app.send("PATCH", &at, &body).await.refused(400, Some("invalidSyntax"));
    }
    let replace = json!([{ "op": "replace", "value": { "active": false } }]);
    app.patch("/Users/unknown", replace).await.refused(404, None);
}

#[tokio::test]
async fn a_renamed_user_is_found_by_the_new_name_only() {
    let (app, at, _) = ann().await;
    app.user("bob").await;
    let rename = |name: &str| json!([{ "op": "replace", "path": "userName", "value": name }]);
    app.patch(&at, rename("BOB")).await.refused(409, Some("uniqueness"));
    assert_eq!(app.patch(&at, rename("Anna")).await.status, 200);
    assert_eq!(app.names("userName eq \"anna\"").await, ["Anna"]);
    assert!(app.names("userName eq \"ann\"").await.is_empty());
}

#[tokio::test]
async fn a_password_is_taken_and_never_shown() {
    let (app, at, made) = ann().await;
    let change = json!([{ "op": "replace", "value": { "password": "new-secret-1" } }]);
    let reply = app.patch(&at, change.clone()).await;
    assert!(!reply.text.contains("password") && !reply.text.contains("new-secret"));
    assert_ne!(reply.body["meta"]["version"], made["meta"]["version"]);
    assert_eq!(app.patch(&at, change).await.body, reply.body);
    assert_eq!(app.patch(&at, json!([{ "op": "remove", "path": "password" }])).await.status, 200);
}
