//! Assignments of users and groups to apps.

use serde_json::json;

use crate::setting::Org;

#[tokio::test]
async fn a_user_is_assigned_changed_and_unassigned() {
    let org = Org::new().await;
    let user = org.user("ann").await;
    let users = format!("/api/v1/apps/{}/users", org.saml.app_id);
    let body = json!({
        "id": user,
        "scope": "USER",
        "credentials": { "userName": "ann" },
        "profile": { "emailType": "work" },
    });
    let made = org.post(&users, body.clone()).await;
    assert_eq!(made.status, 200, "{}", made.text);
    assert_eq!(made.body["credentials"]["userName"], "ann");
    assert_eq!((&made.body["status"], &made.body["syncState"]), (&json!("ACTIVE"), &json!("DISABLED")));
    assert_eq!(made.body.get("externalId"), Some(&json!(null)));
    assert_eq!(org.post(&users, body).await.status, 200);
    let own = format!("{users}/{user}");
    let changed = org.post(&own, json!({ "credentials": { "userName": "anna" } })).await;
    assert_eq!(changed.body["credentials"]["userName"], "anna");
    assert_eq!(changed.body["profile"]["emailType"], "work");
    assert_eq!(org.get(&users).await.body.as_array().unwrap().len(), 1);
    assert_eq!(org.delete(&format!("{own}?sendEmail=false")).await.status, 204);
    org.get(&own).await.is_error(404, "E0000007");
    org.delete(&own).await.is_error(404, "E0000007");
    let events = org.events(&format!("target.id eq \"{}\"", org.saml.app_id)).await;
    assert_eq!(
        events,
        ["add", "change_username", "remove"].map(|end| format!("application.user_membership.{end}"))
    );
}

#[tokio::test]
async fn whom_or_what_there_is_not_cannot_be_assigned() {
    let org = Org::new().await;
    let user = org.user("ann").await;
    org.post("/api/v1/apps/0oanone/users", json!({ "id": user })).await.is_error(404, "E0000007");
    let users = format!("/api/v1/apps/{}/users", org.saml.app_id);
    org.post(&users, json!({ "id": "00unone" })).await.is_error(404, "E0000007");
    org.post(&users, json!({})).await.is_error(400, "E0000001");
    org.post(&users, json!({ "id": user, "scope": "ALL" })).await.is_error(400, "E0000001");
    org.delete(&format!("/api/v1/users/{user}")).await;
    org.post(&users, json!({ "id": user })).await.is_error(403, "E0000038");
}

#[tokio::test]
async fn a_group_brings_its_members_and_takes_them_along() {
    let org = Org::new().await;
    let (ann, bob) = (org.user("ann").await, org.user("bob").await);
    let group = org.post("/api/v1/groups", json!({ "profile": { "name": "Staff" } })).await;
    let group = group.body["id"].as_str().unwrap();
    org.put(&format!("/api/v1/groups/{group}/users/{ann}"), json!(null)).await;
    let app = format!("/api/v1/apps/{}", org.saml.app_id);
    assert_eq!(org.put(&format!("{app}/groups/{group}"), json!({})).await.status, 200);
    assert_eq!(org.get(&format!("{app}/groups")).await.body[0]["id"], group);
    assert_eq!(org.get(&format!("{app}/users/{ann}")).await.body["scope"], "GROUP");
    org.put(&format!("/api/v1/groups/{group}/users/{bob}"), json!(null)).await;
    assert_eq!(org.get(&format!("{app}/users")).await.body.as_array().unwrap().len(), 2);
    org.delete(&format!("/api/v1/groups/{group}/users/{ann}")).await;
    org.get(&format!("{app}/users/{ann}")).await.is_error(404, "E0000007");
    assert_eq!(org.delete(&format!("{app}/groups/{group}")).await.status, 204);
    org.get(&format!("{app}/users/{bob}")).await.is_error(404, "E0000007");
    org.delete(&format!("{app}/groups/{group}")).await.is_error(404, "E0000007");
}
