//! What a bulk request carries out: RFC 7644 sections 3.7, 3.7.1 and 3.7.2.

use std::sync::Arc;

use oinspect_core::Capability::{Bulk as Bulks, Groups, Patch};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, must};
use serde_json::{Value, json};

use crate::answer::{Answer, shown};
use crate::bulk::{self, Bulk};
use crate::checks::replace;
use crate::group::{self, members};
use crate::kind::Kind;
use crate::user::{self, User};
use crate::verbs::{PATCH_OP, Scim, remember_named};

pub(super) const REFERENCE: Check = Check {
    id: "scim.bulk.reference-is-resolved",
    title: "A new group has the member that the same request makes",
    requirement: must(Rfc7644, "3.7.2", "a bulkId in the data stands for the id of the new resource"),
    needs: &[Bulks, Groups],
    pitfall: "`bulkId:` is stored as it is, or looked up as an id and refused.",
    fix: "Put the new id in the place of `bulkId:` and its name, wherever it stands in the data.",
    run: |cx| {
        bulk::works(cx)?;
        let (user, group) = (cx.name(), cx.name());
        let person = user::new_body(cx)?;
        let team = group::new_body(cx, &[&format!("bulkId:{user}")]);
        let operations =
            json!([bulk::post(Kind::User, &user, &person), bulk::post(Kind::Group, &group, &team)]);
        let bulk = bulk::send(cx, &bulk::body(&operations))?;
        bulk.expect_success(0).map_err(|finding| finding.as_obstacle("no user could be created"))?;
        bulk.expect_success(1)?;
        let (user, group) = (bulk.made(cx, 0)?, bulk.made(cx, 1)?);
        expect_member(cx, &group, &user)
    },
};

pub(super) const CIRCLE: Check = Check {
    id: "scim.bulk.circle-is-resolved",
    title: "Two groups that are members of each other are made, or refused with 409",
    requirement: must(Rfc7644, "3.7.1", "circular references are resolved, or answered 409"),
    needs: &[Bulks, Groups],
    pitfall: "The first group is made before the second, and its member is lost without a word.",
    fix: "Make both first and write the members then, or answer 409.",
    run: |cx| {
        bulk::works(cx)?;
        let (first, second) = (cx.name(), cx.name());
        let one = group::new_body(cx, &[&format!("bulkId:{second}")]);
        let other = group::new_body(cx, &[&format!("bulkId:{first}")]);
        let operations =
            json!([bulk::post(Kind::Group, &first, &one), bulk::post(Kind::Group, &second, &other)]);
        let bulk = bulk::send(cx, &bulk::body(&operations))?;
        // A server that begins anew when it meets the circle may have made one of them twice.
        for body in [&one, &other] {
            remember_named(cx, Kind::Group, body["displayName"].as_str().unwrap_or_default());
        }
        let conflicts = bulk.answer.status() == 409 || (0..2).any(|place| bulk.status(place) == Some(409));
        if conflicts {
            return Ok(());
        }
        if (0..2).any(|place| bulk.refused(place)) {
            let what = format!("groups in groups are refused: {}", bulk.answer.described());
            return Err(Finding::NotOffered { what });
        }
        bulk.expect_success(0)?;
        bulk.expect_success(1)?;
        let (first, second) = (bulk.made(cx, 0)?, bulk.made(cx, 1)?);
        expect_member(cx, &first, &second)?;
        expect_member(cx, &second, &first)
    },
};

pub(super) const PUT: Check = Check {
    id: "scim.bulk.put-is-carried-out",
    title: "A PUT in a bulk request replaces a user",
    requirement: must(Rfc7644, "3.7", "an operation does what a single request of its method does"),
    needs: &[Bulks],
    pitfall: "Only creations are implemented; the other methods are answered 200 and forgotten.",
    fix: "Carry every operation out as the single request that it stands for.",
    run: |cx| {
        let writes = writes(cx)?;
        writes.bulk.expect_success(0)?;
        let changed = |read: &Answer| read.text_at("name.givenName") == Some("Bea");
        let read = cx.get_when(&writes.users[0].path, changed)?;
        if changed(&read) {
            return Ok(());
        }
        replace::works(cx)?;
        Err(Finding::broken("name.givenName \"Bea\"", shown(read.at("name"))))
    },
};

pub(super) const PATCH: Check = Check {
    id: "scim.bulk.patch-is-carried-out",
    title: "A PATCH in a bulk request changes a user",
    requirement: must(Rfc7644, "3.7", "an operation does what a single request of its method does"),
    needs: &[Bulks, Patch],
    pitfall: "The data of the operation is taken for a user, not for a PATCH.",
    fix: "Carry every operation out as the single request that it stands for.",
    run: |cx| {
        let writes = writes(cx)?;
        writes.bulk.expect_success(2)?;
        let changed = |read: &Answer| read.text_at("displayName") == Some("Bea Ox");
        let read = cx.get_when(&writes.users[2].path, changed)?;
        if changed(&read) {
            return Ok(());
        }
        Err(Finding::broken("displayName \"Bea Ox\"", shown(read.at("displayName"))))
    },
};

pub(super) const DELETE: Check = Check {
    id: "scim.bulk.delete-is-carried-out",
    title: "A DELETE in a bulk request deletes a user",
    requirement: must(Rfc7644, "3.7", "an operation does what a single request of its method does"),
    needs: &[Bulks],
    pitfall: "Only creations are implemented; the other methods are answered 204 and forgotten.",
    fix: "Carry every operation out as the single request that it stands for.",
    run: |cx| {
        let writes = writes(cx)?;
        if writes.bulk.status(1).is_some_and(|status| [405, 501].contains(&status)) {
            let what = format!("users cannot be deleted: {}", writes.bulk.answer.described());
            return Err(Finding::NotOffered { what });
        }
        writes.bulk.expect_success(1)?;
        let user = &writes.users[1];
        let read = cx.get_when(&user.path, |read| !read.is_success())?;
        if !read.is_success() || cx.delete(&user.path)?.status() == 404 {
            return Ok(());
        }
        Err(Finding::broken("the user gone", read.described()))
    },
};

/// A bulk request that replaces, deletes and modifies, in this order, a user each.
struct Writes {
    users: [User; 3],
    bulk: Bulk,
}

fn writes(cx: &mut Cx) -> Result<Arc<Writes>, Finding> {
    bulk::works(cx)?;
    cx.once("bulk request that changes users", |cx| {
        let users = [user::own(cx)?, user::own(cx)?, user::own(cx)?];
        let mut replaced = users[0].sent.clone();
        replaced["name"]["givenName"] = Value::from("Bea");
        let mut operations = vec![
            json!({ "method": "PUT", "path": users[0].path, "data": replaced }),
            json!({ "method": "DELETE", "path": users[1].path }),
        ];
        if cx.offers(Patch) {
            let changes = json!([{ "op": "replace", "path": "displayName", "value": "Bea Ox" }]);
            let data = json!({ "schemas": [PATCH_OP], "Operations": changes });
            operations.push(json!({ "method": "PATCH", "path": users[2].path, "data": data }));
        }
        let bulk = bulk::send(cx, &bulk::body(&Value::from(operations)))?;
        Ok(Writes { users, bulk })
    })
}

fn expect_member(cx: &mut Cx, group: &str, member: &str) -> Result<(), Finding> {
    let is_there = |read: &Answer| members(read).contains(&member);
    let read = cx.get_when(&Kind::Group.path(group), is_there)?;
    read.expect_success().map_err(|finding| finding.as_obstacle("the new group cannot be read"))?;
    if is_there(&read) {
        return Ok(());
    }
    // A new group that never keeps its members has not resolved anything wrongly.
    let people = group::people(cx)?;
    let alone = group::own(cx, &[&people[0].id])?;
    group::expect_members(cx, &alone, &[&people[0].id])
        .map_err(|finding| finding.as_obstacle("a new group does not keep its members"))?;
    Err(Finding::broken(format!("the member {member}"), shown(read.at("members"))))
}
