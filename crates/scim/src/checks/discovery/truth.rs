//! Whether the server does what its discovery documents say: RFC 7643 sections 3 and 5 to 7.

use oinspect_core::Capability::{Discovery, Groups};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, must, should};
use serde_json::{Value, json};

use super::resource_types::extensions;
use super::{config, resource_types, schema_list, text};
use crate::answer::{Answer, at, shown};
use crate::group;
use crate::kind::Kind;
use crate::schema::{Attribute, Schemas, need};
use crate::user::{self, USER};
use crate::verbs::{Scim, user_name_query};

/// What every resource has, whatever its schema says (RFC 7643, 3.1).
const COMMON: [&str; 4] = ["schemas", "id", "externalId", "meta"];

pub(crate) static GROUP: Group = Group {
    id: "scim.truth",
    title: "Doing what the discovery documents say",
    tags: &["discovery"],
    alone: false,
    checks: &[
        Check {
            id: "scim.truth.unsupported-is-refused-without-failing",
            title: "What the configuration does not promise does not make the server fail",
            requirement: should(Rfc7644, "3.12", "an operation that is not supported is answered 501"),
            needs: &[Discovery],
            pitfall: "The route exists, half of its code does not, and the request ends in an exception.",
            fix: "Answer 501 (or another refusal) to PATCH, filter, sortBy and /Bulk where you do not support them.",
            run: unsupported,
        },
        Check {
            id: "scim.truth.user-attributes-are-described",
            title: "Every attribute that users show is described by a schema",
            requirement: should(
                Rfc7643,
                "7",
                "schemas define the attributes of the resources that name them",
            ),
            needs: &[],
            pitfall: "A column of the database is shown with every user and is in no schema.",
            fix: "Add the attribute to the schema that you serve, or put it into an extension of your own.",
            run: |cx| {
                let user = user::shared(cx)?;
                described(cx, Kind::User, &user.path)
            },
        },
        Check {
            id: "scim.truth.group-attributes-are-described",
            title: "Every attribute that groups show is described by a schema",
            requirement: should(
                Rfc7643,
                "7",
                "schemas define the attributes of the resources that name them",
            ),
            needs: &[Groups],
            pitfall: "A column of the database is shown with every group and is in no schema.",
            fix: "Add the attribute to the schema that you serve, or put it into an extension of your own.",
            run: |cx| {
                let group = group::shared(cx)?;
                described(cx, Kind::Group, &group.path)
            },
        },
        Check {
            id: "scim.truth.hidden-attributes-are-not-shown",
            title: "Users do not show what their schemas keep back",
            requirement: must(
                Rfc7643,
                "7",
                "what is returned on request alone is in no other answer, and what is never returned in none",
            ),
            needs: &[],
            pitfall: "The schema says `returned: request` of what is costly or private, and every read shows it.",
            fix: "Leave the attribute out unless `attributes` names it, or serve `returned: default`.",
            run: hidden,
        },
        Check {
            id: "scim.truth.schemas-of-users-are-declared",
            title: "Users name no schema but those of their resource type",
            requirement: must(
                Rfc7643,
                "3",
                "`schemas` holds only the schema and the extensions of the resource's type",
            ),
            needs: &[],
            pitfall: "An extension is shown with users and not announced with their resource type.",
            fix: "List every extension of users in `schemaExtensions` of the User resource type.",
            run: |cx| {
                let declared = user_type(cx)?;
                let read = shown_user(cx)?;
                let named = read.at("schemas").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                let is_declared = |urn: &str| {
                    urn.eq_ignore_ascii_case(USER)
                        || extensions(&declared)
                            .filter_map(|one| text(one, "schema"))
                            .any(|known| known.eq_ignore_ascii_case(urn))
                };
                match named.iter().filter_map(Value::as_str).find(|urn| !is_declared(urn)) {
                    None if !named.is_empty() => Ok(()),
                    None => Err(Finding::blocked("the user names no schema at all")),
                    Some(urn) => {
                        Err(Finding::broken(format!("{urn} in schemaExtensions"), declared.to_string()))
                    }
                }
            },
        },
        Check {
            id: "scim.truth.required-extensions-are-shown",
            title: "Users have every extension that their resource type requires",
            requirement: must(Rfc7643, "6", "a resource has the extensions that its type calls required"),
            needs: &[],
            pitfall: "Every extension is announced as required, as in the RFC's example.",
            fix: "Serve `required: false` for extensions that a user may lack.",
            run: |cx| {
                let declared = user_type(cx)?;
                let read = shown_user(cx)?;
                let lacking = extensions(&declared)
                    .filter(|one| at(one, "required") == Some(&Value::Bool(true)))
                    .filter_map(|one| text(one, "schema"))
                    .find(|urn| !read.has_schema(urn));
                match lacking {
                    None => Ok(()),
                    Some(urn) => {
                        Err(Finding::broken(format!("`schemas` with {urn}"), shown(read.at("schemas"))))
                    }
                }
            },
        },
        Check {
            id: "scim.truth.meta-names-the-resource-type",
            title: "A user's meta.resourceType is the name of its resource type",
            requirement: must(Rfc7643, "6", "meta.resourceType is the name of one of the resource types"),
            needs: &[],
            pitfall: "The resource type is listed under the name of the program's class.",
            fix: "Use one name in /ResourceTypes and in `meta.resourceType`.",
            run: |cx| {
                let declared = user_type(cx)?;
                let read = shown_user(cx)?;
                let Some(name) = read.text_at("meta.resourceType") else {
                    return Err(Finding::blocked("the user has no meta.resourceType"));
                };
                match text(&declared, "name") {
                    None => Err(Finding::blocked("the resource type of users has no name")),
                    Some(known) if known == name => Ok(()),
                    Some(known) => Err(Finding::broken(format!("meta.resourceType {known}"), name)),
                }
            },
        },
    ],
};

fn unsupported(cx: &mut Cx) -> Result<(), Finding> {
    let config = config(cx)?;
    let user = user::own(cx)?;
    let denied = |feature: &str| config.at(&format!("{feature}.supported")) == Some(&Value::Bool(false));
    let mut answers = Vec::new();
    if denied("filter") {
        answers.push(cx.get(&user_name_query(&user.user_name))?);
    }
    if denied("sort") {
        answers.push(cx.get("/Users?sortBy=userName&startIndex=1&count=1")?);
    }
    if denied("patch") {
        let change = json!([{ "op": "replace", "path": "name.familyName", "value": "Oxen" }]);
        answers.push(cx.patch(&user.path, change)?);
    } else if denied("changePassword") && need(cx, Kind::User, "password").is_ok() {
        let password = format!("Ox-{:016x}!", cx.rng().u64(..));
        let change = json!([{ "op": "replace", "path": "password", "value": password }]);
        answers.push(cx.patch(&user.path, change)?);
    }
    match answers.iter().find(|answer| answer.status() >= 500 && answer.status() != 501) {
        None => Ok(()),
        Some(failure) => Err(Finding::broken("a refusal (status 501)", failure.described())),
    }
}

/// Judges that a user shows nothing of what its schemas call hidden.
fn hidden(cx: &mut Cx) -> Result<(), Finding> {
    let list = schema_list(cx)?;
    let schemas = Schemas::read(list.resources());
    let read = shown_user(cx)?;
    let Some(members) = read.any_json().and_then(Value::as_object) else {
        return Err(Finding::blocked("the user is no JSON object"));
    };
    let mut kept_back = 0;
    for schema in schemas.all() {
        let shown = if schema.id.eq_ignore_ascii_case(USER) {
            Some(members)
        } else {
            let extension = members.iter().find(|(name, _)| name.eq_ignore_ascii_case(&schema.id));
            extension.and_then(|(_, one)| one.as_object())
        };
        let Some(shown) = shown else { continue };
        for attribute in schema.attributes.iter().filter(|one| one.is_hidden) {
            kept_back += 1;
            let is_shown = |(name, value): (&String, &Value)| {
                name.eq_ignore_ascii_case(&attribute.name) && !value.is_null()
            };
            if shown.iter().any(is_shown) {
                return Err(Finding::broken(
                    format!("a user without `{}`, which nobody asked for", attribute.name),
                    format!("`{}` is shown, and its schema says otherwise", attribute.name),
                ));
            }
        }
    }
    if kept_back == 0 {
        return Err(Finding::NotOffered { what: "the schemas of users keep no attribute back".to_owned() });
    }
    Ok(())
}

fn shown_user(cx: &mut Cx) -> Result<Answer, Finding> {
    let user = user::shared(cx)?;
    let read = cx.get_when(&user.path, Answer::is_success)?;
    read.expect_status(200).map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
    Ok(read)
}

/// The document of the type whose schema is that of users.
fn user_type(cx: &mut Cx) -> Result<Value, Finding> {
    let types = resource_types(cx)?;
    let found = types
        .resources()
        .iter()
        .find(|one| text(one, "schema").is_some_and(|schema| schema.eq_ignore_ascii_case(USER)));
    found.cloned().ok_or_else(|| Finding::blocked("no resource type is that of users"))
}

/// Judges that the attributes of a resource and their parts are those of its schemas.
fn described(cx: &mut Cx, kind: Kind, path: &str) -> Result<(), Finding> {
    let list = schema_list(cx)?;
    let schemas = Schemas::read(list.resources());
    let Some(core) = schemas.schema(kind.schema()).filter(|_| schemas.describes(kind)) else {
        return Err(Finding::blocked(format!("no schema describes a {}", kind.noun())));
    };
    let read = cx.get_when(path, Answer::is_success)?;
    read.expect_status(200).map_err(|finding| finding.as_obstacle("the resource cannot be read"))?;
    let Some(members) = read.any_json().and_then(Value::as_object) else {
        return Err(Finding::blocked("the resource is no JSON object"));
    };
    for (name, value) in members {
        if COMMON.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        if name.contains(':') {
            let Some(extension) = schemas.schema(name) else {
                return Err(Finding::broken(format!("a schema {name}"), "none in /Schemas"));
            };
            known_parts(name, value, &extension.attributes)?;
        } else {
            let Some(attribute) = named(&core.attributes, name) else {
                return Err(Finding::broken(
                    format!("`{name}` in the schema of a {}", kind.noun()),
                    "no such attribute",
                ));
            };
            known_parts(name, value, &attribute.sub_attributes)?;
        }
    }
    Ok(())
}

/// The parts of a value, or of each of its values.
fn known_parts(path: &str, value: &Value, known: &[Attribute]) -> Result<(), Finding> {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    };
    for part in values.iter().filter_map(Value::as_object).flat_map(serde_json::Map::keys) {
        // That parts are listed at all is a requirement of its own.
        if !known.is_empty() && named(known, part).is_none() {
            return Err(Finding::broken(
                format!("`{part}` among the parts of {path}"),
                "no such part in /Schemas",
            ));
        }
    }
    Ok(())
}

fn named<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    attributes.iter().find(|one| one.name.eq_ignore_ascii_case(name))
}
