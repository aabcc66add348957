//! Walking through a list by index: RFC 7644 section 3.4.2.4.

use std::sync::Arc;

use oinspect_core::Capability::Filter;
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must, should};

use crate::answer::{Answer, shown};
use crate::pages::{confined, ids, listed, moving, number, page, pages, sorted, total};
use crate::user;
use crate::verbs::Scim;

pub(crate) static GROUP: Group = Group {
    id: "scim.paging",
    title: "Walking through lists by index",
    tags: &["users", "list", "pagination"],
    // Users that come and go move the pages.
    alone: true,
    checks: &[
        Check {
            id: "scim.paging.items-per-page-counts-what-is-there",
            title: "A page says how many users it holds",
            requirement: must(
                Rfc7644,
                "3.4.2",
                "a partial list has itemsPerPage, the number of its resources",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "`itemsPerPage` repeats the `count` of the request, which the last page does not reach.",
            fix: "Count the resources that you send.",
            run: |cx| {
                let total = total(cx)?;
                let last = page(cx, total, 5)?;
                last.expect_status(200).map_err(|one| one.as_obstacle("no last page"))?.json()?;
                let there = last.resources().len() as u64;
                match number(&last, "itemsPerPage") {
                    Some(said) if said == there => Ok(()),
                    // Everything is on this page: then it need not be said.
                    None if last.total() == Some(there) => Ok(()),
                    _ => {
                        Err(Finding::broken(format!("itemsPerPage {there}"), shown(last.at("itemsPerPage"))))
                    }
                }
            },
        },
        Check {
            id: "scim.paging.start-index-is-the-pages",
            title: "A page says where it begins",
            requirement: must(
                Rfc7644,
                "3.4.2",
                "a partial list has startIndex, the place of its first resource among all",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "`startIndex` is left out, or it is 1 on every page.",
            fix: "Write into `startIndex` the place of the first resource of the page.",
            run: |cx| {
                let second = &moving(cx)?.second;
                if number(second, "startIndex") == Some(2) {
                    return Ok(());
                }
                Err(Finding::broken("startIndex 2", shown(second.at("startIndex"))))
            },
        },
        Check {
            id: "scim.paging.start-index-below-one-is-one",
            title: "A startIndex below 1 is taken for 1",
            requirement: must(Rfc7644, "3.4.2.4", "a `startIndex` less than 1 is interpreted as 1"),
            needs: &[],
            pitfall: "0 or a negative number is refused, or becomes a negative offset in the database.",
            fix: "Replace a `startIndex` below 1 by 1 before anything else.",
            run: start_index_below_one,
        },
        Check {
            id: "scim.paging.past-the-end-is-an-empty-page",
            title: "A page behind the last user is empty",
            requirement: must(
                Rfc7644,
                "3.4.2.4",
                "`startIndex` is the place of the first result, and behind the last one there is none",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "It is answered 404 or 400, or the list starts over and an import never ends.",
            fix: "Answer 200 without `Resources` and with the true `totalResults`.",
            run: |cx| {
                let list = past_the_end(cx)?;
                list.expect_status(200)?.json()?;
                match list.resources().len() {
                    0 => Ok(()),
                    some => Err(Finding::broken("no users", format!("{some} users"))),
                }
            },
        },
        Check {
            id: "scim.paging.past-the-end-keeps-the-total",
            title: "A page behind the last user says how many there are",
            requirement: must(
                Rfc7644,
                "3.4.2.4",
                "totalResults is the number of results of the query, whatever page",
            )
            .okta(Level::Should)
            .entra(Level::Should),
            needs: &[],
            pitfall: "The total is taken from the page, which is empty.",
            fix: "Count all results of the query, apart from the page.",
            run: |cx| {
                let list = past_the_end(cx)?;
                list.expect_status(200)
                    .map_err(|one| one.as_obstacle("no page behind the last user"))?
                    .json()?;
                if list.total().is_some_and(|total| total >= 2) {
                    return Ok(());
                }
                Err(Finding::broken("totalResults of 2 or more", shown(list.at("totalResults"))))
            },
        },
        Check {
            id: "scim.paging.walk-meets-everyone-once",
            title: "A walk through all pages meets everyone once",
            requirement: should(
                Rfc7644,
                "3.4.2.4",
                "`startIndex` and `count` are a window on one and the same sequence of results",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[Filter],
            pitfall: "Pages overlap or leave gaps: the database sorts by nothing, or the offset is one off.",
            fix: "Sort by something unique, such as the id, and skip exactly `startIndex` - 1 results.",
            run: walk,
        },
        Check {
            id: "scim.paging.order-stays-the-same",
            title: "The same list comes in the same order again",
            requirement: may(Rfc7644, "3.4.2.4", "a client pages by index, which takes an order that stays")
                .okta(Level::Must)
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "A query without ORDER BY comes in whatever order the database finds cheapest.",
            fix: "Sort every list by something unique, such as the id.",
            run: |cx| {
                let path = format!("{}&startIndex=1&count=100", confined(cx)?.path);
                let (one, other) = (cx.get(&path)?, cx.get(&path)?);
                listed(&one)?;
                listed(&other)?;
                let (one, other) = (ids(&one), ids(&other));
                if one == other {
                    return Ok(());
                }
                Err(Finding::broken(one.join(", "), other.join(", ")))
            },
        },
        Check {
            id: "scim.paging.total-counts-all-matches",
            title: "The total counts all matches, not those of the page",
            requirement: must(Rfc7644, "3.4.2", "totalResults is the number of results of the whole query")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Filter],
            pitfall: "The total is the length of the page, or that of the whole store, and imports end too early or too late.",
            fix: "Count with the same filter and without the page.",
            run: |cx| {
                let confined = confined(cx)?;
                let wanted = confined.ids.len() as u64;
                let list = cx.get(&format!("{}&startIndex=1&count=2", confined.path))?;
                listed(&list)?;
                if list.total() == Some(wanted) {
                    return Ok(());
                }
                Err(Finding::broken(format!("totalResults {wanted}"), shown(list.at("totalResults"))))
            },
        },
        Check {
            id: "scim.paging.changes-between-pages-are-no-failure",
            title: "Users who come and go between two pages do not break the next one",
            requirement: should(
                Rfc7644,
                "3.4.2.4",
                "pages are not held together by state: each is answered from what is there",
            ),
            needs: &[],
            pitfall: "The server keeps the list of the first page and fails when it no longer agrees with the store.",
            fix: "Answer each page from the store as it is.",
            run: changes_between_pages,
        },
    ],
};

fn start_index_below_one(cx: &mut Cx) -> Result<(), Finding> {
    let pages = pages(cx)?;
    listed(&pages.first)?;
    for below in [0, -3] {
        let list = cx.get(&format!("/Users?startIndex={below}&count=1"))?;
        list.expect_status(200)?.json()?;
        if ids(&list).first() == ids(&pages.first).first() {
            continue;
        }
        let again = page(cx, 1, 1)?;
        if ids(&again).first() == ids(&list).first() {
            // Somebody else came first meanwhile.
            continue;
        }
        return Err(Finding::broken(
            format!("the user at startIndex 1, {}, at startIndex {below}", ids(&again).join(", ")),
            ids(&list).join(", "),
        ));
    }
    Ok(())
}

/// A page far behind the last user.
fn past_the_end(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let total = total(cx)?;
    moving(cx)?;
    cx.once("page behind the last user", |cx| page(cx, total.saturating_add(1000), 1))
}

fn walk(cx: &mut Cx) -> Result<(), Finding> {
    let confined = confined(cx)?;
    moving(cx)?;
    let mut met = Vec::new();
    for start in [1, 3, 5] {
        let list = cx.get(&format!("{}&startIndex={start}&count=2", confined.path))?;
        list.expect_status(200).map_err(|one| one.as_obstacle("no list of users"))?.json()?;
        if list.resources().len() > 2 {
            return Err(Finding::blocked("`count` has no effect on a list"));
        }
        met.extend(ids(&list));
    }
    if sorted(met.clone()) == sorted(confined.ids.clone()) {
        return Ok(());
    }
    Err(Finding::broken(format!("each of {} once", confined.ids.join(", ")), met.join(", ")))
}

fn changes_between_pages(cx: &mut Cx) -> Result<(), Finding> {
    listed(&pages(cx)?.first)?;
    let first = page(cx, 1, 1)?;
    listed(&first)?;
    let user = user::own(cx)?;
    let second = page(cx, 2, 1)?;
    cx.delete(&user.path)?;
    let third = page(cx, 3, 1)?;
    for list in [second, third] {
        if list.status() >= 500 {
            return Err(Finding::broken("a page", list.described()));
        }
    }
    Ok(())
}
