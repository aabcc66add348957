//! Adding members: RFC 7644 section 3.5.2.1.

use oinspect_core::Capability::{Groups, Patch};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Level, Method, must, should};
use serde_json::json;

use super::{adding, patched};
use crate::answer::Answer;
use crate::group::{self, Group, members};
use crate::user;
use crate::verbs::{PATCH_OP, Scim, let_settle, with_json};

pub(super) const APPENDS: Check = Check {
    id: "scim.membership.add-appends",
    title: "Adding a member leaves the others",
    requirement: must(Rfc7644, "3.5.2.1", "adding to an attribute with many values adds one more")
        .okta(Level::Must)
        .entra(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "The value of the operation takes the place of all members.",
    fix: "Add the members of the operation to those that are there.",
    run: |cx| {
        let people = group::people(cx)?;
        let (first, second) = (people[0].id.as_str(), people[1].id.as_str());
        let group = group::with_members(cx, &[first])?;
        patched(cx, &group, json!([adding(&[second])]))?;
        group::expect_members(cx, &group, &[first, second])
    },
};

pub(super) const MANY_AT_ONCE: Check = Check {
    id: "scim.membership.add-many-at-once",
    title: "Several members are added by one operation",
    requirement: must(Rfc7644, "3.5.2.1", "every value that an operation brings is added")
        .okta(Level::Must)
        .entra(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "Only the first element of the value is read; Okta sends up to 1000 at once.",
    fix: "Add every member in the operation's value.",
    run: |cx| {
        let people = group::people(cx)?;
        let ids: Vec<&str> = people.iter().map(|user| user.id.as_str()).collect();
        let group = group::own(cx, &[])?;
        patched(cx, &group, json!([adding(&ids)]))?;
        group::expect_members(cx, &group, &ids)
    },
};

pub(super) const AGAIN_SUCCEEDS: Check = Check {
    id: "scim.membership.adding-again-succeeds",
    title: "Adding a member that is there succeeds",
    requirement: should(Rfc7644, "3.5.2.1", "adding a value that is there is answered as a success")
        .okta(Level::Must)
        .entra(Level::Should),
    needs: &[Groups, Patch],
    pitfall: "409, or 500 from the unique index of the join table; the client retries for ever.",
    fix: "Answer 200 or 204 and leave the group as it is.",
    run: |cx| {
        let people = group::people(cx)?;
        let member = people[0].id.as_str();
        let group = group::with_members(cx, &[member])?;
        patched(cx, &group, json!([adding(&[member])]))
    },
};

pub(super) const AGAIN_MAKES_NO_DUPLICATE: Check = Check {
    id: "scim.membership.adding-again-makes-no-duplicate",
    title: "Nobody is a member twice",
    requirement: should(Rfc7644, "3.5.2.1", "adding a value that is there changes nothing")
        .okta(Level::Should)
        .entra(Level::Should),
    needs: &[Groups, Patch],
    pitfall: "The list is stored as it comes, and a later removal leaves one of the two.",
    fix: "Keep the members of a group as a set of ids.",
    run: |cx| {
        let people = group::people(cx)?;
        let member = people[0].id.as_str();
        let group = group::with_members(cx, &[member])?;
        patched(cx, &group, json!([adding(&[member])]))
            .map_err(|finding| finding.as_obstacle("a member cannot be added again"))?;
        let_settle(cx)?;
        group::expect_members(cx, &group, &[member])
    },
};

pub(super) const OKTA_MEMBER: Check = Check {
    id: "scim.membership.okta-member-is-accepted",
    title: "A member as Okta sends it is accepted: with `display`, without `type`",
    requirement: must(Rfc7643, "4.2", "the id of a resource in `value` makes it a member")
        .okta(Level::Must)
        .entra(Level::Should),
    needs: &[Groups, Patch],
    pitfall: "`display` is refused as read-only, or `type` is demanded.",
    fix: "Read `value` alone, and ignore what else a member holds.",
    run: |cx| {
        let people = group::people(cx)?;
        let user = &people[0];
        let group = group::own(cx, &[])?;
        let value = json!([{ "value": user.id, "display": user.user_name }]);
        patched(cx, &group, json!([{ "op": "add", "path": "members", "value": value }]))?;
        group::expect_members(cx, &group, &[&user.id])
    },
};

pub(super) const UNKNOWN_MEMBER: Check = Check {
    id: "scim.membership.unknown-member-is-no-failure",
    title: "Adding an id that nobody has is no failure of the server",
    requirement: should(
        Rfc7644,
        "3.12",
        "what is wrong with a request is answered with a status of 400 or more, below 500",
    )
    .okta(Level::Should)
    .entra(Level::Should),
    needs: &[Groups, Patch],
    pitfall: "The foreign key of the database fails, and the exception becomes a 500.",
    fix: "Look members up first, and answer 400 with scimType invalidValue for an unknown one.",
    run: |cx| {
        let people = group::people(cx)?;
        let unknown = user::unknown_id(cx, &people[0].id);
        let group = group::own(cx, &[])?;
        let answer = group::patch(cx, &group, json!([adding(&[&unknown])]))?;
        if answer.is_success() || answer.is_refusal() {
            return Ok(());
        }
        Err(Finding::broken("status 400, or a success", answer.described()))
    },
};

pub(super) const REFUSED_ADD: Check = Check {
    id: "scim.membership.refused-add-changes-nothing",
    title: "Members are added all together or not at all",
    requirement: must(Rfc7644, "3.5.2", "a PATCH that fails leaves the resource as it was")
        .okta(Level::Should)
        .entra(Level::Should),
    needs: &[Groups, Patch],
    pitfall: "Members are inserted one by one, and those before the unknown one stay.",
    fix: "Add members in one transaction, which the first failure rolls back.",
    run: |cx| {
        let people = group::people(cx)?;
        let (first, second) = (people[0].id.as_str(), people[1].id.as_str());
        let unknown = user::unknown_id(cx, first);
        let group = group::with_members(cx, &[first])?;
        let answer = group::patch(cx, &group, json!([adding(&[second, &unknown])]))?;
        if answer.is_success() {
            let what = "the server takes members that nobody knows: no such PATCH fails".to_owned();
            return Err(Finding::NotOffered { what });
        }
        answer.expect_refusal().map_err(|finding| finding.as_obstacle("the PATCH was not refused"))?;
        let_settle(cx)?;
        group::expect_members(cx, &group, &[first])
    },
};

pub(super) const NESTED_GROUP: Check = Check {
    id: "scim.membership.nested-group-is-no-failure",
    title: "A group as a member is kept or refused, never a failure",
    requirement: must(
        Rfc7644,
        "3.5.2",
        "an operation is carried out, or the request is answered as one that failed",
    )
    .okta(Level::Should)
    .entra(Level::Should),
    needs: &[Groups, Patch],
    pitfall: "The id is looked up among users only and the exception becomes a 500, or it is forgotten with 200.",
    fix: "Keep the group as a member, or answer 400 if your app has no groups in groups.",
    run: |cx| {
        let inner = group::shared(cx)?;
        let outer = group::own(cx, &[])?;
        let value = json!([{ "value": inner.id, "type": "Group" }]);
        let operations = json!([{ "op": "add", "path": "members", "value": value }]);
        let answer = group::patch(cx, &outer, operations)?;
        if answer.is_refusal() {
            return Ok(());
        }
        answer.expect_success()?;
        group::expect_members(cx, &outer, &[&inner.id])
    },
};

pub(super) const CONCURRENT: Check = Check {
    id: "scim.membership.concurrent-adds-lose-none",
    title: "Members added at the same moment are all there",
    requirement: must(Rfc7644, "3.5.2", "a PATCH is atomic: what others do meanwhile is not undone")
        .okta(Level::Must)
        .entra(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "The group is read, changed and written back whole: the last one to write wins.",
    fix: "Insert memberships by themselves, or lock the group while it is changed.",
    run: |cx| {
        let people = group::people(cx)?;
        let ids: Vec<&str> = people.iter().map(|user| user.id.as_str()).collect();
        let group = group::own(cx, &[])?;
        let mut wanted = Vec::new();
        for (answer, id) in added_at_once(cx, &group, &ids)?.iter().zip(&ids) {
            // Refusing the second one as a conflict loses nothing.
            if answer.is_success() {
                wanted.push(*id);
            } else if !answer.is_refusal() {
                return Err(Finding::broken("a success", answer.described()));
            }
        }
        if wanted.is_empty() {
            return Err(Finding::blocked("none of the members could be added"));
        }
        let holds = |read: &Answer| wanted.iter().all(|id| members(read).contains(id));
        let read = group::read_when(cx, &group, holds)?;
        if holds(&read) {
            return Ok(());
        }
        let found = members(&read).join(", ");
        one_after_the_other(cx, &ids)?;
        Err(Finding::broken(format!("the members {}", wanted.join(", ")), format!("the members {found}")))
    },
};

/// Adds each of them by a PATCH of its own, all at the same moment.
fn added_at_once(cx: &mut Cx, group: &Group, ids: &[&str]) -> Result<Vec<Answer>, Finding> {
    let mut requests = Vec::with_capacity(ids.len());
    for id in ids {
        let body = json!({ "schemas": [PATCH_OP], "Operations": [adding(&[id])] });
        requests.push(with_json(cx.request(Method::Patch, &group.path)?, body.to_string()));
    }
    let responses: Vec<_> = cx.send_all(&requests).into_iter().collect::<Result<_, _>>()?;
    let redactor = &cx.session().redactor;
    Ok(responses.into_iter().map(|response| Answer::new(response, redactor.clone())).collect())
}

/// Makes sure that it is the moment that matters: added one after the other, nobody is lost.
fn one_after_the_other(cx: &mut Cx, ids: &[&str]) -> Result<(), Finding> {
    let group = group::own(cx, &[])?;
    for id in ids {
        patched(cx, &group, json!([adding(&[id])]))?;
    }
    group::expect_members(cx, &group, ids)
        .map_err(|finding| finding.as_obstacle("members are lost one after the other, too"))
}
