//! Small Runscope suites, written for one test.

use serde_json::{Value, json};

/// A suite of these steps.
pub(crate) fn suite(steps: &[Value]) -> String {
    json!({ "name": "A suite", "version": "1.0", "description": "", "steps": steps }).to_string()
}

/// A step that reads users and wants 200.
pub(crate) fn users() -> Value {
    json!({
        "step_type": "request",
        "note": "",
        "method": "GET",
        "url": "{{SCIMBaseURL}}/Users?count=1",
        "headers": { "Authorization": ["{{auth}}"] },
        "assertions": [{ "source": "response_status", "comparison": "equal_number", "value": 200 }],
        "variables": [],
        "scripts": [],
        "before_scripts": [],
    })
}

/// The same step, with a script on its answer.
pub(crate) fn users_and(script: &str) -> Value {
    let mut step = users();
    step["scripts"] = json!([script]);
    step
}
