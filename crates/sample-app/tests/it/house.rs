//! Variants of what a house demands, adds and leaves away: each shows.

use oinspect_sample_app::{Settings, Variant};
use serde_json::{Value, json};

use crate::setting::{App, id, path, user};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

async fn config(variant: Variant) -> (App, Value) {
    let app = App::with_variant(variant).await;
    let config = app.get("/ServiceProviderConfig").await.body;
    (app, config)
}

#[tokio::test]
async fn without_sorting_an_order_changes_nothing() {
    let (app, config) = config(Variant::NoSort).await;
    assert_eq!(config["sort"]["supported"], false);
    for name in ["bea", "ann"] {
        app.user(name).await;
    }
    assert_eq!(app.get("/Users?sortBy=userName").await.resources("userName"), ["bea", "ann"]);
}

#[tokio::test]
async fn without_filters_a_filter_is_501_and_a_list_is_not() {
    let (app, config) = config(Variant::NoFilter).await;
    assert_eq!(config["filter"]["supported"], false);
    app.user("ann").await;
    app.filtered("/Users", "userName eq \"ann\"").await.refused(501, None);
    let search = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName pr",
    });
    app.post("/Users/.search", &search).await.refused(501, None);
    assert_eq!(app.get("/Users").await.resources("userName"), ["ann"]);
}

#[tokio::test]
async fn without_patch_it_is_501_and_changes_nothing() {
    let (app, config) = config(Variant::NoPatch).await;
    assert_eq!(config["patch"]["supported"], false);
    let made = app.user("ann").await;
    app.patch(&path(&made), json!([{ "op": "add", "path": "title", "value": "t" }])).await.refused(501, None);
    assert_eq!(app.get(&path(&made)).await.body, made);
}

#[tokio::test]
async fn a_small_bulk_takes_as_many_operations_as_it_says() {
    let (app, config) = config(Variant::SmallBulk).await;
    let most = config["bulk"]["maxOperations"].as_u64().unwrap();
    let bulk = |count: u64| {
        let operations: Vec<Value> = (0..count)
            .map(|number| {
                let data = user(&format!("user{count}-{number}"), json!({}));
                json!({ "method": "POST", "path": "/Users", "bulkId": number.to_string(), "data": data })
            })
            .collect();
        json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": operations })
    };
    assert_eq!(app.post("/Bulk", &bulk(most)).await.status, 200);
    assert_eq!(app.post("/Bulk", &bulk(most + 1)).await.status, 413);
}

#[tokio::test]
async fn locations_are_those_of_the_public_host() {
    let app = App::with_variant(Variant::LocationElsewhere).await;
    let reply = app.post("/Users", &user("ann", json!({}))).await;
    let location = reply.body["meta"]["location"].as_str().unwrap();
    assert!(location.starts_with("https://identity.public.example/"), "{location}");
    assert_eq!(reply.header("location"), location);
}

#[tokio::test]
async fn odd_ids_lead_to_their_users_also_in_bulk() {
    let app = App::with_variant(Variant::OddIds).await;
    let made = app.user("ann").await;
    assert!(id(&made).contains(['+', '=', '@', ':', '&']));
    let raw = format!("/Users/{}", id(&made));
    let encoded = raw.replace(':', "%3A").replace('+', "%2B").replace('=', "%3D");
    let bulk = |path: &str| {
        json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
            "Operations": [{ "method": "DELETE", "path": path }],
        })
    };
    for path in [&raw, &encoded] {
        assert_eq!(app.get(path).await.body, made);
    }
    let answer = app.post("/Bulk", &bulk(&encoded)).await.body;
    assert_eq!(answer["Operations"][0]["status"], "204", "{answer}");
    app.get(&raw).await.refused(404, None);
}

#[tokio::test]
async fn what_a_house_requires_is_described_and_demanded() {
    for (variant, attribute, enough) in [
        (Variant::EmailsRequired, "emails", json!({ "emails": [{ "value": "ann@example.com" }] })),
        (Variant::NamesRequired, "name", json!({ "name": { "givenName": "Ann", "familyName": "Ox" } })),
    ] {
        let app = App::with_variant(variant).await;
        let schema = app.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User").await.body;
        let described = schema["attributes"].as_array().unwrap();
        assert_eq!(described.iter().find(|one| one["name"] == attribute).unwrap()["required"], true);
        app.post("/Users", &user("ann", json!({}))).await.refused(400, Some("invalidValue"));
        let made = app.user_with("ann", enough).await;
        app.put(&path(&made), &user("ann", json!({}))).await.refused(400, Some("invalidValue"));
        let remove = json!([{ "op": "remove", "path": attribute }]);
        app.patch(&path(&made), remove).await.refused(400, Some("invalidValue"));
    }
}

#[tokio::test]
async fn what_another_user_has_is_refused_and_ones_own_is_not() {
    for (variant, having) in [
        (Variant::EmailsUnique, json!({ "emails": [{ "value": "ann@example.com" }] })),
        (Variant::ExternalIdsUnique, json!({ "externalId": "e-1" })),
    ] {
        let app = App::with_variant(variant).await;
        let made = app.user_with("ann", having.clone()).await;
        app.post("/Users", &user("bea", having.clone())).await.refused(409, Some("uniqueness"));
        assert_eq!(app.put(&path(&made), &user("ann", having.clone())).await.status, 200);
        let other = app.user("bea").await;
        app.put(&path(&other), &user("bea", having)).await.refused(409, Some("uniqueness"));
    }
}

#[tokio::test]
async fn what_a_house_adds_is_shown() {
    let sent = json!({
        "name": { "givenName": "Ann", "familyName": "Ox", "formatted": "A. Ox" },
        "emails": [{ "value": "ann@example.com" }],
        "phoneNumbers": [{ "value": "+44 20 7946 0100" }],
    });
    for (variant, place, wanted) in [
        (Variant::TypesAdded, "/emails/0/type", "work"),
        (Variant::TypesAdded, "/phoneNumbers/0/display", "+44 20 7946 0100"),
        (Variant::PhoneNumbersCanonical, "/phoneNumbers/0/value", "tel:+44-20-7946-0100"),
        (Variant::FormattedNameComputed, "/name/formatted", "Ann Ox"),
        (Variant::DisplayNameComputed, "/displayName", "A. Ox"),
        (Variant::DefaultRole, "/roles/0/value", "member"),
    ] {
        let app = App::with_variant(variant).await;
        let made = app.user_with("ann", sent.clone()).await;
        assert_eq!(made.pointer(place), Some(&json!(wanted)), "{}: {made}", variant.id());
        assert_eq!(app.get(&path(&made)).await.body, made);
    }
    let app = App::with_variant(Variant::TypesAdded).await;
    assert_eq!(app.user_with("ann", sent).await["emails"][0]["primary"], true);
}

#[tokio::test]
async fn a_manager_is_a_user() {
    let app = App::with_variant(Variant::ManagerMustExist).await;
    let boss = app.user("bea").await;
    let under = |manager: &str| {
        let mut body = user("ann", json!({ ENTERPRISE: { "manager": { "value": manager } } }));
        body["schemas"].as_array_mut().unwrap().push(json!(ENTERPRISE));
        body
    };
    app.post("/Users", &under("nobody")).await.refused(400, Some("invalidValue"));
    assert_eq!(app.post("/Users", &under(id(&boss))).await.status, 201);
}

#[tokio::test]
async fn dates_have_an_offset_and_are_still_compared() {
    let app = App::with_variant(Variant::DatesWithOffset).await;
    let made = app.user("ann").await;
    let created = made["meta"]["created"].as_str().unwrap();
    assert!(created.ends_with("000+00:00"), "{created}");
    assert_eq!(app.names(&format!("meta.created le \"{created}\"")).await, ["ann"]);
}

#[tokio::test]
async fn lean_users_have_no_more_than_they_need() {
    let app = App::with_variant(Variant::LeanUsers).await;
    let sent = json!({ "title": "t", "displayName": "Ann", "schemas": [
        "urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE,
    ], ENTERPRISE: { "department": "d" } });
    let made = app.user_with("ann", sent).await;
    assert_eq!((&made["displayName"], made.get("title"), made.get(ENTERPRISE)), (&json!("Ann"), None, None));
    let types = app.get("/ResourceTypes/User").await.body;
    assert!(types["schemaExtensions"].as_array().is_none_or(Vec::is_empty));
    let schema = app.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User").await.body;
    assert!(schema["attributes"].as_array().unwrap().iter().all(|one| one["name"] != "title"));
}

#[tokio::test]
async fn an_unknown_member_is_refused() {
    let settings = Settings { variants: vec![Variant::UnknownMembersRefused], ..Settings::default() };
    let app = App::with(settings).await;
    app.post("/Users", &user("ann", json!({ "shoeSize": 38 }))).await.refused(400, Some("invalidSyntax"));
    assert_eq!(app.post("/Users", &user("ann", json!({ "groups": [] }))).await.status, 201);
}
