//! Misbehaviour of the whole server.

use std::time::Duration;

use oinspect_sample_app::{Misbehaviour, Settings};
use serde_json::json;

use crate::setting::{App, read, user};

async fn app(misbehaviour: Misbehaviour) -> App {
    App::with(Settings { misbehaviour: Some(misbehaviour), ..Settings::default() }).await
}

#[tokio::test]
async fn one_accepts_everything() {
    let app = app(Misbehaviour::AcceptsEverything).await;
    let made = app.post("/Users", &user("ann", json!({}))).await;
    assert_eq!((made.status, &made.body["userName"]), (201, &json!("ann")));
    assert!(made.body["id"].is_string());
    assert_eq!(app.get("/Users").await.body["totalResults"], 1);
    assert_eq!(app.get("/Users/7").await.body["id"], "7");
    assert_eq!(app.delete("/Users/7").await.status, 200);
    assert_eq!(read(app.http.get(format!("{}/Users", app.base))).await.status, 200);
}

#[tokio::test]
async fn one_rejects_everything() {
    let app = app(Misbehaviour::RejectsEverything).await;
    assert_eq!(app.get("/ServiceProviderConfig").await.status, 500);
    assert_eq!(app.post("/Users", &user("ann", json!({}))).await.status, 400);
}

#[tokio::test]
async fn one_answers_html_and_one_redirects_to_itself() {
    let html = app(Misbehaviour::AnswersHtml).await.get("/Users").await;
    assert_eq!((html.status, html.header("content-type")), (200, "text/html; charset=utf-8"));
    let redirected = app(Misbehaviour::RedirectLoop).await;
    let reply = redirected.get("/Users?count=1").await;
    assert_eq!((reply.status, reply.header("location")), (302, "/acme/scim/v2/Users?count=1"));
}

#[tokio::test]
async fn one_limits_the_rate_of_its_first_requests() {
    let app = app(Misbehaviour::RateLimited).await;
    for _ in 0..Misbehaviour::RATE_LIMITED_FIRST {
        let reply = app.get("/Users").await;
        assert_eq!((reply.status, reply.header("retry-after")), (429, "1"));
    }
    assert_eq!(app.get("/Users").await.status, 200);
}

#[tokio::test]
async fn one_dies() {
    let app = app(Misbehaviour::Dies).await;
    for _ in 0..Misbehaviour::DIES_AFTER {
        assert_eq!(app.get("/Users").await.status, 200);
    }
    while app.request("GET", "/Users").send().await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn one_never_answers() {
    let app = app(Misbehaviour::Hangs).await;
    let request = app.request("GET", "/Users").timeout(Duration::from_millis(200));
    assert!(request.send().await.unwrap_err().is_timeout());
    app.running.stop().await;
}

#[tokio::test]
async fn one_closes_half_way() {
    let app = app(Misbehaviour::ClosesHalfWay).await;
    let response = app.request("GET", "/Users").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.text().await.is_err());
}

#[tokio::test]
async fn one_goes_on_for_a_gigabyte() {
    let app = app(Misbehaviour::Answers1Gb).await;
    let mut response = app.request("GET", "/Users").send().await.unwrap();
    assert_eq!(response.content_length(), Some(1_073_741_824));
    let mut size = 0;
    while size < 5_000_000 {
        size += response.chunk().await.unwrap().unwrap().len();
    }
    drop(response);
    app.running.stop().await;
}
