//! The documents of schemas: RFC 7643 sections 2.3.8, 4.1 and 7, RFC 7644 section 4.

use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, must, should};
use serde_json::{Value, json};

use super::{not_paged, not_written, schema_list, served_alone, text};
use crate::answer::{Answer, at, shown};
use crate::user::USER;
use crate::verbs::Scim;

/// The schema of schemas, whose attributes may be nested deeper than others.
const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:Schema";

/// The keywords that RFC 7643 section 7 allows for a characteristic; 2.3.6 adds `binary`.
const KEYWORDS: [(&str, &[&str]); 4] = [
    ("type", &["string", "boolean", "decimal", "integer", "dateTime", "reference", "complex", "binary"]),
    ("mutability", &["readOnly", "readWrite", "immutable", "writeOnly"]),
    ("returned", &["always", "never", "default", "request"]),
    ("uniqueness", &["none", "server", "global"]),
];

pub(crate) static GROUP: Group = Group {
    id: "scim.schemas",
    title: "The documents of schemas",
    tags: &["discovery"],
    alone: false,
    checks: &[
        Check {
            id: "scim.schemas.one-is-served-alone",
            title: "One schema is served by its URN",
            requirement: must(
                Rfc7644,
                "4",
                "a request for one schema is answered with that object, as one user is",
            ),
            needs: &[],
            pitfall: "The colons of the URN are taken for something else, or the schema comes wrapped in a list.",
            fix: "Answer GET /Schemas/{urn} with the single schema.",
            run: |cx| {
                let schemas = schema_list(cx)?;
                let Some(urn) = schemas.resources().iter().find_map(|one| text(one, "id")) else {
                    return Err(Finding::blocked("no schema has an id"));
                };
                served_alone(cx, &format!("/Schemas/{urn}"), "id", urn)
            },
        },
        Check {
            id: "scim.schemas.unknown-is-404",
            title: "A schema that does not exist is not found",
            requirement: should(Rfc7644, "3.12", "what does not exist is answered 404"),
            needs: &[],
            pitfall: "The whole list is served whatever URN is asked for.",
            fix: "Answer 404 when no schema has the URN.",
            run: |cx| {
                schema_list(cx)?;
                cx.get("/Schemas/urn:example:oinspect:none")?.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.schemas.paging-is-ignored",
            title: "Sorting and paging change nothing about the list of schemas",
            requirement: must(Rfc7644, "4", "query parameters of lists are ignored where discovery is asked"),
            needs: &[],
            pitfall: "The general list handler pages discovery, too, and clients miss schemas.",
            fix: "Answer /Schemas with all schemas, whatever startIndex, count and sortBy say.",
            run: |cx| {
                let schemas = schema_list(cx)?;
                not_paged(cx, "/Schemas", &schemas)
            },
        },
        Check {
            id: "scim.schemas.attributes-are-typed",
            title: "Every attribute says of what type it is and whether it has several values",
            requirement: must(Rfc7643, "7", "an attribute has a name, a type and a boolean `multiValued`"),
            needs: &[],
            pitfall: "Attributes are listed with their names alone.",
            fix: "Serve `name`, `type` and `multiValued` for every attribute and sub-attribute.",
            run: |cx| {
                each_attribute(cx, |path, one| {
                    let typed =
                        text(one, "type").is_some() && at(one, "multiValued").is_some_and(Value::is_boolean);
                    if text(one, "name").is_some() && typed {
                        return Ok(());
                    }
                    Err(Finding::broken(
                        "`name`, `type` and `multiValued`",
                        format!("{path}: {}", without_parts(one)),
                    ))
                })
            },
        },
        Check {
            id: "scim.schemas.characteristics-are-defined",
            title: "Every attribute's characteristics have values that SCIM defines",
            requirement: must(
                Rfc7643,
                "7",
                "type, mutability, returned and uniqueness are keywords of a fixed list",
            ),
            needs: &[],
            pitfall: "Names of the program's own types slip out, such as `text`, `int` or `readwrite`.",
            fix: "Write the keywords of RFC 7643 section 7, in their spelling.",
            run: |cx| {
                each_attribute(cx, |path, one| {
                    for (name, keywords) in KEYWORDS {
                        match at(one, name) {
                            None | Some(Value::Null) => {}
                            Some(Value::String(keyword)) if keywords.contains(&keyword.as_str()) => {}
                            Some(other) => {
                                return Err(Finding::broken(
                                    format!("{name} one of {}", keywords.join(", ")),
                                    format!("{path} has {name} {other}"),
                                ));
                            }
                        }
                    }
                    Ok(())
                })
            },
        },
        Check {
            id: "scim.schemas.required-is-a-boolean",
            title: "Every attribute says whether it is required",
            requirement: must(Rfc7643, "7", "an attribute has a boolean `required`"),
            needs: &[],
            pitfall: "`required` is left out, or written as a string.",
            fix: "Serve `required` as true or false for every attribute and sub-attribute.",
            run: |cx| {
                each_attribute(cx, |path, one| match at(one, "required") {
                    Some(Value::Bool(_)) => Ok(()),
                    other => {
                        Err(Finding::broken("a boolean `required`", format!("{path} has {}", shown(other))))
                    }
                })
            },
        },
        Check {
            id: "scim.schemas.complex-attributes-have-parts",
            title: "Every complex attribute lists its sub-attributes",
            requirement: should(Rfc7643, "7", "a complex attribute has subAttributes"),
            needs: &[],
            pitfall: "`name` or `emails` is announced as complex, and nobody learns what is in it.",
            fix: "List `subAttributes` for every attribute of type complex.",
            run: |cx| {
                each_attribute(cx, |path, one| {
                    if text(one, "type") == Some("complex") && parts(one).is_empty() {
                        return Err(Finding::broken("subAttributes", format!("none of {path}")));
                    }
                    Ok(())
                })
            },
        },
        Check {
            id: "scim.schemas.complex-attributes-are-flat",
            title: "No complex attribute has complex parts",
            requirement: must(
                Rfc7643,
                "2.3.8",
                "the parts of a complex attribute have no parts of their own",
            ),
            needs: &[],
            pitfall: "A nested object of the program's own is served as it is.",
            fix: "Flatten the object, or make it an attribute of an extension.",
            run: |cx| {
                each_attribute(cx, |path, one| {
                    let nested = path.matches('/').count() > 1 && !path.starts_with(&format!("{SCHEMA}/"));
                    if nested && (text(one, "type") == Some("complex") || !parts(one).is_empty()) {
                        return Err(Finding::broken("a part that is not complex", path));
                    }
                    Ok(())
                })
            },
        },
        Check {
            id: "scim.schemas.user-name-is-required",
            title: "The schema of users says that a userName is required",
            requirement: must(Rfc7643, "4.1.1", "userName is a required attribute"),
            needs: &[],
            pitfall: "The schema is made from the database, where the column may be null.",
            fix: "Serve `required: true` for `userName`.",
            run: |cx| user_attribute(cx, "userName", &[("required", &["true"])], Absent::Blocks),
        },
        Check {
            id: "scim.schemas.user-name-is-unique",
            title: "The schema of users says that a userName is unique",
            requirement: must(Rfc7643, "4.1.1", "a userName is unique among all users of the server"),
            needs: &[],
            pitfall: "`uniqueness` is left at its default, none, for every attribute.",
            fix: "Serve `uniqueness: \"server\"` for `userName`.",
            run: |cx| {
                user_attribute(cx, "userName", &[("uniqueness", &["server", "global"])], Absent::Blocks)
            },
        },
        Check {
            id: "scim.schemas.password-is-never-shown",
            title: "The schema of users says that a password is written and never shown",
            requirement: must(Rfc7643, "4.1.1", "a password is write-only and never returned"),
            needs: &[],
            pitfall: "`password` is described like any other attribute.",
            fix: "Serve `mutability: \"writeOnly\"` and `returned: \"never\"` for `password`.",
            run: |cx| {
                let wanted: &[(&str, &[&str])] = &[("mutability", &["writeOnly"]), ("returned", &["never"])];
                user_attribute(cx, "password", wanted, Absent::Passes)
            },
        },
        Check {
            id: "scim.schemas.groups-are-read-only",
            title: "The schema of users says that their groups are read-only",
            requirement: must(
                Rfc7643,
                "4.1.2",
                "the groups of a user are read-only: memberships are changed by way of the group",
            ),
            needs: &[],
            pitfall: "`groups` is announced as writable, and clients that try it change nothing.",
            fix: "Serve `mutability: \"readOnly\"` for `groups`.",
            run: |cx| user_attribute(cx, "groups", &[("mutability", &["readOnly"])], Absent::Passes),
        },
        Check {
            id: "scim.schemas.writing-is-refused",
            title: "Schemas cannot be written",
            requirement: should(Rfc7643, "7", "schemas cannot be modified"),
            needs: &[],
            pitfall: "A generic resource handler takes a POST and stores a new schema.",
            fix: "Answer 405 to every method but GET at /Schemas.",
            run: |cx| {
                schema_list(cx)?;
                let urn = format!("urn:example:{}", cx.name());
                not_written(
                    cx,
                    "/Schemas",
                    &json!({ "schemas": [SCHEMA], "id": urn, "name": urn, "attributes": [] }),
                )
            },
        },
    ],
};

/// Judges every attribute and sub-attribute of every schema; its path is `urn/attribute/part`.
fn each_attribute(cx: &mut Cx, judge: impl Fn(&str, &Value) -> Result<(), Finding>) -> Result<(), Finding> {
    let schemas = schema_list(cx)?;
    let mut judged = false;
    for schema in schemas.resources() {
        let urn = text(schema, "id").unwrap_or("a schema without id");
        let attributes = at(schema, "attributes").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for one in attributes {
            judged = true;
            each_part(urn, one, &judge, 0)?;
        }
    }
    if judged { Ok(()) } else { Err(Finding::blocked("no schema lists any attribute")) }
}

/// How deep parts of parts are looked at.
const DEPTH: u8 = 4;

fn each_part(
    path: &str,
    one: &Value,
    judge: &impl Fn(&str, &Value) -> Result<(), Finding>,
    depth: u8,
) -> Result<(), Finding> {
    let path = format!("{path}/{}", text(one, "name").unwrap_or("?"));
    judge(&path, one)?;
    if depth < DEPTH {
        for part in parts(one) {
            each_part(&path, part, judge, depth + 1)?;
        }
    }
    Ok(())
}

fn parts(attribute: &Value) -> &[Value] {
    at(attribute, "subAttributes").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn without_parts(attribute: &Value) -> String {
    let mut attribute = attribute.clone();
    if let Some(members) = attribute.as_object_mut() {
        members.retain(|name, _| name != "subAttributes");
    }
    attribute.to_string()
}

/// What it means that an attribute is not described.
#[derive(Clone, Copy)]
enum Absent {
    /// It is optional.
    Passes,
    /// That is a requirement of its own.
    Blocks,
}

/// Judges what the schema of users says of one attribute.
fn user_attribute(
    cx: &mut Cx,
    name: &str,
    wanted: &[(&str, &[&str])],
    absent: Absent,
) -> Result<(), Finding> {
    let schemas = schema_list(cx)?;
    let described = described_user(&schemas);
    let Some(attributes) = described else {
        return Err(Finding::blocked("/Schemas does not describe users"));
    };
    let found =
        attributes.iter().find(|one| text(one, "name").is_some_and(|known| known.eq_ignore_ascii_case(name)));
    let Some(attribute) = found else {
        return match absent {
            Absent::Passes => Ok(()),
            Absent::Blocks => Err(Finding::blocked(format!("the schema of users has no {name}"))),
        };
    };
    for (characteristic, values) in wanted {
        let value = at(attribute, characteristic);
        let word = value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        if !word.is_some_and(|word| values.contains(&word.as_str())) {
            let wanted = format!("{name} with {characteristic} {}", values.join(" or "));
            return Err(Finding::broken(wanted, format!("{characteristic} {}", shown(value))));
        }
    }
    Ok(())
}

fn described_user(schemas: &Answer) -> Option<&[Value]> {
    let user = schemas.resources().iter().find(|one| text(one, "id") == Some(USER))?;
    at(user, "attributes").and_then(Value::as_array).map(Vec::as_slice)
}
