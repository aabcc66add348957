//! The ways to name what a PATCH of a user changes: RFC 7644 sections 3.5.2 and 3.10.

use oinspect_core::Capability::{Enterprise, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must, should};
use serde_json::{Value, json};

use super::{patched, pathless_works, send};
use crate::answer::{Answer, at, shown};
use crate::compare::is_nothing;
use crate::keeping::{enterprise, expect_shown, user_with};
use crate::mailboxes;
use crate::schema::{ENTERPRISE, schemas};
use crate::user::{self, User};
use crate::verbs::Scim;

pub(crate) static GROUP: Group = Group {
    id: "scim.patch-paths",
    title: "The ways to name what a PATCH changes",
    tags: &["users", "patch"],
    alone: false,
    checks: &[
        Check {
            id: "scim.patch-paths.attribute-name-ignores-case",
            title: "The name of an attribute in a path is understood in any case",
            requirement: must(Rfc7643, "2.1", "attribute names are case-insensitive").entra(Level::Should),
            needs: &[Patch],
            pitfall: "The path is looked up as it is written, and `NAME.FAMILYNAME` is nothing that exists.",
            fix: "Compare attribute names without case.",
            run: |cx| {
                let user = user::own(cx)?;
                patched(
                    cx,
                    &user.path,
                    json!([{ "op": "replace", "path": "NAME.FAMILYNAME", "value": "Elk" }]),
                )?;
                expect_shown(cx, &user, &json!({ "name": { "familyName": "Elk" } })).map(drop)
            },
        },
        Check {
            id: "scim.patch-paths.core-attribute-by-urn",
            title: "A core attribute may be named with its schema",
            requirement: must(
                Rfc7644,
                "3.10",
                "the URN of the core schema may stand before the name, or be left out",
            )
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Whatever begins with `urn:` is taken for an extension.",
            fix: "Understand `urn:ietf:params:scim:schemas:core:2.0:User:name.familyName` as `name.familyName`.",
            run: |cx| {
                let user = user::own(cx)?;
                let path = format!("{}:name.familyName", user::USER);
                patched(cx, &user.path, json!([{ "op": "replace", "path": path, "value": "Elk" }]))?;
                expect_shown(cx, &user, &json!({ "name": { "familyName": "Elk" } })).map(drop)
            },
        },
        Check {
            id: "scim.patch-paths.filter-with-and",
            title: "A filter in a path may combine two conditions",
            requirement: must(Rfc7644, "3.5.2", "the filter in a path follows the same rules as any filter"),
            needs: &[Patch],
            pitfall: "The path is taken apart by a regular expression that knows `type eq \"...\"` only.",
            fix: "Parse the filter in brackets with the parser of filters: `and`, `or`, `not`, booleans.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let path = format!(
                    "emails[type eq \"work\" and value eq {}].value",
                    Value::from(boxes.work.as_str())
                );
                patched(cx, &boxes.user.path, json!([{ "op": "replace", "path": path, "value": other }]))?;
                expect_shown(cx, &boxes.user, &json!({ "emails": [{ "value": other }] })).map(drop)
            },
        },
        Check {
            id: "scim.patch-paths.filter-with-a-boolean",
            title: "A filter in a path may look for the primary value",
            requirement: must(Rfc7644, "3.5.2", "a value in a filter may be true or false"),
            needs: &[Patch],
            pitfall: "Only quoted values are understood, or true is compared as a text.",
            fix: "Read `true` and `false` in filters as booleans.",
            run: |cx| {
                crate::schema::need(cx, crate::kind::Kind::User, "emails.primary")?;
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let path = "emails[primary eq true].value";
                patched(cx, &boxes.user.path, json!([{ "op": "replace", "path": path, "value": other }]))?;
                expect_shown(cx, &boxes.user, &json!({ "emails": [{ "value": other }] })).map(drop)
            },
        },
        Check {
            id: "scim.patch-paths.dotted-key-is-understood",
            title: "A path-less value may name a part by a dotted key",
            requirement: may(
                Rfc7644,
                "3.10",
                "a sub-attribute is named by its attribute, a dot and its own name",
            )
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "`{\"name.familyName\": \"Elk\"}` is answered 200 and lost: Microsoft Entra sends it so.",
            fix: "Read each key of a path-less value as a path, or refuse what you do not understand with 400.",
            run: |cx| {
                let user = user::own(cx)?;
                let value = json!({ "name.familyName": "Elk" });
                let answer = send(cx, &user.path, json!([{ "op": "replace", "value": value }]))?;
                if answer.is_refusal() {
                    // The client knows that nothing was changed.
                    return super::sound(cx, &user).map(drop);
                }
                answer.expect_success()?;
                expect_shown(cx, &user, &json!({ "name": { "familyName": "Elk" } })).map(drop).or_else(
                    |finding| {
                        pathless_works(cx, "replace")?;
                        Err(finding)
                    },
                )
            },
        },
        Check {
            id: "scim.patch-paths.extension-attribute-by-urn",
            title: "An attribute of an extension can be set by its full name",
            requirement: must(
                Rfc7644,
                "3.5.2",
                "an extension's attribute is named by its schema's URN and a colon",
            )
            .entra(Level::Should),
            needs: &[Patch, Enterprise],
            pitfall: "The path is split at its first dot or colon, and `2.0:User:department` is unknown.",
            fix: "Match the URNs of your schemas first; what is left behind the colon is the attribute.",
            run: |cx| {
                let user = with_department(cx, None)?;
                patched(cx, &user.path, set(&full("department"), "Ropes"))?;
                expect_department(cx, &user, "Ropes")
            },
        },
        Check {
            id: "scim.patch-paths.extension-joins-the-schemas",
            title: "A user that gains an extension names it in its schemas",
            requirement: must(Rfc7644, "3.5.2", "setting an extension's attribute adds its URN to `schemas`")
                .entra(Level::Should),
            needs: &[Patch, Enterprise],
            pitfall: "`schemas` is what was sent at creation, for ever.",
            fix: "Work `schemas` out from the data, or add the URN with the first value.",
            run: |cx| {
                let user = with_department(cx, None)?;
                patched(cx, &user.path, set(&full("department"), "Ropes"))
                    .map_err(|finding| finding.as_obstacle("the extension cannot be written"))?;
                let named = |read: &Answer| read.has_schema(ENTERPRISE);
                let read = cx.get_when(&user.path, named)?;
                if enterprise(&read).is_none_or(is_nothing) {
                    return Err(Finding::blocked("the extension was not stored"));
                }
                if named(&read) {
                    return Ok(());
                }
                Err(Finding::broken(format!("{ENTERPRISE} in schemas"), shown(read.at("schemas"))))
            },
        },
        Check {
            id: "scim.patch-paths.extension-attribute-is-removed-by-urn",
            title: "An attribute of an extension can be removed by its full name",
            requirement: must(Rfc7644, "3.5.2.2", "the value at the target location is removed")
                .entra(Level::Should),
            needs: &[Patch, Enterprise],
            pitfall: "`remove` looks among the core attributes only, and answers 200.",
            fix: "Resolve the path of a `remove` as that of an `add`.",
            run: |cx| {
                // What the configuration gives to every user may not be taken away.
                let wanted = &cx.target()?.user_attributes;
                let always = wanted.get(ENTERPRISE).is_some_and(|one| at(one, "department").is_some());
                let name = if always { "costCenter" } else { "department" };
                let user = with_part(cx, name, Some("Ropes"))?;
                patched(cx, &user.path, json!([{ "op": "remove", "path": full(name) }]))?;
                let gone = |read: &Answer| extension_part(read, name).is_none_or(is_nothing);
                let read = cx.get_when(&user.path, gone)?;
                if gone(&read) {
                    return Ok(());
                }
                Err(Finding::broken(format!("no {name}"), shown(extension_part(&read, name))))
            },
        },
        Check {
            id: "scim.patch-paths.extension-object-without-a-path",
            title: "A path-less value may hold an extension as an object",
            requirement: must(Rfc7644, "3.5.2.3", "a path-less value holds attributes as the resource does")
                .okta(Level::Should),
            needs: &[Patch, Enterprise],
            pitfall: "Members of a path-less value that begin with `urn:` are skipped.",
            fix: "Apply the object below an extension's URN attribute by attribute.",
            run: |cx| {
                let user = with_department(cx, None)?;
                let value = json!({ ENTERPRISE: { "department": "Ropes" } });
                patched(cx, &user.path, json!([{ "op": "replace", "value": value }]))?;
                expect_department(cx, &user, "Ropes").or_else(|finding| {
                    pathless_works(cx, "replace")?;
                    Err(finding)
                })
            },
        },
        Check {
            id: "scim.patch-paths.full-name-as-a-key",
            title: "A path-less value may name an extension's attribute in full",
            requirement: may(Rfc7644, "3.5.2", "clients may add an attribute under its fully qualified name")
                .entra(Level::Should),
            needs: &[Patch, Enterprise],
            pitfall: "`urn:...:User:department` is stored as an attribute of that name, or answered 200 and lost.",
            fix: "Read each key of a path-less value as a path.",
            run: |cx| {
                let user = with_department(cx, None)?;
                let value = json!({ full("department"): "Ropes" });
                patched(cx, &user.path, json!([{ "op": "add", "value": value }]))?;
                expect_department(cx, &user, "Ropes").or_else(|finding| {
                    pathless_works(cx, "add")?;
                    Err(finding)
                })
            },
        },
        Check {
            id: "scim.patch-paths.manager-is-set",
            title: "A manager can be set",
            requirement: must(
                Rfc7643,
                "4.3",
                "manager is a complex attribute whose value is the manager's id",
            ),
            needs: &[Patch, Enterprise],
            pitfall: "manager is kept as a text, and an object is refused.",
            fix: "Accept `{\"value\": \"<id>\"}` at the path of the manager.",
            run: |cx| {
                let manager = user::shared(cx)?;
                let user = user::own(cx)?;
                patched(cx, &user.path, set(&full("manager"), json!({ "value": manager.id })))?;
                expect_manager(cx, &user, Some(&manager.id))
            },
        },
        Check {
            id: "scim.patch-paths.manager-is-set-as-a-bare-id",
            title: "A manager sent as a bare id is set",
            requirement: may(Rfc7644, "3.5.2.1", "the value may be a plain text").entra(Level::Must),
            needs: &[Patch, Enterprise],
            pitfall: "400, because a manager is an object: Microsoft Entra sends the id alone.",
            fix: "Read a text at the path of the manager as the manager's `value`.",
            run: |cx| {
                let manager = user::shared(cx)?;
                let user = user::own(cx)?;
                patched(cx, &user.path, set(&full("manager"), manager.id.as_str()))?;
                expect_manager(cx, &user, Some(&manager.id))
            },
        },
        Check {
            id: "scim.patch-paths.manager-is-removed",
            title: "A manager can be removed",
            requirement: must(Rfc7644, "3.5.2.2", "a removed attribute is unassigned").entra(Level::Must),
            needs: &[Patch, Enterprise],
            pitfall: "The old manager stays, and approvals go to somebody who has left.",
            fix: "Delete the manager when a `remove` names it.",
            run: |cx| {
                let user = with_manager(cx)?;
                patched(cx, &user.path, json!([{ "op": "remove", "path": full("manager") }]))?;
                expect_manager(cx, &user, None)
            },
        },
        Check {
            id: "scim.patch-paths.empty-manager-removes",
            title: "An empty manager removes the manager",
            requirement: may(Rfc7644, "3.5.2.3", "the value of an attribute is replaced by the one sent")
                .entra(Level::Should),
            needs: &[Patch, Enterprise],
            pitfall: "\"\" is refused as an unknown id: Microsoft Entra has sent it to take a manager away.",
            fix: "Treat an empty text at the path of the manager as no manager.",
            run: |cx| {
                let user = with_manager(cx)?;
                let operation = json!({ "op": "replace", "path": full("manager"), "value": "" });
                patched(cx, &user.path, json!([operation]))?;
                expect_manager(cx, &user, None)
            },
        },
        Check {
            id: "scim.patch-paths.odd-names-do-no-harm",
            title: "Paths like __proto__ do no harm",
            requirement: should(
                Rfc7644,
                "3.12",
                "a path that names nothing is the client's mistake, not a failure",
            ),
            needs: &[Patch],
            pitfall: "The path is walked through the language's own objects: 500, or attributes for everybody.",
            fix: "Look every segment of a path up in the schema before touching data.",
            run: |cx| {
                let user = super::refusing(cx)?;
                for path in ["__proto__.oinspect", "constructor.prototype", "emails[0].value"] {
                    let answer = send(cx, &user.path, set(path, "x"))?;
                    if answer.status() >= 500 {
                        return Err(Finding::broken(
                            format!("a refusal of the path {path}"),
                            answer.described(),
                        ));
                    }
                }
                Ok(())
            },
        },
    ],
};

fn full(name: &str) -> String {
    format!("{ENTERPRISE}:{name}")
}

fn set(path: &str, value: impl Into<Value>) -> Value {
    let value: Value = value.into();
    json!([{ "op": "add", "path": path, "value": value }])
}

/// A user with this department, or without any.
fn with_department(cx: &mut Cx, department: Option<&str>) -> Result<User, Finding> {
    with_part(cx, "department", department)
}

/// The same of another attribute of the extension.
fn with_part(cx: &mut Cx, name: &str, value: Option<&str>) -> Result<User, Finding> {
    let described = schemas(cx)?;
    let schema = described.schema(ENTERPRISE).filter(|schema| !schema.attributes.is_empty());
    if schema.is_some_and(|schema| !schema.attributes.iter().any(|one| one.name.eq_ignore_ascii_case(name))) {
        return Err(Finding::NotOffered {
            what: format!("the server's enterprise extension has no `{name}`"),
        });
    }
    match value {
        Some(value) => user_with(cx, &json!({ ENTERPRISE: { name: value } })),
        None => user::own(cx),
    }
}

/// Judges that a read shows this department; blocked, where it does not even of a new user who has one.
fn expect_department(cx: &mut Cx, user: &User, department: &str) -> Result<(), Finding> {
    let wanted = json!({ ENTERPRISE: { "department": department } });
    expect_shown(cx, user, &wanted).map(drop).or_else(|finding| {
        cx.once("user with a department", |cx| with_department(cx, Some("Oars")).map(drop))?;
        Err(finding)
    })
}

/// A user with a manager.
fn with_manager(cx: &mut Cx) -> Result<User, Finding> {
    let manager = user::shared(cx)?;
    user_with(cx, &json!({ ENTERPRISE: { "manager": { "value": manager.id } } }))
}

fn extension_part<'a>(read: &'a Answer, name: &str) -> Option<&'a Value> {
    enterprise(read).and_then(|extension| at(extension, name))
}

/// The id of the manager, whichever way it is shown.
fn manager_of(read: &Answer) -> Option<&str> {
    let manager = extension_part(read, "manager")?;
    manager.as_str().or_else(|| at(manager, "value")?.as_str()).filter(|id| !id.is_empty())
}

fn expect_manager(cx: &mut Cx, user: &User, wanted: Option<&str>) -> Result<(), Finding> {
    let as_wanted = |read: &Answer| read.is_success() && manager_of(read) == wanted;
    let read = cx.get_when(&user.path, as_wanted)?;
    if as_wanted(&read) {
        return Ok(());
    }
    if wanted.is_some() {
        cx.once("user with a manager", |cx| with_manager(cx).map(drop))?;
    }
    Err(Finding::broken(
        wanted.map_or_else(|| "no manager".to_owned(), |id| format!("the manager {id}")),
        format!("manager {}", shown(extension_part(&read, "manager"))),
    ))
}
