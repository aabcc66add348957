//! Renaming and replacing groups: RFC 7644 sections 3.5.1 and 3.5.2.

use oinspect_core::Capability::{Groups, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Level, may, must};
use serde_json::{Value, json};

use crate::answer::{Answer, shown};
use crate::group::{self, Group};
use crate::verbs::{Scim, let_settle};

pub(super) const RENAME_WITHOUT_PATH: Check = Check {
    id: "scim.group.rename-without-path",
    title: "A group is renamed by a replace without a path",
    // No document says whether a value may name the group's own id, which nobody can change.
    requirement: may(Rfc7644, "3.5.2.3", "without a path, the value holds the attributes to replace")
        .okta(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "The group's own `id`, which Okta sends beside the new name, is refused as read-only.",
    fix: "Apply `displayName` from the value, and accept `id` as long as it is the group's own.",
    run: |cx| {
        let group = group::own(cx, &[])?;
        let name = cx.name();
        rename_as_okta(cx, &group, &name)?.expect_success()?;
        expect_name(cx, &group, &name)
    },
};

pub(super) const RENAME_KEEPS_MEMBERS: Check = Check {
    id: "scim.group.rename-keeps-members",
    title: "Renaming a group leaves its members",
    requirement: must(Rfc7644, "3.5.2.3", "attributes that an operation does not name stay as they are")
        .okta(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "The value is taken for the whole group, and everybody in it loses access.",
    fix: "Replace only the attributes that the value of the operation holds.",
    run: |cx| {
        let people = group::people(cx)?;
        let member = people[0].id.as_str();
        let group = group::with_members(cx, &[member])?;
        let name = cx.name();
        rename_as_okta(cx, &group, &name)
            .and_then(|answer| answer.expect_success().map(drop))
            .map_err(|finding| finding.as_obstacle("the group cannot be renamed"))?;
        expect_name(cx, &group, &name).map_err(|finding| finding.as_obstacle("the group was not renamed"))?;
        group::expect_members(cx, &group, &[member])
    },
};

pub(super) const RENAME_BY_PATH: Check = Check {
    id: "scim.group.rename-by-path",
    title: "A group is renamed by a replace of its displayName",
    requirement: must(Rfc7644, "3.5.2.3", "a path says which value is replaced").entra(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "Only `members` can be changed by PATCH; the rest is answered 200 and forgotten.",
    fix: "Apply operations with the path `displayName` to groups too.",
    run: |cx| {
        let group = group::own(cx, &[])?;
        let name = cx.name();
        let operations = json!([{ "op": "replace", "path": "displayName", "value": name }]);
        group::patch(cx, &group, operations)?.expect_success()?;
        expect_name(cx, &group, &name)
    },
};

pub(super) const PUT_REPLACES_MEMBERS: Check = Check {
    id: "scim.group.put-replaces-members",
    title: "PUT of a group replaces its members",
    requirement: must(Rfc7644, "3.5.1", "the values sent replace the values stored").okta(Level::Must),
    needs: &[Groups],
    pitfall: "Members are added to those that are there: whoever was removed at the client stays.",
    fix: "Make the members of the body the members of the group, and nobody else.",
    run: |cx| {
        let people = group::people(cx)?;
        let group = group::with_members(cx, &[&people[0].id])?;
        let mut body = group.sent.clone();
        body["members"] = json!([{ "value": people[1].id }]);
        put(cx, &group, &body)?.expect_success()?;
        group::expect_members(cx, &group, &[&people[1].id])
    },
};

pub(super) const PUT_EMPTIES: Check = Check {
    id: "scim.group.put-empty-list-empties",
    title: "PUT of a group with an empty list of members empties it",
    requirement: must(Rfc7644, "3.5.1", "an empty list clears the values of an attribute").okta(Level::Must),
    needs: &[Groups],
    pitfall: "The empty list is refused, or taken for a list that was left out.",
    fix: "Remove every member when `members` is `[]`.",
    run: |cx| {
        let people = group::people(cx)?;
        let group = group::with_members(cx, &[&people[0].id])?;
        let mut body = group.sent.clone();
        body["members"] = json!([]);
        put(cx, &group, &body)?.expect_success()?;
        group::expect_members(cx, &group, &[])
    },
};

pub(super) const PUT_RENAMES: Check = Check {
    id: "scim.group.put-renames",
    title: "PUT of a group with another displayName renames it",
    requirement: must(Rfc7644, "3.5.1", "the values sent replace the values stored").okta(Level::Must),
    needs: &[Groups],
    pitfall: "Only the members of the body are read.",
    fix: "Store `displayName` from PUT /Groups/{id}, too.",
    run: |cx| {
        let group = group::own(cx, &[])?;
        let name = cx.name();
        put(cx, &group, &renamed(&name))?.expect_success()?;
        expect_name(cx, &group, &name)
    },
};

pub(super) const PUT_WITHOUT_NAME: Check = Check {
    id: "scim.group.put-without-name-keeps-a-name",
    title: "No PUT leaves a group without a displayName",
    requirement: must(Rfc7643, "4.2", "every group has a displayName"),
    needs: &[Groups],
    pitfall: "What the body leaves out is cleared before anybody looks whether it is required.",
    fix: "Answer 400 with scimType invalidValue when a PUT has no displayName.",
    run: |cx| {
        let group = group::own(cx, &[])?;
        let body = json!({ "schemas": [group::GROUP] });
        let answer = put(cx, &group, &body)?;
        if answer.is_refusal() {
            // Refused for what it lacks, if the same request with a name is accepted.
            let sound = renamed(&group.name);
            return put(cx, &group, &sound)?
                .expect_success()
                .map(drop)
                .map_err(|finding| finding.as_obstacle("no sound PUT succeeds"));
        }
        answer.expect_success()?;
        let_settle(cx)?;
        let read = cx.get(&group.path)?;
        if read.text_at("displayName").is_some_and(|name| !name.is_empty()) {
            return Ok(());
        }
        Err(Finding::broken("a group with a displayName", read.described()))
    },
};

pub(super) const OWN_REPRESENTATION: Check = Check {
    id: "scim.group.own-representation-is-accepted",
    title: "A group as the server shows it can be put back",
    requirement: must(Rfc7644, "3.5.1", "read-only values in a replacement are ignored, not refused")
        .okta(Level::Must),
    needs: &[Groups],
    pitfall: "`id`, `meta` or a member's `$ref` and `display` in the body are refused.",
    fix: "Ignore read-only and unknown attributes in the body of PUT /Groups/{id}.",
    run: |cx| {
        let people = group::people(cx)?;
        let group = group::with_members(cx, &[&people[0].id])?;
        let read = cx.get_when(&group.path, Answer::is_success)?;
        let unreadable = |finding: Finding| finding.as_obstacle("the group cannot be read");
        read.expect_success().map_err(unreadable)?;
        let body = read.json().map_err(unreadable)?;
        name_shown(&read)?;
        put(cx, &group, body)?.expect_success().map(drop)
    },
};

/// Okta's way to rename a group.
fn rename_as_okta(cx: &mut Cx, group: &Group, name: &str) -> Result<Answer, Finding> {
    let value = json!({ "id": group.id, "displayName": name });
    group::patch(cx, group, json!([{ "op": "replace", "value": value }]))
}

/// Replaces a group, whatever comes of it.
fn put(cx: &mut Cx, group: &Group, body: &Value) -> Result<Answer, Finding> {
    let answer = cx.put(&group.path, body)?;
    if answer.is_not_implemented() {
        return Err(Finding::NotOffered {
            what: format!("groups cannot be replaced: {}", answer.described()),
        });
    }
    Ok(answer)
}

/// The body that gives an empty group this name.
fn renamed(name: &str) -> Value {
    json!({ "schemas": [group::GROUP], "displayName": name })
}

fn expect_name(cx: &mut Cx, group: &Group, name: &str) -> Result<(), Finding> {
    let is_so = |read: &Answer| read.text_at("displayName") == Some(name);
    let read = cx.get_when(&group.path, is_so)?;
    if is_so(&read) {
        return Ok(());
    }
    name_shown(&read)?;
    Err(Finding::broken(format!("displayName {name}"), shown(read.at("displayName"))))
}

/// Blocked, where a group shows no name at all: that is a requirement of its own.
fn name_shown(read: &Answer) -> Result<(), Finding> {
    if read.text_at("displayName").is_some() {
        return Ok(());
    }
    Err(Finding::blocked(format!("the group shows no displayName: {}", read.described())))
}
