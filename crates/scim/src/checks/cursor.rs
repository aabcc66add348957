//! Walking through a list by cursors: RFC 9865.

use std::sync::Arc;

use oinspect_core::Capability::{Cursors, Discovery, Filter, SecondTenant};
use oinspect_core::Document::Rfc9865;
use oinspect_core::{Check, Cx, Finding, Group, Method, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, shown};
use crate::checks::search::{SEARCH, post_search};
use crate::pages::{confined, ids, sorted};
use crate::verbs::{Scim, component};

/// More pages than a walk over the crowd can need.
const TOO_MANY: usize = 8;

pub(crate) static GROUP: Group = Group {
    id: "scim.cursor",
    title: "Walking through lists by cursors",
    tags: &["users", "list", "pagination", "cursors"],
    alone: false,
    checks: &[
        Check {
            id: "scim.cursor.config-says-how-lists-are-paged",
            title: "The configuration says which ways of paging there are",
            requirement: must(Rfc9865, "4", "`pagination` has the booleans `cursor` and `index`"),
            needs: &[Cursors, Discovery],
            pitfall: "Only the new way is mentioned, and clients have to guess whether the old one still works.",
            fix: "Give `pagination` in /ServiceProviderConfig both `cursor` and `index`, true or false.",
            run: |cx| {
                let config = cx.get("/ServiceProviderConfig")?;
                for name in ["pagination.cursor", "pagination.index"] {
                    let flag = config.at(name);
                    if !flag.is_some_and(Value::is_boolean) {
                        return Err(Finding::broken(format!("{name} true or false"), shown(flag)));
                    }
                }
                Ok(())
            },
        },
        Check {
            id: "scim.cursor.empty-cursor-begins-a-walk",
            title: "An empty cursor is answered with the first page and a nextCursor",
            requirement: must(Rfc9865, "2", "every page but the last has a nextCursor"),
            needs: &[Cursors, Filter],
            pitfall: "An empty `cursor` counts as none, and a page by index is sent.",
            fix: "Take a `cursor` without a value for the beginning of a walk, and add `nextCursor` while there is more.",
            run: |cx| {
                let walk = walk(cx)?;
                let Some(first) = walk.first() else { return Ok(()) };
                first.expect_status(200)?.json()?;
                match next(first) {
                    Some(_) => Ok(()),
                    None => Err(Finding::broken("a page of 2 users with a nextCursor", first.described())),
                }
            },
        },
        Check {
            id: "scim.cursor.walk-meets-everyone-once",
            title: "A walk by cursors meets everyone once",
            requirement: must(Rfc9865, "2", "a nextCursor leads to the page that follows"),
            needs: &[Cursors, Filter],
            pitfall: "The cursor points at the last user of the page or behind the next one, so that one comes twice or never.",
            fix: "Let a cursor name the last user of its page, and begin with the one behind.",
            run: |cx| {
                let wanted = confined(cx)?.ids.clone();
                let walk = begun(cx)?;
                for page in walk.iter() {
                    page.expect_status(200)?.json()?;
                }
                let met: Vec<String> = walk.iter().flat_map(ids).collect();
                if sorted(met.clone()) == sorted(wanted.clone()) {
                    return Ok(());
                }
                Err(Finding::broken(format!("each of {} once", wanted.join(", ")), met.join(", ")))
            },
        },
        Check {
            id: "scim.cursor.last-page-has-no-next-cursor",
            title: "The last page has no nextCursor",
            requirement: must(Rfc9865, "2", "nextCursor is left out where there are no more pages"),
            needs: &[Cursors, Filter],
            pitfall: "Each page names a next one, and the client walks for ever.",
            fix: "Leave out `nextCursor` once everything has been shown.",
            run: |cx| {
                let walk = begun(cx)?;
                match walk.last().and_then(next) {
                    Some(_) => Err(Finding::broken(
                        "a walk that ends",
                        format!("a nextCursor on page {} of {} users", walk.len(), confined(cx)?.ids.len()),
                    )),
                    None => Ok(()),
                }
            },
        },
        Check {
            id: "scim.cursor.first-page-has-no-previous-cursor",
            title: "The first page has no previousCursor",
            requirement: must(Rfc9865, "2", "previousCursor is never returned with the first page"),
            needs: &[Cursors, Filter],
            pitfall: "Every page gets both cursors, whether there is something before it or not.",
            fix: "Leave out `previousCursor` on the first page.",
            run: |cx| {
                let walk = begun(cx)?;
                match walk.first().and_then(|first| first.at("previousCursor")).filter(|one| !one.is_null()) {
                    Some(cursor) => Err(Finding::broken("no previousCursor", cursor.to_string())),
                    None => Ok(()),
                }
            },
        },
        Check {
            id: "scim.cursor.cursors-are-safe-in-urls",
            title: "Cursors hold nothing that has to be escaped in a URL",
            requirement: must(Rfc9865, "2", "a cursor is made of letters, digits and - . _ ~ alone"),
            needs: &[Cursors, Filter],
            pitfall: "Cursors are plain base64, whose + turns into a space on its way back.",
            fix: "Encode cursors in base64url without padding, or in hexadecimal.",
            run: |cx| {
                let walk = begun(cx)?;
                let both =
                    walk.iter().flat_map(|page| [page.text_at("nextCursor"), page.text_at("previousCursor")]);
                let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
                match both.flatten().find(|cursor| !cursor.bytes().all(unreserved)) {
                    Some(cursor) => Err(Finding::broken("unreserved characters alone", cursor)),
                    None => Ok(()),
                }
            },
        },
        Check {
            id: "scim.cursor.count-is-never-exceeded",
            title: "A page by cursor holds at most as many users as were asked for",
            requirement: must(Rfc9865, "2", "no more results are returned than `count` says"),
            needs: &[Cursors, Filter],
            pitfall: "The one result that tells whether there is more is sent along.",
            fix: "Cut the page to `count` after you have looked for more.",
            run: |cx| {
                let walk = begun(cx)?;
                match walk.iter().map(|page| page.resources().len()).max() {
                    Some(most) if most > 2 => {
                        Err(Finding::broken("at most 2 users", format!("{most} users")))
                    }
                    _ => Ok(()),
                }
            },
        },
        Check {
            id: "scim.cursor.invalid-cursor-is-refused",
            title: "A cursor that the server never made is refused",
            requirement: should(Rfc9865, "2.1", "an invalid cursor is answered with an error"),
            needs: &[Cursors, Filter],
            pitfall: "What cannot be read counts as the beginning, and a client whose cursor broke imports everything twice.",
            fix: "Sign your cursors or look them up, and answer 400 with scimType invalidCursor where that fails.",
            run: |cx| made_up(cx)?.expect_refusal().map(drop),
        },
        Check {
            id: "scim.cursor.invalid-cursor-is-named",
            title: "The error about a cursor says invalidCursor",
            requirement: should(Rfc9865, "2.1", "the scimType of an invalid cursor is invalidCursor"),
            needs: &[Cursors, Filter],
            pitfall: "The error says only that something was wrong, and the client cannot tell that it has to start over.",
            fix: "Add `\"scimType\": \"invalidCursor\"` to the error.",
            run: |cx| {
                let answer = made_up(cx)?;
                answer.expect_refusal().map_err(|one| one.as_obstacle("no cursor is refused"))?;
                match answer.text_at("scimType") {
                    Some("invalidCursor") => Ok(()),
                    _ => Err(Finding::broken("scimType invalidCursor", shown(answer.at("scimType")))),
                }
            },
        },
        Check {
            id: "scim.cursor.changed-count-is-refused",
            title: "A count that changes between two pages is refused",
            requirement: should(
                Rfc9865,
                "2.1",
                "`count` equals that of the initial query; another one is an error",
            ),
            needs: &[Cursors, Filter],
            pitfall: "The cursor is a page number, and another page size makes it point elsewhere.",
            fix: "Keep the `count` with the cursor, and answer 400 with scimType invalidCount where it differs.",
            run: |cx| {
                let (path, cursor) = onwards(cx)?;
                cx.get(&format!("{path}&cursor={}&count=3", component(&cursor)))?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.cursor.other-tenant-cannot-go-on",
            title: "A cursor opens nothing to another tenant",
            requirement: must(
                Rfc9865,
                "5.2",
                "a page shows what the caller may see, whoever obtained the cursor",
            ),
            needs: &[Cursors, Filter, SecondTenant],
            pitfall: "The cursor carries the whole query, tenant and all, and nobody looks at who sends it.",
            fix: "Check the caller's rights on each page, and refuse cursors of others as if they did not exist.",
            run: other_tenant,
        },
        Check {
            id: "scim.cursor.search-is-paged-too",
            title: "A search with POST is paged by cursors as well",
            requirement: must(Rfc9865, "3", "the body of a search takes `cursor` and `count`"),
            needs: &[Cursors, Filter],
            pitfall: "Cursors were built into the query string alone.",
            fix: "Read `cursor` from the body of /.search, and answer with the same `nextCursor`.",
            run: search_is_paged,
        },
    ],
};

/// Where a list goes on.
fn next(page: &Answer) -> Option<&str> {
    page.text_at("nextCursor").filter(|cursor| !cursor.is_empty())
}

/// A walk over the crowd in pages of two, as far as it leads; nothing of it is judged.
fn walk(cx: &mut Cx) -> Result<Arc<Vec<Answer>>, Finding> {
    let confined = confined(cx)?;
    cx.once("walk by cursors", |cx| {
        let mut pages = vec![cx.get(&format!("{}&cursor=&count=2", confined.path))?];
        while let Some(cursor) = pages.last().filter(|page| page.is_success()).and_then(next)
            && pages.len() < TOO_MANY
        {
            let path = format!("{}&cursor={}&count=2", confined.path, component(cursor));
            pages.push(cx.get(&path)?);
        }
        Ok(pages)
    })
}

/// The walk, where it went beyond its first page.
fn begun(cx: &mut Cx) -> Result<Arc<Vec<Answer>>, Finding> {
    let walk = walk(cx)?;
    if walk.first().and_then(next).is_none() {
        return Err(Finding::blocked("the first page leads to no other one"));
    }
    Ok(walk)
}

/// The list of the crowd, and the cursor behind its first page.
fn onwards(cx: &mut Cx) -> Result<(String, String), Finding> {
    let walk = begun(cx)?;
    let cursor = walk.first().and_then(next).unwrap_or_default().to_owned();
    if walk.get(1).is_none_or(|second| !second.is_success()) {
        return Err(Finding::blocked("the first nextCursor leads nowhere"));
    }
    Ok((confined(cx)?.path.clone(), cursor))
}

/// The answer to a cursor that nobody made.
fn made_up(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let (path, _) = onwards(cx)?;
    cx.once("answer to a made-up cursor", |cx| {
        cx.get(&format!("{path}&cursor=oinspect-made-this-up&count=2"))
    })
}

fn other_tenant(cx: &mut Cx) -> Result<(), Finding> {
    let (path, cursor) = onwards(cx)?;
    let auth = cx.target()?.other_auth.clone().ok_or_else(|| SecondTenant.missing())?;
    let as_other = |cx: &mut Cx, path: &str| {
        let mut request = cx.request(Method::Get, path)?;
        request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
        cx.ask(&request.header("Authorization", &auth))
    };
    let ours = confined(cx)?.ids.clone();
    let leaks = |answer: &Answer| ids(answer).iter().any(|id| ours.contains(id));
    if leaks(&as_other(cx, &format!("{path}&count=2"))?) {
        return Err(Finding::blocked("the other tenant sees this one's users without any cursor"));
    }
    let answer = as_other(cx, &format!("{path}&cursor={}&count=2", component(&cursor)))?;
    if answer.status() >= 500 || leaks(&answer) {
        return Err(Finding::broken("an error, or nothing of this tenant", answer.described()));
    }
    Ok(())
}

fn search_is_paged(cx: &mut Cx) -> Result<(), Finding> {
    let confined = confined(cx)?;
    let body = |cursor: &str| json!({ "schemas": [SEARCH], "filter": confined.filter, "cursor": cursor, "count": 2 });
    let control = json!({ "schemas": [SEARCH], "filter": confined.filter, "count": 2 });
    let control = post_search(cx, "/Users", &control)?;
    control.expect_success().map_err(|one| one.as_obstacle("no search succeeds"))?;
    if control.resources().len() != 2 {
        return Err(Finding::blocked(format!("a search has no pages at all: {}", control.described())));
    }
    let first = post_search(cx, "/Users", &body(""))?;
    let Some(cursor) = next(&first) else {
        return Err(Finding::broken("a page of 2 users with a nextCursor", first.described()));
    };
    let second = post_search(cx, "/Users", &body(cursor))?;
    second.expect_success()?;
    let (one, other) = (ids(&first), ids(&second));
    if other.is_empty() || other.iter().any(|id| one.contains(id)) {
        return Err(Finding::broken(format!("others than {}", one.join(", ")), second.described()));
    }
    Ok(())
}
