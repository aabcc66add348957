//! Paging by cursors (RFC 9865).

use serde_json::json;

use crate::setting::{App, Reply};

async fn five() -> App {
    let app = App::healthy().await;
    for name in ["d", "B", "e", "a", "C"] {
        app.user(name).await;
    }
    app
}

fn next(reply: &Reply) -> Option<&str> {
    reply.body["nextCursor"].as_str()
}

#[tokio::test]
async fn a_walk_meets_everyone_once_in_the_order_that_was_asked_for() {
    let app = five().await;
    for (query, names) in [
        ("", ["d", "B", "e", "a", "C"]),
        ("&filter=userName%20pr", ["d", "B", "e", "a", "C"]),
        ("&sortBy=userName", ["a", "B", "C", "d", "e"]),
    ] {
        let mut page = app.get(&format!("/Users?cursor=&count=2{query}")).await;
        let mut met = page.resources("userName");
        while let Some(cursor) = next(&page).map(str::to_owned) {
            page = app.get(&format!("/Users?cursor={cursor}&count=2{query}")).await;
            assert_eq!((page.status, &page.body["totalResults"]), (200, &json!(5)), "{query}");
            met.extend(page.resources("userName"));
        }
        assert_eq!(met, names, "{query}");
    }
}

#[tokio::test]
async fn a_walk_goes_on_where_it_was_though_its_last_user_is_gone() {
    let app = five().await;
    let first = app.get("/Users?cursor&count=2").await;
    assert_eq!(first.resources("userName"), ["d", "B"]);
    for id in first.resources("id") {
        assert_eq!(app.delete(&format!("/Users/{id}")).await.status, 204);
    }
    let cursor = next(&first).unwrap();
    let second = app.get(&format!("/Users?cursor={cursor}&count=2")).await;
    assert_eq!(second.resources("userName"), ["e", "a"]);
}

#[tokio::test]
async fn a_cursor_belongs_to_its_query_its_count_and_its_tenant() {
    let app = five().await;
    let first = app.get("/Users?cursor=&count=2").await;
    let cursor = next(&first).unwrap();
    app.get(&format!("/Users?cursor={cursor}&count=3")).await.refused(400, Some("invalidCount"));
    app.get(&format!("/Groups?cursor={cursor}&count=2")).await.refused(400, Some("invalidCursor"));
    app.get("/Users?cursor=made-up&count=2").await.refused(400, Some("invalidCursor"));
    let other = app.running.tenants[1].clone();
    let stranger = App { base: other.scim_url, token: other.token, ..app };
    stranger.get(&format!("/Users?cursor={cursor}&count=2")).await.refused(400, Some("invalidCursor"));
}

#[tokio::test]
async fn pages_by_index_have_no_cursors() {
    let app = five().await;
    let page = app.get("/Users?count=2").await;
    assert_eq!((&page.body["startIndex"], next(&page)), (&json!(1), None));
    assert_eq!(
        app.get("/ServiceProviderConfig").await.body["pagination"]["defaultPaginationMethod"],
        "index"
    );
}
