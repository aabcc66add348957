//! Entity tags (RFC 7644, section 3.14).

use serde_json::json;

use crate::setting::{App, Reply, path, read, user};

async fn conditional(app: &App, method: &str, at: &str, header: &'static str, tag: &str) -> Reply {
    let body = match method {
        "PUT" => user("ann", json!({ "title": "new" })).to_string(),
        "PATCH" => json!({
            "schemas": [crate::setting::PATCH_OP],
            "Operations": [{ "op": "replace", "path": "title", "value": "new" }],
        })
        .to_string(),
        _ => String::new(),
    };
    let request = app.request(method, at).header(header, tag).header("content-type", "application/json");
    read(request.body(body)).await
}

#[tokio::test]
async fn a_version_is_weak_stays_while_nothing_changes_and_changes_with_the_resource() {
    let app = App::healthy().await;
    let made = app.user("ann").await;
    let version = made["meta"]["version"].as_str().unwrap();
    assert!(version.starts_with("W/\"") && version.ends_with('"'));
    let read = app.get(&path(&made)).await;
    assert_eq!(read.header("etag"), version);
    assert_eq!(app.get("/Users").await.body["Resources"][0]["meta"]["version"], version);
    let changed = app.put(&path(&made), &user("ann", json!({ "title": "t" }))).await;
    assert_ne!(changed.header("etag"), version);
    assert_eq!(changed.header("etag"), changed.body["meta"]["version"]);
}

#[tokio::test]
async fn a_version_that_the_client_holds_is_not_sent_again() {
    let app = App::healthy().await;
    let made = app.user("ann").await;
    let version = made["meta"]["version"].as_str().unwrap();
    for tag in [version, "*", &format!("\"other\", {version}"), version.trim_start_matches("W/")] {
        let reply = conditional(&app, "GET", &path(&made), "if-none-match", tag).await;
        assert_eq!((reply.status, reply.text.as_str(), reply.header("etag")), (304, "", version), "{tag}");
    }
    assert_eq!(conditional(&app, "GET", &path(&made), "if-none-match", "W/\"x\"").await.status, 200);
}

#[tokio::test]
async fn a_change_of_another_version_fails_and_leaves_the_resource() {
    let app = App::healthy().await;
    let made = app.user("ann").await;
    let version = made["meta"]["version"].as_str().unwrap();
    for method in ["PUT", "PATCH", "DELETE"] {
        conditional(&app, method, &path(&made), "if-match", "W/\"stale\"").await.refused(412, None);
        conditional(&app, method, &path(&made), "if-none-match", "*").await.refused(412, None);
        conditional(&app, method, "/Users/unknown", "if-match", "*").await.refused(404, None);
    }
    assert_eq!(app.get(&path(&made)).await.body, made);
    let changed = conditional(&app, "PATCH", &path(&made), "if-match", version).await;
    assert_eq!(changed.status, 200);
    conditional(&app, "DELETE", &path(&made), "if-match", version).await.refused(412, None);
    let now = changed.header("etag").to_owned();
    assert_eq!(conditional(&app, "DELETE", &path(&made), "if-match", &now).await.status, 204);
}
