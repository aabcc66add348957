//! Who is let in (RFC 7644, section 2).

use serde_json::json;

use crate::setting::{App, read, user};

#[tokio::test]
async fn a_request_without_a_good_token_is_refused_alike_whatever_it_asks_for() {
    let app = App::healthy().await;
    let made = app.user("ann@example.com").await;
    let known = format!("{}/Users/{}", app.base, made["id"].as_str().unwrap());
    let unknown = format!("{}/Users/unknown", app.base);
    for authorization in
        ["", "acme-token", "Bearer", "Bearer ", "Bearer wrong", "Basic acme-token", "Bearer globex-token"]
    {
        let mut answers = Vec::new();
        for url in [&known, &unknown] {
            let reply = read(app.http.get(url).header("authorization", authorization)).await;
            reply.refused(401, None);
            assert!(reply.header("www-authenticate").starts_with("Bearer "), "{authorization}");
            answers.push(reply.text);
        }
        assert_eq!(answers[0], answers[1]);
    }
    let without = read(app.http.get(&known)).await;
    without.refused(401, None);
    assert_eq!(without.header("www-authenticate"), "Bearer realm=\"SCIM\"");
    read(app.http.get(format!("{known}?access_token={}", app.token))).await.refused(401, None);
}

#[tokio::test]
async fn a_refused_write_changes_nothing() {
    let app = App::healthy().await;
    let body = user("ann@example.com", json!({})).to_string();
    let url = format!("{}/Users", app.base);
    read(app.http.post(&url).bearer_auth("wrong").body(body)).await.refused(401, None);
    assert_eq!(app.get("/Users").await.body["totalResults"], 0);
}

#[tokio::test]
async fn the_name_of_the_scheme_ignores_case() {
    let app = App::healthy().await;
    let url = format!("{}/Users", app.base);
    let reply = read(app.http.get(&url).header("authorization", format!("bEARER {}", app.token))).await;
    assert_eq!(reply.status, 200);
}
