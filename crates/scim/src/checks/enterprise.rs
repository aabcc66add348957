//! The enterprise extension of users: RFC 7643 section 4.3.

use std::sync::Arc;

use oinspect_core::Capability::Enterprise;
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, must, should};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, at, shown};
use crate::compare::{is_nothing, lost};
use crate::schema::{ENTERPRISE, schemas};
use crate::user::{self, User};
use crate::verbs::Scim;

/// Attributes that are plain texts, and what is sent for them.
const TEXTS: [(&str, &str); 5] = [
    ("employeeNumber", "701984"),
    ("costCenter", "4130"),
    ("organization", "Universal Boats"),
    ("division", "Rigging"),
    ("department", "Tour Operations"),
];

pub(crate) static GROUP: Group = Group {
    id: "scim.enterprise",
    title: "The enterprise extension",
    tags: &["users", "enterprise"],
    alone: false,
    checks: &[
        Check {
            id: "scim.enterprise.stands-under-its-urn",
            title: "Enterprise attributes stand under the URN of their schema",
            requirement: must(
                Rfc7643,
                "3.3",
                "the attributes of an extension are in an object named by its URN",
            )
            .okta(Level::Should)
            .entra(Level::Must),
            needs: &[Enterprise],
            pitfall: "`department` is shown beside userName, where no client looks for it.",
            fix: "Put enterprise attributes into an object under the extension's URN.",
            run: |cx| {
                let (_, read) = &*employee(cx)?;
                match extension(read) {
                    Some(object) if object.is_object() => Ok(()),
                    _ => Err(Finding::broken(format!("an object {ENTERPRISE}"), read.described())),
                }
            },
        },
        Check {
            id: "scim.enterprise.attributes-are-kept",
            title: "A new user keeps its enterprise attributes",
            requirement: should(Rfc7643, "7", "what a schema calls readWrite can be written and read")
                .okta(Level::Should)
                .entra(Level::Must),
            needs: &[Enterprise],
            pitfall: "/Schemas declares the extension, and some of it is thrown away in silence.",
            fix: "Store every enterprise attribute that /Schemas declares, and return it.",
            run: |cx| {
                let (user, read) = &*employee(cx)?;
                let kept = seen(read)?;
                let sent = at_urn(&user.sent).cloned().unwrap_or_default();
                lost(&sent, Some(kept)).map_or(Ok(()), |lost| Err(Finding::broken(sent.to_string(), lost)))
            },
        },
        Check {
            id: "scim.enterprise.urn-is-in-schemas",
            title: "A user with enterprise attributes names their schema",
            requirement: must(Rfc7643, "3", "`schemas` names every schema whose attributes are there")
                .entra(Level::Should),
            needs: &[Enterprise],
            pitfall: "`schemas` is a constant with the core schema alone.",
            fix: "Add the URN of each extension that has values to `schemas`.",
            run: |cx| {
                let (_, read) = &*employee(cx)?;
                seen(read)?;
                if read.has_schema(ENTERPRISE) {
                    return Ok(());
                }
                Err(Finding::broken(format!("schemas with {ENTERPRISE}"), shown(read.at("schemas"))))
            },
        },
        Check {
            id: "scim.enterprise.manager-is-kept",
            title: "A new user keeps its manager",
            requirement: should(Rfc7643, "4.3", "manager.value is the id of the manager's own user")
                .okta(Level::Should)
                .entra(Level::Must),
            needs: &[Enterprise],
            pitfall: "The manager is looked up by name or address, and an id is found by neither.",
            fix: "Store manager.value, which is the id of another user, and return it.",
            run: |cx| {
                has_manager(cx)?;
                let manager = user::shared(cx)?;
                let user = employed(cx, &json!({ "manager": { "value": manager.id } }))?;
                let user = user.map_err(|finding| finding.as_obstacle("no user with a manager"))?;
                let read = read(cx, &user)?;
                let kept = at(seen(&read)?, "manager.value");
                if kept.and_then(Value::as_str) == Some(manager.id.as_str()) {
                    return Ok(());
                }
                Err(Finding::broken(format!("manager.value {}", manager.id), shown(kept)))
            },
        },
        Check {
            id: "scim.enterprise.managers-name-is-not-the-clients",
            title: "A client does not name its user's manager",
            requirement: must(Rfc7644, "3.3", "read-only attributes such as manager.displayName are ignored"),
            needs: &[Enterprise],
            pitfall: "manager is stored as it came, and shows a name that its user never had.",
            fix: "Take manager.value from the client, and fill displayName from the manager's user.",
            run: |cx| {
                has_manager(cx)?;
                let manager = user::shared(cx)?;
                let sent = json!({ "manager": { "value": manager.id, "displayName": "Oinspect Nobody" } });
                let user = employed(cx, &sent)?;
                let user = user.map_err(|finding| finding.as_obstacle("no user with a manager"))?;
                let read = read(cx, &user)?;
                match at_urn(read.json()?).and_then(|object| at(object, "manager.displayName")) {
                    Some(name) if name.as_str() == Some("Oinspect Nobody") => {
                        Err(Finding::broken("the manager's own displayName, or none", name.to_string()))
                    }
                    _ => Ok(()),
                }
            },
        },
        Check {
            id: "scim.enterprise.null-in-manager-is-no-value",
            title: "A part of manager that is null is one without a value",
            requirement: must(Rfc7643, "2.5", "null and no value at all are the same").entra(Level::Must),
            needs: &[Enterprise],
            pitfall: "`\"$ref\": null`, which Entra sends, is refused as being no URI.",
            fix: "Treat parts of `manager` that are null as if they were not there.",
            run: |cx| {
                has_manager(cx)?;
                let manager = user::shared(cx)?;
                let plain = employed(cx, &json!({ "manager": { "value": manager.id } }))?;
                plain.map_err(|finding| finding.as_obstacle("no user with a manager"))?;
                let sent = json!({ "manager": { "value": manager.id, "$ref": null, "displayName": null } });
                employed(cx, &sent)?.map(drop)
            },
        },
        Check {
            id: "scim.enterprise.replacing-changes-them",
            title: "Replacing a user replaces its enterprise attributes",
            requirement: must(
                Rfc7644,
                "3.5.1",
                "the values sent replace the values stored, of extensions, too",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Enterprise],
            pitfall: "PUT reads the core attributes alone, so that a transfer never arrives.",
            fix: "Apply the object under the extension's URN in PUT as you do in POST.",
            run: |cx| {
                let (employee, read) = &*employee(cx)?;
                let kept = seen(read)?;
                let attribute = TEXTS.iter().map(|(name, _)| *name).find(|name| at(kept, name).is_some());
                let attribute =
                    attribute.ok_or_else(|| Finding::blocked("no enterprise attribute is kept"))?;
                let user = user::with(cx, &json!({ ENTERPRISE: at_urn(&employee.sent) }))?;
                let mut body = user.sent.clone();
                body[ENTERPRISE][attribute] = json!("Sailing");
                body["displayName"] = json!("Bea Ox");
                let answer = cx.put(&user.path, &body)?;
                if answer.is_not_implemented() {
                    return Err(Finding::NotOffered { what: "users cannot be replaced".to_owned() });
                }
                answer.expect_success().map_err(|finding| finding.as_obstacle("no user can be replaced"))?;
                let changed = |read: &Answer| {
                    let value = extension(read).and_then(|object| at(object, attribute)?.as_str());
                    value == Some("Sailing")
                };
                let read = cx.get_when(&user.path, changed)?;
                if changed(&read) {
                    return Ok(());
                }
                if read.text_at("displayName") != Some("Bea Ox") {
                    return Err(Finding::blocked("replacing a user does not change its displayName, either"));
                }
                Err(Finding::broken(format!("{attribute} Sailing"), shown(extension(&read))))
            },
        },
    ],
};

fn at_urn(json: &Value) -> Option<&Value> {
    let members = json.as_object()?;
    members.iter().find(|(name, _)| name.eq_ignore_ascii_case(ENTERPRISE)).map(|(_, value)| value)
}

fn extension(answer: &Answer) -> Option<&Value> {
    at_urn(answer.any_json()?)
}

/// The extension as it is shown; blocked where it is not, which is a requirement of its own.
fn seen(answer: &Answer) -> Result<&Value, Finding> {
    extension(answer)
        .filter(|object| !is_nothing(object))
        .ok_or_else(|| Finding::blocked("the user does not show its enterprise attributes under their URN"))
}

/// The texts that this server's extension has.
fn texts(cx: &mut Cx) -> Result<Map<String, Value>, Finding> {
    let known = schemas(cx)?;
    let has = |name: &str| {
        known.schema(ENTERPRISE).is_none_or(|schema| {
            schema.attributes.iter().any(|attribute| attribute.name.eq_ignore_ascii_case(name))
        })
    };
    let sent = TEXTS.iter().filter(|(name, _)| has(name));
    Ok(sent.map(|(name, text)| ((*name).to_owned(), json!(text))).collect())
}

/// Skips a check on managers where the server's extension has none.
fn has_manager(cx: &mut Cx) -> Result<(), Finding> {
    let known = schemas(cx)?;
    let has = known.schema(ENTERPRISE).is_none_or(|schema| {
        schema.attributes.iter().any(|attribute| attribute.name.eq_ignore_ascii_case("manager"))
    });
    if has {
        return Ok(());
    }
    Err(Finding::NotOffered { what: "the server's enterprise extension has no `manager`".to_owned() })
}

/// Creates a user with the texts and more; what came of it is for the caller to judge.
fn employed(cx: &mut Cx, more: &Value) -> Result<Result<User, Finding>, Finding> {
    let mut attributes = texts(cx)?;
    attributes.extend(more.as_object().cloned().unwrap_or_default());
    let body = user::body_with(cx, &json!({ ENTERPRISE: attributes }))?;
    Ok(user::create(cx, body))
}

fn read(cx: &mut Cx, user: &User) -> Result<Answer, Finding> {
    let read = cx.get_when(&user.path, Answer::is_success)?;
    read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
    Ok(read)
}

/// A user with enterprise attributes, and how it is read.
fn employee(cx: &mut Cx) -> Result<Arc<(User, Answer)>, Finding> {
    cx.once("user with enterprise attributes", |cx| {
        let user = employed(cx, &json!({}))??;
        let read = read(cx, &user)?;
        Ok((user, read))
    })
}
