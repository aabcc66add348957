//! Several changes of one user at the same moment: RFC 7644 section 3.5.2.

use oinspect_core::Capability::Patch;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, Method, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, shown};
use crate::compare::lost;
use crate::kind::Kind;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::{PATCH_OP, Scim, with_json};

pub(crate) static GROUP: Group = Group {
    id: "scim.at-once",
    title: "Several changes of one user at the same moment",
    tags: &["users", "patch", "concurrency"],
    alone: false,
    checks: &[
        Check {
            id: "scim.at-once.different-attributes-are-all-kept",
            title: "Changes of different attributes at the same moment are all kept",
            requirement: must(
                Rfc7644,
                "3.5.2",
                "a PATCH is atomic, and what it was answered with success is done",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Each request reads the user, changes its copy and writes the whole back: the last one wins.",
            fix: "Lock the user or compare its version between reading and writing, and try again on a conflict.",
            run: |cx| {
                need(cx, Kind::User, "displayName")?;
                let user = user::own(cx)?;
                let new_name = cx.target()?.user_name.replace("{name}", &cx.name());
                let changes = [
                    json!({ "displayName": "Bea Ox" }),
                    json!({ "name": { "familyName": "Elk" } }),
                    json!({ "userName": new_name }),
                ];
                let paths = ["displayName", "name.familyName", "userName"];
                let operations: Vec<Value> = paths
                    .iter()
                    .zip(&changes)
                    .map(|(path, change)| {
                        json!({ "op": "replace", "path": path, "value": crate::answer::at(change, path) })
                    })
                    .collect();
                let answers = at_once(cx, &user, &operations)?;
                // Who was told that it did not work may try again: nothing is lost.
                let done: Vec<&Value> = changes
                    .iter()
                    .zip(&answers)
                    .filter(|(_, answer)| answer.is_success())
                    .map(|(change, _)| change)
                    .collect();
                if done.is_empty() {
                    return Err(Finding::blocked("none of the changes succeeded"));
                }
                let all = |read: &Answer| done.iter().find_map(|change| lost(change, read.any_json()));
                let read = cx.get_when(&user.path, |read| all(read).is_none())?;
                match all(&read) {
                    None => Ok(()),
                    Some(difference) => {
                        Err(Finding::broken("every change that was answered with success", difference))
                    }
                }
            },
        },
        Check {
            id: "scim.at-once.no-change-ends-in-a-failure",
            title: "Changes of one attribute at the same moment end in no failure of the server",
            requirement: should(Rfc7644, "3.12", "a conflict is answered 409 or 412, never as a failure")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The database's conflict or deadlock is not caught and becomes a 500.",
            fix: "Try again when the store reports a conflict; answer 409 if it goes on.",
            run: |cx| {
                let user = user::own(cx)?;
                let names = ["Elk", "Fox", "Gnu"];
                let operations =
                    names.map(|name| json!({ "op": "replace", "path": "name.familyName", "value": name }));
                let answers = at_once(cx, &user, &operations)?;
                if let Some(failed) =
                    answers.iter().find(|answer| answer.status() >= 500 && !answer.is_not_implemented())
                {
                    return Err(Finding::broken("no failure of the server", failed.described()));
                }
                let decided =
                    |read: &Answer| read.text_at("name.familyName").is_some_and(|name| names.contains(&name));
                let read = cx.get_when(&user.path, decided)?;
                if decided(&read) {
                    return Ok(());
                }
                Err(Finding::broken(format!("one of {names:?}"), format!("name {}", shown(read.at("name")))))
            },
        },
    ],
};

/// Sends PATCHes of one operation each at the same moment.
fn at_once(cx: &mut Cx, user: &User, operations: &[Value]) -> Result<Vec<Answer>, Finding> {
    let mut requests = Vec::with_capacity(operations.len());
    for operation in operations {
        let body = json!({ "schemas": [PATCH_OP], "Operations": [operation] });
        requests.push(with_json(cx.request(Method::Patch, &user.path)?, body.to_string()));
    }
    let redactor = std::sync::Arc::clone(&cx.session().redactor);
    let answers = cx.send_all(&requests).into_iter();
    answers
        .map(|answer| answer.map(|response| Answer::new(response, std::sync::Arc::clone(&redactor))))
        .collect()
}
