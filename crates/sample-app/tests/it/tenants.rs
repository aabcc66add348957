//! Two tenants that know nothing of one another.

use serde_json::json;

use crate::setting::{App, GROUP, id, path, read, user};

#[tokio::test]
async fn one_tenant_never_meets_the_resources_of_the_other() {
    let acme = App::healthy().await;
    let other = acme.running.tenants[1].clone();
    let made = acme.user("ann").await;
    acme.group("Team", &[id(&made)]).await;
    let at_other = |method: &str, path: &str| {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        acme.http.request(method, format!("{}{path}", other.scim_url)).bearer_auth(&other.token)
    };
    for method in ["GET", "DELETE"] {
        read(at_other(method, &path(&made))).await.refused(404, None);
    }
    let body = user("ann", json!({})).to_string();
    read(at_other("PUT", &path(&made)).body(body.clone())).await.refused(404, None);
    for endpoint in ["/Users", "/Groups", "/Users?filter=userName%20eq%20%22ann%22", ""] {
        assert_eq!(read(at_other("GET", endpoint)).await.body["totalResults"], 0, "{endpoint}");
    }
    let group = json!({ "schemas": [GROUP], "displayName": "T", "members": [{ "value": id(&made) }] });
    read(at_other("POST", "/Groups").body(group.to_string())).await.refused(400, Some("invalidValue"));
    assert_eq!(read(at_other("POST", "/Users").body(body)).await.status, 201);
    assert_eq!(acme.get("/Users").await.body["totalResults"], 1);
}
