//! Finding groups by a filter: RFC 7644 section 3.4.2.2.

use std::sync::Arc;

use oinspect_core::Capability::{Filter, Groups};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use serde_json::Value;

use crate::answer::{at, outlined};
use crate::checks::filter::selection::{groups_if_known, plain_filters_work, selects};
use crate::group;
use crate::kind::Kind;
use crate::pages::counts;
use crate::user;
use crate::verbs::{Scim, query};

pub(crate) static GROUP: Group = Group {
    id: "scim.filter-groups",
    title: "Finding groups by a filter",
    tags: &["groups", "filter"],
    alone: false,
    checks: &[
        Check {
            id: "scim.filter-groups.name-finds-exactly-one",
            title: "A filter for a displayName finds that group alone",
            requirement: must(Rfc7644, "3.4.2.2", "only resources that match the filter are returned")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Filter, Groups],
            pitfall: "The filter is built for users only, and every group is returned.",
            fix: "Apply filters at /Groups as at /Users.",
            run: |cx| {
                plain_filters_work(cx)?;
                by_name(cx)
            },
        },
        Check {
            id: "scim.filter-groups.no-match-is-an-empty-list",
            title: "A filter that matches no group answers an empty list",
            requirement: must(
                Rfc7644,
                "3.4.2",
                "a query without matches is answered 200 with totalResults 0",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[Filter, Groups],
            pitfall: "404, because somebody looked for one group and found none.",
            fix: "Answer 200 with a ListResponse whose totalResults is 0.",
            run: |cx| {
                plain_filters_work(cx)?;
                cx.once("group found by its displayName", by_name)?;
                let filter = format!("displayName eq {}", Value::from(cx.name()));
                let list = cx.get(&query(Kind::Group, &filter))?;
                list.expect_status(200)?.json()?;
                if list.resources().is_empty() && counts(cx, &list, 0) {
                    return Ok(());
                }
                Err(Finding::broken("totalResults 0 and no Resources", list.described()))
            },
        },
        Check {
            id: "scim.filter-groups.member-finds-the-group",
            title: "A filter for a member finds the groups it belongs to",
            // A server may refuse to compare an attribute, with 400 invalidFilter (table 9); what it answers
            // has to be right.
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "an attribute with many values matches if any of them does",
            )
            .entra(Level::Should),
            needs: &[Filter, Groups],
            pitfall: "Members are kept in a table of their own, which filters never look at.",
            fix: "Let filters at /Groups compare `members.value`, or refuse them with 400 and scimType invalidFilter.",
            run: |cx| {
                plain_filters_work(cx)?;
                cx.once("group found by its displayName", by_name)?;
                let group = inhabited(cx)?;
                let filter = format!("members.value eq {}", Value::from(group.member.as_str()));
                groups_if_known(cx, &filter, &[&group.group.id]).or_else(|finding| {
                    group::expect_members(cx, &group.group, &[&group.member])
                        .map_err(|one| one.as_obstacle("a new group does not keep its member"))?;
                    Err(finding)
                })
            },
        },
        Check {
            id: "scim.filter-groups.members-stay-out-on-request",
            title: "A filter and excludedAttributes go together",
            requirement: must(
                Rfc7644,
                "3.4.2.5",
                "excludedAttributes takes attributes out of what is returned",
            )
            .entra(Level::Must),
            needs: &[Filter, Groups],
            pitfall: "excludedAttributes is read for one group and not for a list, which then holds every member.",
            fix: "Leave out the attributes named by excludedAttributes in lists, too.",
            run: without_members,
        },
    ],
};

/// Judges that one of two groups is found by its name. The name of the other begins alike.
fn by_name(cx: &mut Cx) -> Result<(), Finding> {
    let group = group::shared(cx)?;
    cx.once("second group to find", |cx| {
        let mut body = group::new_body(cx, &[]);
        body["displayName"] = Value::from(format!("{} and more", group.name));
        group::create(cx, body)
    })?;
    selects(cx, Kind::Group, &format!("displayName eq {}", Value::from(group.name.as_str())), &[&group.id])
}

/// A group whose one member belongs to no other group.
#[derive(Debug)]
struct Inhabited {
    group: group::Group,
    member: String,
}

fn inhabited(cx: &mut Cx) -> Result<Arc<Inhabited>, Finding> {
    cx.once("group with a member to find", |cx| {
        let member = user::own(cx)?.id;
        let body = group::new_body(cx, &[&member]);
        let group = group::create(cx, body)?;
        Ok(Inhabited { group, member })
    })
}

fn without_members(cx: &mut Cx) -> Result<(), Finding> {
    plain_filters_work(cx)?;
    cx.once("group found by its displayName", by_name)?;
    let group = inhabited(cx)?;
    let filter = format!("displayName eq {}", Value::from(group.group.name.as_str()));
    let members = |list: &crate::answer::Answer| {
        list.resources().iter().filter_map(|one| at(one, "members")?.as_array()).map(Vec::len).sum::<usize>()
    };
    let is_whole = |list: &crate::answer::Answer| list.resources().len() == 1 && members(list) == 1;
    let whole = cx.get_when(&query(Kind::Group, &filter), is_whole)?;
    if !is_whole(&whole) {
        return Err(Finding::blocked(format!(
            "the group is not listed with its member: {}",
            whole.described()
        )));
    }
    let list = cx.get(&format!("{}&excludedAttributes=members", query(Kind::Group, &filter)))?;
    list.expect_status(200)?.json()?;
    if list.resources().len() == 1 && members(&list) == 0 {
        return Ok(());
    }
    let shown: Vec<String> = list.resources().iter().map(|one| outlined(Some(one))).collect();
    Err(Finding::broken(
        "the group without its members",
        format!("{} groups: {}", shown.len(), shown.join("; ")),
    ))
}
