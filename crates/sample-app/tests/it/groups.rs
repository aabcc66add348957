//! Groups and membership (RFC 7643, section 4.2).

use serde_json::{Value, json};

use crate::setting::{App, GROUP, id, path};

fn members(group: &Value) -> Vec<&str> {
    group["members"].as_array().into_iter().flatten().map(|one| one["value"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn membership_shows_on_both_sides() {
    let app = App::healthy().await;
    let ann = app.user_with("ann", json!({ "displayName": "Ann" })).await;
    let group = app.group("Team", &[id(&ann)]).await;
    assert_eq!(
        group["members"],
        json!([{ "value": id(&ann), "$ref": ann["meta"]["location"], "type": "User", "display": "Ann" }])
    );
    let user = app.get(&path(&ann)).await.body;
    assert_eq!(
        user["groups"],
        json!([{ "value": id(&group), "$ref": group["meta"]["location"], "display": "Team", "type": "direct" }])
    );
    assert_eq!(user["meta"]["lastModified"], ann["meta"]["lastModified"]);
}

#[tokio::test]
async fn a_group_inside_a_group_is_reached_indirectly() {
    let app = App::healthy().await;
    let ann = app.user("ann").await;
    let inner = app.group("Inner", &[id(&ann)]).await;
    let outer = app.group("Outer", &[id(&inner)]).await;
    assert_eq!(outer["members"][0]["type"], "Group");
    assert_eq!(outer["members"][0]["$ref"], inner["meta"]["location"]);
    let groups = app.get(&path(&ann)).await.body["groups"].clone();
    assert_eq!((&groups[0]["type"], &groups[1]["type"]), (&json!("direct"), &json!("indirect")));
}

#[tokio::test]
async fn members_are_added_removed_and_replaced() {
    let app = App::healthy().await;
    let (ann, bob, cleo) = (app.user("ann").await, app.user("bob").await, app.user("cleo").await);
    let (a, b, c) = (id(&ann), id(&bob), id(&cleo));
    let at = path(&app.group("Team", &[a]).await);
    let one = |value: &str| format!("members[value eq \"{value}\"]");
    for (operations, expected) in [
        (json!([{ "op": "add", "path": "members", "value": [{ "value": b, "display": "x" }] }]), &[a, b][..]),
        (json!([{ "op": "add", "path": "members", "value": [{ "value": b }, { "value": b }] }]), &[a, b]),
        (json!([{ "op": "remove", "path": one(a) }]), &[b]),
        (json!([{ "op": "remove", "path": one(a) }]), &[b]),
        (
            json!([{ "op": "remove", "path": one(b) }, { "op": "add", "path": "members", "value": [{ "value": c }] }]),
            &[c],
        ),
        (json!([{ "op": "replace", "path": "members", "value": [{ "value": a }, { "value": b }] }]), &[a, b]),
        (json!([{ "op": "replace", "value": { "members": [{ "value": c, "$ref": null }] } }]), &[c]),
        (json!([{ "op": "add", "value": { "members": [{ "value": a }] } }]), &[c, a]),
        (json!([{ "op": "Remove", "path": "members", "value": [{ "value": c, "$ref": null }] }]), &[a]),
        (
            json!([{ "op": "add", "path": "members", "value": [{ "value": b }] }, { "op": "remove", "path": one(b) }]),
            &[a],
        ),
        (json!([{ "op": "replace", "path": "members", "value": [] }]), &[]),
        (json!([{ "op": "replace", "path": "members", "value": [] }]), &[]),
        (json!([{ "op": "add", "path": "members", "value": [{ "value": a }, { "value": b }] }]), &[a, b]),
        (json!([{ "op": "remove", "path": "members" }]), &[]),
    ] {
        let reply = app.patch(&at, operations.clone()).await;
        assert_eq!(reply.status, 200, "{operations}: {}", reply.text);
        assert_eq!(members(&reply.body), expected, "{operations}");
        assert_eq!(app.get(&at).await.body, reply.body);
    }
}

#[tokio::test]
async fn a_rename_keeps_the_members_and_reaches_the_users() {
    let app = App::healthy().await;
    let ann = app.user("ann").await;
    let group = app.group("Team", &[id(&ann)]).await;
    let value = json!({ "id": id(&group), "displayName": "New" });
    let reply = app.patch(&path(&group), json!([{ "op": "replace", "value": value }])).await;
    assert_eq!((reply.status, members(&reply.body)), (200, vec![id(&ann)]));
    assert_eq!(app.get(&path(&ann)).await.body["groups"][0]["display"], "New");
}

#[tokio::test]
async fn a_member_that_is_there_already_changes_nothing() {
    let app = App::healthy().await;
    let ann = app.user("ann").await;
    let group = app.group("Team", &[id(&ann)]).await;
    let add = json!([{ "op": "add", "path": "members", "value": [{ "value": id(&ann), "type": "User" }] }]);
    assert_eq!(app.patch(&path(&group), add).await.body, group);
}

#[tokio::test]
async fn what_cannot_be_a_member_is_refused_and_the_group_stays() {
    let app = App::healthy().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let group = app.group("Team", &[id(&ann)]).await;
    for (operation, keyword) in [
        (json!({ "op": "add", "path": "members", "value": [{ "value": "unknown" }] }), "invalidValue"),
        (json!({ "op": "add", "path": "members", "value": [{ "type": "User" }] }), "invalidValue"),
        (json!({ "op": "add", "path": "members", "value": [{ "value": id(&group) }] }), "invalidValue"),
        (
            json!({ "op": "replace", "path": format!("members[value eq {}].value", ann["id"]), "value": id(&bob) }),
            "mutability",
        ),
        (
            json!({ "op": "replace", "path": format!("members[value eq {}]", ann["id"]), "value": { "value": id(&bob) } }),
            "mutability",
        ),
        (json!({ "op": "remove", "path": "displayName" }), "mutability"),
    ] {
        app.patch(&path(&group), json!([operation])).await.refused(400, Some(keyword));
    }
    assert_eq!(app.get(&path(&group)).await.body, group);
}

#[tokio::test]
async fn two_groups_may_share_a_name_and_a_thousand_members_are_no_trouble() {
    let app = App::with(oinspect_sample_app::Settings { users: 1000, ..Default::default() }).await;
    app.group("Team", &[]).await;
    let all = app.get("/Users?count=1000&attributes=id").await.resources("id");
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let group = app.group("Team", &all).await;
    assert_eq!(members(&group), all);
    let last = format!("members[value eq \"{}\"]", all[999]);
    let reply = app.patch(&path(&group), json!([{ "op": "remove", "path": last }])).await;
    assert_eq!(members(&reply.body).len(), 999);
    assert_eq!(reply.body["schemas"], json!([GROUP]));
}
