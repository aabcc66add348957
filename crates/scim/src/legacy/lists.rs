//! Finding and listing users in SCIM 1.1: its protocol's section 3.2.2.

use oinspect_core::Capability::Filter;
use oinspect_core::Document::Scim11;
use oinspect_core::{Check, Cx, Finding, Group, Level, may, must, should};
use serde_json::Value;

use super::resource::{shared_user, two_users};
use super::verbs::{get, get_when, search};
use crate::answer::{Answer, at, shown};
use crate::kind::Kind;
use crate::verbs::Scim;

pub(super) static GROUP: Group = Group {
    id: "scim11.list",
    title: "SCIM 1.1: finding and listing users",
    tags: &["users", "list"],
    // Users that come and go move the pages.
    alone: true,
    checks: &[
        Check {
            id: "scim11.list.user-name-filter-finds-one",
            title: "A filter on userName finds that user alone",
            requirement: may(Scim11, "3.2.2.1", "a list may be limited to what a filter matches")
                .okta(Level::Must),
            needs: &[Filter],
            pitfall: "The filter is not read, and Okta links the first user of the store to the new one.",
            fix: "Answer GET /Users?filter=userName eq \"...\" with the one user of that name.",
            run: |cx| {
                let user = shared_user(cx)?;
                let name = at(&user.sent, "userName").and_then(Value::as_str).unwrap_or_default();
                let is_it = |found: &Answer| {
                    let ids = found.resources().iter().map(|one| at(one, "id").and_then(Value::as_str));
                    found.status() == 200 && ids.eq([Some(user.id.as_str())])
                };
                let found = get_when(cx, &search(Kind::User, name), is_it)?;
                if is_it(&found) {
                    return Ok(());
                }
                Err(Finding::broken(format!("the user {} alone", user.id), found.described()))
            },
        },
        Check {
            id: "scim11.list.no-match-is-an-empty-list",
            title: "A filter of SCIM 1.1 that matches nobody is answered with an empty list",
            requirement: may(Scim11, "3.2.2.1", "a filter that matches nothing leaves an empty list")
                .okta(Level::Should),
            needs: &[Filter],
            pitfall: "A miss is answered 404, or with everybody.",
            fix: "Answer 200 with totalResults 0 when no user matches the filter.",
            run: |cx| {
                // Asked of a store that has users: an empty one would find nobody in any case.
                shared_user(cx)?;
                let nobody = cx.target()?.user_name.replace("{name}", &cx.name());
                let found = get(cx, &search(Kind::User, &nobody))?;
                found.expect_status(200)?.json()?;
                if found.total() == Some(0) && found.resources().is_empty() {
                    return Ok(());
                }
                Err(Finding::broken("a list of nobody with totalResults 0", found.described()))
            },
        },
        Check {
            id: "scim11.list.numbers-are-integers",
            title: "The numbers of a SCIM 1.1 list are JSON numbers",
            requirement: must(Scim11, "3.2.2.3", "totalResults, itemsPerPage and startIndex are integers")
                .okta(Level::Must),
            needs: &[],
            pitfall: "Numbers are serialised as strings, and the client reads no pages beyond the first.",
            fix: "Write totalResults, itemsPerPage and startIndex as JSON integers, without quotes.",
            run: |cx| {
                shared_user(cx)?;
                let list = page(cx, 1)?;
                let total = list.at("totalResults");
                if !total.is_some_and(Value::is_u64) {
                    return Err(Finding::broken("an integer totalResults", shown(total)));
                }
                for name in ["itemsPerPage", "startIndex"] {
                    if let Some(number) = list.at(name).filter(|number| !number.is_u64()) {
                        return Err(Finding::broken(format!("an integer {name}"), shown(Some(number))));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim11.list.pages-move-on",
            title: "Pages of one user show one user after the other",
            requirement: should(
                Scim11,
                "3.2.2.3",
                "startIndex is the place of a page's first result, count its size",
            )
            .okta(Level::Must),
            needs: &[],
            pitfall: "`startIndex` or `count` is not read, and imports never end or lose users.",
            fix: "Skip `startIndex` - 1 users of a stable order, and return no more than `count`.",
            run: |cx| {
                two_users(cx)?;
                let (first, second) = (only_id(&page(cx, 1)?)?, only_id(&page(cx, 2)?)?);
                if first != second {
                    return Ok(());
                }
                if only_id(&page(cx, 1)?)? != first {
                    let why = "the order of users changed while it was read".to_owned();
                    return Err(Finding::NotVerified { why });
                }
                let wanted = "another user at startIndex 2 than at startIndex 1";
                Err(Finding::broken(wanted, format!("{first} at both")))
            },
        },
    ],
};

/// A page of one user.
fn page(cx: &mut Cx, start_index: u32) -> Result<Answer, Finding> {
    let list = get(cx, &format!("/Users?startIndex={start_index}&count=1"))?;
    list.expect_status(200)?.json()?;
    Ok(list)
}

/// The id of the one user on a page.
fn only_id(list: &Answer) -> Result<String, Finding> {
    match list.resources() {
        [one] => at(one, "id").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
    .ok_or_else(|| Finding::broken("a page with 1 user", list.described()))
}
