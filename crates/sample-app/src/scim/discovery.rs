//! What the service offers (RFC 7644, section 4).

mod faulty;

use serde_json::{Value, json};

use super::dispatch::{Call, MAX_PAYLOAD};
use super::list::{CURSOR_SECONDS, page_sizes};
use super::representation::ENTERPRISE;
use super::service::Service;
use crate::fault::{BulkFault, DiscoveryFault, EntitlementFault, Fault, SchemaFault};
use crate::http::{Answer, Refusal};
use crate::schema::{GrantType, ResourceType, resource_type_document, schema_document, type_document};
use crate::switches::Switches;
use crate::variant::Variant;

/// The most operations in one bulk request.
pub(super) fn most_operations(switches: Switches) -> usize {
    if switches.is(Variant::SmallBulk) { 3 } else { 1000 }
}

impl Service<'_> {
    pub(super) fn provider_config(self, call: &Call<'_>) -> Result<Answer, Refusal> {
        if self.switches.has(DiscoveryFault::ConfigMissing) {
            return Err(Refusal::not_found("this endpoint"));
        }
        if call.query.get("filter").is_some() {
            return Err(Refusal::new(403, "discovery cannot be filtered"));
        }
        let scheme = |kind: &str, name: &str, says: &str, uri: &str, primary: bool| json!({ "type": kind, "name": name, "description": says, "specUri": uri, "primary": primary });
        let location = format!("{}/ServiceProviderConfig", self.base);
        let (most, standard) = page_sizes(self.switches);
        let config = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": { "supported": !self.switches.is(Variant::NoPatch) },
            "bulk": {
                "supported": !(self.switches.is(Variant::NoBulk)
                    || self.switches.has(BulkFault::BulkNotOfferedAnswers500)),
                "maxOperations": most_operations(self.switches),
                "maxPayloadSize": MAX_PAYLOAD,
            },
            "filter": { "supported": !self.switches.is(Variant::NoFilter), "maxResults": most },
            "changePassword": { "supported": true },
            "sort": { "supported": !self.switches.is(Variant::NoSort) },
            "etag": { "supported": !self.switches.is(Variant::NoEtag) },
            "pagination": {
                "cursor": true,
                "index": true,
                "defaultPaginationMethod": if self.switches.is(Variant::CursorsByDefault) { "cursor" } else { "index" },
                "defaultPageSize": standard,
                "maxPageSize": most,
                "cursorTimeout": CURSOR_SECONDS,
            },
            "authenticationSchemes": [
                scheme("oauthbearertoken", "Bearer token", "A token that the app gave out", "https://www.rfc-editor.org/info/rfc6750", true),
                scheme("oauth2", "OAuth 2.0", "A token for a client's credentials", "https://www.rfc-editor.org/info/rfc6749", false),
            ],
            "securityEvents": {
                "asyncRequest": "request",
                "eventUris": ["urn:ietf:params:scim:event:misc:asyncresp"],
            },
            "meta": { "resourceType": "ServiceProviderConfig", "location": location },
        });
        let config = faulty::config(config, self.switches);
        Ok(Answer::scim(200, config).with("location", location))
    }

    pub(super) fn resource_types(self, call: &Call<'_>) -> Result<Answer, Refusal> {
        self.refuse_filter(call)?;
        let listed: Vec<Value> = self
            .kinds()
            .filter(|kind| {
                !(*kind == ResourceType::User && self.switches.has(DiscoveryFault::ResourceTypesOmitUsers))
            })
            .map(|kind| self.type_document(kind))
            .chain(self.grant_types().map(|grant| self.grant_type_document(grant)))
            .chain(faulty::more_types(self.switches))
            .collect();
        Ok(self.whole_list(call, &listed, DiscoveryFault::ResourceTypesPaged))
    }

    pub(super) fn resource_type(self, call: &Call<'_>, name: &str) -> Result<Answer, Refusal> {
        self.refuse_filter(call)?;
        let kind = self.kinds().find(|kind| kind.name() == name);
        let grant = self.grant_types().find(|grant| grant.name() == name);
        match (kind, grant) {
            (Some(_), _) if self.switches.has(DiscoveryFault::TypeAloneAsList) => self.resource_types(call),
            (Some(kind), _) => Ok(located(self.type_document(kind))),
            (None, Some(grant)) => Ok(located(self.grant_type_document(grant))),
            (None, None) if self.switches.has(DiscoveryFault::UnknownTypeAnswersList) => {
                self.resource_types(call)
            }
            (None, None) => Err(Refusal::not_found("this resource type")),
        }
    }

    /// The kinds of resource that this app has.
    fn kinds(self) -> impl Iterator<Item = ResourceType> {
        let no_groups = self.switches.is(Variant::NoGroups);
        ResourceType::ALL.into_iter().filter(move |kind| !(no_groups && *kind == ResourceType::Group))
    }

    fn grant_type_document(self, grant: GrantType) -> Value {
        let mut document = type_document(grant.name(), grant.endpoint(), grant.schema(), &[], self.base);
        let nowhere = self.switches.has(EntitlementFault::EntitlementTypeWithoutEndpoint);
        if grant == GrantType::Entitlement
            && nowhere
            && let Some(members) = document.as_object_mut()
        {
            members.shift_remove("endpoint");
        }
        document
    }

    pub(super) fn schemas(self, call: &Call<'_>) -> Result<Answer, Refusal> {
        self.refuse_filter(call)?;
        Ok(self.whole_list(call, &self.all_schemas(), SchemaFault::SchemasPaged))
    }

    pub(super) fn schema(self, call: &Call<'_>, urn: &str) -> Result<Answer, Refusal> {
        self.refuse_filter(call)?;
        let found = self.all_schemas().into_iter().find(|schema| {
            schema.get("id").and_then(Value::as_str).is_some_and(|id| id.eq_ignore_ascii_case(urn))
        });
        match found {
            Some(_) if self.switches.has(SchemaFault::SchemaAloneAsList) => self.schemas(call),
            Some(schema) => Ok(located(schema)),
            None if self.switches.has(SchemaFault::UnknownSchemaAnswersList) => self.schemas(call),
            None => Err(Refusal::not_found("this schema")),
        }
    }

    fn all_schemas(self) -> Vec<Value> {
        self.kinds()
            .flat_map(|kind| {
                std::iter::once(kind.schema()).chain(kind.extensions(self.switches).iter().copied())
            })
            .chain(self.grant_types().map(GrantType::schema))
            .filter(|schema| {
                let is_user = schema.urn == ResourceType::User.schema().urn;
                let is_enterprise = schema.urn == ENTERPRISE;
                !(is_user && self.switches.has(DiscoveryFault::SchemasOmitUser)
                    || is_enterprise && self.switches.has(DiscoveryFault::ExtensionNotDescribed))
            })
            .map(|schema| faulty::schema(schema_document(schema, self.base), self.switches))
            .collect()
    }

    fn type_document(self, kind: ResourceType) -> Value {
        faulty::resource_type(
            resource_type_document(kind, self.switches, self.base),
            self.switches,
            self.base,
        )
    }

    /// All documents; they are never paged.
    fn whole_list(self, call: &Call<'_>, resources: &[Value], paged: impl Into<Fault>) -> Answer {
        if self.switches.has(paged) && call.query.get("count").is_some() {
            return listed(resources.get(1..2).unwrap_or_default());
        }
        listed(resources)
    }

    /// A client must not take an unfiltered list for a filtered one.
    fn refuse_filter(self, call: &Call<'_>) -> Result<(), Refusal> {
        if call.query.get("filter").is_some() && !self.switches.has(DiscoveryFault::DiscoveryFilterAnswered) {
            return Err(Refusal::new(403, "discovery cannot be filtered"));
        }
        Ok(())
    }
}

fn listed(resources: &[Value]) -> Answer {
    Answer::scim(
        200,
        json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": resources.len(),
            "startIndex": 1,
            "itemsPerPage": resources.len(),
            "Resources": resources,
        }),
    )
}

fn located(document: Value) -> Answer {
    let location = document["meta"]["location"].as_str().unwrap_or_default().to_owned();
    Answer::scim(200, document).with("location", location)
}
