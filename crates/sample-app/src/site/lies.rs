//! A server that lies: sound answers, bent on their way out.

use serde_json::{Map, Value, json};

use crate::http::{Answer, Content};
use crate::misbehaviour::Misbehaviour;
use crate::random;

const PAGE: usize = 100;
const TEN_MEGABYTES: usize = 10 << 20;
const SWOLLEN: usize = 100_000;
const DEPTH: usize = 100_000;

/// A sound answer as a liar sends it; `number` is that of the request.
pub(super) fn bent(misbehaviour: Misbehaviour, number: usize, answer: Answer) -> Answer {
    let Answer { status, headers, content } = answer;
    let content = match content {
        Content::Scim(document) => document_bent(misbehaviour, number, document),
        other @ (Content::Nothing
        | Content::Json(_)
        | Content::Html(_)
        | Content::SamlMetadata(_)
        | Content::Bytes { .. }) => other,
    };
    Answer { status, headers, content }
}

fn document_bent(misbehaviour: Misbehaviour, number: usize, mut document: Value) -> Content {
    match misbehaviour {
        Misbehaviour::EndlessPages => {
            if is_of_users_or_groups(&document) {
                let users: Vec<Value> = (0..PAGE).map(|_| somebody()).collect();
                document["totalResults"] = json!(1_000_000);
                document["itemsPerPage"] = json!(PAGE);
                document["Resources"] = Value::Array(users);
            }
        }
        Misbehaviour::GrowingTotals => {
            if document.get("Resources").is_some() {
                document["totalResults"] = json!(number * PAGE);
            }
        }
        Misbehaviour::SameCursor => {
            if document.get("Resources").is_some() {
                document["nextCursor"] = json!("again");
            } else if document.get("patch").is_some() {
                document["pagination"] = json!({ "cursor": true, "index": true });
            }
        }
        Misbehaviour::TenMegabytes => each_resource(&mut document, |resource| {
            resource.insert("nickName".to_owned(), Value::String("x".repeat(TEN_MEGABYTES)));
        }),
        Misbehaviour::SwollenTexts => each_resource(&mut document, |resource| {
            for name in ["id", "userName", "displayName"] {
                if let Some(Value::String(text)) = resource.get_mut(name) {
                    text.push_str(&"x".repeat(SWOLLEN));
                }
            }
        }),
        Misbehaviour::NestedJson => {
            let text = format!("{{\"nested\":{}{}}}", "[".repeat(DEPTH), "]".repeat(DEPTH));
            return Content::Bytes { media_type: "application/scim+json", bytes: text.into_bytes() };
        }
        Misbehaviour::Utf16 => {
            let units = document.to_string().encode_utf16().flat_map(u16::to_le_bytes).collect();
            return Content::Bytes { media_type: "application/scim+json; charset=utf-16", bytes: units };
        }
        Misbehaviour::Latin1 => {
            each_resource(&mut document, |resource| {
                resource.insert("title".to_owned(), json!("caf\u{e9}"));
            });
            let bytes = document.to_string().chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
            return Content::Bytes { media_type: "application/scim+json; charset=utf-8", bytes };
        }
        Misbehaviour::AcceptsEverything
        | Misbehaviour::RejectsEverything
        | Misbehaviour::Hangs
        | Misbehaviour::ClosesHalfWay
        | Misbehaviour::Answers1Gb
        | Misbehaviour::AnswersHtml
        | Misbehaviour::RedirectLoop
        | Misbehaviour::RateLimited
        | Misbehaviour::Dies
        | Misbehaviour::LoginPageWhateverHappens
        | Misbehaviour::SamePageForEverybody
        | Misbehaviour::EverybodySignedIn
        | Misbehaviour::SsoAnswers500
        | Misbehaviour::SignInLoop
        | Misbehaviour::CutChunks
        | Misbehaviour::Drips => {}
    }
    Content::Scim(document)
}

/// Whether a document is a list, and not one of what the server says about itself.
fn is_of_users_or_groups(document: &Value) -> bool {
    let Some(resources) = document.get("Resources").and_then(Value::as_array) else { return false };
    resources.iter().all(|one| one.get("userName").is_some() || one.get("displayName").is_some())
}

/// Changes the resource that a document is, or those that it lists.
fn each_resource(document: &mut Value, change: impl Fn(&mut Map<String, Value>)) {
    match document.get_mut("Resources") {
        Some(Value::Array(resources)) => {
            resources.iter_mut().filter_map(Value::as_object_mut).for_each(change);
        }
        Some(_) | None => {
            if let Some(members) = document.as_object_mut().filter(|members| members.contains_key("id")) {
                change(members);
            }
        }
    }
}

/// A user whom nobody has ever seen and nobody will see again.
fn somebody() -> Value {
    let id = random::uuid();
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": id,
        "userName": format!("{id}@example.com"),
        "active": true,
    })
}
