//! Listing users in pages: RFC 7644 sections 3.4.2 and 3.4.2.4.

use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must};
use serde_json::Value;

use crate::answer::{Answer, LIST, at, shown};
use crate::user;
use crate::verbs::Scim;

pub(crate) static GROUP: Group = Group {
    id: "scim.list",
    title: "Listing users in pages",
    tags: &["users", "list", "pagination"],
    // Users that come and go move the pages.
    alone: true,
    checks: &[
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
                two_users(cx)?;
                let list = page(cx, 1, 1)?;
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
                two_users(cx)?;
                let list = page(cx, 1, 1)?;
                if list.resources().len() <= 1 {
                    return Ok(());
                }
                Err(Finding::broken("at most 1 user", format!("{} users", list.resources().len())))
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
                two_users(cx)?;
                let (first, second) = (first_id(&page(cx, 1, 1)?)?, first_id(&page(cx, 2, 1)?)?);
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
    ],
};

/// Makes sure that there is more than one page of one user.
fn two_users(cx: &mut Cx) -> Result<(), Finding> {
    user::shared(cx)?;
    cx.once("second user to list", |cx| {
        let body = user::new_body(cx)?;
        user::create(cx, body)
    })
    .map(drop)
}

/// One page of users.
fn page(cx: &mut Cx, start_index: u32, count: u32) -> Result<Answer, Finding> {
    let list = cx.get(&format!("/Users?startIndex={start_index}&count={count}"))?;
    list.expect_status(200)?.json()?;
    if list.has_schema(LIST) { Ok(list) } else { Err(Finding::broken("a ListResponse", list.described())) }
}

fn first_id(list: &Answer) -> Result<String, Finding> {
    let id = list.resources().first().and_then(|user| at(user, "id")).and_then(Value::as_str);
    id.map(str::to_owned).ok_or_else(|| Finding::broken("a page with a user", list.described()))
}
