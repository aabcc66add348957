//! Removing and replacing members: RFC 7644 sections 3.5.2.2 and 3.5.2.3.

use oinspect_core::Capability::{Groups, Patch};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Level, may, must, should};
use serde_json::json;

use super::{adding, patched, patched_if_offered, removing};
use crate::answer::Answer;
use crate::group::{self, Group, is_set, members};

pub(super) const BY_FILTER: Check = Check {
    id: "scim.membership.remove-by-filter-leaves-the-others",
    title: "A member removed by filter leaves alone",
    requirement: must(Rfc7644, "3.5.2.2", "of many values those that the filter matches are removed")
        .okta(Level::Must)
        .entra(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "The filter in `members[value eq \"id\"]` is not read: all members go, or none does.",
    fix: "Remove exactly the members that the filter of the path matches.",
    run: |cx| {
        let people = group::people(cx)?;
        let (first, second) = (people[0].id.as_str(), people[1].id.as_str());
        let group = group::with_members(cx, &[first, second])?;
        patched(cx, &group, json!([removing(first)]))?;
        group::expect_members(cx, &group, &[second])
    },
};

pub(super) const BY_LIST: Check = Check {
    id: "scim.membership.remove-by-list-leaves-the-others",
    title: "Members listed in the value of a remove leave alone",
    requirement: may(
        Rfc7644,
        "3.5.2.2",
        "beyond the RFC, a removal of members names whom it means in its value",
    )
    .entra(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "The value is not read, and one removal by Microsoft Entra empties the group.",
    fix: "Where a remove of `members` has a value, remove the members listed in it only.",
    run: |cx| {
        let people = group::people(cx)?;
        let (first, second) = (people[0].id.as_str(), people[1].id.as_str());
        let group = group::with_members(cx, &[first, second])?;
        let value = json!([{ "$ref": null, "value": first }]);
        patched(cx, &group, json!([{ "op": "remove", "path": "members", "value": value }]))?;
        group::expect_members(cx, &group, &[second])
    },
};

pub(super) const WITHOUT_FILTER: Check = Check {
    id: "scim.membership.remove-without-filter-empties",
    title: "Removing `members` without a filter empties the group",
    requirement: must(Rfc7644, "3.5.2.2", "without a filter all values of the attribute are removed"),
    needs: &[Groups, Patch],
    pitfall: "A removal without a filter is ignored, or refused because it has no value.",
    fix: "Remove every member when the path is `members` and there is no value.",
    run: |cx| {
        let people = group::people(cx)?;
        let group = group::with_members(cx, &[&people[0].id])?;
        patched(cx, &group, json!([{ "op": "remove", "path": "members" }]))?;
        group::expect_members(cx, &group, &[])
    },
};

pub(super) const OF_NOBODY: Check = Check {
    id: "scim.membership.remove-of-nobody-succeeds",
    title: "Removing somebody who is no member succeeds",
    requirement: should(Rfc7644, "3.5.2.2", "removing what is not there is answered as a success")
        .okta(Level::Should)
        .entra(Level::Should),
    needs: &[Groups, Patch],
    pitfall: "404 or 400: the client retries a removal that has happened long ago.",
    fix: "Answer 200 or 204 and leave the group as it is.",
    run: |cx| {
        let people = group::people(cx)?;
        let group = group::with_members(cx, &[&people[0].id])?;
        patched_if_offered(cx, &group, json!([removing(&people[1].id)]))
    },
};

pub(super) const REPLACE: Check = Check {
    id: "scim.membership.replace-sets-exactly",
    title: "Replacing members leaves exactly the new ones",
    requirement: must(Rfc7644, "3.5.2.3", "a replace of many values puts the new ones in the place of all")
        .okta(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "Members that are not in the new list stay: Okta's Push Now cannot remove anybody.",
    fix: "Make the members of the operation the members of the group, and nobody else.",
    run: |cx| {
        let people = group::people(cx)?;
        let [first, second, third] = [0, 1, 2].map(|number| people[number].id.as_str());
        let group = group::with_members(cx, &[first, second])?;
        let value = json!([{ "value": second }, { "value": third }]);
        patched(cx, &group, json!([{ "op": "replace", "path": "members", "value": value }]))?;
        group::expect_members(cx, &group, &[second, third])
    },
};

pub(super) const REPLACE_WITH_NOTHING: Check = Check {
    id: "scim.membership.replace-with-nothing-empties",
    title: "Replacing members with an empty list empties the group",
    requirement: must(Rfc7644, "3.5.2.3", "a replace of many values puts the new ones in the place of all")
        .okta(Level::Must),
    needs: &[Groups, Patch],
    pitfall: "The empty list is refused, or taken for no value: Okta pushes empty groups this way.",
    fix: "Remove every member when the value is `[]`.",
    run: |cx| {
        let people = group::people(cx)?;
        let group = group::with_members(cx, &[&people[0].id])?;
        patched(cx, &group, json!([{ "op": "replace", "path": "members", "value": [] }]))?;
        group::expect_members(cx, &group, &[])
    },
};

pub(super) const THEN_ADD: Check = Check {
    id: "scim.membership.remove-then-add",
    title: "A removal and an addition in one request are both carried out",
    requirement: must(Rfc7644, "3.5.2", "every operation of a request is carried out")
        .okta(Level::Must)
        .entra(Level::Should),
    needs: &[Groups, Patch],
    pitfall: "Only the first operation of a request is read.",
    fix: "Carry out all of `Operations`, each on what the one before has left.",
    run: |cx| {
        let people = group::people(cx)?;
        let (first, second) = (people[0].id.as_str(), people[1].id.as_str());
        let group = group::with_members(cx, &[first])?;
        patched_if_offered(cx, &group, json!([removing(first), adding(&[second])]))?;
        let wanted = |read: &Answer| members(read).contains(&second) && !members(read).contains(&first);
        judge(cx, &group, wanted, first, &format!("{second} and without {first}"))
    },
};

pub(super) const IN_ORDER: Check = Check {
    id: "scim.membership.operations-apply-in-order",
    title: "A member that a request adds and then removes is none",
    requirement: must(Rfc7644, "3.5.2", "operations are applied one after the other, in their order")
        .okta(Level::Should)
        .entra(Level::Should),
    needs: &[Groups, Patch],
    pitfall: "Operations are sorted by their kind, and the addition comes last.",
    fix: "Apply `Operations` in the order of the array.",
    run: |cx| {
        let people = group::people(cx)?;
        let (first, second) = (people[0].id.as_str(), people[1].id.as_str());
        let group = group::with_members(cx, &[first])?;
        patched_if_offered(cx, &group, json!([adding(&[second]), removing(second)]))?;
        let wanted = |read: &Answer| !members(read).contains(&second);
        judge(cx, &group, wanted, second, &format!("the members without {second}"))
    },
};

/// Judges what several operations left; where the removal of this one does not work by itself, it is
/// not their number that matters.
fn judge(
    cx: &mut Cx,
    group: &Group,
    wanted: impl Fn(&Answer) -> bool,
    removed: &str,
    expected: &str,
) -> Result<(), Finding> {
    let read = group::read_when(cx, group, &wanted)?;
    if wanted(&read) {
        return Ok(());
    }
    let found = members(&read).join(", ");
    let alone = group::with_members(cx, &[removed])?;
    patched(cx, &alone, json!([removing(removed)]))
        .map_err(|finding| finding.as_obstacle("a single removal is refused"))?;
    let read = group::read_when(cx, &alone, |read| is_set(&members(read), &[]))?;
    if !is_set(&members(&read), &[]) {
        return Err(Finding::blocked("a single removal changes nothing either"));
    }
    Err(Finding::broken(expected, format!("the members {found}")))
}
