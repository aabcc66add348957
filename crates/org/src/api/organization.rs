//! What the org says of itself to anybody.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::state::Shared;

/// `idx` says Identity Engine.
pub(crate) async fn read(State(org): State<Shared>) -> Json<Value> {
    Json(json!({
        "id": org.identity.org_id(),
        "cell": "local",
        "_links": {
            "organization": { "href": org.base_url },
        },
        "pipeline": "idx",
        "settings": {
            "analyticsCollectionEnabled": false,
            "bugReportingEnabled": false,
            "omEnabled": false,
        },
    }))
}
