//! Refusals and limits of the API.

use reqwest::Method;

use crate::setting::Org;

#[tokio::test]
async fn without_the_token_the_api_says_so() {
    let org = Org::new().await;
    for header in [None, Some("SSWS wrong"), Some("SSWS"), Some("Bearer nothing"), Some("Basic eDp5")] {
        let headers: Vec<(&str, &str)> = header.into_iter().map(|value| ("authorization", value)).collect();
        let refused = org.send(Method::GET, "/api/v1/users", &headers, Vec::new()).await;
        refused.is_error(401, "E0000011");
        assert_eq!(refused.body["errorSummary"], "Invalid token provided");
    }
}

#[tokio::test]
async fn endpoints_and_methods_that_there_are_not_are_named_so() {
    let org = Org::new().await;
    org.get("/api/v1/nonsense").await.is_error(405, "E0000022");
    org.put("/api/v1/users", serde_json::json!({})).await.is_error(405, "E0000022");
    org.get("/api/v2/users").await.is_error(405, "E0000022");
    org.get("/api/v1/authn").await.is_error(405, "E0000022");
}

#[tokio::test]
async fn what_is_not_there_is_named_with_its_kind() {
    let org = Org::new().await;
    let missing = org.get("/api/v1/users/00unone").await;
    missing.is_error(404, "E0000007");
    assert_eq!(missing.body["errorSummary"], "Not found: Resource not found: 00unone (User)");
}

#[tokio::test]
async fn calls_beyond_the_limit_wait_for_the_next_minute() {
    let org = Org::with(|settings| settings.calls_a_minute = 2).await;
    let first = org.get("/api/v1/users").await;
    assert_eq!((first.header("x-rate-limit-limit"), first.header("x-rate-limit-remaining")), ("2", "1"));
    assert_eq!(first.header("x-rate-limit-reset"), "1793534460");
    assert_eq!(first.header("date"), "Sun, 01 Nov 2026 12:00:00 GMT");
    org.get("/api/v1/users").await;
    let refused = org.get("/api/v1/users").await;
    refused.is_error(429, "E0000047");
    assert_eq!((refused.header("x-rate-limit-remaining"), refused.header("retry-after")), ("0", ""));
    org.clock.advance(jiff::SignedDuration::from_secs(60));
    assert_eq!(org.get("/api/v1/users").await.status, 200);
}

#[tokio::test]
async fn anybody_may_ask_which_kind_of_org_it_is() {
    let org = Org::new().await;
    let said = org.send(Method::GET, "/.well-known/okta-organization", &[], Vec::new()).await;
    assert_eq!(said.body["pipeline"], "idx");
    assert!(said.body["id"].as_str().unwrap().starts_with("00o"));
}
