//! Finding out what a server offers: RFC 7644 section 4, RFC 7643 sections 5 to 7.

pub(crate) mod config;
pub(crate) mod resource_types;
pub(crate) mod schemas;
pub(crate) mod truth;

use std::sync::Arc;

use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, must, should};
use serde_json::Value;

use crate::answer::{Answer, LIST, at, shown};
use crate::user::USER;
use crate::verbs::{Scim, with_json};

const CONFIG: &str = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
const FEATURES: [&str; 6] = ["patch", "bulk", "filter", "changePassword", "sort", "etag"];

pub(crate) static GROUP: Group = Group {
    id: "scim.discovery",
    title: "Finding out what the server offers",
    tags: &["discovery"],
    alone: false,
    checks: &[
        Check {
            id: "scim.discovery.config-is-served",
            title: "The service provider's configuration is served as one object",
            requirement: must(Rfc7644, "4", "/ServiceProviderConfig answers one object of its own schema"),
            needs: &[],
            pitfall: "The endpoint is missing, wrapped in a list, or lacks its schema URN.",
            fix: "Answer GET /ServiceProviderConfig with a single object whose `schemas` holds the \
                  ServiceProviderConfig URN.",
            run: |cx| {
                let config = cx.get("/ServiceProviderConfig")?;
                config.expect_status(200)?.json()?;
                if config.has_schema(CONFIG) {
                    return Ok(());
                }
                Err(Finding::broken(format!("`schemas` with {CONFIG}"), config.described()))
            },
        },
        Check {
            id: "scim.discovery.config-names-every-feature",
            title: "The configuration says of every feature whether it is supported",
            requirement: must(
                Rfc7643,
                "5",
                "patch, bulk, filter, changePassword, sort and etag each have a boolean `supported`",
            ),
            needs: &[oinspect_core::Capability::Discovery],
            pitfall: "Features that are not supported are left out instead of being said to be unsupported.",
            fix: "List all six features; set `supported` to false for what you do not offer.",
            run: |cx| {
                let config = cx.get("/ServiceProviderConfig")?;
                config.expect_status(200)?.json()?;
                let silent: Vec<&str> = FEATURES
                    .into_iter()
                    .filter(|feature| !config.at(&format!("{feature}.supported")).is_some_and(Value::is_boolean))
                    .collect();
                if silent.is_empty() {
                    return Ok(());
                }
                Err(Finding::broken("a boolean `supported` for every feature", format!("none for {}", silent.join(", "))))
            },
        },
        Check {
            id: "scim.discovery.resource-types-list-users",
            title: "The resource types name users, their endpoint and their schema",
            requirement: must(Rfc7643, "6", "a resource type has a name, an endpoint and a schema"),
            needs: &[],
            pitfall: "The endpoint is missing, or answers a bare array.",
            fix: "Answer GET /ResourceTypes with a ListResponse that holds a User resource type with `name`, \
                  `endpoint` and `schema`.",
            run: |cx| {
                let types = discovery_list(cx, "/ResourceTypes")?;
                let users = types.resources().iter().find(|one| text(one, "schema") == Some(USER));
                let Some(users) = users else {
                    return Err(Finding::broken(format!("a resource type whose schema is {USER}"), types.described()));
                };
                match (text(users, "name"), text(users, "endpoint")) {
                    (Some(_), Some(_)) => Ok(()),
                    _ => Err(Finding::broken("`name` and `endpoint` of the User resource type", shown(Some(users)))),
                }
            },
        },
        Check {
            id: "scim.discovery.schemas-describe-users",
            title: "The schemas describe users and their attributes",
            requirement: must(Rfc7644, "4", "/Schemas lists every supported schema"),
            needs: &[],
            pitfall: "Only extensions are listed, or `attributes` is empty.",
            fix: "Answer GET /Schemas with a ListResponse that holds the core User schema and its attributes, \
                  each with a name and a type.",
            run: |cx| {
                let schemas = discovery_list(cx, "/Schemas")?;
                let users = schemas.resources().iter().find(|one| text(one, "id") == Some(USER));
                let attributes = users.and_then(|users| at(users, "attributes")).and_then(Value::as_array);
                match attributes {
                    Some(attributes) if attributes.iter().any(|one| text(one, "name") == Some("userName")) => Ok(()),
                    Some(_) => Err(Finding::broken("`userName` among the attributes of users", schemas.described())),
                    None => Err(Finding::broken(format!("a schema with the id {USER}"), schemas.described())),
                }
            },
        },
        Check {
            id: "scim.discovery.filter-is-forbidden",
            title: "A filter on a discovery endpoint is forbidden",
            requirement: should(
                Rfc7644,
                "4",
                "a filter on a discovery endpoint is answered 403, so that nobody believes that it was applied",
            )
            .entra(Level::May),
            needs: &[],
            pitfall: "The filter is ignored, and the client takes what it gets for what it asked for.",
            fix: "Answer 403 when a discovery endpoint is asked with a `filter`.",
            run: |cx| {
                let plain = cx.get("/ResourceTypes")?;
                plain.expect_status(200).map_err(|finding| finding.as_obstacle("no resource types"))?;
                cx.get("/ResourceTypes?filter=name%20eq%20%22User%22")?.expect_status(403).map(drop)
            },
        },
    ],
};

/// A discovery endpoint that answers a list.
fn discovery_list(cx: &mut Cx, path: &str) -> Result<Answer, Finding> {
    let list = cx.get(path)?;
    list.expect_status(200)?.json()?;
    if list.has_schema(LIST) { Ok(list) } else { Err(Finding::broken("a ListResponse", list.described())) }
}

/// The server's configuration, for checks that look into it.
///
/// # Errors
/// Blocked, where it cannot be read: that is a requirement of its own.
fn config(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    cx.once("service provider configuration", |cx| {
        let config = cx.get("/ServiceProviderConfig")?;
        config.expect_status(200)?.json()?;
        if config.any_json().is_some_and(Value::is_object) && !config.has_schema(LIST) {
            return Ok(config);
        }
        Err(Finding::broken("one object", config.described()))
    })
}

/// The server's resource types, for checks that look into them.
///
/// # Errors
/// Blocked, where they cannot be read or there are none.
fn resource_types(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    cx.once("list of resource types", |cx| filled_list(cx, "/ResourceTypes"))
}

/// The server's schemas as it serves them, for checks that look into them.
///
/// # Errors
/// Blocked, where they cannot be read or there are none.
fn schema_list(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    cx.once("list of schemas", |cx| filled_list(cx, "/Schemas"))
}

fn filled_list(cx: &mut Cx, path: &str) -> Result<Answer, Finding> {
    let list = discovery_list(cx, path)?;
    // Something that is no user: a server that answers anything with anything describes nothing.
    if list.resources().iter().any(|one| text(one, "name").is_some()) {
        return Ok(list);
    }
    Err(Finding::broken(format!("the documents of {path}"), list.described()))
}

/// Judges that a discovery endpoint, which can be read, is not written by POST.
fn not_written(cx: &mut Cx, path: &str, body: &Value) -> Result<(), Finding> {
    let request = with_json(cx.request(Method::Post, path)?, body.to_string());
    let answer = cx.ask(&request)?;
    if answer.is_refusal() || answer.status() == 501 {
        return Ok(());
    }
    Err(Finding::broken("a refusal (status 405)", answer.described()))
}

/// Judges that what sorts and pages elsewhere changes nothing in a list of discovery.
fn not_paged(cx: &mut Cx, path: &str, whole: &Answer) -> Result<(), Finding> {
    let page = cx.get(&format!("{path}?startIndex=2&count=1&sortBy=name&sortOrder=descending"))?;
    page.expect_status(200)?.json()?;
    let (wanted, found) = (whole.resources().len(), page.resources().len());
    if wanted == found {
        return Ok(());
    }
    Err(Finding::broken(format!("all {wanted} documents"), format!("{found} documents")))
}

/// Judges that one document is served by itself, and is the one asked for.
fn served_alone(cx: &mut Cx, path: &str, key: &str, value: &str) -> Result<(), Finding> {
    let one = cx.get(path)?;
    one.expect_status(200)?.json()?;
    if one.text_at(key).is_some_and(|found| found.eq_ignore_ascii_case(value)) {
        return Ok(());
    }
    Err(Finding::broken(format!("one document with {key} {value}"), one.described()))
}

fn text<'a>(json: &'a Value, name: &str) -> Option<&'a str> {
    at(json, name).and_then(Value::as_str)
}
