//! Replacing with PUT (RFC 7644, section 3.5.1).

use serde_json::{Value, json};

use crate::setting::{App, ENTERPRISE, GROUP, USER, id, path, user};

#[tokio::test]
async fn new_values_are_kept_and_omitted_ones_cleared() {
    let app = App::healthy().await;
    let more = json!({ "title": "t", "active": false, ENTERPRISE: { "department": "Tax" } });
    let made = app.user_with("ann", more).await;
    let reply = app.put(&path(&made), &user("ann2", json!({ "nickName": "A", "active": false }))).await;
    assert_eq!(reply.status, 200);
    assert_eq!((&reply.body["userName"], &reply.body["nickName"]), (&json!("ann2"), &json!("A")));
    assert!(reply.body.get("title").is_none() && reply.body.get(ENTERPRISE).is_none());
    assert_eq!(reply.body["schemas"], json!([USER]));
    assert_eq!(reply.body["id"], made["id"]);
    assert_eq!(reply.body["meta"]["created"], made["meta"]["created"]);
    assert!(reply.body["meta"]["lastModified"].as_str() > made["meta"]["lastModified"].as_str());
    assert_eq!(app.get(&path(&made)).await.body, reply.body);
    assert_eq!(app.names("userName eq \"ann2\"").await, ["ann2"]);
    assert!(app.names("userName eq \"ann\"").await.is_empty());
}

#[tokio::test]
async fn a_resources_own_representation_is_accepted_and_changes_nothing() {
    let app = App::healthy().await;
    let boss = app.user("boss").await;
    let more = json!({ ENTERPRISE: { "manager": { "value": id(&boss) } }, "password": "x" });
    let made = app.user_with("ann", more).await;
    app.group("Team", &[id(&made)]).await;
    for resource in [path(&made), path(&app.group("Other", &[id(&made)]).await)] {
        let before = app.get(&resource).await.body;
        let reply = app.put(&resource, &before).await;
        assert_eq!((reply.status, &reply.body), (200, &before));
    }
    let mut changed = app.get(&path(&made)).await.body;
    changed["active"] = json!(false);
    changed["id"] = json!("other");
    changed["meta"] = json!({ "created": "2001-01-01T00:00:00Z" });
    changed["groups"] = json!([]);
    let reply = app.put(&path(&made), &changed).await;
    assert_eq!((&reply.body["active"], &reply.body["id"]), (&json!(false), &made["id"]));
    assert_eq!(reply.body["groups"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn an_unknown_id_is_not_found_and_nothing_is_made() {
    let app = App::healthy().await;
    app.put("/Users/unknown", &user("ann", json!({}))).await.refused(404, None);
    assert_eq!(app.get("/Users").await.body["totalResults"], 0);
}

#[tokio::test]
async fn what_is_refused_leaves_the_user_as_it_was() {
    let app = App::healthy().await;
    app.user("bob").await;
    let made = app.user("ann").await;
    app.put(&path(&made), &user("BOB", json!({}))).await.refused(409, Some("uniqueness"));
    app.put(&path(&made), &json!({ "schemas": [USER] })).await.refused(400, Some("invalidValue"));
    app.put(&path(&made), &user("x", json!({ "active": "no" }))).await.refused(400, Some("invalidValue"));
    assert_eq!(app.get(&path(&made)).await.body, made);
    let other_case = app.put(&path(&made), &user("ANN", json!({}))).await;
    assert_eq!(other_case.body["userName"], "ANN");
}

#[tokio::test]
async fn the_members_of_a_group_become_those_that_are_sent() {
    let app = App::healthy().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let group = app.group("Team", &[id(&ann)]).await;
    let body = |members: Value| json!({ "schemas": [GROUP], "displayName": "Team", "members": members });
    let reply = app.put(&path(&group), &body(json!([{ "value": id(&bob) }]))).await;
    assert_eq!(reply.body["members"][0]["value"], bob["id"]);
    assert_eq!(reply.body["members"].as_array().map(Vec::len), Some(1));
    let emptied = app.put(&path(&group), &body(json!([]))).await;
    assert!(emptied.body.get("members").is_none());
    app.put(&path(&group), &body(json!([{ "value": "x" }]))).await.refused(400, Some("invalidValue"));
}
