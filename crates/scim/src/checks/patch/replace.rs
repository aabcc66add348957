//! Replacing parts of users with PATCH: RFC 7644 section 3.5.2.3.

use oinspect_core::Capability::{Active, Password, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use serde_json::{Value, json};

use super::{patched, send};
use crate::answer::{Answer, shown};
use crate::keeping::{expect_shown, expect_unassigned, user_with};
use crate::kind::Kind;
use crate::mailboxes;
use crate::schema::need;
use crate::user;
use crate::verbs::Scim;

pub(crate) static GROUP: Group = Group {
    id: "scim.patch-replace",
    title: "Replacing parts of users with PATCH",
    tags: &["users", "patch"],
    alone: false,
    checks: &[
        Check {
            id: "scim.patch-replace.sets-what-has-no-value",
            title: "Replacing an attribute that has no value adds it",
            requirement: must(
                Rfc7644,
                "3.5.2.3",
                "a replacement of what does not exist is taken as an addition",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "400 noTarget, as in JSON Patch: identity providers do not know what has a value.",
            fix: "Treat `replace` of an attribute without a value as `add`.",
            run: |cx| {
                need(cx, Kind::User, "title")?;
                let user = user::own(cx)?;
                patched(cx, &user.path, json!([{ "op": "replace", "path": "title", "value": "Sailor" }]))?;
                expect_shown(cx, &user, &json!({ "title": "Sailor" })).map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.exchanges-every-value",
            title: "Replacing the e-mail addresses leaves none of the old ones",
            requirement: must(Rfc7644, "3.5.2.3", "without a filter all values of a list are replaced")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The new values are added to the old ones.",
            fix: "Store the list that was sent in place of the old one.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let new = json!([{ "value": other, "type": "work", "primary": true }]);
                patched(cx, &boxes.user.path, json!([{ "op": "replace", "path": "emails", "value": new }]))?;
                mailboxes::expect(cx, &boxes.user, &[&other]).map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.value-path-changes-only-the-match",
            title: "Replacing the work address leaves the home address",
            requirement: must(Rfc7644, "3.5.2.3", "with a filter only the matching values are replaced")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The filter in the path is ignored, and every address becomes the same.",
            fix: "Evaluate the filter in `emails[type eq \"work\"].value` for each element.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let path = "emails[type eq \"work\"].value";
                patched(cx, &boxes.user.path, json!([{ "op": "replace", "path": path, "value": other }]))?;
                mailboxes::expect(cx, &boxes.user, &[&other, &boxes.home]).map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.value-path-replaces-the-element",
            title: "A whole e-mail address can be replaced by its type",
            requirement: must(
                Rfc7644,
                "3.5.2.3",
                "the values that the filter matches are replaced by the one sent",
            )
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Only paths with a sub-attribute behind the filter are understood.",
            fix: "Put the object in `value` in place of the element that `emails[type eq \"home\"]` matches.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let new = json!({ "value": other, "type": "home" });
                let path = "emails[type eq \"home\"]";
                patched(cx, &boxes.user.path, json!([{ "op": "replace", "path": path, "value": new }]))?;
                mailboxes::expect(cx, &boxes.user, &[&boxes.work, &other]).map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.no-match-is-refused",
            title: "Replacing an element that does not exist is refused",
            requirement: must(
                Rfc7644,
                "3.5.2.3",
                "a filter in the path that matches nothing is answered 400",
            ),
            needs: &[Patch],
            pitfall: "200, and nothing was changed: the client believes that it was.",
            fix: "Answer 400 with scimType noTarget when the filter of a `replace` matches nothing.",
            run: |cx| {
                let answer = answer_without_match(cx)?;
                answer.expect_status(400).map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.no-match-says-no-target",
            title: "The refusal of a replacement without a match says noTarget",
            requirement: must(Rfc7644, "3.5.2.3", "the scimType is noTarget where no value matches"),
            needs: &[Patch],
            pitfall: "The error has no scimType, or names the path as malformed.",
            fix: "Set scimType to noTarget when the filter of a `replace` matches nothing.",
            run: |cx| {
                let answer = answer_without_match(cx)?;
                answer.expect_refusal().map_err(|finding| finding.as_obstacle("it is not refused"))?;
                super::expect_scim_type(&answer, "noTarget")
            },
        },
        Check {
            id: "scim.patch-replace.object-keeps-the-other-parts",
            title: "Replacing a complex attribute keeps the parts that are not sent",
            requirement: must(
                Rfc7644,
                "3.5.2.3",
                "sub-attributes that the value leaves out stay as they are",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The object in `value` takes the place of the stored one.",
            fix: "Set the sub-attributes in `value`, and leave the others.",
            run: |cx| {
                let user = user::own(cx)?;
                let part = json!({ "familyName": "Elk" });
                patched(cx, &user.path, json!([{ "op": "replace", "path": "name", "value": part }]))?;
                let wanted = json!({ "name": { "familyName": "Elk", "givenName": "Ann" } });
                expect_shown(cx, &user, &wanted).map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.pathless-changes-every-attribute",
            title: "A replace without a path changes every attribute in its value",
            requirement: must(
                Rfc7644,
                "3.5.2.3",
                "the value of a path-less operation holds one or more attributes",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Only `active` is picked out of a path-less value: Okta sends changed profiles the same way.",
            fix: "Apply every member of `value`, complex attributes among them.",
            run: |cx| {
                need(cx, Kind::User, "displayName")?;
                let user = user::own(cx)?;
                let profile =
                    json!({ "displayName": "Bea Ox", "name": { "givenName": "Bea", "familyName": "Ox" } });
                patched(cx, &user.path, json!([{ "op": "replace", "value": profile }]))?;
                expect_shown(cx, &user, &profile).map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.pathless-reactivates",
            title: "A replace without a path reactivates a user",
            requirement: must(
                Rfc7644,
                "3.5.2.3",
                "the attributes in a path-less value are replaced, whatever they were",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[Patch, Active],
            pitfall: "Deactivation is one-way: the user is hidden from PATCH, or `active` true is ignored.",
            fix: "Let PATCH set `active` back to true on a deactivated user.",
            run: |cx| {
                let user = user::own(cx)?;
                let off = json!([{ "op": "replace", "path": "active", "value": false }]);
                patched(cx, &user.path, off)
                    .map_err(|finding| finding.as_obstacle("the user cannot be deactivated"))?;
                user::expect_inactive(cx, &user)
                    .map_err(|finding| finding.as_obstacle("the user cannot be deactivated"))?;
                patched(cx, &user.path, json!([{ "op": "replace", "value": { "active": true } }]))?;
                let active = |read: &Answer| read.at("active") == Some(&Value::Bool(true));
                let read = cx.get_when(&user.path, active)?;
                if active(&read) {
                    return Ok(());
                }
                Err(Finding::broken("active true", format!("active {}", shown(read.at("active")))))
            },
        },
        Check {
            id: "scim.patch-replace.null-clears",
            title: "Replacing a value by null clears it",
            requirement: must(Rfc7643, "2.5", "assigning null makes an attribute unassigned")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "null is refused as a wrong type, or stored as the text \"null\".",
            fix: "Treat null in `value` as no value.",
            run: |cx| {
                need(cx, Kind::User, "title")?;
                let user = user_with(cx, &json!({ "title": "Sailor" }))?;
                patched(cx, &user.path, json!([{ "op": "replace", "path": "title", "value": null }]))?;
                expect_unassigned(cx, &user, "title").map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.empty-list-clears",
            title: "Replacing a list by an empty one clears it",
            requirement: must(Rfc7643, "2.5", "assigning an empty list makes an attribute unassigned")
                .okta(Level::Should),
            needs: &[Patch],
            pitfall: "An empty array is taken for nothing to do, and the old values stay.",
            fix: "Store no values when `value` is an empty array.",
            run: |cx| {
                need(cx, Kind::User, "phoneNumbers")?;
                let user = user_with(
                    cx,
                    &json!({ "phoneNumbers": [{ "value": "+44 20 7946 0101", "type": "work" }] }),
                )?;
                patched(cx, &user.path, json!([{ "op": "replace", "path": "phoneNumbers", "value": [] }]))?;
                expect_unassigned(cx, &user, "phoneNumbers").map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.external-id-changes",
            title: "The externalId can be changed",
            requirement: must(Rfc7643, "3.1", "externalId is the client's to write").entra(Level::Must),
            needs: &[Patch],
            pitfall: "externalId is taken once, at creation: an identity provider that links its user later is refused.",
            fix: "Let PATCH change externalId as any other attribute.",
            run: |cx| {
                let (first, second) = (cx.name(), cx.name());
                let user = user_with(cx, &json!({ "externalId": first }))?;
                let operations = json!([{ "op": "replace", "path": "externalId", "value": second }]);
                cx.patch(&user.path, operations)?.expect_success()?;
                expect_shown(cx, &user, &json!({ "externalId": second })).map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.password-is-accepted",
            title: "A password can be set by PATCH",
            requirement: must(
                Rfc7644,
                "3.5.2.3",
                "the attributes in the value are replaced, the password among them",
            )
            .okta(Level::Should),
            needs: &[Patch, Password],
            pitfall: "A password is only taken at creation, and Okta's password synchronisation fails.",
            fix: "Accept `password` in a PATCH, with a path and without, and store its hash.",
            run: |cx| {
                let user = user::own(cx)?;
                let password = password(cx);
                send(cx, &user.path, set_password(&password))?.expect_success().map(drop)
            },
        },
        Check {
            id: "scim.patch-replace.password-is-never-returned",
            title: "A password that was set by PATCH is never returned",
            requirement: must(Rfc7643, "4.1.1", "neither a password nor its hash can be read back")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Patch, Password],
            pitfall: "The changes are sent back as they came, the password with them.",
            fix: "Leave `password` out of the answer to a PATCH, and out of every read after it.",
            run: |cx| {
                let user = user::own(cx)?;
                let password = password(cx);
                let answer = patched(cx, &user.path, set_password(&password))
                    .map_err(|finding| finding.as_obstacle("no password can be set"))?;
                super::expect_no_password(&[&answer, &cx.get(&user.path)?], &password)
            },
        },
    ],
};

/// The answer to replacing an element that does not exist.
fn answer_without_match(cx: &mut Cx) -> Result<std::sync::Arc<Answer>, Finding> {
    cx.once("answer to a replacement without a match", |cx| {
        let user = super::refusing(cx)?;
        need(cx, Kind::User, "emails.type")?;
        let path = "emails[type eq \"oinspect\"].value";
        send(cx, &user.path, json!([{ "op": "replace", "path": path, "value": "nobody@example.com" }]))
    })
}

fn password(cx: &mut Cx) -> String {
    format!("Aa1!{:016x}", cx.rng().u64(..))
}

/// As Okta sends it: without a path.
fn set_password(password: &str) -> Value {
    json!([{ "op": "replace", "value": { "password": password } }])
}
