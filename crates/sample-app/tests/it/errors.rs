//! Wrong endpoints, methods, media types and bodies (RFC 7644, section 3.12).

use serde_json::json;

use crate::setting::{App, path, read, user};

#[tokio::test]
async fn an_unknown_endpoint_is_not_found() {
    let app = App::healthy().await;
    for path in ["/Unknown", "/Users/a/b", "/users", "/Users/.search/x", "/Groups/x/members"] {
        app.get(path).await.refused(404, None);
    }
    let outside = read(app.http.get(format!("{}/nowhere", app.running.url)).bearer_auth(&app.token)).await;
    outside.refused(404, None);
}

#[tokio::test]
async fn a_method_that_an_endpoint_does_not_take_is_not_allowed() {
    let app = App::healthy().await;
    let made = app.user("ann@example.com").await;
    for (method, path) in [
        ("PUT", "/Users".to_owned()),
        ("PATCH", "/Users".to_owned()),
        ("DELETE", "/Users".to_owned()),
        ("POST", path(&made)),
        ("GET", "/Bulk".to_owned()),
        ("GET", "/.search".to_owned()),
        ("POST", String::new()),
    ] {
        let reply = app.send(method, &path, &json!({})).await;
        reply.refused(405, None);
        assert!(!reply.header("allow").is_empty());
    }
    assert_eq!(app.get("/Users").await.body["totalResults"], 1);
}

#[tokio::test]
async fn both_json_media_types_are_taken_and_others_are_not() {
    let app = App::healthy().await;
    let post = |number: usize, media_type: &'static str| {
        let body = user(&format!("u{number}"), json!({})).to_string();
        read(app.request("POST", "/Users").header("content-type", media_type).body(body))
    };
    for (number, media_type) in [
        "application/json",
        "application/scim+json",
        "application/scim+json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/SCIM+JSON",
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(post(number, media_type).await.status, 201, "{media_type}");
    }
    for media_type in ["text/plain", "application/xml", "application/x-www-form-urlencoded"] {
        post(99, media_type).await.refused(415, None);
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_invalid_syntax() {
    let app = App::healthy().await;
    let made = app.user("ann@example.com").await;
    let deep = format!("{}1{}", "[".repeat(2000), "]".repeat(2000));
    for (method, path) in [("POST", "/Users".to_owned()), ("PUT", path(&made)), ("PATCH", path(&made))] {
        for body in ["", "{", "[]", "7", "\"x\"", "null", "{\"a\": NaN}", "{'a': 1}", "\u{feff}{}", &deep] {
            let request = app.request(method, &path).header("content-type", "application/scim+json");
            read(request.body(body.to_owned())).await.refused(400, Some("invalidSyntax"));
        }
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_too_large() {
    let app = App::healthy().await;
    let large = app.post("/Users", &user("ann", json!({ "title": "x".repeat(1_100_000) }))).await;
    large.refused(413, None);
    let fits = app.post("/Users", &user("ann", json!({ "title": "x".repeat(10_000) }))).await;
    assert_eq!(fits.body["title"].as_str().map(str::len), Some(10_000));
}

#[tokio::test]
async fn headers_and_parameters_that_mean_nothing_are_ignored() {
    let app = App::healthy().await;
    let request = app.request("GET", "/Users?unknown=1&_x").header("accept-charset", "utf-8");
    let reply = read(request.header("accept", "application/json").header("host", "evil.example")).await;
    assert_eq!(reply.status, 200);
    assert_eq!(app.get("/Users/").await.status, 200);
}
