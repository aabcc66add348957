//! Listing users: RFC 7644 sections 3.4.2 and 3.4.2.4.

use oinspect_core::Capability::{Filter, Groups};
use oinspect_core::Document::{Rfc7643, Rfc7644};
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, LIST, at, shown};
use crate::compare::lost;
use crate::group;
use crate::pages::{listed, page, pages, total};
use crate::user::{self, USER, User};
use crate::verbs::{Scim, user_name_query};

pub(crate) static GROUP: Group = Group {
    id: "scim.list",
    title: "Listing users",
    tags: &["users", "list", "pagination"],
    // Users that come and go move the pages.
    alone: true,
    checks: &[
        Check {
            id: "scim.list.is-a-list-response",
            title: "A list names its schema and says how many results there are",
            requirement: must(
                Rfc7644,
                "3.4.2",
                "a query is answered with a ListResponse and its totalResults",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[],
            pitfall: "A bare JSON array is sent, or an object without `schemas`.",
            fix: "Answer lists with `schemas` naming urn:ietf:params:scim:api:messages:2.0:ListResponse, `totalResults` and `Resources`.",
            run: |cx| {
                let pages = pages(cx)?;
                let list = &pages.first;
                list.expect_status(200)?.json()?;
                if list.has_schema(LIST) && list.total().is_some() {
                    return Ok(());
                }
                Err(Finding::broken("a ListResponse with totalResults", list.described()))
            },
        },
        Check {
            id: "scim.list.numbers-are-integers",
            title: "The numbers of a list are JSON numbers",
            requirement: must(Rfc7644, "3.4.2.4", "totalResults, itemsPerPage and startIndex are integers")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "Numbers are serialised as strings, and the client reads no pages beyond the first.",
            fix: "Write totalResults, itemsPerPage and startIndex as JSON integers, without quotes.",
            run: |cx| {
                let pages = pages(cx)?;
                let list = &pages.first;
                list.expect_status(200)?.json()?;
                let total = list.at("totalResults");
                if !total.is_some_and(Value::is_u64) {
                    return Err(Finding::broken("an integer totalResults", shown(total)));
                }
                for name in ["itemsPerPage", "startIndex"] {
                    let number = list.at(name);
                    if number.is_some_and(|number| !number.is_u64()) {
                        return Err(Finding::broken(format!("an integer {name}"), shown(number)));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.list.count-limits-the-page",
            title: "A page holds at most as many users as were asked for",
            requirement: must(Rfc7644, "3.4.2.4", "no more results are returned than `count` says")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[],
            pitfall: "The parameter is not read, and every page holds the whole store.",
            fix: "Limit the page to `count`, and to your own maximum where that is smaller.",
            run: |cx| {
                let pages = pages(cx)?;
                pages.first.expect_status(200)?.json()?;
                match pages.first.resources().len() {
                    0 | 1 => Ok(()),
                    more => Err(Finding::broken("at most 1 user", format!("{more} users"))),
                }
            },
        },
        Check {
            id: "scim.list.start-index-moves-the-window",
            title: "The next page begins where the last one ended",
            requirement: must(
                Rfc7644,
                "3.4.2.4",
                "`startIndex` is the 1-based place of the first result returned",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[],
            pitfall: "The parameter is not read or counted from 0, and imports never end or lose users.",
            fix: "Skip `startIndex` - 1 users of a stable order.",
            run: |cx| {
                let pages = pages(cx)?;
                let (first, second) = (first_id(&pages.first)?, first_id(&pages.second)?);
                if first != second {
                    return Ok(());
                }
                if first_id(&page(cx, 1, 1)?)? != first {
                    return Err(Finding::NotVerified {
                        why: "the order of users changed while it was read".to_owned(),
                    });
                }
                Err(Finding::broken(
                    "another user at startIndex 2 than at startIndex 1",
                    format!("{first} at both"),
                ))
            },
        },
        Check {
            id: "scim.list.items-name-their-schemas",
            title: "Each user in a list has an id and schemas",
            requirement: must(Rfc7643, "3", "every representation of a resource names its schemas")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[],
            pitfall: "Lists are built from a slimmer object than single reads.",
            fix: "Show in a list what GET by id shows, with `id` and `schemas`.",
            run: |cx| {
                let pages = pages(cx)?;
                listed(&pages.first)?;
                let item = pages.first.resources().first().unwrap_or(&Value::Null);
                let schemas = at(item, "schemas");
                let named = schemas.and_then(Value::as_array).is_some_and(|schemas| {
                    schemas.iter().any(|urn| urn.as_str().is_some_and(|urn| urn.eq_ignore_ascii_case(USER)))
                });
                if named {
                    Ok(())
                } else {
                    Err(Finding::broken(format!("schemas with {USER}"), shown(schemas)))
                }
            },
        },
        Check {
            id: "scim.list.items-are-whole-users",
            title: "A list shows of a user what reading it alone shows",
            requirement: must(
                Rfc7644,
                "3.9",
                "whatever returns a resource returns all attributes that are returned by default",
            )
            .okta(Level::Must)
            .entra(Level::Should),
            needs: &[Filter],
            pitfall: "Lists leave out names, e-mail addresses, `active` or `meta`, and an import reads users without them.",
            fix: "Build the representation of a user in one place, for lists and single reads.",
            run: items_are_whole,
        },
        Check {
            id: "scim.list.count-zero-gives-the-total-alone",
            title: "A count of 0 is answered with the total and no users",
            requirement: must(Rfc7644, "3.4.2.4", "a `count` of 0 asks for totalResults alone"),
            needs: &[],
            pitfall: "0 counts as absent, and the standard page is sent.",
            fix: "Tell a `count` of 0 from none: answer `totalResults` without `Resources`.",
            run: |cx| {
                total(cx)?;
                let list = page(cx, 1, 0)?;
                list.expect_status(200)?.json()?;
                if list.resources().is_empty() && list.total().is_some_and(|total| total >= 2) {
                    return Ok(());
                }
                Err(Finding::broken(
                    "no users, and totalResults of 2 or more",
                    format!(
                        "{} users, totalResults {}",
                        list.resources().len(),
                        shown(list.at("totalResults"))
                    ),
                ))
            },
        },
        Check {
            id: "scim.list.negative-count-is-zero",
            title: "A negative count is taken for 0",
            requirement: must(Rfc7644, "3.4.2.4", "a negative `count` is interpreted as 0"),
            needs: &[],
            pitfall: "The number goes to the database as it is, where a negative limit means none; or it is refused.",
            fix: "Replace a negative `count` by 0 before anything else.",
            run: |cx| {
                total(cx)?;
                let list = page(cx, 1, -1)?;
                list.expect_status(200)?.json()?;
                match list.resources().len() {
                    0 => Ok(()),
                    some => Err(Finding::broken("no users", format!("{some} users"))),
                }
            },
        },
        Check {
            id: "scim.list.large-count-is-capped",
            title: "A count beyond the server's maximum is answered with what fits",
            requirement: may(Rfc7644, "3.4.2.4", "a server may return fewer results than `count` says")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "A `count` over the limit is answered 400, and clients that ask for pages of their own size cannot import.",
            fix: "Answer with a page of your own maximum, and say in `itemsPerPage` how long it is.",
            run: |cx| {
                let user = user::shared(cx)?;
                let path = user_name_query(&user.user_name);
                let list = cx.get(&format!("{path}&startIndex=1&count=100000"))?;
                if list.is_success() {
                    return Ok(());
                }
                let control = cx.get(&format!("{path}&startIndex=1&count=1"))?;
                control.expect_success().map_err(|one| one.as_obstacle("no list of one user"))?;
                Err(Finding::broken("status 200 with a page", list.described()))
            },
        },
        Check {
            id: "scim.list.strange-numbers-are-no-failure",
            title: "A count that is no number does not break the server",
            requirement: should(
                Rfc7644,
                "3.12",
                "a mistake of the client is answered as one, with status 400",
            ),
            needs: &[],
            pitfall: "The text is converted without a look, and the exception becomes a 500.",
            fix: "Answer 400 with scimType invalidValue, or take the standard value.",
            run: |cx| {
                let user = user::shared(cx)?;
                listed(&pages(cx)?.first)?;
                let path = if cx.offers(Filter) {
                    format!("{}&", user_name_query(&user.user_name))
                } else {
                    "/Users?".to_owned()
                };
                for strange in ["count=ten", "startIndex=1.5&count=1"] {
                    let list = cx.get(&format!("{path}{strange}"))?;
                    if list.status() >= 500 {
                        return Err(Finding::broken(format!("200 or 400 for {strange}"), list.described()));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.list.groups-are-paged",
            title: "A page of groups holds at most as many as were asked for",
            requirement: must(Rfc7644, "3.4.2.4", "no more results are returned than `count` says")
                .okta(Level::Should)
                .entra(Level::Should),
            needs: &[Groups],
            pitfall: "Pages were built for users, and /Groups answers with every group there is.",
            fix: "Treat `startIndex` and `count` alike at every endpoint that lists.",
            run: |cx| {
                group::shared(cx)?;
                cx.once("second group to list", |cx| {
                    let body = group::new_body(cx, &[]);
                    group::create(cx, body)
                })?;
                let list = cx.get("/Groups?startIndex=1&count=1")?;
                listed(&list)?;
                match list.resources().len() {
                    0 | 1 => Ok(()),
                    more => Err(Finding::broken("at most 1 group", format!("{more} groups"))),
                }
            },
        },
    ],
};

fn first_id(list: &Answer) -> Result<String, Finding> {
    list.expect_status(200)?.json()?;
    let id = list.resources().first().and_then(|user| at(user, "id")).and_then(Value::as_str);
    id.map(str::to_owned).ok_or_else(|| Finding::broken("a page with a user", list.described()))
}

/// The one user that a list by userName shows.
///
/// # Errors
/// Blocked, where it does not show that user alone.
pub(crate) fn only_item(cx: &mut Cx, path: &str, user: &User) -> Result<Value, Finding> {
    let list = cx.get_when(path, |list| !list.resources().is_empty())?;
    list.expect_status(200).map_err(|one| one.as_obstacle("no list of one user"))?;
    match list.resources() {
        [item] if at(item, "userName").is_none_or(|name| same_name(name, user)) => Ok(item.clone()),
        _ => Err(Finding::blocked(format!("a filter does not find the user alone: {}", list.described()))),
    }
}

fn same_name(name: &Value, user: &User) -> bool {
    name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(&user.user_name))
}

fn items_are_whole(cx: &mut Cx) -> Result<(), Finding> {
    let user = user::shared(cx)?;
    let item = only_item(cx, &user_name_query(&user.user_name), &user)?;
    let read = cx.get(&user.path)?;
    read.expect_status(200).map_err(|one| one.as_obstacle("the user cannot be read"))?;
    let mut alone = read.any_json().cloned().unwrap_or_else(|| json!({}));
    if let Some(members) = alone.as_object_mut() {
        // Of schemas and versions there are checks of their own.
        members.retain(|name, _| !name.eq_ignore_ascii_case("schemas"));
        if let Some(Value::Object(meta)) = members.get_mut("meta") {
            meta.retain(|name, _| !name.eq_ignore_ascii_case("version"));
        }
    }
    let Some(difference) = lost(&alone, Some(&item)) else { return Ok(()) };
    let again = cx.get(&user.path)?;
    if lost(&alone, again.any_json()).is_some() {
        return Err(Finding::blocked("the next look at the user shows something else, too"));
    }
    Err(Finding::broken("the same as GET by id shows", difference))
}
