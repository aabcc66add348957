//! Input that nobody sends in good faith.

use reqwest::Method;
use serde_json::json;

use crate::setting::{Org, client};

#[tokio::test]
async fn bodies_that_are_no_object_or_far_too_large_are_refused() {
    let org = Org::new().await;
    let token = format!("SSWS {}", org.running.token);
    let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
    let deep = "[".repeat(100_000);
    for body in ["{", "[]", "7", "\u{0}", "{\"profile\":[]}", deep.as_str()] {
        let refused = org.send(Method::POST, "/api/v1/users", &headers, body.as_bytes().to_vec()).await;
        refused.is_error(400, "E0000003");
    }
    for path in ["/api/v1/users", "/login/login.htm"] {
        let huge = vec![b' '; 2 * 1024 * 1024];
        let request =
            client().post(format!("{}{path}", org.running.url)).header("authorization", &token).body(huge);
        // The org may hang up while the rest is still on its way.
        if let Ok(refused) = request.send().await {
            assert_eq!(refused.status(), 413);
        }
    }
    assert_eq!(org.get("/api/v1/users").await.body, json!([]));
}

#[tokio::test]
async fn strange_ids_and_parameters_find_nothing() {
    let org = Org::new().await;
    for id in ["..%2F..%2Fetc", "%00", "%F0%9F%98%80", "me", &"x".repeat(4000)] {
        org.get(&format!("/api/v1/users/{id}")).await.is_error(404, "E0000007");
        org.get(&format!("/api/v1/apps/{id}/users")).await.is_error(404, "E0000007");
    }
    for query in ["since=yesterday", "sortOrder=UP", "after=c-1", "after=c99999999999999999999", "limit=-1"] {
        org.get(&format!("/api/v1/logs?{query}")).await.is_error(400, "E0000001");
    }
    assert_eq!(org.get("/api/v1/logs?after=c18446744073709551615").await.body, json!([]));
    assert_eq!(org.get("/api/v1/users/%FF").await.status, 400);
}

#[tokio::test]
async fn texts_of_users_are_no_markup_on_pages() {
    let org = Org::new().await;
    let page = org
        .send(
            Method::GET,
            "/login/login.htm?login_hint=%22%3E%3Cscript%3E&fromURI=%2F%22%3E%3Cb%3E",
            &[],
            Vec::new(),
        )
        .await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("<script") && !page.text.contains("<b>"), "{}", page.text);
}
