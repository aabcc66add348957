//! How membership is shown on both sides: RFC 7643 sections 4.1.2 and 4.2, RFC 7644 section 3.9.

use oinspect_core::Capability::Groups;
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Level, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at, shown};
use crate::checks::group::deleted;
use crate::compare::is_nothing;
use crate::group::{self, Group, members};
use crate::kind::Kind;
use crate::schema;
use crate::user::{self, User};
use crate::verbs::{Scim, component, let_settle, segment};

pub(super) const EXCLUDED: Check = Check {
    id: "scim.membership.excluded-members-are-left-out",
    title: "A group is shown without its members where the client leaves them out",
    requirement: must(Rfc7644, "3.9", "attributes that `excludedAttributes` names are not returned")
        .entra(Level::Must),
    needs: &[Groups],
    pitfall: "The parameter is not read: each look at a large group transfers all of its members.",
    fix: "Leave `members` out of the answer when `excludedAttributes` names it.",
    run: |cx| {
        let people = group::people(cx)?;
        let group = group::with_members(cx, &[&people[0].id])?;
        let read = cx.get(&format!("{}?excludedAttributes=members", group.path))?;
        read.expect_status(200)?.json()?;
        if read.at("members").is_none_or(is_nothing) {
            return Ok(());
        }
        Err(Finding::broken("no members", shown(read.at("members"))))
    },
};

pub(super) const REFERENCES: Check = Check {
    id: "scim.membership.references-lead-to-the-member",
    title: "What a group shows of a member leads to that member",
    requirement: must(Rfc7643, "4.2", "a member's `$ref` is the address of the resource that `value` names")
        .entra(Level::Should),
    needs: &[Groups],
    pitfall: "Addresses are built for groups only, or `type` is the same for everybody.",
    fix: "Build `$ref` and `type` from what the member is, or leave them out.",
    run: |cx| {
        let people = group::people(cx)?;
        let user = &people[0];
        let group = group::with_members(cx, &[&user.id])?;
        let read = group::read_when(cx, &group, |read| members(read).contains(&user.id.as_str()))?;
        let listed = read.at("members").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let member =
            listed.iter().find(|member| at(member, "value").and_then(Value::as_str) == Some(&user.id));
        let Some(member) = member else {
            return Err(Finding::blocked(format!(
                "the group does not show its member: {}",
                read.described()
            )));
        };
        let leads = |reference: &str| {
            let reference = reference.trim_end_matches('/');
            let spellings = [user.id.clone(), component(&user.id), segment(&user.id)];
            spellings.iter().any(|id| reference.ends_with(&format!("/Users/{id}")))
        };
        let is_text_but = |name: &str, is_right: &dyn Fn(&str) -> bool| {
            at(member, name).and_then(Value::as_str).is_some_and(|text| !text.is_empty() && !is_right(text))
        };
        if is_text_but("$ref", &leads) {
            return Err(Finding::broken(format!("a $ref to {}", user.path), member.to_string()));
        }
        if is_text_but("type", &|text| text.eq_ignore_ascii_case("User")) {
            return Err(Finding::broken("the type User", member.to_string()));
        }
        Ok(())
    },
};

pub(super) const USER_SHOWS_GROUPS: Check = Check {
    id: "scim.membership.user-shows-its-groups",
    title: "A user shows the groups it belongs to",
    requirement: should(Rfc7643, "4.1.2", "`groups` lists the groups that the user belongs to")
        .okta(Level::Should),
    needs: &[Groups],
    pitfall: "The schema lists `groups`, and nothing ever fills it.",
    fix: "Show each group of the user with `value`, or leave `groups` out of the schema.",
    run: |cx| {
        schema::need(cx, Kind::User, "groups")?;
        let people = group::people(cx)?;
        let group = group::with_members(cx, &[&people[0].id])?;
        let read = cx.get_when(&people[0].path, |read| is_in(read, &group))?;
        if is_in(&read, &group) {
            return Ok(());
        }
        read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
        Err(Finding::broken(format!("groups with {}", group.id), shown(read.at("groups"))))
    },
};

pub(super) const USER_GROUPS_READ_ONLY: Check = Check {
    id: "scim.membership.user-groups-are-read-only",
    title: "No user joins a group by its own representation",
    requirement: must(
        Rfc7643,
        "4.1.2",
        "membership is changed by the group, `groups` of a user is read-only",
    )
    .okta(Level::Should),
    needs: &[Groups],
    pitfall: "PUT stores `groups` as it comes, and a stale copy of a user brings back old rights.",
    fix: "Ignore `groups` in what clients send of a user.",
    run: |cx| {
        let user = user::own(cx)?;
        let group = group::own(cx, &[])?;
        let mut body = user.sent.clone();
        body["groups"] = json!([{ "value": group.id }]);
        let answer = cx.put(&user.path, &body)?;
        if !answer.is_success() && !answer.is_refusal() {
            return Err(Finding::blocked(format!("the user cannot be replaced: {}", answer.described())));
        }
        let_settle(cx)?;
        group::expect_members(cx, &group, &[])
    },
};

pub(super) const DELETED_USER: Check = Check {
    id: "scim.membership.deleted-user-leaves-its-groups",
    title: "A deleted user is no member any more",
    requirement: should(Rfc7643, "4.2", "each member's `value` is the id of a resource")
        .okta(Level::Should)
        .entra(Level::Should),
    needs: &[Groups],
    pitfall: "Memberships outlive the user, and the group shows ids that lead nowhere.",
    fix: "Delete a user's memberships together with the user.",
    run: |cx| {
        let user = user::own(cx)?;
        let group = group::with_members(cx, &[&user.id])?;
        let answer = cx.delete(&user.path)?;
        if answer.is_not_implemented() {
            let what = format!("users cannot be deleted: {}", answer.described());
            return Err(Finding::NotOffered { what });
        }
        answer.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be deleted"))?;
        group::expect_members(cx, &group, &[])
    },
};

pub(super) const DELETED_GROUP: Check = Check {
    id: "scim.membership.deleted-group-leaves-its-users",
    title: "A deleted group is shown by no user any more",
    requirement: should(Rfc7643, "4.1.2", "each group in `groups` is a resource").okta(Level::Should),
    needs: &[Groups],
    pitfall: "Memberships outlive the group, and users show groups that lead nowhere.",
    fix: "Delete a group's memberships together with the group.",
    run: |cx| {
        schema::need(cx, Kind::User, "groups")?;
        let user = user::own(cx)?;
        let group = group::with_members(cx, &[&user.id])?;
        let before = read_user(cx, &user, |read| is_in(read, &group))?;
        if !is_in(&before, &group) {
            // That it should is the point of another row.
            return Err(Finding::NotOffered { what: "users do not show their groups".to_owned() });
        }
        deleted(cx, &group)?;
        let after = read_user(cx, &user, |read| !is_in(read, &group))?;
        if is_in(&after, &group) {
            return Err(Finding::broken(format!("groups without {}", group.id), shown(after.at("groups"))));
        }
        Ok(())
    },
};

fn read_user(cx: &mut Cx, user: &User, holds: impl Fn(&Answer) -> bool) -> Result<Answer, Finding> {
    let read = cx.get_when(&user.path, holds)?;
    read.expect_success().map_err(|finding| finding.as_obstacle("the user cannot be read"))?;
    Ok(read)
}

/// Whether a user shows that it belongs to a group.
fn is_in(read: &Answer, group: &Group) -> bool {
    let groups = read.at("groups").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    groups.iter().any(|one| at(one, "value").and_then(Value::as_str) == Some(&group.id))
}
