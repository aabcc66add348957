//! What a PUT of a user changes: RFC 7644 section 3.5.1.

use oinspect_core::Capability::{Active, Enterprise, Password};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Finding, Group, Level, must, should};
use serde_json::{Value, json};

use super::{echo, replaced, works};
use crate::answer::{Answer, shown};
use crate::checks::patch::expect_no_password;
use crate::checks::patch::whole::agree;
use crate::compare::is_nothing;
use crate::keeping::{enterprise, expect_shown, expect_unassigned, user_with};
use crate::kind::Kind;
use crate::mailboxes;
use crate::schema::{ENTERPRISE, need};
use crate::user;
use crate::verbs::Scim;

pub(crate) static GROUP: Group = Group {
    id: "scim.replace-values",
    title: "What a PUT of a user changes",
    tags: &["users", "put"],
    alone: false,
    checks: &[
        Check {
            id: "scim.replace-values.answers-200-with-the-user",
            title: "Replacing a user answers 200 with the whole user",
            requirement: must(Rfc7644, "3.5.1", "a successful PUT is answered 200 with the entire resource")
                .okta(Level::Must),
            needs: &[],
            pitfall: "204, or 200 with an empty body: Okta reads the user out of the answer.",
            fix: "Answer PUT with 200 and the stored user.",
            run: |cx| {
                let user = user::own(cx)?;
                let answer = cx.put(&user.path, &user.sent)?;
                answer.expect_status(200)?.json()?;
                if answer.text_at("id") == Some(&user.id) && answer.text_at("userName").is_some() {
                    return Ok(());
                }
                Err(Finding::broken(format!("the user {}", user.id), answer.described()))
            },
        },
        Check {
            id: "scim.replace-values.answer-shows-what-a-read-shows",
            title: "The answer to a PUT shows the user as the next read does",
            requirement: must(
                Rfc7644,
                "3.5.1",
                "the answer lets the client compare its view with the server's",
            )
            .okta(Level::Should),
            needs: &[],
            pitfall: "The request is sent back, or the user as it was before.",
            fix: "Answer with what was stored.",
            run: |cx| {
                let user = user::own(cx)?;
                let (answer, read) = replaced(cx, &user, user.sent.clone())?;
                if answer.is_empty() { Ok(()) } else { agree(&answer, &read) }
            },
        },
        Check {
            id: "scim.replace-values.exchanges-every-value",
            title: "A list in a PUT takes the place of the old one",
            requirement: must(Rfc7644, "3.5.1", "the values sent replace the existing values")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Lists are merged: an address that was taken away stays for ever.",
            fix: "Store the list that was sent in place of the old one.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let mut body = boxes.user.sent.clone();
                body["emails"] = json!([{ "value": other, "type": "work", "primary": true }]);
                replaced(cx, &boxes.user, body)?;
                mailboxes::expect(cx, &boxes.user, &[&other]).map(drop)
            },
        },
        Check {
            id: "scim.replace-values.null-clears",
            title: "A null in a PUT clears the attribute",
            requirement: must(Rfc7643, "2.5", "assigning null makes an attribute unassigned")
                .okta(Level::Should),
            needs: &[],
            pitfall: "null is taken for \"not sent\", and the old value stays.",
            fix: "Clear an attribute that is null in the body of a PUT.",
            run: |cx| {
                need(cx, Kind::User, "title")?;
                let user = user_with(cx, &json!({ "title": "Sailor" }))?;
                let mut body = user.sent.clone();
                body["title"] = Value::Null;
                replaced(cx, &user, body)?;
                expect_unassigned(cx, &user, "title").map(drop)
            },
        },
        Check {
            id: "scim.replace-values.empty-list-clears",
            title: "An empty list in a PUT clears the attribute",
            requirement: must(Rfc7643, "2.5", "assigning an empty list makes an attribute unassigned")
                .okta(Level::Should),
            needs: &[],
            pitfall: "An empty array is taken for \"not sent\", and the old values stay.",
            fix: "Clear a multi-valued attribute that is `[]` in the body of a PUT.",
            run: |cx| {
                need(cx, Kind::User, "phoneNumbers.type")?;
                let phones = json!({ "phoneNumbers": [{ "value": "+44 20 7946 0101", "type": "work" }] });
                let user = user_with(cx, &phones)?;
                let mut body = user.sent.clone();
                body["phoneNumbers"] = json!([]);
                replaced(cx, &user, body)?;
                expect_unassigned(cx, &user, "phoneNumbers").map(drop)
            },
        },
        Check {
            id: "scim.replace-values.user-name-changes",
            title: "A user can be renamed by PUT",
            requirement: must(
                Rfc7644,
                "3.5.1",
                "the values sent replace the values stored, userName among them",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[],
            pitfall: "userName is taken for the key of the account and is never written again.",
            fix: "Let PUT change userName; the `id` is what never changes.",
            run: |cx| {
                let user = user::own(cx)?;
                let mut body = user.sent.clone();
                let new_name = cx.target()?.user_name.replace("{name}", &cx.name());
                body["userName"] = Value::from(new_name.as_str());
                let (_, read) = replaced(cx, &user, body)?;
                match read.text_at("userName") {
                    Some(shown) if shown.eq_ignore_ascii_case(&new_name) => Ok(()),
                    _ => Err(Finding::broken(format!("userName {new_name}"), shown(read.at("userName")))),
                }
            },
        },
        Check {
            id: "scim.replace-values.extension-is-replaced",
            title: "A PUT changes the values of an extension",
            requirement: must(
                Rfc7644,
                "3.5.1",
                "the values sent replace the values stored, in extensions as well",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Enterprise],
            pitfall: "Extensions are only read at creation.",
            fix: "Apply the objects below extension URNs as the core attributes.",
            run: |cx| {
                let user = user_with(cx, &json!({ ENTERPRISE: { "department": "Ropes" } }))?;
                let mut body = user.sent.clone();
                body[ENTERPRISE]["department"] = Value::from("Sails");
                replaced(cx, &user, body)?;
                expect_shown(cx, &user, &json!({ ENTERPRISE: { "department": "Sails" } })).map(drop)
            },
        },
        Check {
            id: "scim.replace-values.empty-extension-leaves-the-schemas",
            title: "A user that lost its extension does not name it any more",
            requirement: should(Rfc7643, "3", "`schemas` names the schemas that are present in the resource"),
            needs: &[Enterprise],
            pitfall: "The URN stays in `schemas`, beside an empty object or nothing.",
            fix: "Drop the URN from `schemas` when the last value below it is gone.",
            run: |cx| {
                if cx.target()?.user_attributes.keys().any(|name| name.eq_ignore_ascii_case(ENTERPRISE)) {
                    let what = "the configuration says that no user is without the extension".to_owned();
                    return Err(Finding::NotOffered { what });
                }
                let user = user_with(cx, &json!({ ENTERPRISE: { "department": "Ropes" } }))?;
                let mut body = user.sent.clone();
                body["schemas"] = json!([user::USER]);
                if let Some(members) = body.as_object_mut() {
                    members.shift_remove(ENTERPRISE);
                }
                let (_, read) = replaced(cx, &user, body)?;
                // A server may keep what was left out; then its schema is named for a reason.
                if read.has_schema(ENTERPRISE) && enterprise(&read).is_none_or(is_nothing) {
                    return Err(Finding::broken(
                        format!("schemas without {ENTERPRISE}"),
                        shown(read.at("schemas")),
                    ));
                }
                Ok(())
            },
        },
        Check {
            id: "scim.replace-values.own-representation-with-changes-is-kept",
            title: "A changed profile inside the server's own representation is kept",
            requirement: must(Rfc7644, "3.5.1", "the writable values sent replace the values stored")
                .okta(Level::Must)
                .entra(Level::Should),
            needs: &[],
            pitfall: "A body with `meta` or `id` is taken for a stale copy: 200, and nothing is stored.",
            fix: "Ignore read-only members and store the others: Okta sends back what it read, with its changes.",
            run: |cx| {
                let user = user::own(cx)?;
                let mut body = echo(cx, &user)?;
                body["name"]["givenName"] = Value::from("Bea");
                cx.put(&user.path, &body)?
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("the server's own representation is refused"))?;
                expect_shown(cx, &user, &json!({ "name": { "givenName": "Bea" } })).map(drop).or_else(
                    |finding| {
                        works(cx)?;
                        Err(finding)
                    },
                )
            },
        },
        Check {
            id: "scim.replace-values.reactivates",
            title: "Replacing a deactivated user with active true reactivates it",
            requirement: must(
                Rfc7644,
                "3.5.1",
                "the values sent replace the values stored, `active` among them",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[Active],
            pitfall: "A deactivated user is hidden from PUT, or `active` true is ignored.",
            fix: "Let PUT set `active` back to true.",
            run: |cx| {
                let user = user::own(cx)?;
                let mut body = user.sent.clone();
                body["active"] = Value::Bool(false);
                cx.put(&user.path, &body)?
                    .expect_success()
                    .map_err(|finding| finding.as_obstacle("the user cannot be deactivated"))?;
                user::expect_inactive(cx, &user)
                    .map_err(|finding| finding.as_obstacle("the user cannot be deactivated"))?;
                body["active"] = Value::Bool(true);
                cx.put(&user.path, &body)?.expect_success()?;
                let active = |read: &Answer| read.at("active") == Some(&Value::Bool(true));
                let read = cx.get_when(&user.path, active)?;
                if active(&read) {
                    return Ok(());
                }
                Err(Finding::broken("active true", format!("active {}", shown(read.at("active")))))
            },
        },
        Check {
            id: "scim.replace-values.password-is-accepted",
            title: "A password can be set by PUT",
            requirement: must(
                Rfc7644,
                "3.5.1",
                "a value that can only be written replaces the existing one, too",
            )
            .okta(Level::Should),
            needs: &[Password],
            pitfall: "A password is only taken at creation: Okta synchronises passwords by PUT.",
            fix: "Accept `password` in a PUT, and store its hash.",
            run: |cx| {
                let user = user::own(cx)?;
                let mut body = user.sent.clone();
                body["password"] = Value::from(format!("Aa1!{:016x}", cx.rng().u64(..)));
                cx.put(&user.path, &body)?.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.replace-values.password-is-never-returned",
            title: "A password that was set by PUT is never returned",
            requirement: must(Rfc7643, "4.1.1", "neither a password nor its hash can be read back")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Password],
            pitfall: "The body is sent back as it came, the password with it.",
            fix: "Leave `password` out of the answer to a PUT, and out of every read after it.",
            run: |cx| {
                let user = user::own(cx)?;
                let password = format!("Aa1!{:016x}", cx.rng().u64(..));
                let mut body = user.sent.clone();
                body["password"] = Value::from(password.as_str());
                let answer = cx.put(&user.path, &body)?;
                answer.expect_success().map_err(|finding| finding.as_obstacle("no password can be set"))?;
                expect_no_password(&[&answer, &cx.get(&user.path)?], &password)
            },
        },
    ],
};
