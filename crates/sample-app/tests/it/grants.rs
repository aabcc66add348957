//! The lists of entitlements and roles, and users who are given some of them.

use oinspect_sample_app::Variant;
use serde_json::json;

use crate::setting::{App, path, user};

#[tokio::test]
async fn entitlements_and_roles_are_announced_and_listed_in_pages() {
    let app = App::healthy().await;
    for (endpoint, name, ids) in [
        ("/Entitlements", "Entitlement", ["reports", "exports", "audit-log"]),
        ("/Roles", "Role", ["viewer", "editor", "owner"]),
    ] {
        let kind = app.get(&format!("/ResourceTypes/{name}")).await.body;
        assert_eq!((&kind["endpoint"], &kind["name"]), (&json!(endpoint), &json!(name)));
        assert_eq!(
            app.get(&format!("/Schemas/{}", kind["schema"].as_str().unwrap())).await.body["name"],
            name
        );
        assert_eq!(app.get(endpoint).await.resources("id"), ids);
        let page = app.get(&format!("{endpoint}?startIndex=2&count=1")).await;
        assert_eq!(page.resources("id"), [ids[1]]);
        assert_eq!((&page.body["itemsPerPage"], &page.body["totalResults"]), (&json!(1), &json!(3)));
        let one = app.get(&format!("{endpoint}/{}", ids[0])).await;
        assert_eq!(one.body, app.get(endpoint).await.body["Resources"][0]);
        app.get(&format!("{endpoint}/other")).await.refused(404, None);
        app.post(endpoint, &json!({ "displayName": "New" })).await.refused(405, None);
        app.filtered(endpoint, "displayName pr").await.refused(400, Some("invalidFilter"));
    }
}

#[tokio::test]
async fn a_user_carries_what_it_was_given() {
    let app = App::healthy().await;
    let made = app.user("ann").await;
    let given = json!([{ "value": "reports", "display": "Reports", "type": "Entitlement" }]);
    let add = json!([{ "op": "add", "path": "entitlements", "value": given }]);
    assert_eq!(app.patch(&path(&made), add).await.body["entitlements"], given);
    let roles = json!([{ "value": "viewer", "display": "Viewer" }]);
    let reply = app.put(&path(&made), &user("ann", json!({ "roles": roles }))).await.body;
    assert_eq!((&reply["roles"], reply.get("entitlements")), (&roles, None));
}

#[tokio::test]
async fn an_app_may_have_no_groups_no_bulk_and_nothing_to_give() {
    for (variant, endpoint, status) in [
        (Variant::NoGroups, "/Groups", 404),
        (Variant::NoGrants, "/Entitlements", 404),
        (Variant::NoBulk, "/Bulk", 501),
    ] {
        let app = App::with_variant(variant).await;
        assert_eq!(app.post(endpoint, &json!({})).await.status, status, "{}", variant.id());
        let types = app.get("/ResourceTypes").await.resources("endpoint");
        assert!(!types.contains(&endpoint.to_owned()), "{types:?}");
    }
}
