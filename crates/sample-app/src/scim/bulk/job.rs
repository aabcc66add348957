//! One operation of a bulk request, and what became of it.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::references;
use crate::fault::{BulkFault, ReplaceFault};
use crate::http::{Answer, Query, Refusal, percent_decoded};
use crate::scim::conditions::Conditions;
use crate::scim::dispatch::{Call, Payload};
use crate::scim::service::Service;
use crate::switches::Switches;

/// An operation, as it was sent; what is missing or ill-typed is found when it runs.
#[derive(Debug)]
pub(super) struct Job<'a> {
    pub method: String,
    pub bulk_id: Option<&'a str>,
    pub data: Option<&'a Value>,
    path: &'a str,
    version: Option<&'a str>,
}

/// What became of an operation.
#[derive(Debug)]
pub(super) struct Outcome {
    method: String,
    bulk_id: Option<String>,
    location: Option<String>,
    version: Option<String>,
    result: Result<u16, Refusal>,
}

impl<'a> Job<'a> {
    pub(super) fn read(sent: &'a Value) -> Self {
        let text = |name: &str| {
            let members = sent.as_object()?;
            crate::scim::intake::member(members, name)?.as_str()
        };
        let data = sent.as_object().and_then(|members| crate::scim::intake::member(members, "data"));
        Self {
            method: text("method").unwrap_or_default().to_uppercase(),
            bulk_id: text("bulkId"),
            data,
            path: text("path").unwrap_or_default(),
            version: text("version"),
        }
    }

    /// The bulkIds that the operation refers to, in its data or in its path.
    pub(super) fn references(&self) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(data) = self.data {
            references::collect(data, &mut found);
        }
        found.extend(self.path.split('/').filter_map(references::named_by).map(str::to_owned));
        found
    }

    pub(super) fn run(
        &self,
        service: Service<'_>,
        data: Option<&Value>,
        ids: &HashMap<&str, String>,
    ) -> Outcome {
        let answered = self.answered(service, data, ids);
        let mut outcome = Outcome {
            method: self.method.clone(),
            bulk_id: self.bulk_id.map(str::to_owned),
            location: None,
            version: None,
            result: Err(Refusal::internal()),
        };
        if self.method != "POST" && !self.path.is_empty() {
            let path = self.segments(ids).map(|segments| segments.join("/"));
            outcome.location = path.ok().map(|path| format!("{}/{path}", service.base));
        }
        outcome.take(answered);
        outcome
    }

    /// Replaces what was made without its circular references by the whole.
    pub(super) fn complete(&self, service: Service<'_>, outcome: &mut Outcome, ids: &HashMap<&str, String>) {
        let Some(id) = outcome.made().map(str::to_owned) else { return };
        // No client sent this PUT: what becomes of those is another matter.
        let switches = service.switches.without(ReplaceFault::ReplaceForgets);
        let service = Service { switches, ..service };
        let mut path = self.segments(ids).unwrap_or_default();
        path.push(id);
        let answered = resolved_data(self.data, ids).and_then(|data| {
            service.dispatch(&Call {
                method: "PUT",
                path,
                query: Query::default(),
                conditions: Conditions::default(),
                payload: Payload::Parsed(data.as_ref()),
            })
        });
        match answered {
            Ok(answer) => outcome.version = header(&answer, "etag"),
            Err(refusal) => outcome.result = Err(refusal),
        }
    }

    fn answered(
        &self,
        service: Service<'_>,
        data: Option<&Value>,
        ids: &HashMap<&str, String>,
    ) -> Result<Answer, Refusal> {
        let path = self.segments(ids)?;
        let fits = match (self.method.as_str(), path.as_slice()) {
            ("POST", [endpoint]) | ("PUT" | "PATCH" | "DELETE", [endpoint, _]) => {
                endpoint == "Users" || endpoint == "Groups"
            }
            ("POST" | "PUT" | "PATCH" | "DELETE", _) => false,
            _ if service.switches.has(BulkFault::BulkMethodUnknownAnswers500) => {
                return Err(Refusal::internal());
            }
            _ => return Err(Refusal::invalid_syntax("method must be POST, PUT, PATCH or DELETE")),
        };
        if !fits {
            return Err(Refusal::invalid_value("path names no endpoint that takes this method"));
        }
        let needs_bulk_id = self.method == "POST" && !service.switches.has(BulkFault::BulkIdNotNeeded);
        if needs_bulk_id && self.bulk_id.is_none_or(str::is_empty) {
            return Err(Refusal::invalid_syntax("a POST operation must have a bulkId"));
        }
        let data = data_to_send(service, data, ids)?;
        let if_match =
            self.version.filter(|_| !service.switches.has(BulkFault::BulkVersionIgnored)).map(str::to_owned);
        // With a version it is carried out: that the version counts is another matter.
        let forgets = service.switches.has(BulkFault::BulkWritesForgotten)
            && self.method != "POST"
            && self.version.is_none();
        service.dispatch(&Call {
            method: if forgets { "GET" } else { &self.method },
            path,
            query: Query::default(),
            conditions: Conditions { if_match, if_none_match: None },
            payload: Payload::Parsed(data.as_ref()),
        })
    }

    fn segments(&self, ids: &HashMap<&str, String>) -> Result<Vec<String>, Refusal> {
        self.path
            .trim_matches('/')
            .split('/')
            .map(|segment| match references::named_by(segment) {
                None => Ok(percent_decoded(segment, false).unwrap_or_else(|| segment.to_owned())),
                Some(bulk_id) => ids.get(bulk_id).cloned().ok_or_else(|| unresolved(bulk_id)),
            })
            .collect()
    }
}

impl Outcome {
    pub(super) fn succeeded(&self) -> bool {
        self.result.is_ok()
    }

    /// The id of the resource that was made.
    pub(super) fn made(&self) -> Option<&str> {
        if self.method != "POST" || !self.succeeded() {
            return None;
        }
        self.location.as_deref()?.rsplit('/').next()
    }

    /// The operation's part of the answer; statuses are strings.
    pub(super) fn document(&self, switches: Switches) -> Value {
        let mut document = json!({ "method": self.method });
        let left_out = |name: &str| {
            name == "bulkId" && switches.has(BulkFault::BulkIdNotReturned)
                || name == "location" && switches.has(BulkFault::BulkLocationMissing)
        };
        let mut put = |name: &str, value: &Option<String>| {
            if let Some(value) = value
                && !left_out(name)
            {
                document[name] = json!(value);
            }
        };
        put("bulkId", &self.bulk_id);
        put("location", &self.location);
        put("version", &self.version);
        match &self.result {
            Ok(status) => document["status"] = json!(status.to_string()),
            Err(refusal) if refusal.status == 404 && switches.has(BulkFault::BulkFailureAsSuccess) => {
                document["status"] = json!("204");
            }
            Err(refusal) => {
                document["status"] = json!(refusal.status.to_string());
                if !switches.has(BulkFault::BulkFailureWithoutError) {
                    document["response"] = refusal.document(switches);
                }
            }
        }
        if switches.has(BulkFault::BulkStatusAsNumber) {
            document["status"] =
                document["status"].as_str().and_then(|status| status.parse::<u16>().ok()).into();
        }
        document
    }

    fn take(&mut self, answered: Result<Answer, Refusal>) {
        match answered {
            Ok(answer) => {
                self.version = header(&answer, "etag");
                self.location = header(&answer, "location").or(self.location.take());
                if self.location.is_none()
                    && let crate::http::Content::Scim(document) = &answer.content
                {
                    self.location = document["meta"]["location"].as_str().map(str::to_owned);
                }
                self.result = Ok(answer.status);
            }
            Err(refusal) => self.result = Err(refusal),
        }
    }
}

/// An operation's data with ids in the place of references.
fn data_to_send(
    service: Service<'_>,
    data: Option<&Value>,
    ids: &HashMap<&str, String>,
) -> Result<Option<Value>, Refusal> {
    if service.switches.has(BulkFault::BulkReferenceNotResolved) {
        return Ok(data.cloned());
    }
    if service.switches.has(BulkFault::UnknownReferenceDropped) {
        let unknown = |bulk_id: &str| !ids.contains_key(bulk_id);
        return Ok(data.and_then(|data| references::without(data, &unknown)))
            .and_then(|data| resolved_data(data.as_ref(), ids));
    }
    resolved_data(data, ids)
}

fn resolved_data(data: Option<&Value>, ids: &HashMap<&str, String>) -> Result<Option<Value>, Refusal> {
    data.map(|data| references::resolved(data, ids)).transpose().map_err(|bulk_id| unresolved(&bulk_id))
}

fn header(answer: &Answer, name: &str) -> Option<String> {
    answer.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
}

fn unresolved(bulk_id: &str) -> Refusal {
    Refusal::new(409, format!("no operation made a resource with the bulkId {bulk_id}"))
}
