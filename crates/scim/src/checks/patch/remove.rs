//! Removing from users with PATCH: RFC 7644 section 3.5.2.2.

use oinspect_core::Capability::Patch;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use serde_json::{Value, json};

use super::patched;
use crate::answer::{Answer, at, shown};
use crate::compare::is_nothing;
use crate::keeping::{expect_kept, expect_unassigned, user_with};
use crate::kind::Kind;
use crate::mailboxes;
use crate::schema::need;
use crate::user::{self, User};
use crate::verbs::Scim;

pub(crate) static GROUP: Group = Group {
    id: "scim.patch-remove",
    title: "Removing from users with PATCH",
    tags: &["users", "patch"],
    alone: false,
    checks: &[
        Check {
            id: "scim.patch-remove.clears-a-single-value",
            title: "Removing an attribute with one value clears it",
            requirement: must(Rfc7644, "3.5.2.2", "a removed attribute is unassigned").entra(Level::Should),
            needs: &[Patch],
            pitfall: "`remove` is only written for group members; elsewhere it is answered 200 and forgotten.",
            fix: "Delete the value that the path names.",
            run: |cx| {
                need(cx, Kind::User, "title")?;
                let user = user_with(cx, &json!({ "title": "Sailor" }))?;
                patched(cx, &user.path, json!([{ "op": "remove", "path": "title" }]))?;
                expect_unassigned(cx, &user, "title").map(drop)
            },
        },
        Check {
            id: "scim.patch-remove.clears-every-value",
            title: "Removing a list without a filter clears it",
            requirement: must(Rfc7644, "3.5.2.2", "without a filter all values are removed")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Only the first value is removed, or none because no filter says which.",
            fix: "Delete all values of a multi-valued attribute when the path has no filter.",
            run: |cx| {
                let user = with_phones(cx, &["work", "home"])?;
                patched(cx, &user.path, json!([{ "op": "remove", "path": "phoneNumbers" }]))?;
                expect_unassigned(cx, &user, "phoneNumbers").map(drop)
            },
        },
        Check {
            id: "scim.patch-remove.filter-removes-only-the-match",
            title: "Removing the home address leaves the work address",
            requirement: must(Rfc7644, "3.5.2.2", "with a filter only the matching values are removed")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The filter in the path is ignored, and all values are removed; or none is.",
            fix: "Evaluate the filter for each element, and delete those that match.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let operation = json!({ "op": "remove", "path": "emails[type eq \"home\"]" });
                patched(cx, &boxes.user.path, json!([operation]))?;
                mailboxes::expect(cx, &boxes.user, &[&boxes.work]).map(drop)
            },
        },
        Check {
            id: "scim.patch-remove.last-match-leaves-nothing",
            title: "Removing the last value by a filter leaves none",
            requirement: must(Rfc7644, "3.5.2.2", "a list without remaining values is unassigned")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "`[{}]` or `[null]` stays behind, and readers stumble over it.",
            fix: "Take the element out of the list, and leave the attribute out when the list is empty.",
            run: |cx| {
                let user = with_phones(cx, &["work"])?;
                patched(
                    cx,
                    &user.path,
                    json!([{ "op": "remove", "path": "phoneNumbers[type eq \"work\"]" }]),
                )?;
                expect_unassigned(cx, &user, "phoneNumbers").map(drop)
            },
        },
        Check {
            id: "scim.patch-remove.part-of-a-complex-attribute",
            title: "Removing a part of a name keeps the other parts",
            requirement: must(
                Rfc7644,
                "3.5.2.2",
                "the value at the target location is removed, and no other",
            ),
            needs: &[Patch],
            pitfall: "The whole complex attribute is removed with its part.",
            fix: "Delete the sub-attribute that the path names, and nothing beside it.",
            run: |cx| {
                need(cx, Kind::User, "name.middleName")?;
                let name = json!({ "givenName": "Ann", "middleName": "Quill", "familyName": "Ox" });
                let user = user::with(cx, &json!({ "name": name }))?;
                expect_kept(&user, &json!({ "name": { "givenName": "Ann", "middleName": "Quill" } }))?;
                patched(cx, &user.path, json!([{ "op": "remove", "path": "name.middleName" }]))?;
                let read = expect_unassigned(cx, &user, "name.middleName")?;
                if read.text_at("name.givenName") == Some("Ann") {
                    return Ok(());
                }
                Err(Finding::broken("givenName \"Ann\"", shown(read.at("name"))))
            },
        },
        Check {
            id: "scim.patch-remove.part-of-an-element",
            title: "Removing a part of one phone number keeps the number",
            requirement: must(Rfc7644, "3.5.2.2", "a sub-attribute of a matching value can be removed alone"),
            needs: &[Patch],
            pitfall: "The whole element is removed, or the path is not understood.",
            fix: "Delete the sub-attribute behind the filter from each matching element.",
            run: |cx| {
                need(cx, Kind::User, "phoneNumbers.display")?;
                let phone = json!({ "value": "+44 20 7946 0101", "type": "work", "display": "Desk" });
                let user = user_with(cx, &json!({ "phoneNumbers": [phone] }))?;
                let path = "phoneNumbers[type eq \"work\"].display";
                patched(cx, &user.path, json!([{ "op": "remove", "path": path }]))?;
                let bare = |read: &Answer| {
                    let elements = read.at("phoneNumbers").and_then(Value::as_array);
                    elements.is_some_and(|all| all.len() == 1 && all.iter().all(without_display))
                };
                let read = cx.get_when(&user.path, bare)?;
                if bare(&read) {
                    return Ok(());
                }
                Err(Finding::broken(
                    "the phone number without its display",
                    format!("phoneNumbers {}", shown(read.at("phoneNumbers"))),
                ))
            },
        },
    ],
};

/// A server may make a label of its own, but not the one that was removed.
fn without_display(element: &Value) -> bool {
    let display = at(element, "display");
    display.is_none_or(|display| is_nothing(display) || display.as_str() != Some("Desk"))
        && at(element, "value").is_some_and(Value::is_string)
}

/// A user with a phone number of each of these types.
fn with_phones(cx: &mut Cx, types: &[&str]) -> Result<User, Finding> {
    need(cx, Kind::User, "phoneNumbers.type")?;
    let phone =
        |(number, kind): (usize, &&str)| json!({ "value": format!("+44 20 7946 010{number}"), "type": kind });
    let phones: Vec<Value> = types.iter().enumerate().map(phone).collect();
    user_with(cx, &json!({ "phoneNumbers": phones }))
}
