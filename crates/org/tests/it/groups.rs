//! Groups and their members.

use serde_json::json;

use crate::setting::Org;

#[tokio::test]
async fn a_group_lives_from_creation_to_deletion() {
    let org = Org::new().await;
    let ann = org.user("ann").await;
    let made =
        org.post("/api/v1/groups", json!({ "profile": { "name": "Staff", "description": "d" } })).await;
    assert_eq!((made.status.as_u16(), &made.body["type"]), (200, &json!("OKTA_GROUP")));
    let id = made.body["id"].as_str().unwrap();
    assert!(id.starts_with("00g"));
    org.post("/api/v1/groups", json!({ "profile": { "name": "Staff" } })).await.is_error(400, "E0000001");
    org.post("/api/v1/groups", json!({})).await.is_error(400, "E0000001");
    let member = format!("/api/v1/groups/{id}/users/{ann}");
    assert_eq!(org.put(&member, json!(null)).await.status, 204);
    assert_eq!(org.put(&member, json!(null)).await.status, 204);
    assert_eq!(org.get(&format!("/api/v1/groups/{id}/users")).await.body[0]["id"], ann);
    assert_eq!(org.get(&format!("/api/v1/users/{ann}/groups")).await.body.as_array().unwrap().len(), 2);
    assert_eq!(org.delete(&member).await.status, 204);
    let renamed = org.put(&format!("/api/v1/groups/{id}"), json!({ "profile": { "name": "Crew" } })).await;
    assert_eq!(renamed.body["profile"]["name"], "Crew");
    assert_eq!(org.get("/api/v1/groups?q=cre").await.body[0]["id"], id);
    assert_eq!(org.delete(&format!("/api/v1/groups/{id}")).await.status, 204);
    org.get(&format!("/api/v1/groups/{id}")).await.is_error(404, "E0000007");
    org.put(&member, json!(null)).await.is_error(404, "E0000007");
}

#[tokio::test]
async fn everybody_is_in_the_built_in_group_which_cannot_be_changed() {
    let org = Org::new().await;
    let ann = org.user("ann").await;
    let found = org.get("/api/v1/groups?filter=type+eq+%22BUILT_IN%22").await;
    assert_eq!(found.body[0]["profile"]["name"], "Everyone");
    let id = found.body[0]["id"].as_str().unwrap();
    assert_eq!(org.get(&format!("/api/v1/groups/{id}/users")).await.body[0]["id"], ann);
    org.delete(&format!("/api/v1/groups/{id}")).await.is_error(501, "E0000060");
    org.delete(&format!("/api/v1/groups/{id}/users/{ann}")).await.is_error(501, "E0000060");
}
