//! Which request means what: methods and endpoints (RFC 7644, section 3.2).

use serde_json::{Map, Value};

use super::conditions::Conditions;
use super::misreading;
use super::service::Service;
use crate::fault::{
    BulkFault, CreateFault, DiscoveryFault, ErrorFault, Fault, GroupFault, HttpFault, SchemaFault,
};
use crate::http::{Answer, Query, Refusal};
use crate::schema::ResourceType;
use crate::variant::Variant;

/// One request of an authenticated client.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub method: &'a str,
    /// The decoded segments below the base URI.
    pub path: Vec<String>,
    pub query: Query,
    pub conditions: Conditions,
    pub payload: Payload<'a>,
}

/// What a request carries.
#[derive(Debug)]
pub(crate) enum Payload<'a> {
    Bytes {
        media_type: Option<&'a str>,
        bytes: &'a [u8],
    },
    /// Read already, as part of a bulk request.
    Parsed(Option<&'a Value>),
}

/// The largest body that is read, in bytes; also the limit of a bulk request.
pub(crate) const MAX_PAYLOAD: usize = 1_048_576;

impl Service<'_> {
    /// Answers a request, whatever comes of it.
    pub(crate) fn answer(self, call: &Call<'_>) -> Answer {
        if self.switches.is(Variant::NoFilter) && asks_to_filter(call) {
            return no_filters().answer(self.switches);
        }
        self.dispatch(call).unwrap_or_else(|refusal| refusal.answer(self.switches))
    }

    pub(super) fn dispatch(self, call: &Call<'_>) -> Result<Answer, Refusal> {
        let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["Groups", ..] if self.switches.is(Variant::NoGroups) => Err(Refusal::not_found("this endpoint")),
            ["Bulk"] if self.switches.has(BulkFault::BulkNotOfferedAnswers500) => Err(Refusal::internal()),
            ["Bulk"] if self.switches.is(Variant::NoBulk) => {
                Err(Refusal::new(501, "bulk requests are not supported"))
            }
            ["Groups"]
                if call.method == "GET"
                    && call.query.get("filter").is_none()
                    && self.switches.has(GroupFault::GroupListIsBareArray) =>
            {
                self.bare_list(call)
            }
            [] => self.search_endpoint(call, &ResourceType::ALL),
            [".search"] => self.post_search(call, &ResourceType::ALL),
            ["Users"] => self.collection(call, ResourceType::User),
            ["Groups"] => self.collection(call, ResourceType::Group),
            ["Users", ".search"] => self.post_search(call, &[ResourceType::User]),
            ["Groups", ".search"] => self.post_search(call, &[ResourceType::Group]),
            ["Users", id] => self.resource(call, ResourceType::User, id),
            ["Groups", id] => self.resource(call, ResourceType::Group, id),
            ["ServiceProviderConfig"] if self.is_written(call, DiscoveryFault::ConfigWritable) => {
                self.provider_config(call).map(|answer| Answer { status: 201, ..answer })
            }
            ["ServiceProviderConfig"] => get_only(call).and_then(|()| self.provider_config(call)),
            ["ResourceTypes"] if self.is_written(call, DiscoveryFault::ResourceTypesWritable) => {
                self.resource_types(call).map(|answer| Answer { status: 201, ..answer })
            }
            ["ResourceTypes"] => get_only(call).and_then(|()| self.resource_types(call)),
            ["ResourceTypes", name] => get_only(call).and_then(|()| self.resource_type(call, name)),
            ["Schemas"] if self.is_written(call, SchemaFault::SchemasWritable) => {
                self.schemas(call).map(|answer| Answer { status: 201, ..answer })
            }
            ["Schemas"] => get_only(call).and_then(|()| self.schemas(call)),
            ["Schemas", urn] => get_only(call).and_then(|()| self.schema(call, urn)),
            ["Bulk"] if call.method == "POST" => self.bulk(call),
            ["Bulk"] => Err(Refusal::method_not_allowed("POST")),
            ["Me"] => self.me(call),
            [endpoint, below @ ..] => match self.grant_type(endpoint) {
                Some(grant) => get_only(call).and_then(|()| self.grants(call, grant, below)),
                None if self.switches.has(HttpFault::UnknownEndpointFails) => Err(Refusal::internal()),
                None => Err(Refusal::not_found("this endpoint")),
            },
        }
    }

    fn is_written(self, call: &Call<'_>, fault: impl Into<Fault>) -> bool {
        call.method == "POST" && self.switches.has(fault)
    }

    fn collection(self, call: &Call<'_>, kind: ResourceType) -> Result<Answer, Refusal> {
        match call.method {
            "GET" | "HEAD" => self.search_endpoint(call, &[kind]),
            "POST" => self.create(kind, &self.body(call)?, &self.projection(call, kind)?),
            _ => Err(Refusal::method_not_allowed("GET, HEAD, POST")),
        }
    }

    fn search_endpoint(self, call: &Call<'_>, kinds: &[ResourceType]) -> Result<Answer, Refusal> {
        match call.method {
            "GET" | "HEAD" => self.list_by_query(kinds, &call.query),
            _ => Err(Refusal::method_not_allowed("GET, HEAD")),
        }
    }

    fn post_search(self, call: &Call<'_>, kinds: &[ResourceType]) -> Result<Answer, Refusal> {
        match call.method {
            "POST" => self.list_by_body(kinds, &self.body(call)?),
            _ => Err(Refusal::method_not_allowed("POST")),
        }
    }

    pub(super) fn resource(self, call: &Call<'_>, kind: ResourceType, id: &str) -> Result<Answer, Refusal> {
        let conditions = &call.conditions;
        match call.method {
            "GET" | "HEAD" => self.read(kind, id, conditions, &self.projection(call, kind)?),
            "PUT" => self.replace(kind, id, &self.body(call)?, conditions, &self.projection(call, kind)?),
            "PATCH" if self.switches.is(Variant::NoPatch) => Err(Refusal::new(501, "PATCH is not supported")),
            "PATCH" => self.patch(kind, id, &self.body(call)?, conditions, &self.projection(call, kind)?),
            "DELETE" => self.remove(kind, id, conditions),
            _ => Err(Refusal::method_not_allowed("GET, HEAD, PUT, PATCH, DELETE")),
        }
    }

    /// The request's body, which must be a JSON object.
    pub(super) fn body(self, call: &Call<'_>) -> Result<Map<String, Value>, Refusal> {
        let value = match call.payload {
            Payload::Parsed(Some(value)) => value.clone(),
            Payload::Parsed(None) => return Err(Refusal::invalid_syntax("`data` is missing")),
            Payload::Bytes { media_type, bytes } => {
                if !media_type.is_none_or(is_json) {
                    let status = if self.switches.is(Variant::MediaTypeAs400) { 400 } else { 415 };
                    return Err(Refusal::new(status, "the body must be application/scim+json"));
                }
                if bytes.len() > MAX_PAYLOAD && !self.switches.has(BulkFault::MaxPayloadIgnored) {
                    return Err(Refusal::new(413, format!("the body exceeds {MAX_PAYLOAD} bytes")));
                }
                serde_json::from_slice(&misreading::bytes(bytes, self.switches)).map_err(|_| {
                    if self.switches.has(CreateFault::MalformedJsonAnswers500) {
                        Refusal::internal()
                    } else if self.switches.has(ErrorFault::InvalidSyntaxUnnamed) {
                        Refusal::new(400, "the body is not JSON")
                    } else {
                        Refusal::invalid_syntax("the body is not JSON")
                    }
                })?
            }
        };
        match misreading::value(value, self.switches) {
            Value::Object(members) => Ok(members),
            Value::Array(_) if self.switches.has(CreateFault::ListAsBodyAnswers500) => {
                Err(Refusal::internal())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Err(Refusal::invalid_syntax("the body must be a JSON object"))
            }
        }
    }
}

/// Whether a call asks for those resources that a filter selects.
fn asks_to_filter(call: &Call<'_>) -> bool {
    let of_resources =
        call.path.first().is_none_or(|endpoint| ["Users", "Groups"].contains(&endpoint.as_str()));
    of_resources && call.query.get("filter").is_some()
}

/// What a server says that does not filter.
pub(super) fn no_filters() -> Refusal {
    Refusal::new(501, "filters are not supported")
}

fn get_only(call: &Call<'_>) -> Result<(), Refusal> {
    match call.method {
        "GET" | "HEAD" => Ok(()),
        _ => Err(Refusal::method_not_allowed("GET, HEAD")),
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/scim+json") || essence.eq_ignore_ascii_case("application/json")
}
