//! Groups pushed in SCIM 1.1: members come and go as parts of a resource (section 3.3.2 of its protocol).

use oinspect_core::Capability::{Groups, Patch};
use oinspect_core::Document::Scim11;
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use serde_json::json;

use super::resource::{Resource, own_group, two_users};
use super::verbs::{delete, get_when, patch};
use crate::answer::{Answer, at, shown};
use crate::group::members;

pub(super) static GROUP: Group = Group {
    id: "scim11.groups",
    title: "SCIM 1.1: groups and their members",
    tags: &["groups"],
    alone: false,
    checks: &[
        Check {
            id: "scim11.groups.empty-group-is-readable",
            title: "A new group without members can be read",
            requirement: must(Scim11, "3.2.1", "a known resource is read by its id, and shown whole")
                .okta(Level::Should),
            needs: &[Groups],
            pitfall: "Groups are read together with their members, and one without any is not found.",
            fix: "Answer GET /Groups/{id} with 200 and the displayName, whether it has members or not.",
            run: |cx| {
                let group = own_group(cx, &[])?;
                let read = get_when(cx, &group.path, |read| read.status() == 200)?;
                read.expect_status(200)?.json()?;
                let name = read.at("displayName");
                if name == at(&group.sent, "displayName") {
                    return Ok(());
                }
                Err(Finding::broken(shown(at(&group.sent, "displayName")), shown(name)))
            },
        },
        Check {
            id: "scim11.groups.patch-adds-members",
            title: "Members in a PATCH are added to those who are there",
            requirement: must(Scim11, "3.3.2", "values of a multi-valued attribute are added by a PATCH")
                .okta(Level::Should),
            needs: &[Groups, Patch],
            pitfall: "The members of the body replace all others, and a group keeps only who came last.",
            fix: "Add the `members` of PATCH /Groups/{id} to the group, and leave the others in it.",
            run: |cx| {
                let users = two_users(cx)?;
                let [first, second] = &*users;
                let group = filled_group(cx, &[first])?;
                patch(cx, &group.path, json!({ "members": [{ "value": second }] }))?;
                expect_members(cx, &group, &[first, second])
            },
        },
        Check {
            id: "scim11.groups.patch-removes-one-member",
            title: "Only the member with the operation delete is removed",
            requirement: must(Scim11, "3.3.2", "a value with the operation `delete` is removed by a PATCH")
                .okta(Level::Should),
            needs: &[Groups, Patch],
            pitfall: "`operation` is not read, and who leaves a group is added to it once more.",
            fix: "Remove the members of PATCH /Groups/{id} whose `operation` is `delete`.",
            run: |cx| {
                let users = two_users(cx)?;
                let [first, second] = &*users;
                let group = filled_group(cx, &[first, second])?;
                let leaver = json!({ "value": first, "operation": "delete" });
                patch(cx, &group.path, json!({ "members": [leaver] }))?;
                expect_members(cx, &group, &[second])
            },
        },
        Check {
            id: "scim11.groups.meta-attributes-replaces-members",
            title: "Members named by meta.attributes are cleared before a PATCH adds others",
            requirement: must(
                Scim11,
                "3.3.2",
                "the attributes that `meta.attributes` names are cleared before the rest of a PATCH applies",
            )
            .okta(Level::Should),
            needs: &[Groups, Patch],
            pitfall: "`meta` is ignored as read-only, and a full push leaves members who are long gone.",
            fix: "Clear the attributes in `meta.attributes` of PATCH /Groups/{id} before you add its members.",
            run: |cx| {
                let users = two_users(cx)?;
                let [first, second] = &*users;
                let group = filled_group(cx, &[first])?;
                let part = json!({ "meta": { "attributes": ["members"] }, "members": [{ "value": second }] });
                patch(cx, &group.path, part)?;
                expect_members(cx, &group, &[second])
            },
        },
        Check {
            id: "scim11.groups.rename-keeps-members",
            title: "Renaming a group with PATCH leaves its members",
            requirement: must(Scim11, "3.3.2", "attributes that a PATCH does not name stay as they are")
                .okta(Level::Should),
            needs: &[Groups, Patch],
            pitfall: "A body without `members` is taken for a group without members.",
            fix: "Change only the displayName when that is all that PATCH /Groups/{id} names.",
            run: |cx| {
                let first = &two_users(cx)?[0];
                let group = filled_group(cx, &[first])?;
                let name = cx.name();
                patch(cx, &group.path, json!({ "id": group.id, "displayName": name }))?;
                let renamed = |read: &Answer| read.text_at("displayName") == Some(name.as_str());
                let read = get_when(cx, &group.path, renamed)?;
                if !renamed(&read) {
                    return Err(Finding::broken(format!("{name:?}"), shown(read.at("displayName"))));
                }
                expect_members(cx, &group, &[first])
            },
        },
        Check {
            id: "scim11.groups.deleted-group-is-gone",
            title: "A deleted group is not found any more",
            requirement: must(Scim11, "3.4", "a resource that was deleted is answered 404")
                .okta(Level::Should),
            needs: &[Groups],
            pitfall: "DELETE is answered 204 by a handler that does nothing.",
            fix: "Remove the group on DELETE /Groups/{id}, and answer 404 for its id from then on.",
            run: |cx| {
                let first = &two_users(cx)?[0];
                let group = filled_group(cx, &[first])?;
                delete(cx, &group.path)?.expect_success()?;
                get_when(cx, &group.path, |read| read.status() == 404)?.expect_status(404).map(drop)
            },
        },
    ],
};

/// A group that shows these members.
fn filled_group(cx: &mut Cx, wanted: &[&String]) -> Result<Resource, Finding> {
    let ids: Vec<&str> = wanted.iter().map(|id| id.as_str()).collect();
    let group = own_group(cx, &ids)?;
    expect_members(cx, &group, wanted)
        .map_err(|finding| finding.as_obstacle("no group with members could be created"))?;
    Ok(group)
}

/// Judges that a group has these members and no others.
fn expect_members(cx: &mut Cx, group: &Resource, wanted: &[&String]) -> Result<(), Finding> {
    let has_them = |read: &Answer| {
        let found = members(read);
        found.len() == wanted.len() && wanted.iter().all(|id| found.contains(&id.as_str()))
    };
    let read = get_when(cx, &group.path, has_them)?;
    if has_them(&read) {
        return Ok(());
    }
    read.expect_status(200).map_err(|finding| finding.as_obstacle("the group cannot be read"))?;
    Err(Finding::broken(format!("the members {wanted:?}"), format!("{:?}", members(&read))))
}
