//! Paging and order (RFC 7644, sections 3.4.2.3 and 3.4.2.4).

use oinspect_sample_app::Settings;
use serde_json::{Value, json};

use crate::setting::{App, ENTERPRISE};

async fn five() -> App {
    let app = App::healthy().await;
    for name in ["d", "B", "e", "a", "C"] {
        app.user(name).await;
    }
    app
}

#[tokio::test]
async fn an_empty_list_is_complete() {
    let app = App::healthy().await;
    let reply = app.get("/Users").await;
    assert_eq!(
        reply.body,
        json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": 0, "startIndex": 1, "itemsPerPage": 0, "Resources": [],
        })
    );
}

#[tokio::test]
async fn the_window_follows_start_index_and_count() {
    let app = five().await;
    for (query, names, start) in [
        ("", &["d", "B", "e", "a", "C"][..], 1),
        ("?count=2", &["d", "B"], 1),
        ("?startIndex=3&count=2", &["e", "a"], 3),
        ("?startIndex=5", &["C"], 5),
        ("?startIndex=6", &[], 6),
        ("?startIndex=0&count=1", &["d"], 1),
        ("?startIndex=-4&count=1", &["d"], 1),
        ("?count=0", &[], 1),
        ("?count=-1", &[], 1),
        ("?count=100000", &["d", "B", "e", "a", "C"], 1),
        ("?startIndex=9223372036854775807", &[], i64::MAX),
    ] {
        for filter in ["", "userName pr"] {
            let path = if filter.is_empty() {
                format!("/Users{query}")
            } else {
                format!("/Users{query}{}filter=userName%20pr", if query.is_empty() { "?" } else { "&" })
            };
            let reply = app.get(&path).await;
            assert_eq!(reply.resources("userName"), names, "{path}");
            assert_eq!(reply.body["totalResults"], 5);
            assert_eq!(reply.body["itemsPerPage"], names.len());
            assert_eq!(reply.body["startIndex"], start);
        }
    }
    for query in ["count=x", "startIndex=1.5", "count="] {
        app.get(&format!("/Users?{query}")).await.refused(400, Some("invalidValue"));
    }
}

#[tokio::test]
async fn the_order_minds_the_attributes_type_and_case_rule() {
    let app = five().await;
    for (query, names) in [
        ("sortBy=userName", ["a", "B", "C", "d", "e"]),
        ("sortBy=USERNAME&sortOrder=ascending", ["a", "B", "C", "d", "e"]),
        ("sortBy=userName&sortOrder=descending", ["e", "d", "C", "B", "a"]),
        ("sortOrder=descending", ["d", "B", "e", "a", "C"]),
        ("sortBy=meta.created", ["d", "B", "e", "a", "C"]),
        ("sortBy=userName&filter=userName%20pr", ["a", "B", "C", "d", "e"]),
    ] {
        assert_eq!(app.get(&format!("/Users?{query}")).await.resources("userName"), names, "{query}");
    }
    app.get("/Users?sortBy=colour").await.refused(400, Some("invalidPath"));
    app.get("/Users?sortBy=userName&sortOrder=up").await.refused(400, Some("invalidValue"));
}

#[tokio::test]
async fn what_has_no_value_comes_last_and_a_primary_value_counts() {
    let app = App::healthy().await;
    app.user("none").await;
    app.user_with("first", json!({ "emails": [{ "value": "m" }, { "value": "a" }], "title": "b" })).await;
    let emails = json!([{ "value": "z" }, { "value": "b", "primary": true }]);
    app.user_with("primary", json!({ "emails": emails, "title": "A", ENTERPRISE: { "division": "x" } }))
        .await;
    for (query, names) in [
        ("sortBy=emails.value", ["primary", "first", "none"]),
        ("sortBy=emails", ["primary", "first", "none"]),
        ("sortBy=emails&sortOrder=descending", ["none", "first", "primary"]),
        ("sortBy=title", ["primary", "first", "none"]),
    ] {
        assert_eq!(app.get(&format!("/Users?{query}")).await.resources("userName"), names, "{query}");
    }
    let by_division = app.get(&format!("/Users?sortBy={ENTERPRISE}:division")).await;
    assert_eq!(by_division.resources("userName"), ["primary", "none", "first"]);
}

#[tokio::test]
async fn a_walk_over_all_pages_meets_everyone_once() {
    let app = App::with(Settings { users: 25, ..Settings::default() }).await;
    let mut met = Vec::new();
    for start in (1..=31).step_by(10) {
        met.extend(app.get(&format!("/Users?startIndex={start}&count=10")).await.resources("id"));
    }
    assert_eq!(met.len(), 25);
    met.sort();
    met.dedup();
    assert_eq!(met.len(), 25);
    assert!(app.get("/Users").await.body["Resources"][0]["meta"]["location"].is_string());
}

#[tokio::test]
async fn a_search_from_the_base_lists_users_and_groups() {
    let app = App::healthy().await;
    app.user("ann").await;
    app.group("Team", &[]).await;
    let all = app.get("").await;
    assert_eq!(all.body["totalResults"], 2);
    let second = app.get("/?startIndex=2&count=5").await;
    assert_eq!(second.body["Resources"][0]["displayName"], "Team");
    let named = app.filtered("", r#"userName eq "ann" or displayName eq "team""#).await;
    assert_eq!(named.body["totalResults"], 2);
    let kind = |reply: &crate::setting::Reply| reply.body["Resources"][0]["meta"]["resourceType"].clone();
    let groups = app.filtered("", r#"meta.resourceType eq "Group""#).await;
    assert_eq!((groups.body["totalResults"].clone(), kind(&groups)), (json!(1), Value::from("Group")));
}
