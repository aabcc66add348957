//! Searching with POST (RFC 7644, section 3.4.3).

use serde_json::json;

use crate::setting::App;

const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

#[tokio::test]
async fn every_parameter_is_honoured() {
    let app = App::healthy().await;
    for name in ["c", "a", "b", "x"] {
        app.user_with(name, json!({ "title": "t" })).await;
    }
    let body = json!({
        "schemas": [SEARCH], "filter": r#"userName lt "x""#, "sortBy": "userName",
        "sortOrder": "descending", "startIndex": 2, "count": 1, "attributes": ["userName"],
    });
    let reply = app.post("/Users/.search", &body).await;
    assert_eq!(reply.status, 200);
    assert!(reply.headers.get("location").is_none());
    assert_eq!((&reply.body["totalResults"], &reply.body["startIndex"]), (&json!(3), &json!(2)));
    let found = reply.body["Resources"][0].as_object().unwrap();
    assert_eq!(found.keys().collect::<Vec<_>>(), ["schemas", "id", "userName"]);
    assert_eq!(found["userName"], "b");
}

#[tokio::test]
async fn the_base_searches_everything() {
    let app = App::healthy().await;
    app.user("ann").await;
    app.group("Team", &[]).await;
    let reply = app.post("/.search", &json!({ "schemas": [SEARCH] })).await;
    assert_eq!(reply.body["totalResults"], 2);
    let groups = app.post("/Groups/.search", &json!({ "schemas": [SEARCH] })).await;
    assert_eq!(groups.resources("displayName"), ["Team"]);
}

#[tokio::test]
async fn a_request_that_is_no_search_is_refused() {
    let app = App::healthy().await;
    app.post("/Users/.search", &json!({ "filter": "title pr" })).await.refused(400, Some("invalidSyntax"));
    let bad = |name: &str, value: serde_json::Value| json!({ "schemas": [SEARCH], name: value });
    app.post("/Users/.search", &bad("filter", json!("x"))).await.refused(400, Some("invalidFilter"));
    app.post("/Users/.search", &bad("count", json!("1"))).await.refused(400, Some("invalidValue"));
    app.post("/Users/.search", &bad("attributes", json!([1]))).await.refused(400, Some("invalidValue"));
}
