//! Bulk operations (RFC 7644, section 3.7).

use serde_json::{Value, json};

use crate::setting::{App, ENTERPRISE, GROUP, PATCH_OP, Reply, path, user};

const BULK: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

async fn bulk(app: &App, operations: Value) -> Reply {
    app.post("/Bulk", &json!({ "schemas": [BULK], "Operations": operations })).await
}

fn statuses(reply: &Reply) -> Vec<&str> {
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.body["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]));
    let operations = reply.body["Operations"].as_array().unwrap();
    operations.iter().map(|one| one["status"].as_str().unwrap()).collect()
}

fn post(bulk_id: &str, name: &str) -> Value {
    json!({ "method": "POST", "path": "/Users", "bulkId": bulk_id, "data": user(name, json!({})) })
}

fn group(bulk_id: &str, name: &str, member: &str) -> Value {
    let data = json!({ "schemas": [GROUP], "displayName": name, "members": [{ "value": member }] });
    json!({ "method": "POST", "path": "/Groups", "bulkId": bulk_id, "data": data })
}

#[tokio::test]
async fn every_method_does_what_it_does_alone() {
    let app = App::healthy().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let patch =
        json!({ "schemas": [PATCH_OP], "Operations": [{ "op": "add", "path": "title", "value": "t" }] });
    let reply = bulk(
        &app,
        json!([
            post("q", "cleo"),
            { "method": "PUT", "path": path(&ann), "data": user("ann", json!({ "nickName": "A" })) },
            { "method": "PATCH", "path": path(&ann), "data": patch },
            { "method": "delete", "path": path(&bob) },
        ]),
    )
    .await;
    assert_eq!(statuses(&reply), ["201", "200", "200", "204"]);
    let first = &reply.body["Operations"][0];
    assert_eq!((&first["bulkId"], &first["method"]), (&json!("q"), &json!("POST")));
    let made = app.get(first["location"].as_str().unwrap().strip_prefix(&app.base).unwrap()).await;
    assert_eq!((&made.body["userName"], &made.body["meta"]["version"]), (&json!("cleo"), &first["version"]));
    let ann_now = app.get(&path(&ann)).await.body;
    assert_eq!((&ann_now["nickName"], &ann_now["title"]), (&json!("A"), &json!("t")));
    assert_eq!(reply.body["Operations"][3]["location"], bob["meta"]["location"]);
}

#[tokio::test]
async fn references_are_resolved_forwards_backwards_and_in_circles() {
    let app = App::healthy().await;
    let managed = |name: &str, manager: &str| {
        user(name, json!({ ENTERPRISE: { "manager": { "value": format!("bulkId:{manager}") } } }))
    };
    let reply = bulk(
        &app,
        json!([
            group("g1", "Before", "bulkId:ann"),
            post("ann", "ann"),
            group("g2", "After", "bulkId:ann"),
            group("c1", "Circle 1", "bulkId:c2"),
            group("c2", "Circle 2", "bulkId:c1"),
            { "method": "POST", "path": "/Users", "bulkId": "m1", "data": managed("m1", "m2") },
            { "method": "POST", "path": "/Users", "bulkId": "m2", "data": managed("m2", "m1") },
            { "method": "PATCH", "path": "/Users/bulkId:ann", "data":
                { "schemas": [PATCH_OP], "Operations": [{ "op": "add", "path": "title", "value": "t" }] } },
        ]),
    )
    .await;
    assert_eq!(statuses(&reply), ["201", "201", "201", "201", "201", "201", "201", "200"]);
    let id = |place: usize| {
        let location = reply.body["Operations"][place]["location"].as_str().unwrap();
        location.rsplit('/').next().unwrap().to_owned()
    };
    for (holder, member) in [(0, 1), (2, 1), (3, 4), (4, 3)] {
        let shown = app.get(&format!("/Groups/{}", id(holder))).await;
        assert_eq!(shown.body["members"][0]["value"], id(member));
        assert_eq!(shown.body["meta"]["version"], reply.body["Operations"][holder]["version"]);
    }
    for (user, manager) in [(5, 6), (6, 5)] {
        let shown = app.get(&format!("/Users/{}", id(user))).await.body;
        assert_eq!(shown[ENTERPRISE]["manager"]["value"], id(manager));
    }
    assert_eq!(app.get(&format!("/Users/{}", id(1))).await.body["title"], "t");
}

#[tokio::test]
async fn a_failure_is_told_and_the_others_go_on() {
    let app = App::healthy().await;
    let reply = bulk(
        &app,
        json!([
            post("a", "ann"),
            post("b", "ANN"),
            { "method": "POST", "path": "/Users", "data": user("x", json!({})) },
            { "method": "GET", "path": "/Users" },
            { "method": "POST", "path": "/Printers", "bulkId": "c", "data": {} },
            { "method": "DELETE", "path": "/Users/unknown" },
            { "method": "POST", "path": "/Users", "bulkId": "e" },
            group("g", "Team", "bulkId:nobody"),
            { "method": "DELETE", "path": "/Users" },
            post("d", "dan"),
        ]),
    )
    .await;
    assert_eq!(statuses(&reply), ["201", "409", "400", "400", "400", "404", "400", "409", "400", "201"]);
    let failed = &reply.body["Operations"][1];
    assert_eq!((&failed["response"]["scimType"], &failed["bulkId"]), (&json!("uniqueness"), &json!("b")));
    assert!(failed.get("location").is_none());
    assert_eq!(failed["response"]["status"], "409");
}

#[tokio::test]
async fn the_version_of_an_operation_is_a_condition() {
    let app = App::healthy().await;
    let ann = app.user("ann").await;
    let delete = |version: &Value| json!([{ "method": "DELETE", "path": path(&ann), "version": version }]);
    assert_eq!(statuses(&bulk(&app, delete(&json!("W/\"old\""))).await), ["412"]);
    assert_eq!(statuses(&bulk(&app, delete(&ann["meta"]["version"])).await), ["204"]);
}

#[tokio::test]
async fn fail_on_errors_stops_after_that_many() {
    let app = App::healthy().await;
    let body = json!({
        "schemas": [BULK], "failOnErrors": 1,
        "Operations": [post("a", "ann"), post("b", "ann"), post("c", "cleo")],
    });
    let reply = app.post("/Bulk", &body).await;
    assert_eq!(statuses(&reply), ["201", "409"]);
    assert_eq!(app.get("/Users").await.body["totalResults"], 1);
}

#[tokio::test]
async fn a_request_that_is_no_bulk_or_too_much_of_it_is_refused() {
    let app = App::healthy().await;
    app.post("/Bulk", &json!({ "Operations": [] })).await.refused(400, Some("invalidSyntax"));
    app.post("/Bulk", &json!({ "schemas": [BULK] })).await.refused(400, Some("invalidSyntax"));
    let many: Vec<Value> = (0..1001).map(|n| post(&n.to_string(), &n.to_string())).collect();
    bulk(&app, json!(many)).await.refused(413, None);
    let large = user("a", json!({ "title": "x".repeat(1_048_576) }));
    bulk(&app, json!([{ "method": "POST", "path": "/Users", "bulkId": "a", "data": large }]))
        .await
        .refused(413, None);
    assert_eq!(app.get("/Users").await.body["totalResults"], 0);
}
