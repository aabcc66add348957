//! SCIM 1.1 over the same users and groups.

use oinspect_sample_app::Settings;
use serde_json::{Value, json};

use crate::setting::{App, user};

const CORE: &str = "urn:scim:schemas:core:1.0";

/// The app as a client of SCIM 1.1 sees it.
async fn app() -> App {
    let mut app = App::with(Settings::default()).await;
    app.base = app.running.tenants[0].scim_1_1_url.clone();
    app
}

async fn patch(app: &App, path: &str, part: Value) -> Value {
    let request = app.request("PATCH", path).header("content-type", "application/json");
    let reply = crate::setting::read(request.body(part.to_string())).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.body
}

#[tokio::test]
async fn one_store_is_seen_through_both_versions() {
    let app = app().await;
    let made = app.post("/Users", &json!({ "schemas": [CORE], "userName": "ann", "active": true })).await;
    assert_eq!((made.status, &made.body["schemas"]), (201, &json!([CORE])));
    let location = made.body["meta"]["location"].as_str().unwrap();
    assert!(location.starts_with(&app.base), "{location}");
    let newer = App { base: app.running.tenants[0].scim_url.clone(), ..app };
    let id = made.body["id"].as_str().unwrap();
    assert_eq!(newer.get(&format!("/Users/{id}")).await.body["userName"], "ann");
    assert_eq!(newer.post("/Users", &user("ann", json!({}))).await.status, 409);
}

#[tokio::test]
async fn refusals_of_1_1_list_their_errors() {
    let app = app().await;
    let missing = app.get("/Users/nobody").await;
    assert_eq!((missing.status, &missing.body["Errors"][0]["code"]), (404, &json!("404")));
    let stranger = crate::setting::read(app.http.get(format!("{}/Users", app.base))).await;
    assert_eq!((stranger.status, &stranger.body["Errors"][0]["code"]), (401, &json!("401")));
}

#[tokio::test]
async fn a_patch_of_1_1_is_a_part_of_a_resource() {
    let app = app().await;
    let mut ids = Vec::new();
    for name in ["ann", "bea"] {
        let made = app.post("/Users", &json!({ "schemas": [CORE], "userName": name })).await;
        ids.push(made.body["id"].as_str().unwrap().to_owned());
    }
    let made = app.post("/Groups", &json!({ "schemas": [CORE], "displayName": "g" })).await;
    let path = format!("/Groups/{}", made.body["id"].as_str().unwrap());
    let members = |body: &Value| -> Vec<String> {
        let members = body["members"].as_array().cloned().unwrap_or_default();
        members.iter().map(|member| member["value"].as_str().unwrap().to_owned()).collect()
    };
    let both = json!({ "schemas": [CORE], "members": [{ "value": ids[0] }, { "value": ids[1] }] });
    assert_eq!(members(&patch(&app, &path, both).await), ids);
    let leaver = json!({ "value": ids[0], "operation": "delete" });
    let left = patch(&app, &path, json!({ "schemas": [CORE], "members": [leaver] })).await;
    assert_eq!(members(&left), ids[1..]);
    let part = json!({ "schemas": [CORE], "displayName": "h", "meta": { "attributes": ["members"] } });
    let emptied = patch(&app, &path, part).await;
    assert_eq!((&emptied["displayName"], members(&emptied)), (&json!("h"), Vec::new()));
}
