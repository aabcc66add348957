//! The documents of resource types: RFC 7643 section 6, RFC 7644 section 4.

use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, must, should};
use serde_json::{Value, json};

use super::{not_paged, not_written, resource_types, schema_list, served_alone, text};
use crate::answer::{Answer, at};
use crate::user::USER;
use crate::verbs::{Scim, segment};

/// How many endpoints are tried: some servers have a type for every table of theirs.
const TRIED: usize = 8;

pub(crate) static GROUP: Group = Group {
    id: "scim.resource-types",
    title: "The documents of resource types",
    tags: &["discovery"],
    alone: false,
    checks: &[
        Check {
            id: "scim.resource-types.each-is-complete",
            title: "Every resource type has a name, an endpoint and a schema",
            requirement: must(Rfc7643, "6", "name, endpoint and schema of a resource type are required"),
            needs: &[],
            pitfall: "A type of the server's own is listed with its name alone.",
            fix: "Serve `name`, `endpoint` and `schema` for every type that /ResourceTypes lists.",
            run: |cx| {
                let types = resource_types(cx)?;
                for one in types.resources() {
                    for name in ["name", "endpoint", "schema"] {
                        if text(one, name).is_none_or(str::is_empty) {
                            return Err(Finding::broken(format!("`{name}`"), one.to_string()));
                        }
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.resource-types.endpoints-are-relative",
            title: "The endpoint of a resource type is relative to the base URL",
            requirement: must(Rfc7643, "6", "the endpoint is relative to the base URL of the server"),
            needs: &[],
            pitfall: "An absolute URL is written, or the path is counted from the host.",
            fix: "Write `/Users`, without the host and without the path of the base URL.",
            run: |cx| {
                let types = resource_types(cx)?;
                let base = url::Url::parse(&cx.target()?.base_url)
                    .map_err(|error| Finding::blocked(error.to_string()))?;
                let base = base.path().trim_end_matches('/');
                for endpoint in endpoints(&types) {
                    let counted_from_host = base.len() > 1 && endpoint.starts_with(&format!("{base}/"));
                    if endpoint.contains("://") || counted_from_host {
                        return Err(Finding::broken("an endpoint such as /Users", endpoint));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.resource-types.endpoints-answer",
            title: "What the resource types name can be asked for",
            requirement: must(Rfc7643, "6", "the endpoint of a resource type is one that HTTP can address"),
            needs: &[],
            pitfall: "A type is listed whose endpoint was never built, or has another name.",
            fix: "List only types that you serve, with the path under which you serve them.",
            run: endpoints_answer,
        },
        Check {
            id: "scim.resource-types.one-is-served-alone",
            title: "One resource type is served by its name",
            requirement: must(
                Rfc7644,
                "4",
                "a request for one resource type is answered with that object, as one user is",
            ),
            needs: &[],
            pitfall: "Only the list is served, or one type comes wrapped in a list.",
            fix: "Answer GET /ResourceTypes/User with the single object.",
            run: |cx| {
                let types = resource_types(cx)?;
                let Some((id, name)) = types.resources().iter().find_map(|one| {
                    let name = text(one, "name")?;
                    Some((text(one, "id").unwrap_or(name).to_owned(), name.to_owned()))
                }) else {
                    return Err(Finding::blocked("no resource type has a name"));
                };
                served_alone(cx, &format!("/ResourceTypes/{}", segment(&id)), "name", &name)
            },
        },
        Check {
            id: "scim.resource-types.unknown-is-404",
            title: "A resource type that does not exist is not found",
            requirement: should(Rfc7644, "3.12", "what does not exist is answered 404"),
            needs: &[],
            pitfall: "The whole list is served whatever name is asked for.",
            fix: "Answer 404 when no resource type has the name.",
            run: |cx| {
                resource_types(cx)?;
                cx.get("/ResourceTypes/OinspectKnowsNone")?.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.resource-types.schemas-are-described",
            title: "The schemas that resource types name are served",
            requirement: must(
                Rfc7643,
                "6",
                "the schema and the schema extensions of a type are ids of schemas that the server serves",
            ),
            needs: &[],
            pitfall: "An extension is announced and not described, so that clients cannot map it.",
            fix: "Serve every URN that a resource type names at /Schemas.",
            run: |cx| {
                let types = resource_types(cx)?;
                let schemas = schema_list(cx)?;
                let served: Vec<&str> =
                    schemas.resources().iter().filter_map(|one| text(one, "id")).collect();
                let is_served = |urn: &str| served.iter().any(|known| known.eq_ignore_ascii_case(urn));
                for one in types.resources() {
                    let named = text(one, "schema")
                        .into_iter()
                        .chain(extensions(one).filter_map(|one| text(one, "schema")));
                    // That users are described is a requirement of its own.
                    if let Some(urn) = named.into_iter().find(|urn| !is_served(urn) && *urn != USER) {
                        return Err(Finding::broken(format!("{urn} in /Schemas"), served.join(", ")));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.resource-types.extensions-say-whether-required",
            title: "A schema extension says whether resources must have it",
            requirement: must(Rfc7643, "6", "an extension of a type has a schema and a boolean `required`"),
            needs: &[],
            pitfall: "Extensions are listed as bare URNs, or `required` is left out.",
            fix: "Serve `schemaExtensions` as objects with `schema` and `required`.",
            run: |cx| {
                let types = resource_types(cx)?;
                let whole = |one: &Value| {
                    text(one, "schema").is_some() && at(one, "required").is_some_and(Value::is_boolean)
                };
                match types.resources().iter().flat_map(extensions).find(|one| !whole(one)) {
                    None => Ok(()),
                    Some(extension) => Err(Finding::broken(
                        "an extension with `schema` and `required`",
                        extension.to_string(),
                    )),
                }
            },
        },
        Check {
            id: "scim.resource-types.paging-is-ignored",
            title: "Sorting and paging change nothing about the list of resource types",
            requirement: must(Rfc7644, "4", "query parameters of lists are ignored where discovery is asked"),
            needs: &[],
            pitfall: "The general list handler pages discovery, too, and clients miss types.",
            fix: "Answer /ResourceTypes with all types, whatever startIndex, count and sortBy say.",
            run: |cx| {
                let types = resource_types(cx)?;
                not_paged(cx, "/ResourceTypes", &types)
            },
        },
        Check {
            id: "scim.resource-types.writing-is-refused",
            title: "Resource types cannot be written",
            requirement: should(Rfc7643, "6", "resource types are read-only"),
            needs: &[],
            pitfall: "A generic resource handler takes a POST and stores a new type.",
            fix: "Answer 405 to every method but GET at /ResourceTypes.",
            run: |cx| {
                resource_types(cx)?;
                let name = cx.name();
                let body = json!({
                    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
                    "name": name,
                    "endpoint": format!("/{name}"),
                    "schema": USER,
                });
                not_written(cx, "/ResourceTypes", &body)
            },
        },
    ],
};

/// The extensions of one resource type.
pub(super) fn extensions(one: &Value) -> impl Iterator<Item = &Value> {
    at(one, "schemaExtensions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter()
}

fn endpoints(types: &Answer) -> impl Iterator<Item = &str> {
    types.resources().iter().filter_map(|one| text(one, "endpoint")).filter(|endpoint| !endpoint.is_empty())
}

fn endpoints_answer(cx: &mut Cx) -> Result<(), Finding> {
    let types = resource_types(cx)?;
    let base = cx.target()?.base_url.clone();
    let below = base.split_once("://").and_then(|(_, rest)| rest.find('/').map(|start| &rest[start..]));
    let below = below.unwrap_or("://");
    let mut tried = 0;
    for endpoint in endpoints(&types).take(TRIED) {
        // One that is written as a URL of this server, or with the path of its base, is a requirement of
        // its own.
        let path = endpoint.strip_prefix(base.as_str()).unwrap_or(endpoint);
        let path = path.strip_prefix(below).unwrap_or(path);
        if path.contains("://") {
            continue;
        }
        tried += 1;
        let answer = cx.get(&format!("/{}?count=1", path.trim_start_matches('/')))?;
        // Some types can be read one by one only: 403, 405 and 501 say so.
        if !answer.is_success() && !matches!(answer.status(), 400 | 403 | 405 | 501) {
            return Err(Finding::broken(format!("an answer of {endpoint}"), answer.described()));
        }
    }
    if tried == 0 {
        Err(Finding::blocked("no resource type names an endpoint of this server"))
    } else {
        Ok(())
    }
}
