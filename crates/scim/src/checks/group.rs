//! The life of groups: RFC 7643 section 4.2 and RFC 7644 sections 3.3 to 3.6.

mod change;

use oinspect_core::Capability::Groups;
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group as Section, Level, Method, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, LIST, shown};
use crate::group::{self, Group};
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, let_settle, with_json};

pub(crate) static GROUP: Section = Section {
    id: "scim.group",
    title: "Groups",
    tags: &["groups"],
    alone: false,
    checks: &[
        Check {
            id: "scim.group.create-answers-201",
            title: "Creating a group answers 201 with the new group",
            requirement: must(Rfc7644, "3.3", "a created resource is answered 201, with its representation")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Groups],
            pitfall: "200 instead of 201, or an answer without the id by which the group is filled later.",
            fix: "Answer POST /Groups with 201 and the stored group: `id`, `displayName`, `schemas`, `meta`.",
            run: |cx| {
                let body = group::new_body(cx, &[]);
                let group = group::create(cx, body)?;
                group.answer.expect_status(201)?;
                if group.answer.text_at("displayName") == Some(group.name.as_str()) {
                    return Ok(());
                }
                Err(Finding::broken(format!("displayName {}", group.name), group.answer.described()))
            },
        },
        Check {
            id: "scim.group.create-keeps-members",
            title: "A new group has the members that came with it",
            requirement: should(Rfc7643, "7", "what a schema calls readWrite can be written and read")
                .okta(Level::Must)
                .entra(Level::Should),
            needs: &[Groups],
            pitfall: "Members are only read by PATCH, and the group is pushed empty.",
            fix: "Store `members` from POST /Groups as from PATCH.",
            run: |cx| {
                let people = group::people(cx)?;
                let ids = [people[0].id.as_str(), people[1].id.as_str()];
                let group = group::own(cx, &ids)?;
                group::expect_members(cx, &group, &ids)
            },
        },
        Check {
            id: "scim.group.missing-name-is-refused",
            title: "A group without a displayName is refused",
            requirement: must(Rfc7643, "4.2", "every group has a displayName"),
            needs: &[Groups],
            pitfall: "The group is made without a name, or the database fails and the server answers 500.",
            fix: "Check required attributes before storing, and answer 400 with scimType invalidValue.",
            run: |cx| {
                group::shared(cx)?;
                // If it is made, this is how it is known again.
                let body = json!({ "schemas": [group::GROUP], "externalId": cx.name() });
                let request = with_json(cx.request(Method::Post, "/Groups")?, body.to_string());
                cx.send_creation(Kind::Group, None, &request)?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.group.duplicate-name-is-no-failure",
            title: "A second group of one name is made or refused, never a failure",
            requirement: must(Rfc7644, "3.3", "a creation that conflicts with what is there is answered 409")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Groups],
            pitfall: "The database's unique index raises an exception that becomes a 500.",
            fix: "Answer 409 with scimType uniqueness if names are unique in your app, else make the group.",
            run: |cx| {
                // Not the shared one: other checks count how many have its name.
                let first = group::own(cx, &[])?;
                let answer = cx.post(Kind::Group, &first.sent)?;
                if answer.is_success() || answer.is_refusal() {
                    return Ok(());
                }
                Err(Finding::broken("status 201 or 409", answer.described()))
            },
        },
        Check {
            id: "scim.group.read-returns-the-group",
            title: "A group is read by its id",
            requirement: must(Rfc7644, "3.4.1", "a resource is read at its own URL, with what it has")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Groups],
            pitfall: "Groups can be written but not read, or lose their name on the way.",
            fix: "Answer GET /Groups/{id} with `id`, `displayName` and `members`.",
            run: |cx| {
                let group = group::shared(cx)?;
                let read = cx.get_when(&group.path, Answer::is_success)?;
                read.expect_status(200)?.json()?;
                for (path, sent) in [("id", &group.id), ("displayName", &group.name)] {
                    if read.text_at(path) != Some(sent.as_str()) {
                        return Err(Finding::broken(format!("{path} {sent}"), shown(read.at(path))));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.group.list-is-a-list",
            title: "Groups are listed in pages",
            requirement: must(
                Rfc7644,
                "3.4.2",
                "a query of a resource endpoint is answered with a ListResponse",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[Groups],
            pitfall: "A bare array, totals as strings, or a page without the groups that exist.",
            fix: "Answer GET /Groups with a ListResponse: integer `totalResults`, and `Resources`.",
            run: |cx| {
                group::shared(cx)?;
                let holds = |list: &Answer| {
                    list.has_schema(LIST)
                        && list.at("totalResults").is_some_and(Value::is_u64)
                        && !list.resources().is_empty()
                };
                let list = cx.get_when("/Groups?startIndex=1&count=1", holds)?;
                list.expect_status(200)?.json()?;
                if holds(&list) {
                    return Ok(());
                }
                Err(Finding::broken(
                    "a ListResponse with an integer totalResults and a group",
                    list.described(),
                ))
            },
        },
        Check {
            id: "scim.group.unknown-id-is-404",
            title: "A group that does not exist is not found",
            requirement: should(Rfc7644, "3.12", "a resource that does not exist is answered 404")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Groups],
            pitfall: "The lookup fails with an exception that nobody catches.",
            fix: "Answer 404 with a SCIM error when no group has the id.",
            run: |cx| {
                let known = group::shared(cx)?;
                let id = user::unknown_id(cx, &known.id);
                cx.get(&Kind::Group.path(&id))?.expect_status(404).map(drop)
            },
        },
        change::RENAME_WITHOUT_PATH,
        change::RENAME_KEEPS_MEMBERS,
        change::RENAME_BY_PATH,
        change::PUT_REPLACES_MEMBERS,
        change::PUT_EMPTIES,
        change::PUT_RENAMES,
        change::PUT_WITHOUT_NAME,
        change::OWN_REPRESENTATION,
        Check {
            id: "scim.group.delete-answers-204",
            title: "Deleting a group answers 204",
            requirement: must(Rfc7644, "3.6", "a successful deletion is answered 204")
                .okta(Level::Must)
                .entra(Level::Should),
            needs: &[Groups],
            pitfall: "200 with the deleted group, or with a message.",
            fix: "Answer DELETE /Groups/{id} with 204 without a body.",
            run: |cx| {
                let group = group::own(cx, &[])?;
                cx.delete(&group.path)?.expect_status(204).map(drop)
            },
        },
        Check {
            id: "scim.group.deleted-group-is-gone",
            title: "A deleted group is not found",
            requirement: must(Rfc7644, "3.6", "whatever is asked of a deleted resource is answered 404")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Groups],
            pitfall: "The group is only marked, and reads do not look at the mark.",
            fix: "Answer 404 for a deleted group, however it is kept in the store.",
            run: |cx| {
                let group = group::own(cx, &[])?;
                deleted(cx, &group)?;
                let read = cx.get_when(&group.path, |read| read.status() == 404)?;
                read.expect_status(404).map(drop)
            },
        },
        Check {
            id: "scim.group.delete-leaves-users",
            title: "Deleting a group leaves its members' accounts",
            requirement: must(Rfc7644, "3.6", "a deletion removes the resource at its URL, and no other")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Groups],
            pitfall: "A cascade in the database: unlinking a group from the app deletes people's accounts.",
            fix: "Delete the group and its memberships only.",
            run: |cx| {
                let member = user::own(cx)?;
                let group = group::with_members(cx, &[&member.id])?;
                deleted(cx, &group)?;
                let_settle(cx)?;
                let read = cx.get(&member.path)?;
                if read.is_success() {
                    return Ok(());
                }
                Err(Finding::broken("the member as before", read.described()))
            },
        },
    ],
};

/// Deletes a group, on the way to a check's own point.
pub(crate) fn deleted(cx: &mut Cx, group: &Group) -> Result<(), Finding> {
    let answer = cx.delete(&group.path)?;
    if answer.is_success() {
        return Ok(());
    }
    Err(Finding::blocked(format!("the group cannot be deleted: {}", answer.described())))
}
