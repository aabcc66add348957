//! Variants: each shows, and each still keeps to the rules.

use oinspect_sample_app::{Settings, Variant};
use serde_json::{Value, json};

use crate::setting::{App, PATCH_OP, USER, id, path, read, user};

#[tokio::test]
async fn patch_answers_204_unless_attributes_are_asked_for() {
    let app = App::with_variant(Variant::Patch204).await;
    let made = app.user("ann").await;
    let operations = json!([{ "op": "replace", "value": { "title": "t" } }]);
    let reply = app.patch(&path(&made), operations.clone()).await;
    assert_eq!((reply.status, reply.text.as_str()), (204, ""));
    assert_eq!(reply.header("etag"), app.get(&path(&made)).await.header("etag"));
    let body = json!({ "schemas": [PATCH_OP], "Operations": operations });
    let asked = app.send("PATCH", &format!("{}?attributes=title", path(&made)), &body).await;
    assert_eq!((asked.status, &asked.body["title"]), (200, &json!("t")));
}

#[tokio::test]
async fn resources_are_absent_when_nothing_matches() {
    let app = App::with_variant(Variant::NoResourcesWhenEmpty).await;
    let empty = app.get("/Users").await.body;
    assert!(empty.get("Resources").is_none() && empty["totalResults"] == 0);
    app.user("ann").await;
    assert_eq!(app.get("/Users").await.resources("userName"), ["ann"]);
}

#[tokio::test]
async fn extra_attributes_are_announced_and_some_shown_on_request_only() {
    let app = App::with_variant(Variant::ExtraAttributes).await;
    let made = app.user("ann").await;
    let urn = made["schemas"][1].as_str().unwrap().to_owned();
    assert_eq!(made[&urn], json!({ "plan": "standard" }));
    assert_eq!(app.get(&format!("/Schemas/{urn}")).await.body["id"], urn);
    let types = app.get("/ResourceTypes/User").await.body;
    assert!(types["schemaExtensions"].as_array().unwrap().iter().any(|one| one["schema"] == urn));
    let asked = app.get(&format!("{}?attributes={urn}:invoice", path(&made))).await;
    assert!(asked.body[&urn]["invoice"].is_string());
    let replaced = app.put(&path(&made), &made).await;
    assert_eq!((replaced.status, &replaced.body), (200, &made));
}

#[tokio::test]
async fn members_come_in_the_opposite_order() {
    let app = App::with_variant(Variant::ReversedOrder).await;
    let made = app.user("ann").await;
    assert_eq!(made.as_object().unwrap().keys().next().map(String::as_str), Some("meta"));
    assert_eq!(app.get(&path(&made)).await.body, made);
}

#[tokio::test]
async fn what_is_softly_deleted_is_gone_for_clients() {
    let app = App::with_variant(Variant::SoftDelete).await;
    let made = app.user("ann").await;
    let group = app.group("Team", &[id(&made)]).await;
    assert_eq!(app.delete(&path(&made)).await.status, 204);
    app.get(&path(&made)).await.refused(404, None);
    app.delete(&path(&made)).await.refused(404, None);
    assert_eq!(app.get("/Users").await.body["totalResults"], 0);
    assert!(app.names("userName eq \"ann\"").await.is_empty());
    assert!(app.get(&path(&group)).await.body.get("members").is_none());
    assert_ne!(app.user("ann").await["id"], made["id"]);
}

#[tokio::test]
async fn entity_tags_are_neither_offered_nor_sent() {
    let app = App::with_variant(Variant::NoEtag).await;
    assert_eq!(app.get("/ServiceProviderConfig").await.body["etag"]["supported"], false);
    let reply = app.post("/Users", &user("ann", json!({}))).await;
    assert!(reply.headers.get("etag").is_none() && reply.body["meta"].get("version").is_none());
    let at = path(&reply.body);
    assert_eq!(read(app.request("GET", &at).header("if-none-match", "*")).await.status, 200);
}

#[tokio::test]
async fn the_content_type_names_the_charset() {
    let app = App::with_variant(Variant::CharsetInContentType).await;
    assert_eq!(app.get("/Users").await.header("content-type"), "application/scim+json; charset=utf-8");
}

#[tokio::test]
async fn put_gives_defaults_to_what_was_left_out() {
    let app = App::with_variant(Variant::PutAnswersWithDefaults).await;
    let made = app.user_with("ann", json!({ "title": "t" })).await;
    let reply = app.put(&path(&made), &user("ann", json!({}))).await.body;
    assert_eq!((&reply["locale"], &reply["displayName"]), (&json!("en-US"), &json!("ann")));
    assert_eq!(app.get(&path(&made)).await.body, reply);
}

#[tokio::test]
async fn what_has_no_value_is_shown_as_null_or_empty() {
    let app = App::with_variant(Variant::ExplicitNulls).await;
    let made = app.user("ann").await;
    assert_eq!((&made["title"], &made["emails"]), (&Value::Null, &json!([])));
    assert!(made.get("title").is_some() && made.get("password").is_none());
    let replaced = app.put(&path(&made), &made).await;
    assert_eq!((replaced.status, &replaced.body), (200, &made));
    assert!(app.names("title pr").await.is_empty());
    assert_eq!(app.names("title eq null").await, ["ann"]);
}

#[tokio::test]
async fn the_alias_me_is_the_first_user_at_its_own_place() {
    let app = App::with(Settings { variants: vec![Variant::MeServed], ..Settings::default() }).await;
    let made = app.user("ann").await;
    let me = app.get("/Me").await;
    assert_eq!((me.status, &me.body), (200, &made));
    assert_eq!(me.header("location"), made["meta"]["location"]);
    assert_eq!(app.patch("/Me", json!([{ "op": "add", "path": "title", "value": "t" }])).await.status, 200);
    assert_eq!(app.get(&path(&made)).await.body["schemas"], json!([USER]));
}

#[tokio::test]
async fn put_keeps_what_is_left_out_and_clears_what_is_null() {
    let app = App::with_variant(Variant::PutKeepsOmitted).await;
    let made = app.post("/Users", &user("ann", json!({ "title": "t", "nickName": "n" }))).await.body;
    let put = app.put(&path(&made), &user("ann", json!({ "nickName": null }))).await.body;
    assert_eq!((&put["title"], put.get("nickName")), (&json!("t"), None));
}

#[tokio::test]
async fn texts_for_active_are_read_as_booleans() {
    let app = App::with_variant(Variant::CoercesBooleans).await;
    let at = path(&app.user("ann").await);
    for (operation, active) in [
        (json!({ "op": "Replace", "path": "active", "value": "False" }), false),
        (json!({ "op": "replace", "value": { "active": "True" } }), true),
    ] {
        assert_eq!(app.patch(&at, json!([operation])).await.body["active"], active);
    }
    let other = json!([{ "op": "replace", "path": "active", "value": "perhaps" }]);
    app.patch(&at, other).await.refused(400, Some("invalidValue"));
}

#[tokio::test]
async fn discovery_answers_strangers_and_nothing_else_does() {
    let app = App::with_variant(Variant::DiscoveryOpen).await;
    for (path, status) in [("/ServiceProviderConfig", 200), ("/Schemas", 200), ("/Users", 401)] {
        assert_eq!(read(app.http.get(format!("{}{path}", app.base))).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_refusal_names_two_schemes_and_says_more() {
    let app = App::with(Settings {
        variants: vec![Variant::SeveralSchemes, Variant::ErrorsSayMore],
        ..Settings::default()
    })
    .await;
    let reply = read(app.http.get(format!("{}/Users", app.base))).await;
    assert!(reply.header("www-authenticate").contains(", Basic "), "{}", reply.header("www-authenticate"));
    assert_eq!(reply.body["requestId"], "r-1");
}

#[tokio::test]
async fn a_body_of_another_media_type_is_a_bad_request() {
    let app = App::with_variant(Variant::MediaTypeAs400).await;
    let form = app.request("POST", "/Users").header("content-type", "text/plain").body("ann");
    assert_eq!(read(form).await.status, 400);
}
