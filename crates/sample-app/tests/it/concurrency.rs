//! Many clients at once.

use serde_json::json;
use tokio::task::JoinSet;

use crate::setting::{App, PATCH_OP, id, path, read, user};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_twenty_creations_of_one_user_name_one_succeeds() {
    let app = App::healthy().await;
    let mut tasks = JoinSet::new();
    for number in 0..20 {
        let name = if number % 2 == 0 { "Ann@example.com" } else { "ann@EXAMPLE.com" };
        let request = app.request("POST", "/Users").header("content-type", "application/scim+json");
        tasks.spawn(read(request.body(user(name, json!({})).to_string())));
    }
    let mut statuses: Vec<u16> = tasks.join_all().await.into_iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses[0], 201);
    assert!(statuses[1..].iter().all(|status| *status == 409), "{statuses:?}");
    assert_eq!(app.get("/Users").await.body["totalResults"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_twenty_members_added_at_once_none_is_lost() {
    let app = App::healthy().await;
    let mut users = Vec::new();
    for number in 0..20 {
        users.push(app.user(&format!("u{number}")).await);
    }
    let group = app.group("Team", &[]).await;
    let mut tasks = JoinSet::new();
    for user in &users {
        let add = json!({ "op": "add", "path": "members", "value": [{ "value": id(user) }] });
        let body = json!({ "schemas": [PATCH_OP], "Operations": [add] });
        tasks.spawn(read(app.request("PATCH", &path(&group)).body(body.to_string())));
    }
    assert!(tasks.join_all().await.iter().all(|reply| reply.status == 200));
    assert_eq!(app.get(&path(&group)).await.body["members"].as_array().map(Vec::len), Some(20));
}
