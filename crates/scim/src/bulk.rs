//! Bulk requests: sending them, remembering what they made, and reading their results.

use std::sync::Arc;

use oinspect_core::{Cx, Finding, Method};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, query, remember_named, remember_one, with_json};

/// The schema URN of a bulk request.
pub(crate) const REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
/// The schema URN of the answer to one.
pub(crate) const RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

/// A bulk request, and what became of it.
#[derive(Debug)]
pub(crate) struct Bulk {
    /// The operations that were sent.
    operations: Vec<Value>,
    /// What the server answered.
    pub(crate) answer: Answer,
}

/// The body of a bulk request.
pub(crate) fn body(operations: &Value) -> Value {
    json!({ "schemas": [REQUEST], "Operations": operations })
}

/// The operation that makes a resource.
pub(crate) fn post(kind: Kind, bulk_id: &str, data: &Value) -> Value {
    json!({ "method": "POST", "path": kind.endpoint(), "bulkId": bulk_id, "data": data })
}

/// Sends a bulk request with this body; whatever it makes is removed at the end of the run.
///
/// # Errors
/// As with any request.
pub(crate) fn send(cx: &mut Cx, body: &Value) -> Result<Bulk, Finding> {
    let request = with_json(cx.request(Method::Post, "/Bulk")?, body.to_string());
    cx.may_send(&request)?;
    let operations = body["Operations"].as_array().cloned().unwrap_or_default();
    match cx.ask(&request) {
        Ok(answer) => {
            let bulk = Bulk { operations, answer };
            for place in 0..bulk.operations.len() {
                bulk.remember(cx, place);
            }
            Ok(bulk)
        }
        Err(finding) => {
            for operation in &operations {
                if let Some((kind, name)) = creation(operation) {
                    remember_named(cx, kind, name);
                }
            }
            Err(finding)
        }
    }
}

/// What an operation would make, and under which name.
fn creation(operation: &Value) -> Option<(Kind, &str)> {
    let kind = match (operation["method"].as_str()?, operation["path"].as_str()?) {
        ("POST", "/Users") => Kind::User,
        ("POST", "/Groups") => Kind::Group,
        _ => return None,
    };
    Some((kind, operation["data"][kind.naming()].as_str()?))
}

impl Bulk {
    /// The result of the operation at this place. Servers may order them as they like: it is known by its
    /// bulkId, else by its method, else by its place.
    pub(crate) fn result(&self, place: usize) -> Option<&Value> {
        let sent = self.operations.get(place)?;
        let results = self.results();
        let same = |name: &str, result: &Value| {
            let (sent, shown) = (sent[name].as_str(), at(result, name).and_then(Value::as_str));
            sent.zip(shown).is_some_and(|(sent, shown)| sent.eq_ignore_ascii_case(shown))
        };
        let by_id = results.iter().find(|result| same("bulkId", result));
        by_id.or_else(|| {
            let mut alike = results
                .iter()
                .filter(|result| same("method", result) && at(result, "bulkId").is_none_or(Value::is_null));
            match (alike.next(), alike.next()) {
                (Some(result), None) => Some(result),
                _ if results.len() == self.operations.len() => results.get(place),
                _ => None,
            }
        })
    }

    /// The status of the operation at this place, leniently read: a string, a number, or either as `code`.
    pub(crate) fn status(&self, place: usize) -> Option<u64> {
        let status = at(self.result(place)?, "status")?;
        let status = at(status, "code").unwrap_or(status);
        status.as_u64().or_else(|| status.as_str()?.trim().parse().ok())
    }

    /// Whether the operation at this place succeeded.
    pub(crate) fn succeeded(&self, place: usize) -> bool {
        self.answer.is_success() && self.status(place).is_some_and(|status| (200..300).contains(&status))
    }

    /// Whether the operation at this place, or the whole request, was refused as the client's mistake.
    pub(crate) fn refused(&self, place: usize) -> bool {
        self.answer.is_refusal() || self.status(place).is_some_and(|status| (400..500).contains(&status))
    }

    /// Judges that the operation at this place succeeded.
    ///
    /// # Errors
    /// Broken, where it did not.
    pub(crate) fn expect_success(&self, place: usize) -> Result<(), Finding> {
        if self.succeeded(place) {
            return Ok(());
        }
        Err(Finding::broken(format!("operation {} to succeed", place + 1), self.answer.described()))
    }

    /// Judges that the operation at this place was refused, by itself or with the whole request.
    ///
    /// # Errors
    /// Broken, where it was not.
    pub(crate) fn expect_refusal(&self, place: usize) -> Result<(), Finding> {
        if self.refused(place) {
            return Ok(());
        }
        Err(Finding::broken(format!("operation {} refused", place + 1), self.answer.described()))
    }

    /// The id of what the operation at this place made: from its location, else by its name.
    ///
    /// # Errors
    /// Blocked, where neither tells.
    pub(crate) fn made(&self, cx: &mut Cx, place: usize) -> Result<String, Finding> {
        let made = self.operations.get(place).and_then(creation);
        let Some((kind, name)) = made.filter(|_| self.succeeded(place)) else {
            return Err(Finding::blocked(format!("nothing was made: {}", self.answer.described())));
        };
        if let Some(id) = self.located(place, kind) {
            return Ok(id);
        }
        let found = cx.get(&query(kind, &format!("{} eq {}", kind.naming(), Value::from(name))))?;
        let same = |one: &&Value| at(one, kind.naming()).and_then(Value::as_str) == Some(name);
        let id = found.resources().iter().find(same).and_then(|one| at(one, "id")?.as_str());
        id.map(str::to_owned).ok_or_else(|| {
            Finding::blocked(format!("the new {} cannot be found: {}", kind.noun(), found.described()))
        })
    }

    /// The id in the location of the operation at this place.
    pub(crate) fn located(&self, place: usize, kind: Kind) -> Option<String> {
        let location = at(self.result(place)?, "location")?.as_str()?;
        let (_, id) = location.rsplit_once(&format!("{}/", kind.endpoint()))?;
        let id = percent_decode_str(id.trim_end_matches('/')).decode_utf8().ok()?;
        (!id.is_empty() && !id.contains('/')).then(|| id.into_owned())
    }

    fn results(&self) -> &[Value] {
        self.answer.at("Operations").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn remember(&self, cx: &mut Cx, place: usize) {
        let Some((kind, name)) = self.operations.get(place).and_then(creation) else { return };
        if self.refused(place) {
            return;
        }
        // Only what is said to be the answer to our own bulkId is certainly ours.
        let bulk_id = self.operations[place]["bulkId"].as_str();
        let echoed = self.result(place).and_then(|result| at(result, "bulkId")?.as_str());
        match self.located(place, kind) {
            Some(id) if bulk_id.is_some() && bulk_id == echoed && self.succeeded(place) => {
                remember_one(cx, kind, &id);
            }
            Some(_) | None => remember_named(cx, kind, name),
        }
    }
}

/// A bulk request that makes one user, which checks may read: whatever the server makes of it.
///
/// # Errors
/// Blocked, where the server cannot be asked.
pub(crate) fn sound(cx: &mut Cx) -> Result<Arc<Bulk>, Finding> {
    cx.once("bulk request", |cx| {
        let data = user::new_body(cx)?;
        let bulk_id = cx.name();
        send(cx, &body(&json!([post(Kind::User, &bulk_id, &data)])))
    })
}

/// Makes sure that bulk requests work: what is refused afterwards is refused for what is wrong with it.
///
/// # Errors
/// Blocked, where they do not.
pub(crate) fn works(cx: &mut Cx) -> Result<Arc<Bulk>, Finding> {
    let bulk = sound(cx)?;
    bulk.expect_success(0).map_err(|finding| finding.as_obstacle("no sound bulk request succeeds"))?;
    Ok(bulk)
}
