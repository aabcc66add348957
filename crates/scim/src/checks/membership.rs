//! Who belongs to a group: RFC 7644 section 3.5.2 and RFC 7643 sections 4.1.2 and 4.2.

mod add;
mod remove;
mod view;

use oinspect_core::{Cx, Finding, Group as Section};
use serde_json::{Value, json};

use crate::group::{self, Group};
use crate::verbs::Scim;

pub(crate) static GROUP: Section = Section {
    id: "scim.membership",
    title: "Members of groups",
    tags: &["groups", "members"],
    alone: false,
    checks: &[
        add::APPENDS,
        add::MANY_AT_ONCE,
        add::AGAIN_SUCCEEDS,
        add::AGAIN_MAKES_NO_DUPLICATE,
        add::OKTA_MEMBER,
        add::UNKNOWN_MEMBER,
        add::REFUSED_ADD,
        add::NESTED_GROUP,
        add::CONCURRENT,
        remove::BY_FILTER,
        remove::BY_LIST,
        remove::WITHOUT_FILTER,
        remove::OF_NOBODY,
        remove::REPLACE,
        remove::REPLACE_WITH_NOTHING,
        remove::THEN_ADD,
        remove::IN_ORDER,
        view::EXCLUDED,
        view::REFERENCES,
        view::USER_SHOWS_GROUPS,
        view::USER_GROUPS_READ_ONLY,
        view::DELETED_USER,
        view::DELETED_GROUP,
    ],
};

/// The operation that adds these ids.
fn adding(ids: &[&str]) -> Value {
    let members: Vec<Value> = ids.iter().map(|id| json!({ "value": id })).collect();
    json!({ "op": "add", "path": "members", "value": members })
}

/// The operation that removes this id, as Okta sends it.
fn removing(id: &str) -> Value {
    json!({ "op": "remove", "path": format!("members[value eq {}]", Value::from(id)) })
}

/// Sends operations that have to succeed, where the server removes single members at all.
fn patched_if_offered(cx: &mut Cx, group: &Group, operations: Value) -> Result<(), Finding> {
    let answer = cx.patch(&group.path, operations)?;
    if answer.status() == 501 {
        let why = format!("removing one member is not offered: {}", answer.described());
        return Err(Finding::blocked(why));
    }
    answer.expect_success().map(drop)
}

/// Sends operations that have to succeed.
fn patched(cx: &mut Cx, group: &Group, operations: Value) -> Result<(), Finding> {
    group::patch(cx, group, operations)?.expect_success().map(drop)
}
