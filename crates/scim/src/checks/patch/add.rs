//! Adding to users with PATCH: RFC 7644 section 3.5.2.1.

use oinspect_core::Capability::Patch;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must, should};
use serde_json::json;

use super::{patched, pathless_works};
use crate::answer::Answer;
use crate::keeping::{SECOND, expect_shown, is_whole, moment};
use crate::kind::Kind;
use crate::mailboxes;
use crate::schema::need;
use crate::user;
use crate::verbs::{Scim, let_settle};

pub(crate) static GROUP: Group = Group {
    id: "scim.patch-add",
    title: "Adding to users with PATCH",
    tags: &["users", "patch"],
    alone: false,
    checks: &[
        Check {
            id: "scim.patch-add.sets-what-has-no-value",
            title: "Adding an attribute that has no value sets it",
            requirement: must(Rfc7644, "3.5.2.1", "an attribute that does not exist is added with its value")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Only what is in the stored document already can be changed; the rest is answered 200 and lost.",
            fix: "Create the attribute when an `add` names one that has no value.",
            run: |cx| {
                need(cx, Kind::User, "title")?;
                let user = user::own(cx)?;
                patched(cx, &user.path, json!([{ "op": "add", "path": "title", "value": "Sailor" }]))?;
                expect_shown(cx, &user, &json!({ "title": "Sailor" })).map(drop)
            },
        },
        Check {
            id: "scim.patch-add.replaces-a-single-value",
            title: "Adding to an attribute with one value replaces that value",
            requirement: must(Rfc7644, "3.5.2.1", "the value of a single-valued attribute is replaced")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "`add` is taken for \"only if it is not there yet\", and the old value stays.",
            fix: "Treat `add` on a single-valued attribute as `replace`.",
            run: |cx| {
                need(cx, Kind::User, "displayName")?;
                let user = user::own(cx)?;
                patched(cx, &user.path, json!([{ "op": "add", "path": "displayName", "value": "Bea Ox" }]))?;
                expect_shown(cx, &user, &json!({ "displayName": "Bea Ox" })).map(drop)
            },
        },
        Check {
            id: "scim.patch-add.keeps-the-other-values",
            title: "Adding an e-mail address keeps those that are there",
            requirement: must(Rfc7644, "3.5.2.1", "a new value is added to a multi-valued attribute")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The new list overwrites the old one, as if the operation had been `replace`.",
            fix: "Append the values of an `add` to the list.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let new = json!([{ "value": other, "type": "other" }]);
                patched(cx, &boxes.user.path, json!([{ "op": "add", "path": "emails", "value": new }]))?;
                mailboxes::expect(cx, &boxes.user, &[&boxes.work, &boxes.home, &other]).map(drop)
            },
        },
        Check {
            id: "scim.patch-add.takes-one-object-for-a-list",
            title: "A value to add to a list may be sent as one object",
            requirement: must(Rfc7644, "3.5.2.1", "the value may be the object of one complex value")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "`value` must be an array, or the request is refused or crashes.",
            fix: "Read a single object in `value` as a list of one.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let new = json!({ "value": other, "type": "other" });
                patched(cx, &boxes.user.path, json!([{ "op": "add", "path": "emails", "value": new }]))?;
                expect_shown(cx, &boxes.user, &json!({ "emails": [{ "value": other }] })).map(drop)
            },
        },
        Check {
            id: "scim.patch-add.takes-several-values",
            title: "Several values can be added by one operation",
            requirement: must(Rfc7644, "3.5.2.1", "every value of the operation is added")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Only the first element of `value` is read.",
            fix: "Add every element of the array in `value`.",
            run: |cx| {
                let user = mailboxes::own(cx)?.user;
                let name = cx.name();
                let (one, two) = (format!("one-{name}@example.com"), format!("two-{name}@example.com"));
                let new = json!([{ "value": one, "type": "other" }, { "value": two }]);
                patched(cx, &user.path, json!([{ "op": "add", "path": "emails", "value": new }]))?;
                let both = |read: &Answer| {
                    let values = mailboxes::values(read);
                    values.contains(&one) && values.contains(&two)
                };
                let read = cx.get_when(&user.path, both)?;
                if both(&read) || !mailboxes::values(&read).contains(&one) {
                    // Where not even the first one is there, adding as such is broken.
                    return if both(&read) { Ok(()) } else { Err(Finding::blocked("no value can be added")) };
                }
                Err(Finding::broken(format!("{one} and {two}"), format!("{:?}", mailboxes::values(&read))))
            },
        },
        Check {
            id: "scim.patch-add.what-is-there-is-not-doubled",
            title: "Adding an e-mail address that is there already changes nothing",
            requirement: should(
                Rfc7644,
                "3.5.2.1",
                "a value that is there is not added again, and it is no error",
            )
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The list grows with every synchronisation, or the repetition is answered 409.",
            fix: "Compare with the values that are there before adding, and answer as for any success.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let same = json!([{ "value": boxes.home, "type": "home" }]);
                patched(cx, &boxes.user.path, json!([{ "op": "add", "path": "emails", "value": same }]))?;
                let read = cx.get_when(&boxes.user.path, Answer::is_success)?;
                match mailboxes::values(&read).iter().filter(|value| **value == boxes.home).count() {
                    1 => Ok(()),
                    times => Err(Finding::broken(format!("{} once", boxes.home), format!("{times} times"))),
                }
            },
        },
        Check {
            id: "scim.patch-add.what-is-there-leaves-last-modified",
            title: "Adding a value that is there already leaves lastModified as it was",
            requirement: must(
                Rfc7644,
                "3.5.2.1",
                "an operation that changes nothing leaves the time of change",
            ),
            needs: &[Patch],
            pitfall: "Whoever watches for changes sees all users change with every synchronisation.",
            fix: "Store the user, and set lastModified, only if something is different afterwards.",
            run: |cx| {
                let user = user::own(cx)?;
                let before = cx.get_when(&user.path, Answer::is_success)?;
                let then = moment(&before, "meta.lastModified")?;
                let Some(same) = before.text_at("displayName") else {
                    return Err(Finding::blocked("a new user does not keep its displayName"));
                };
                if is_whole(then) {
                    cx.pause(SECOND);
                }
                patched(cx, &user.path, json!([{ "op": "add", "path": "displayName", "value": same }]))
                    .map_err(|finding| finding.as_obstacle("adding what is there is refused"))?;
                let_settle(cx)?;
                let now = moment(&cx.get(&user.path)?, "meta.lastModified")?;
                if now == then {
                    return Ok(());
                }
                if is_whole(now) {
                    cx.pause(SECOND);
                }
                if moment(&cx.get(&user.path)?, "meta.lastModified")? != now {
                    return Err(Finding::blocked("looking at the user advances lastModified, too"));
                }
                Err(Finding::broken(format!("lastModified {then}"), format!("lastModified {now}")))
            },
        },
        Check {
            id: "scim.patch-add.new-primary-demotes-the-old",
            title: "A new primary e-mail address takes the mark from the old one",
            requirement: must(Rfc7644, "3.5.2", "a value set to primary makes every other one not primary")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Two addresses are primary afterwards, and mail goes to either.",
            fix: "When a PATCH sets `primary` to true, set it to false on all other values of the attribute.",
            run: |cx| {
                need(cx, Kind::User, "emails.primary")?;
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let new = json!([{ "value": other, "type": "other", "primary": true }]);
                patched(cx, &boxes.user.path, json!([{ "op": "add", "path": "emails", "value": new }]))
                    .map_err(|finding| finding.as_obstacle("no primary address could be added"))?;
                let read =
                    cx.get_when(&boxes.user.path, |read| mailboxes::primary(read) == [other.clone()])?;
                if !mailboxes::values(&read).contains(&other) {
                    return Err(Finding::blocked("no address could be added"));
                }
                let primary = mailboxes::primary(&read);
                if primary == [other.clone()] {
                    return Ok(());
                }
                Err(Finding::broken(format!("{other} alone is primary"), format!("{primary:?} are primary")))
            },
        },
        Check {
            id: "scim.patch-add.object-completes-a-complex-attribute",
            title: "Adding a part to a complex attribute keeps its other parts",
            requirement: may(
                Rfc7644,
                "3.5.2.1",
                "sub-attributes sent for a complex attribute are added to it",
            )
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "The object in `value` takes the place of the stored one, and the given name is lost.",
            fix: "Set the sub-attributes that the value holds, and leave the others.",
            run: |cx| {
                need(cx, Kind::User, "name.middleName")?;
                let user = user::own(cx)?;
                let part = json!({ "middleName": "Quill" });
                patched(cx, &user.path, json!([{ "op": "add", "path": "name", "value": part }]))?;
                let wanted = json!({ "name": { "middleName": "Quill", "givenName": "Ann" } });
                expect_shown(cx, &user, &wanted).map(drop)
            },
        },
        Check {
            id: "scim.patch-add.pathless-sets-attributes",
            title: "An add without a path sets the attributes in its value",
            requirement: must(
                Rfc7644,
                "3.5.2.1",
                "without a path the value holds attributes of the resource",
            )
            .entra(Level::Should),
            needs: &[Patch],
            pitfall: "Without a path only `replace` is understood.",
            fix: "Apply each member of `value` as an `add` with that path.",
            run: |cx| {
                need(cx, Kind::User, "displayName")?;
                let user = user::own(cx)?;
                patched(cx, &user.path, json!([{ "op": "add", "value": { "displayName": "Bea Ox" } }]))?;
                let wanted = json!({ "displayName": "Bea Ox", "name": { "givenName": "Ann" } });
                expect_shown(cx, &user, &wanted).map(drop)
            },
        },
        Check {
            id: "scim.patch-add.pathless-keeps-the-other-values",
            title: "An add without a path keeps the e-mail addresses that are there",
            requirement: must(
                Rfc7644,
                "3.5.2.1",
                "what is added without a path is added, too, and replaces nothing",
            ),
            needs: &[Patch],
            pitfall: "A path-less operation overwrites whole attributes, whatever its `op` says.",
            fix: "Append to multi-valued attributes when an `add` has no path.",
            run: |cx| {
                let boxes = mailboxes::own(cx)?;
                let other = boxes.other();
                let new = json!({ "emails": [{ "value": other, "type": "other" }] });
                patched(cx, &boxes.user.path, json!([{ "op": "add", "value": new }]))?;
                let wanted = [boxes.work.as_str(), &boxes.home, &other];
                mailboxes::expect(cx, &boxes.user, &wanted).map(drop).or_else(|finding| {
                    pathless_works(cx, "add")?;
                    Err(finding)
                })
            },
        },
        Check {
            id: "scim.patch-add.value-path-makes-what-is-missing",
            title: "Adding a home address to a user without one makes it",
            requirement: may(Rfc7644, "3.5.2.1", "what the target location lacks is added")
                .entra(Level::Should),
            needs: &[Patch],
            pitfall: "400 or 200 without effect: Microsoft Entra adds `emails[type eq \"work\"].value` to users who have none.",
            fix: "When an `add` with `attribute[type eq \"x\"].value` matches nothing, add an element with that type and value.",
            run: |cx| {
                let Some(home) = home_address(cx)? else {
                    return Err(Finding::blocked(
                        "the configured users have a home address from the beginning",
                    ));
                };
                let user = user::own(cx)?;
                let path = "emails[type eq \"home\"].value";
                patched(cx, &user.path, json!([{ "op": "add", "path": path, "value": home }]))?;
                expect_shown(cx, &user, &json!({ "emails": [{ "value": home, "type": "home" }] })).map(drop)
            },
        },
    ],
};

/// A home address for a user of this run; none where the configuration gives its users one.
fn home_address(cx: &mut Cx) -> Result<Option<String>, Finding> {
    // Whoever keeps no second address cannot be asked to add one.
    mailboxes::are_kept(cx)?;
    let configured = cx.target()?.user_attributes.contains_key("emails");
    Ok((!configured).then(|| format!("home-{}@example.com", cx.name())))
}
