//! Reading one resource (RFC 7644, section 3.4.1), and the alias /Me (section 3.11).

use serde_json::json;

use crate::setting::{App, path, read};

#[tokio::test]
async fn reading_changes_nothing_and_shows_deactivated_users_too() {
    let app = App::healthy().await;
    let made = app.user_with("ann@example.com", json!({ "active": false })).await;
    for _ in 0..2 {
        let reply = app.get(&path(&made)).await;
        assert_eq!((reply.status, &reply.body), (200, &made));
        assert_eq!(reply.header("location"), made["meta"]["location"]);
    }
}

#[tokio::test]
async fn an_id_is_compared_by_case_and_an_unknown_one_is_not_found() {
    let app = App::healthy().await;
    let made = app.user("ann@example.com").await;
    app.get(&path(&made).to_uppercase().replace("/USERS", "/Users")).await.refused(404, None);
    for id in ["00919288221112222", "%00", "..%2f..", "a%2Fb", "%27%20OR%201=1", "%22"] {
        app.get(&format!("/Users/{id}")).await.refused(404, None);
    }
    app.get(&path(&made).replace("Users", "Groups")).await.refused(404, None);
}

#[tokio::test]
async fn a_head_request_has_the_headers_and_no_body() {
    let app = App::healthy().await;
    let made = app.user("ann@example.com").await;
    let reply = read(app.request("HEAD", &path(&made))).await;
    assert_eq!((reply.status, reply.text.as_str()), (200, ""));
    assert_eq!(reply.header("etag"), made["meta"]["version"]);
}

#[tokio::test]
async fn the_alias_me_is_not_implemented() {
    let app = App::healthy().await;
    app.get("/Me").await.refused(501, None);
}
