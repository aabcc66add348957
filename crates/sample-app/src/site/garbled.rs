//! Answers that break what holds for every answer: each fault bends one kind of them.

use serde_json::{Value, json};

use crate::fault::ObservedFault;
use crate::http::{Answer, Content};
use crate::switches::Switches;

/// The answer as a careless layer behind SCIM's code leaves it.
pub(super) fn garbled(
    mut answer: Answer,
    method: &str,
    authorization: Option<&str>,
    switches: Switches,
) -> Answer {
    let status = answer.status;
    if status == 405 && switches.has(ObservedFault::MethodErrorsWithoutBody) {
        answer.content = Content::Nothing;
    }
    let is_error = status >= 400;
    if let Content::Scim(document) = &mut answer.content {
        match status {
            400 if switches.has(ObservedFault::BadRequestSays500) => document["status"] = json!("500"),
            401 if switches.has(ObservedFault::TokenEchoed) => {
                let token = authorization.unwrap_or_default();
                document["detail"] = json!(format!("{token} is not valid"));
            }
            404 if switches.has(ObservedFault::NotFoundWithKeyword) => {
                document["scimType"] = json!("notFound");
            }
            404 if switches.has(ObservedFault::StackTraceInDetail) => {
                document["detail"] =
                    json!("Traceback (most recent call last):\n  File \"users.py\", line 12");
            }
            _ => {}
        }
        if switches.has(ObservedFault::ListedWithoutSchemas) {
            for resource in document.get_mut("Resources").and_then(Value::as_array_mut).into_iter().flatten()
            {
                remove(resource, "schemas");
            }
        }
        if method == "PATCH" && !is_error && switches.has(ObservedFault::PatchedWithoutId) {
            remove(document, "id");
        }
    }
    let fault = if is_error { ObservedFault::ErrorsAsPlainJson } else { ObservedFault::AnswersAsPlainJson };
    answer.content = match answer.content {
        Content::Scim(document) if switches.has(fault) => Content::Json(document),
        same => same,
    };
    answer
}

fn remove(document: &mut Value, name: &str) {
    if let Some(members) = document.as_object_mut() {
        members.shift_remove(name);
    }
}
