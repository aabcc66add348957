//! Modifying users: RFC 7644 section 3.5.2.

pub(crate) mod add;
pub(crate) mod paths;
pub(crate) mod refusals;
pub(crate) mod remove;
pub(crate) mod replace;
pub(crate) mod whole;

use oinspect_core::Capability::{Active, Discovery, Patch};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, shown};
use crate::keeping::expect_shown;
use crate::user::{self, User};
use crate::verbs::{Scim, let_settle, user_path};

pub(crate) static GROUP: Group = Group {
    id: "scim.patch",
    title: "Modifying users with PATCH",
    tags: &["users", "patch"],
    alone: false,
    checks: &[
        Check {
            id: "scim.patch.pathless-replace-deactivates",
            title: "A replace without a path deactivates a user",
            requirement: must(
                Rfc7644,
                "3.5.2.3",
                "without a path, the value holds the attributes to replace",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[Patch, Active],
            pitfall: "Only operations with a path are understood; the others are answered 200 and forgotten.",
            fix: "Apply the members of `value` to the user when an operation has no `path`.",
            run: |cx| {
                let user = user::own(cx)?;
                patched(cx, &user.path, json!([{ "op": "replace", "value": { "active": false } }]))?;
                user::expect_inactive(cx, &user)
            },
        },
        Check {
            id: "scim.patch.replace-by-path-changes-that-attribute",
            title: "A replace with a path changes that attribute and leaves its siblings",
            requirement: must(Rfc7644, "3.5.2.3", "a path says which value is replaced; the others stay")
                .okta(Level::Should)
                .entra(Level::Must),
            needs: &[Patch],
            pitfall: "The whole complex attribute is overwritten by the one sub-attribute.",
            fix: "Change only what the path names, and leave every other sub-attribute as it is.",
            run: |cx| {
                let user = user::own(cx)?;
                patched(
                    cx,
                    &user.path,
                    json!([{ "op": "replace", "path": "name.familyName", "value": "Elk" }]),
                )?;
                let changed = |read: &Answer| read.text_at("name.familyName") == Some("Elk");
                let read = cx.get_when(&user.path, changed)?;
                if changed(&read) && read.text_at("name.givenName") == Some("Ann") {
                    return Ok(());
                }
                Err(Finding::broken("givenName \"Ann\" and familyName \"Elk\"", shown(read.at("name"))))
            },
        },
        Check {
            id: "scim.patch.op-ignores-case",
            title: "The name of an operation is understood in any case",
            requirement: may(
                Rfc7644,
                "3.5.2",
                "operations are called add, remove and replace; clients capitalise them",
            )
            .okta(Level::Should)
            .entra(Level::Must),
            needs: &[Patch],
            pitfall: "`Replace` is refused: Microsoft Entra has sent it so for years.",
            fix: "Compare `op` without case.",
            run: |cx| {
                let user = user::own(cx)?;
                patched(
                    cx,
                    &user.path,
                    json!([{ "op": "Replace", "path": "displayName", "value": "Bea Ox" }]),
                )
                .map(drop)
            },
        },
        Check {
            id: "scim.patch.unknown-op-is-refused",
            title: "An operation that does not exist is refused",
            requirement: must(Rfc7644, "3.5.2", "an operation is one of add, remove and replace"),
            needs: &[Patch],
            pitfall: "Unknown operations are skipped, and the client believes that they were carried out.",
            fix: "Answer 400 with scimType invalidSyntax for any other `op`.",
            run: |cx| {
                let user = patchable(cx)?;
                send(cx, &user.path, bogus_operation())?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.patch.failed-patch-changes-nothing",
            title: "A PATCH that fails half-way changes nothing",
            requirement: must(
                Rfc7644,
                "3.5.2",
                "a PATCH is atomic: if one operation fails, none was carried out",
            ),
            needs: &[Patch],
            pitfall: "Each operation is written to the store as it is read.",
            fix: "Apply all operations to a copy, and store it only when the last one has succeeded.",
            run: |cx| {
                let user = patchable(cx)?;
                let (name, fails) = failing_patch(cx, &user.path)?;
                let_settle(cx)?;
                let read = cx.get(&user.path)?;
                if read.text_at("displayName") != Some(name) {
                    return Ok(());
                }
                Err(Finding::broken(
                    "the user as it was before",
                    format!("displayName changed although {fails}"),
                ))
            },
        },
        Check {
            id: "scim.patch.unknown-id-is-404",
            title: "Modifying a user that does not exist is not found",
            requirement: should(Rfc7644, "3.12", "a resource that does not exist is answered 404")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The lookup fails with an exception that nobody catches.",
            fix: "Answer 404 with a SCIM error when no user has the id.",
            run: |cx| {
                let known = user::shared(cx)?;
                let id = user::unknown_id(cx, &known.id);
                let operations = json!([{ "op": "replace", "path": "displayName", "value": "Nobody" }]);
                send(cx, &user_path(&id), operations)?.expect_status(404).map(drop)
            },
        },
    ],
};

/// Sends a PATCH, whatever comes of it.
///
/// # Errors
/// Not offered, where the server has no PATCH; broken, where it says that it has; blocked, where it has,
/// but not for this.
fn send(cx: &mut Cx, path: &str, operations: Value) -> Result<Answer, Finding> {
    let answer = cx.patch(path, operations)?;
    let works =
        answer.status() == 501 && cx.once("PATCH that succeeds", |cx| patchable(cx).map(drop)).is_ok();
    if works {
        return Err(Finding::blocked(format!(
            "other operations succeed, this one is not offered: {}",
            answer.described()
        )));
    }
    offered(cx, answer)
}

/// Whatever a PATCH was answered, unless that says that there is none.
fn offered(cx: &Cx, answer: Answer) -> Result<Answer, Finding> {
    if !answer.is_not_implemented() {
        return Ok(answer);
    }
    if cx.offers(Discovery) {
        return Err(Finding::broken(
            "PATCH, which /ServiceProviderConfig says is supported",
            answer.described(),
        ));
    }
    Err(Patch.missing())
}

/// Sends a PATCH that has to succeed: 200 with the user, or 204 without a body.
fn patched(cx: &mut Cx, path: &str, operations: Value) -> Result<Answer, Finding> {
    let answer = send(cx, path, operations)?;
    answer.expect_success()?;
    Ok(answer)
}

/// An operation without a path changes something: what it makes of a key can be judged.
fn pathless_works(cx: &mut Cx, op: &str) -> Result<(), Finding> {
    cx.once(&format!("path-less {op} that is stored"), |cx| {
        let user = user::own(cx)?;
        let value = json!({ "name": { "familyName": "Elk" } });
        patched(cx, &user.path, json!([{ "op": op, "value": value }]))?;
        expect_shown(cx, &user, &value).map(drop)
    })
    .map(drop)
}

/// A user whose family name a sound PATCH has changed: what is refused afterwards is refused for what
/// is wrong with it.
fn patchable(cx: &mut Cx) -> Result<User, Finding> {
    let user = user::own(cx)?;
    sound(cx, &user)?;
    Ok(user)
}

/// Changes a family name, as every server that has PATCH can.
fn sound(cx: &mut Cx, user: &User) -> Result<Answer, Finding> {
    let sound = json!([{ "op": "replace", "path": "name.familyName", "value": "Elk" }]);
    let obstacle = |finding: Finding| finding.as_obstacle("no sound PATCH succeeds");
    let answer = cx.patch(&user.path, sound)?;
    let answer = offered(cx, answer).map_err(obstacle)?;
    answer.expect_success().map_err(obstacle)?;
    Ok(answer)
}

/// A user for one PATCH that has to be refused. Sound ones succeed, as was found out once in the run:
/// whoever refuses everything has refused nothing for the right reason.
fn refusing(cx: &mut Cx) -> Result<User, Finding> {
    cx.once("PATCH that succeeds", |cx| patchable(cx).map(drop))?;
    user::own(cx)
}

/// Judges the scimType of an error.
pub(in crate::checks) fn expect_scim_type(answer: &Answer, wanted: &str) -> Result<(), Finding> {
    if answer.text_at("scimType") == Some(wanted) {
        return Ok(());
    }
    Err(Finding::broken(format!("scimType {wanted}"), answer.described()))
}

/// Judges that neither a password nor anything in its place is shown.
pub(in crate::checks) fn expect_no_password(answers: &[&Answer], password: &str) -> Result<(), Finding> {
    let shows = |answer: &&&Answer| {
        answer.at("password").is_some_and(|value| !value.is_null()) || answer.text().contains(password)
    };
    if answers.iter().any(|answer| shows(&answer)) {
        return Err(Finding::broken("no password in any answer", "the password, or something in its place"));
    }
    Ok(())
}

fn bogus_operation() -> Value {
    json!([{ "op": "oinspect", "path": "displayName", "value": "Bea Ox" }])
}

/// Sends a PATCH whose first operation sets a displayName and whose second must fail; that name, and how
/// it failed.
fn failing_patch(cx: &mut Cx, path: &str) -> Result<(&'static str, String), Finding> {
    let tries = [("Half-Way", json!({ "op": "remove" })), ("Changed Half-Way", bogus_operation()[0].clone())];
    for (name, second) in tries {
        let first = json!({ "op": "replace", "path": "displayName", "value": name });
        let answer = send(cx, path, json!([first, second]))?;
        if !answer.is_success() {
            return Ok((name, format!("the PATCH was answered {}", answer.described())));
        }
    }
    Err(Finding::NotVerified {
        why: "no second operation could be found that this server refuses".to_owned(),
    })
}
