//! Deleting (RFC 7644, section 3.6).

use serde_json::json;

use crate::setting::{App, id, path, user};

#[tokio::test]
async fn a_deleted_user_is_gone_from_everywhere() {
    let app = App::healthy().await;
    let made = app.user("ann").await;
    let group = app.group("Team", &[id(&made)]).await;
    let reply = app.delete(&path(&made)).await;
    assert_eq!((reply.status, reply.text.as_str()), (204, ""));
    app.get(&path(&made)).await.refused(404, None);
    app.put(&path(&made), &user("ann", json!({}))).await.refused(404, None);
    app.patch(&path(&made), json!([{ "op": "remove", "path": "title" }])).await.refused(404, None);
    app.delete(&path(&made)).await.refused(404, None);
    assert_eq!(app.get("/Users").await.body["totalResults"], 0);
    assert!(app.names("userName eq \"ann\"").await.is_empty());
    assert!(app.get(&path(&group)).await.body.get("members").is_none());
}

#[tokio::test]
async fn a_user_name_can_be_used_again_and_an_id_cannot() {
    let app = App::healthy().await;
    let first = app.user("ann").await;
    app.delete(&path(&first)).await;
    assert_ne!(app.user("ann").await["id"], first["id"]);
}

#[tokio::test]
async fn deleting_a_group_leaves_its_users() {
    let app = App::healthy().await;
    let made = app.user("ann").await;
    let group = app.group("Team", &[id(&made)]).await;
    assert_eq!(app.delete(&path(&group)).await.status, 204);
    assert_eq!(app.get(&path(&made)).await.body, made);
    app.delete("/Groups/unknown").await.refused(404, None);
}
