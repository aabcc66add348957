//! What a PATCH of a user may not do: RFC 7644 sections 3.5.2 and 3.12.

use std::sync::Arc;

use oinspect_core::Capability::{Active, Groups, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, must, should};
use serde_json::{Value, json};

use super::{expect_scim_type, refusing, send};
use crate::answer::{Answer, shown};
use crate::keeping::moment;
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::{PATCH_OP, Scim, let_settle, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.patch-refusals",
    title: "What a PATCH of a user may not do",
    tags: &["users", "patch", "errors"],
    alone: false,
    checks: &[
        Check {
            id: "scim.patch-refusals.missing-schemas",
            title: "A PATCH without schemas is refused",
            requirement: should(
                Rfc7644,
                "3.12",
                "a request that violates the schema of its message is answered 400",
            ),
            needs: &[Patch],
            pitfall: "The body is never validated, so that a PUT body sent as PATCH is answered 200.",
            fix: "Answer 400 with scimType invalidSyntax unless `schemas` names PatchOp.",
            run: |cx| {
                let operation = json!({ "op": "replace", "path": "name.familyName", "value": "Elk" });
                refuses_body(cx, &json!({ "Operations": [operation] }))
            },
        },
        Check {
            id: "scim.patch-refusals.missing-operations",
            title: "A PATCH without Operations is refused",
            requirement: should(Rfc7644, "3.12", "a PATCH that lacks its operations is answered 400"),
            needs: &[Patch],
            pitfall: "Nothing to do is taken for success, or a missing list crashes the loop over it.",
            fix: "Answer 400 with scimType invalidSyntax when there is no `Operations`.",
            run: |cx| refuses_body(cx, &json!({ "schemas": [PATCH_OP] })),
        },
        Check {
            id: "scim.patch-refusals.operations-are-no-list",
            title: "A PATCH whose Operations are no list is refused",
            requirement: should(Rfc7644, "3.12", "a PATCH whose operations are no array is answered 400"),
            needs: &[Patch],
            pitfall: "The loop over the letters of a text ends in a 500.",
            fix: "Answer 400 with scimType invalidSyntax when `Operations` is no array.",
            run: |cx| refuses_body(cx, &json!({ "schemas": [PATCH_OP], "Operations": "replace" })),
        },
        Check {
            id: "scim.patch-refusals.operation-is-no-object",
            title: "An operation that is no object is refused",
            requirement: should(
                Rfc7644,
                "3.12",
                "a PATCH with an operation that is no object is answered 400",
            ),
            needs: &[Patch],
            pitfall: "The operation is used without a look at what it is, and the answer is 500.",
            fix: "Answer 400 with scimType invalidSyntax when an element of `Operations` is no object.",
            run: |cx| refuses(cx, json!([null])),
        },
        Check {
            id: "scim.patch-refusals.add-without-value",
            title: "An add without a value is refused",
            requirement: should(Rfc7644, "3.12", "an operation that lacks its value is answered 400"),
            needs: &[Patch],
            pitfall: "The attribute is set to null, or nothing happens and the answer is 200.",
            fix: "Answer 400 with scimType invalidValue when an `add` has no `value`.",
            run: |cx| refuses(cx, json!([{ "op": "add", "path": "name.familyName" }])),
        },
        Check {
            id: "scim.patch-refusals.remove-without-path",
            title: "A remove without a path is refused",
            requirement: must(Rfc7644, "3.5.2.2", "a removal that does not say of what is answered 400"),
            needs: &[Patch],
            pitfall: "200, and nothing or everything is removed.",
            fix: "Answer 400 with scimType noTarget when a `remove` has no `path`.",
            run: |cx| remove_without_path(cx)?.expect_status(400).map(drop),
        },
        Check {
            id: "scim.patch-refusals.remove-without-path-says-no-target",
            title: "The refusal of a remove without a path says noTarget",
            requirement: must(Rfc7644, "3.5.2.2", "the scimType is noTarget where the path is missing"),
            needs: &[Patch],
            pitfall: "The error has no scimType, or names the syntax.",
            fix: "Set scimType to noTarget.",
            run: |cx| says(&*remove_without_path(cx)?, "noTarget"),
        },
        Check {
            id: "scim.patch-refusals.required-attribute-stays",
            title: "Removing the userName is refused",
            requirement: must(Rfc7644, "3.5.2.2", "a required attribute cannot become unassigned")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The account loses its name, and nobody can sign in or find it any more.",
            fix: "Answer 400 with scimType mutability when a required attribute would be removed.",
            run: |cx| remove_user_name(cx)?.expect_refusal().map(drop),
        },
        Check {
            id: "scim.patch-refusals.required-attribute-says-mutability",
            title: "The refusal of removing the userName says mutability",
            requirement: must(
                Rfc7644,
                "3.5.2.2",
                "the scimType is mutability where a required attribute is removed",
            ),
            needs: &[Patch],
            pitfall: "The error has no scimType, or says invalidValue.",
            fix: "Set scimType to mutability.",
            run: |cx| says(&*remove_user_name(cx)?, "mutability"),
        },
        Check {
            id: "scim.patch-refusals.id-is-read-only",
            title: "Replacing the id is refused",
            requirement: must(Rfc7644, "3.5.2", "a read-only attribute cannot be modified"),
            needs: &[Patch],
            pitfall: "200, and the id was ignored or, worse, changed: every link to the account is dead.",
            fix: "Answer 400 with scimType mutability when a path names `id`.",
            run: |cx| replace_id(cx)?.expect_refusal().map(drop),
        },
        Check {
            id: "scim.patch-refusals.read-only-attribute-says-mutability",
            title: "The refusal of replacing the id says mutability",
            requirement: should(
                Rfc7644,
                "3.12",
                "the scimType is mutability where an attribute cannot be modified",
            ),
            needs: &[Patch],
            pitfall: "The error has no scimType, or says invalidPath.",
            fix: "Set scimType to mutability.",
            run: |cx| says(&*replace_id(cx)?, "mutability"),
        },
        Check {
            id: "scim.patch-refusals.meta-is-read-only",
            title: "A PATCH does not change the moment of creation",
            requirement: must(
                Rfc7643,
                "3.1",
                "`meta` is the server's to assign: what a client sends for it has no effect",
            ),
            needs: &[Patch],
            pitfall: "Clients can date accounts back.",
            fix: "Answer 400 with scimType mutability when a path names a part of `meta`, or ignore the operation.",
            run: dates_back,
        },
        Check {
            id: "scim.patch-refusals.groups-are-read-only",
            title: "Writing the groups of a user is refused",
            requirement: must(Rfc7644, "3.5.2", "`groups` of a user is read-only"),
            needs: &[Patch, Groups],
            pitfall: "Users can be made administrators by a PATCH of themselves; or 200, and nothing happens.",
            fix: "Answer 400 with scimType mutability; memberships change at the group.",
            run: |cx| {
                need(cx, Kind::User, "groups")?;
                let value = json!([{ "value": "oinspect" }]);
                refuses(cx, json!([{ "op": "add", "path": "groups", "value": value }]))
            },
        },
        Check {
            id: "scim.patch-refusals.malformed-path",
            title: "A path that cannot be parsed is refused",
            requirement: should(Rfc7644, "3.12", "a malformed path is answered 400"),
            needs: &[Patch],
            pitfall: "What the parser does not understand is skipped, and the answer is 200; or it throws, and it is 500.",
            fix: "Answer 400 with scimType invalidPath when a path does not follow the grammar.",
            run: |cx| malformed_path(cx)?.expect_refusal().map(drop),
        },
        Check {
            id: "scim.patch-refusals.malformed-path-says-invalid-path",
            title: "The refusal of a malformed path says invalidPath",
            requirement: should(Rfc7644, "3.12", "the scimType is invalidPath where the path is malformed"),
            needs: &[Patch],
            pitfall: "The error has no scimType, or says invalidSyntax.",
            fix: "Set scimType to invalidPath.",
            run: |cx| says(&*malformed_path(cx)?, "invalidPath"),
        },
        Check {
            id: "scim.patch-refusals.unknown-attribute",
            title: "A path to an attribute that does not exist is refused",
            requirement: should(Rfc7644, "3.12", "a path that yields no attribute is answered 400"),
            needs: &[Patch],
            pitfall: "200: a mistyped mapping is never noticed.",
            fix: "Answer 400 with scimType noTarget or invalidPath when the schema does not know the path.",
            run: |cx| refuses(cx, json!([{ "op": "replace", "path": "oinspectNone", "value": "x" }])),
        },
        Check {
            id: "scim.patch-refusals.wrong-type",
            title: "A value of the wrong type is refused",
            requirement: must(
                Rfc7644,
                "3.5.2",
                "an operation must be compatible with the schema of its attribute",
            ),
            needs: &[Patch],
            pitfall: "`[object Object]` becomes the family name, or the database fails with 500.",
            fix: "Answer 400 with scimType invalidValue when a value has not the type of its attribute.",
            run: |cx| {
                let value = json!({ "oinspect": ["x"] });
                refuses(cx, json!([{ "op": "replace", "path": "name.familyName", "value": value }]))
            },
        },
        Check {
            id: "scim.patch-refusals.text-for-active-is-not-turned-round",
            title: "The text \"False\" never means active",
            requirement: must(
                Rfc7644,
                "3.5.2",
                "a text is no boolean: it is refused, or read for what it says",
            )
            .entra(Level::Must),
            needs: &[Patch, Active],
            pitfall: "Every text that is not empty is true: Microsoft Entra deactivates somebody, who stays active.",
            fix: "Read \"False\" as false, or answer 400 with scimType invalidValue.",
            run: |cx| {
                let user = refusing(cx)?;
                let operation = json!({ "op": "replace", "path": "active", "value": "False" });
                let answer = send(cx, &user.path, json!([operation]))?;
                if answer.is_refusal() {
                    return Ok(());
                }
                answer.expect_success()?;
                let inactive = |read: &Answer| read.at("active") == Some(&Value::Bool(false));
                let read = cx.get_when(&user.path, inactive)?;
                if inactive(&read) || read.status() == 404 {
                    return Ok(());
                }
                Err(Finding::broken(
                    "active false, or a refusal",
                    format!("active {}", shown(read.at("active"))),
                ))
            },
        },
        Check {
            id: "scim.patch-refusals.taken-user-name",
            title: "Renaming a user to a userName that is taken is refused",
            requirement: must(Rfc7643, "4.1.1", "a userName is unique")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Uniqueness is only looked at when a user is created.",
            fix: "Answer 409 with scimType uniqueness when a PATCH would give a user the name of another.",
            run: |cx| {
                let answer = take_name(cx)?;
                if answer.is_refusal() {
                    return Ok(());
                }
                Err(Finding::broken("a refusal (status 409)", answer.described()))
            },
        },
        Check {
            id: "scim.patch-refusals.taken-user-name-says-uniqueness",
            title: "The refusal of a userName that is taken says uniqueness",
            requirement: should(Rfc7644, "3.12", "the scimType is uniqueness where a value is in use")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "A 409 or 400 without scimType, so that the client cannot tell why.",
            fix: "Set scimType to uniqueness.",
            run: |cx| says(&*take_name(cx)?, "uniqueness"),
        },
    ],
};

/// Judges that these operations are refused where sound ones are not.
fn refuses(cx: &mut Cx, operations: Value) -> Result<(), Finding> {
    let user = refusing(cx)?;
    send(cx, &user.path, operations)?.expect_refusal().map(drop)
}

/// RFC 7644, 3.5.2 wants an error for what is read-only, and RFC 7643, 3.1 wants `meta` from a client to be
/// ignored: a server may do either.
fn dates_back(cx: &mut Cx) -> Result<(), Finding> {
    let user = refusing(cx)?;
    let value = "2001-01-01T00:00:00Z";
    let operation = json!({ "op": "replace", "path": "meta.created", "value": value });
    let answer = send(cx, &user.path, json!([operation]))?;
    if answer.is_refusal() {
        return Ok(());
    }
    answer.expect_success()?;
    let_settle(cx)?;
    let created = moment(&cx.get(&user.path)?, "meta.created")?;
    if created.as_second() > 1_000_000_000 {
        return Ok(());
    }
    Err(Finding::broken("the moment of creation, or a refusal", format!("created {created}, as it was sent")))
}

/// Judges that a PATCH with this body is refused where sound ones are not.
fn refuses_body(cx: &mut Cx, body: &Value) -> Result<(), Finding> {
    let user = refusing(cx)?;
    let request = with_json(cx.request(Method::Patch, &user.path)?, body.to_string());
    cx.ask(&request)?.expect_refusal().map(drop)
}

/// Judges the scimType of a refusal.
fn says(answer: &Answer, scim_type: &str) -> Result<(), Finding> {
    answer.expect_refusal().map_err(|finding| finding.as_obstacle("it is not refused"))?;
    expect_scim_type(answer, scim_type)
}

/// The answer to operations that must be refused, for all checks that judge it.
fn answer_to(
    cx: &mut Cx,
    name: &str,
    operations: impl FnOnce(&mut Cx, &User) -> Result<Value, Finding>,
) -> Result<Arc<Answer>, Finding> {
    cx.once(name, |cx| {
        let user = refusing(cx)?;
        let operations = operations(cx, &user)?;
        send(cx, &user.path, operations)
    })
}

fn remove_without_path(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    answer_to(cx, "answer to a remove without a path", |_, _| Ok(json!([{ "op": "remove" }])))
}

fn remove_user_name(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    answer_to(cx, "answer to removing a userName", |_, _| Ok(json!([{ "op": "remove", "path": "userName" }])))
}

fn replace_id(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    answer_to(cx, "answer to replacing an id", |cx, user| {
        let other = user::unknown_id(cx, &user.id);
        Ok(json!([{ "op": "replace", "path": "id", "value": other }]))
    })
}

fn malformed_path(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let operations = json!([{ "op": "replace", "path": "name..familyName]", "value": "Elk" }]);
    answer_to(cx, "answer to a malformed path", |_, _| Ok(operations))
}

fn take_name(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    answer_to(cx, "answer to a userName that another user has", |cx, _| {
        let taken = user::own(cx)?;
        Ok(json!([{ "op": "replace", "path": "userName", "value": taken.user_name }]))
    })
}
