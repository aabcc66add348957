//! Discovery (RFC 7644, section 4).

use serde_json::Value;

use crate::setting::{App, ENTERPRISE, GROUP, USER};

#[tokio::test]
async fn the_configuration_names_every_feature() {
    let app = App::healthy().await;
    let reply = app.get("/ServiceProviderConfig").await;
    assert_eq!(reply.status, 200);
    for feature in ["patch", "bulk", "filter", "changePassword", "sort", "etag"] {
        assert_eq!(reply.body[feature]["supported"], true, "{feature}");
    }
    for number in ["/bulk/maxOperations", "/bulk/maxPayloadSize", "/filter/maxResults"] {
        assert!(reply.body.pointer(number).is_some_and(Value::is_u64), "{number}");
    }
    let schemes = reply.body["authenticationSchemes"].as_array().unwrap();
    assert!(schemes.iter().all(|scheme| scheme["type"].is_string() && scheme["description"].is_string()));
}

#[tokio::test]
async fn each_resource_type_leads_to_its_schemas_and_its_endpoint() {
    let app = App::healthy().await;
    let list = app.get("/ResourceTypes").await;
    assert_eq!(list.body["totalResults"], 4);
    assert_eq!(list.resources("schema")[..2], [USER, GROUP]);
    let user = app.get("/ResourceTypes/User").await;
    assert_eq!(user.body, list.body["Resources"][0]);
    assert_eq!(user.body["schemaExtensions"][0]["schema"], ENTERPRISE);
    for schema in app.get("/Schemas").await.resources("id") {
        let one = app.get(&format!("/Schemas/{schema}")).await;
        assert_eq!((one.status, &one.body["id"]), (200, &Value::from(schema.clone())));
        let encoded = app.get(&format!("/Schemas/{}", schema.replace(':', "%3A"))).await;
        assert_eq!(encoded.body, one.body);
    }
    assert_eq!(app.get("/Users").await.status, 200);
    app.get("/ResourceTypes/Printer").await.refused(404, None);
    app.get("/Schemas/urn:x").await.refused(404, None);
}

#[tokio::test]
async fn every_attribute_is_described_with_legal_characteristics() {
    fn check(attribute: &Value, nested: bool) {
        for (name, legal) in [
            ("type", &["string", "boolean", "dateTime", "reference", "binary", "complex"][..]),
            ("mutability", &["readOnly", "readWrite", "immutable", "writeOnly"]),
            ("returned", &["always", "never", "default", "request"]),
            ("uniqueness", &["none", "server", "global"]),
        ] {
            assert!(legal.contains(&attribute[name].as_str().unwrap()), "{attribute}");
        }
        for name in ["multiValued", "required", "caseExact"] {
            assert!(attribute[name].is_boolean(), "{attribute}");
        }
        assert_eq!(attribute["type"] == "complex", attribute["subAttributes"].is_array());
        assert!(!(nested && attribute["type"] == "complex"));
        for part in attribute["subAttributes"].as_array().into_iter().flatten() {
            check(part, true);
        }
    }
    let app = App::healthy().await;
    let schemas = app.get("/Schemas").await;
    assert_eq!(schemas.body["totalResults"], 5);
    for schema in schemas.body["Resources"].as_array().unwrap() {
        for attribute in schema["attributes"].as_array().unwrap() {
            check(attribute, false);
        }
    }
}

#[tokio::test]
async fn a_filter_is_forbidden_and_paging_is_ignored() {
    let app = App::healthy().await;
    for endpoint in ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"] {
        app.filtered(endpoint, "id pr").await.refused(403, None);
        let plain = app.get(endpoint).await;
        let paged = app.get(&format!("{endpoint}?startIndex=2&count=1&sortBy=id&attributes=id")).await;
        assert_eq!((paged.status, paged.body), (200, plain.body));
    }
}

#[tokio::test]
async fn discovery_is_for_reading_only() {
    let app = App::healthy().await;
    for endpoint in ["/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas"] {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let reply = app.send(method, endpoint, &Value::Null).await;
            reply.refused(405, None);
            assert_eq!(reply.header("allow"), "GET, HEAD");
        }
    }
}
