//! Two servers that judge nothing: one says yes to everything, one says no.

use serde_json::{Value, json};

use crate::http::{Answer, Refusal};
use crate::random;
use crate::switches::Switches;

/// 201 for what looks like a creation, else 200, with a body that a careless client takes for real.
pub(super) fn accept(method: &str, path: &str, base: &str, body: &[u8]) -> Answer {
    let sent = serde_json::from_slice::<Value>(body).ok().filter(Value::is_object);
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_collection = ["Users", "Groups", "Schemas", "ResourceTypes", "v2", ""].contains(&last);
    let resource = |id: &str| {
        let mut resource = sent.clone().unwrap_or_else(|| {
            json!({
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                "userName": "someone@example.com",
                "name": { "givenName": "Some", "familyName": "One" },
                "emails": [{ "value": "someone@example.com", "type": "work", "primary": true }],
                "active": true,
            })
        });
        let location = format!("{base}/Users/{id}");
        resource["id"] = json!(id);
        resource["meta"] = json!({
            "resourceType": "User",
            "created": "2026-01-01T00:00:00.000Z",
            "lastModified": "2026-01-01T00:00:00.000Z",
            "location": location,
        });
        (resource, location)
    };
    match method {
        "POST" => {
            let (resource, location) = resource(&random::uuid());
            Answer::scim(201, resource).with("location", location)
        }
        "GET" if is_collection => Answer::scim(
            200,
            json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
                "totalResults": 1,
                "startIndex": 1,
                "itemsPerPage": 1,
                "Resources": [resource("1").0],
            }),
        ),
        _ => Answer::scim(200, resource(last).0),
    }
}

/// 500 for reads, 400 for writes.
pub(super) fn reject(method: &str, switches: Switches) -> Answer {
    let refusal = match method {
        "GET" | "HEAD" => Refusal::internal(),
        _ => Refusal::new(400, "no"),
    };
    refusal.answer(switches)
}
