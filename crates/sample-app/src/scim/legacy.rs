//! SCIM 1.1 over the same store: what it asks is carried out as SCIM 2.0, and told in its own words.

mod merge;
mod translate;

use serde_json::{Map, Value, json};

use super::conditions::Conditions;
use super::dispatch::{Call, Payload};
use super::service::Service;
use crate::fault::LegacyFault;
use crate::http::{Answer, Content, Query, Refusal};
use crate::schema::ResourceType;

/// One request of an authenticated client.
#[derive(Debug)]
pub(crate) struct LegacyCall<'a> {
    pub method: &'a str,
    /// The decoded segments below the base URI.
    pub path: Vec<String>,
    pub query: Query,
    pub body: &'a [u8],
}

impl Service<'_> {
    /// Answers a request of SCIM 1.1, whatever comes of it. A client that may not speak hears it here.
    pub(crate) fn answer_legacy(self, door: Result<(), Refusal>, call: &LegacyCall<'_>) -> Answer {
        let answer = match door.and_then(|()| self.legacy(call)) {
            Ok(answer) => answer,
            Err(refusal) => refusal.answer(self.switches),
        };
        self.in_words_of_1_1(answer)
    }

    fn legacy(self, call: &LegacyCall<'_>) -> Result<Answer, Refusal> {
        let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
        let kind = match path.first() {
            Some(&"Users") => ResourceType::User,
            Some(&"Groups") => ResourceType::Group,
            Some(&"ServiceProviderConfigs") if path.len() == 1 && call.method == "GET" => {
                return Ok(Answer::scim(200, configuration()));
            }
            Some(_) | None => return Err(Refusal::not_found("this endpoint")),
        };
        match (call.method, path.get(1..).unwrap_or_default()) {
            ("GET" | "HEAD", []) => self.legacy_list(kind, call),
            ("POST", []) => self.legacy_create(kind, call),
            ("GET" | "HEAD", [id]) => self.legacy_read(kind, id),
            ("PUT", [id]) => {
                if self.switches.has(LegacyFault::ReplaceForgets) {
                    return self.legacy_read(kind, id);
                }
                let body = translate::to_2_0(kind, object(call.body)?);
                self.as_2_0("PUT", kind, Some(id), Query::default(), Some(&body))
            }
            ("PATCH", [id]) => self.legacy_patch(kind, id, object(call.body)?),
            ("DELETE", [_]) if kind == ResourceType::Group && self.switches.has(LegacyFault::GroupStays) => {
                Ok(Answer::nothing(204))
            }
            ("DELETE", [id]) => self.as_2_0("DELETE", kind, Some(id), Query::default(), None),
            (_, [_, _, ..]) => Err(Refusal::not_found("this endpoint")),
            (_, _) => Err(Refusal::method_not_allowed("GET, HEAD, POST, PUT, PATCH, DELETE")),
        }
    }

    fn legacy_list(self, kind: ResourceType, call: &LegacyCall<'_>) -> Result<Answer, Refusal> {
        let mut query = call.query.clone();
        if self.switches.has(LegacyFault::FilterIgnored) {
            query = query.without("filter");
        }
        if self.switches.has(LegacyFault::StartIndexIgnored) {
            query = query.without("startIndex");
        }
        let mut answer = self.as_2_0("GET", kind, None, query, None)?;
        if let Content::Scim(list) = &mut answer.content {
            if self.switches.has(LegacyFault::NoMatchAnswers404) && list["totalResults"] == json!(0) {
                return Err(Refusal::not_found("a match"));
            }
            if self.switches.has(LegacyFault::TotalsAsStrings) {
                list["totalResults"] = json!(list["totalResults"].to_string());
            }
        }
        Ok(answer)
    }

    fn legacy_create(self, kind: ResourceType, call: &LegacyCall<'_>) -> Result<Answer, Refusal> {
        let body = translate::to_2_0(kind, object(call.body)?);
        let mut answer = self.as_2_0("POST", kind, None, Query::default(), Some(&body))?;
        if answer.status == 409 && self.switches.has(LegacyFault::DuplicateAnswers400) {
            return Err(Refusal::invalid_value("this userName is taken"));
        }
        if answer.status == 201 && self.switches.has(LegacyFault::CreateAnswers200) {
            answer.status = 200;
        }
        Ok(answer)
    }

    fn legacy_read(self, kind: ResourceType, id: &str) -> Result<Answer, Refusal> {
        let mut answer = self.as_2_0("GET", kind, Some(id), Query::default(), None)?;
        let has = |fault: LegacyFault| self.switches.has(fault);
        let is_user = kind == ResourceType::User;
        if answer.status == 404 && is_user && has(LegacyFault::UnknownIdAnswers500) {
            return Err(Refusal::internal());
        }
        let Content::Scim(Value::Object(shown)) = &mut answer.content else { return Ok(answer) };
        let is_hidden =
            is_user && shown.get("active") == Some(&json!(false)) && has(LegacyFault::InactiveHidden)
                || !is_user && !shown.contains_key("members") && has(LegacyFault::EmptyGroupHidden);
        if is_hidden && answer.status == 200 {
            return Err(Refusal::not_found(kind.name()));
        }
        if has(LegacyFault::ReadOmitsEmails) {
            shown.shift_remove("emails");
        }
        Ok(answer)
    }

    /// The part of a resource that the client sent, put into the whole and stored as a whole.
    fn legacy_patch(self, kind: ResourceType, id: &str, part: Map<String, Value>) -> Result<Answer, Refusal> {
        let now = self.as_2_0("GET", kind, Some(id), Query::default(), None)?;
        let Content::Scim(Value::Object(whole)) = now.content else { return Ok(now) };
        if now.status != 200 {
            return Ok(Answer::scim(now.status, Value::Object(whole)));
        }
        let whole = Value::Object(merge::merged(kind, self.switches, whole, part));
        self.as_2_0("PUT", kind, Some(id), Query::default(), Some(&whole))
    }

    fn as_2_0(
        self,
        method: &str,
        kind: ResourceType,
        id: Option<&str>,
        query: Query,
        body: Option<&Value>,
    ) -> Result<Answer, Refusal> {
        let path = [Some(kind.endpoint()), id].into_iter().flatten().map(str::to_owned).collect();
        self.dispatch(&Call {
            method,
            path,
            query,
            conditions: Conditions::default(),
            payload: Payload::Parsed(body),
        })
        .or_else(|refusal| Ok(refusal.answer(self.switches)))
    }

    fn in_words_of_1_1(self, mut answer: Answer) -> Answer {
        answer.content = match answer.content {
            Content::Scim(document) if answer.status >= 400 => {
                if self.switches.has(LegacyFault::ErrorsOfTwoPointZero) {
                    Content::Json(document)
                } else {
                    Content::Json(translate::errors(answer.status, &document))
                }
            }
            Content::Scim(document) => Content::Json(translate::to_1_1(document)),
            other @ (Content::Nothing
            | Content::Json(_)
            | Content::Html(_)
            | Content::SamlMetadata(_)
            | Content::Bytes { .. }) => other,
        };
        answer
    }
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    serde_json::from_slice(bytes).map_err(|_| Refusal::invalid_syntax("the body must be a JSON object"))
}

fn configuration() -> Value {
    json!({
        "schemas": [translate::CORE],
        "patch": { "supported": true },
        "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
        "filter": { "supported": true, "maxResults": super::list::MAX_RESULTS },
        "changePassword": { "supported": true },
        "sort": { "supported": true },
        "etag": { "supported": false },
        "xmlDataFormat": { "supported": false },
        "authenticationSchemes": [{ "name": "OAuth Bearer Token", "type": "oauthbearertoken" }],
    })
}
