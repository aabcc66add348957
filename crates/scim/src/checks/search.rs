//! Searching with POST: RFC 7644 section 3.4.3.

use std::sync::Arc;

use oinspect_core::Capability::{Filter, Groups, Sort};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Method, must, should};
use serde_json::{Value, json};

use crate::answer::{Answer, LIST, at, shown};
use crate::checks::filter::selection::or_works;
use crate::checks::list::only_item;
use crate::group;
use crate::pages::{confined, ids, two_users};
use crate::user;
use crate::verbs::{Scim, user_name_filter, user_name_query, with_json};

/// The schema URN of a search.
pub(crate) const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

pub(crate) static GROUP: Group = Group {
    id: "scim.search",
    title: "Searching with POST",
    tags: &["users", "list", "search"],
    alone: false,
    checks: &[
        Check {
            id: "scim.search.absence-is-said",
            title: "A server that does not search with POST says so",
            requirement: should(
                Rfc7644,
                "3.12",
                "an endpoint that does not exist is answered 404, one that is not implemented 501",
            ),
            needs: &[Filter],
            pitfall: "`.search` is taken for an id or for a user to create, and something breaks.",
            fix: "Answer POST /Users/.search with a list, or with 404 or 501.",
            run: |cx| {
                let answer = attempt(cx)?;
                // What body an error has is for `scim.observed` to say.
                let absent = [403, 404, 405, 501].contains(&answer.status());
                if absent || answer.is_success() && answer.any_json().is_some() {
                    return Ok(());
                }
                Err(Finding::broken("a list, or status 404 or 501", answer.described()))
            },
        },
        Check {
            id: "scim.search.answers-200-with-a-list",
            title: "A search with POST is answered 200 with a list",
            requirement: must(
                Rfc7644,
                "3.4.3",
                "a search is answered as a query with GET is: nothing is created",
            ),
            needs: &[Filter],
            pitfall: "Every POST is answered 201, or with the bare matches.",
            fix: "Answer /.search with 200 and the same ListResponse that GET would get.",
            run: |cx| {
                let answer = search(cx)?;
                answer.expect_status(200)?.json()?;
                if answer.has_schema(LIST) {
                    Ok(())
                } else {
                    Err(Finding::broken("a ListResponse", answer.described()))
                }
            },
        },
        Check {
            id: "scim.search.filter-is-applied",
            title: "A search finds what its filter names and nothing else",
            requirement: must(Rfc7644, "3.4.3", "the `filter` in the body selects the results"),
            needs: &[Filter],
            pitfall: "The body is not read, and everything is listed.",
            fix: "Hand the parameters of the body to the code that answers GET.",
            run: |cx| {
                let user = user::shared(cx)?;
                let answer = search(cx)?;
                only_item(cx, &user_name_query(&user.user_name), &user)?;
                let found = ids(&answer);
                if found == [user.id.as_str()] {
                    return Ok(());
                }
                Err(Finding::broken(format!("the user {} alone", user.id), answer.described()))
            },
        },
        Check {
            id: "scim.search.count-limits-the-page",
            title: "A search returns at most as many users as were asked for",
            requirement: must(Rfc7644, "3.4.3", "`count` in the body limits the page"),
            needs: &[Filter],
            pitfall: "Paging is read from the query string alone.",
            fix: "Read `startIndex` and `count` from the body of /.search.",
            run: |cx| {
                search(cx)?;
                two_users(cx)?;
                let answer =
                    post_search(cx, "/Users", &json!({ "schemas": [SEARCH], "startIndex": 1, "count": 1 }))?;
                answer.expect_success().map_err(|one| one.as_obstacle("no search without a filter"))?;
                match answer.resources().len() {
                    0 | 1 => Ok(()),
                    more => Err(Finding::broken("at most 1 user", format!("{more} users"))),
                }
            },
        },
        Check {
            id: "scim.search.attributes-choose-what-is-shown",
            title: "A search shows the attributes that were asked for",
            requirement: must(Rfc7644, "3.4.3", "`attributes` in the body chooses what is returned"),
            needs: &[Filter],
            pitfall: "Whole users are sent, whatever the body asks for.",
            fix: "Read `attributes` and `excludedAttributes` from the body of /.search.",
            run: |cx| {
                let whole = search(cx)?;
                if item(&whole).and_then(|item| at(item, "displayName")).is_none() {
                    return Err(Finding::blocked("a search shows no displayName that could be left out"));
                }
                let user = user::shared(cx)?;
                let filter = user_name_filter(&user.user_name);
                let body =
                    json!({ "schemas": [SEARCH], "filter": filter, "attributes": ["userName"], "count": 10 });
                let answer = post_search(cx, "/Users", &body)?;
                answer.expect_success()?;
                let shows = |name: &str| item(&answer).and_then(|item| at(item, name));
                if shows("userName").is_some() && shows("displayName").is_none() {
                    return Ok(());
                }
                Err(Finding::broken("userName, and no displayName", answer.described()))
            },
        },
        Check {
            id: "scim.search.sort-is-applied",
            title: "A search comes in the order that was asked for",
            requirement: must(Rfc7644, "3.4.3", "`sortBy` in the body orders the results"),
            needs: &[Filter, Sort],
            pitfall: "The order is read from the query string alone.",
            fix: "Read `sortBy` and `sortOrder` from the body of /.search.",
            run: sort_is_applied,
        },
        Check {
            id: "scim.search.other-message-is-refused",
            title: "A search that does not say that it is one is refused",
            requirement: should(
                Rfc7644,
                "3.12",
                "a request that violates the schema of its message is answered 400",
            ),
            needs: &[Filter],
            pitfall: "Any body is read as a search, a user's that was sent to the wrong place too.",
            fix: "Answer 400 with scimType invalidSyntax where `schemas` does not name the SearchRequest.",
            run: |cx| {
                let accepted = search(cx)?;
                accepted.expect_success().map_err(|one| one.as_obstacle("no search succeeds"))?;
                let user = user::shared(cx)?;
                let body = json!({ "filter": user_name_filter(&user.user_name), "count": 1 });
                post_search(cx, "/Users", &body)?.expect_refusal().map(drop)
            },
        },
        Check {
            id: "scim.search.root-finds-every-kind",
            title: "A search below the base URL finds users and groups",
            requirement: must(Rfc7644, "3.4.2.1", "a query at the root includes all resources of the server"),
            needs: &[Filter, Groups],
            pitfall: "The root searches users alone.",
            fix: "Search all resource types at /.search, or answer 501.",
            run: root_finds_every_kind,
        },
    ],
};

/// Sends a search below an endpoint, whatever comes of it.
///
/// # Errors
/// Not offered, where the server says that it does not search so.
pub(crate) fn post_search(cx: &mut Cx, endpoint: &str, body: &Value) -> Result<Answer, Finding> {
    let request = with_json(cx.request(Method::Post, &format!("{endpoint}/.search"))?, body.to_string());
    let answer = cx.ask(&request)?;
    if [403, 404, 405, 501].contains(&answer.status()) {
        let what = format!("{endpoint}/.search is answered with status {}", answer.status());
        return Err(Finding::NotOffered { what });
    }
    Ok(answer)
}

/// The answer to the search for the user that all checks read.
fn attempt(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let user = user::shared(cx)?;
    cx.once("search with POST", |cx| {
        let body = json!({ "schemas": [SEARCH], "filter": user_name_filter(&user.user_name), "count": 10 });
        let request = with_json(cx.request(Method::Post, "/Users/.search")?, body.to_string());
        cx.ask(&request)
    })
}

/// The same, where it succeeded.
fn search(cx: &mut Cx) -> Result<Arc<Answer>, Finding> {
    let answer = attempt(cx)?;
    if [403, 404, 405, 501].contains(&answer.status()) {
        let what = format!("/Users/.search is answered with status {}", answer.status());
        return Err(Finding::NotOffered { what });
    }
    answer.expect_success().map_err(|one| one.as_obstacle("no search succeeds"))?;
    Ok(answer)
}

/// Blocked, where a search does not filter: nothing can be told of what it shows.
fn filtering(cx: &mut Cx) -> Result<(), Finding> {
    let user = user::shared(cx)?;
    let answer = search(cx)?;
    if ids(&answer) == [user.id.as_str()] {
        return Ok(());
    }
    Err(Finding::blocked(format!("a search does not find the user alone: {}", answer.described())))
}

fn item(list: &Answer) -> Option<&Value> {
    list.resources().first()
}

fn sort_is_applied(cx: &mut Cx) -> Result<(), Finding> {
    filtering(cx)?;
    let confined = confined(cx)?;
    let wanted: Vec<String> = confined.ids.iter().rev().cloned().collect();
    let control = cx.get(&format!("{}&sortBy=userName&sortOrder=descending&count=100", confined.path))?;
    if ids(&control) != wanted {
        return Err(Finding::blocked(format!("a list with GET is not sorted: {}", control.described())));
    }
    let body = json!({
        "schemas": [SEARCH], "filter": confined.filter, "sortBy": "userName", "sortOrder": "descending",
        "count": 100,
    });
    let answer = post_search(cx, "/Users", &body)?;
    answer.expect_success()?;
    if ids(&answer) == wanted {
        return Ok(());
    }
    Err(Finding::broken(wanted.join(", "), ids(&answer).join(", ")))
}

fn root_finds_every_kind(cx: &mut Cx) -> Result<(), Finding> {
    filtering(cx)?;
    let (user, group) = (user::shared(cx)?, group::shared(cx)?);
    let filter = format!(
        "{} or displayName eq {}",
        user_name_filter(&user.user_name),
        Value::from(group.name.as_str())
    );
    let answer = post_search(cx, "", &json!({ "schemas": [SEARCH], "filter": filter, "count": 10 }))?;
    if answer.is_refusal() {
        // A server may find that too much (section 3.4.2.1).
        let what = format!("/.search is refused: {}", answer.described());
        return Err(Finding::NotOffered { what });
    }
    answer.expect_success()?;
    let found = ids(&answer);
    if found.contains(&user.id) && found.contains(&group.id) {
        return Ok(());
    }
    or_works(cx)?;
    Err(Finding::broken(
        format!("the user {} and the group {}", user.id, group.id),
        format!("totalResults {} with {}", shown(answer.at("totalResults")), found.join(", ")),
    ))
}
