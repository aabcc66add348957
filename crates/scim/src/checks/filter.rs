//! Finding users by a filter: RFC 7644 section 3.4.2.2.

pub(crate) mod groups;
pub(crate) mod logic;
pub(crate) mod operators;
pub(crate) mod paths;
pub(crate) mod refusals;
pub(crate) mod selection;
pub(crate) mod texts;
pub(crate) mod values;

use oinspect_core::Capability::{Active, CaselessUserName, Filter};
use oinspect_core::Document::Rfc7644;
use oinspect_core::{Check, Cx, Finding, Group, Level, must, okta_demands, should};
use serde_json::{Value, json};

use crate::answer::{Answer, at};
use crate::checks::create::other_case;
use crate::checks::filter::selection::{plain_filters_work, selects_if_known};
use crate::pages::{counts, is_uncounted};
use crate::user::{self, User};
use crate::verbs::{Scim, component, user_name_filter, user_name_query};

/// Filters that no grammar accepts.
const MALFORMED: [&str; 2] = ["userName eq", "userName eq \"a"];

pub(crate) static GROUP: Group = Group {
    id: "scim.filter",
    title: "Finding users by a filter",
    tags: &["users", "filter"],
    alone: false,
    checks: &[
        Check {
            id: "scim.filter.user-name-finds-exactly-one",
            title: "A filter for a userName finds that user alone",
            requirement: must(Rfc7644, "3.4.2.2", "only resources that match the filter are returned")
                .okta(Level::Must)
                .entra(Level::Must),
            needs: &[Filter],
            pitfall: "The filter is ignored, and the identity provider links its user to somebody else's account.",
            fix: "Apply the filter, or refuse it with 400; never answer as if there had been none.",
            run: |cx| {
                let user = user::shared(cx)?;
                finds(cx, &user_name_query(&user.user_name), &user)
            },
        },
        Check {
            id: "scim.filter.no-match-is-an-empty-list",
            title: "A filter that matches nobody answers an empty list",
            requirement: must(
                Rfc7644,
                "3.4.2",
                "a query without matches is answered 200 with totalResults 0",
            )
            .okta(Level::Must)
            .entra(Level::Must),
            needs: &[Filter],
            pitfall: "404, because somebody looked for one user and found none.",
            fix: "Answer 200 with a ListResponse whose totalResults is 0.",
            run: |cx| {
                plain_filters_work(cx)?;
                let nobody = cx.target()?.user_name.replace("{name}", &cx.name());
                let list = cx.get(&user_name_query(&nobody))?;
                list.expect_status(200)?.json()?;
                if list.resources().is_empty() && counts(cx, &list, 0) {
                    return Ok(());
                }
                Err(Finding::broken("totalResults 0 and no Resources", list.described()))
            },
        },
        Check {
            id: "scim.filter.user-name-ignores-case",
            title: "A filter finds a userName in any case",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "strings are compared by the attribute's caseExact; userName has it false",
            )
            .okta(Level::Should)
            .entra(Level::Must),
            needs: &[Filter, CaselessUserName],
            pitfall: "The comparison is done on bytes.",
            fix: "Compare userName without case.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::shared(cx)?;
                finds(cx, &user_name_query(&other_case(&user.user_name)), &user)
            },
        },
        Check {
            id: "scim.filter.plus-and-percent-agree",
            title: "A space in a filter may be written as a plus",
            requirement: okta_demands(
                "Filter encoding",
                "a query is decoded as a form is: %20 and + are both a space",
            ),
            needs: &[Filter],
            pitfall: "The query is decoded as a path, and the plus stays.",
            fix: "Decode the query string as application/x-www-form-urlencoded.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::shared(cx)?;
                let filter = component(&user_name_filter(&user.user_name)).replace("%20", "+");
                finds(cx, &format!("/Users?filter={filter}"), &user)
            },
        },
        Check {
            id: "scim.filter.unknown-operator-is-refused",
            title: "A filter with an unknown operator is refused",
            requirement: must(
                Rfc7644,
                "3.4.2.2",
                "an operation that is not recognised is answered 400, never left out",
            ),
            needs: &[Filter],
            pitfall: "Unknown operators are taken for `eq`, or the filter is left out and everybody is returned.",
            fix: "Answer 400 with scimType invalidFilter for an operator that you do not know.",
            run: |cx| refuses(cx, &["userName regex \"a\""]),
        },
        Check {
            id: "scim.filter.malformed-filter-is-refused",
            title: "A filter that cannot be parsed is refused",
            requirement: should(Rfc7644, "3.12", "a filter whose syntax is invalid is answered 400"),
            needs: &[Filter],
            pitfall: "The parser's exception becomes a 500, or the filter is left out and everybody is returned.",
            fix: "Answer 400 with scimType invalidFilter when the filter cannot be parsed.",
            run: |cx| refuses(cx, &MALFORMED),
        },
        Check {
            id: "scim.filter.deactivated-user-is-found",
            title: "A filter finds a deactivated user",
            requirement: okta_demands(
                "Reactivate user",
                "a deactivated user is found by userName, so that it can be linked",
            ),
            needs: &[Filter, Active],
            pitfall: "Inactive users are hidden from lists, and Okta creates a second account.",
            fix: "Let filters see inactive users, with active false.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::deactivated(cx)?;
                finds(cx, &user_name_query(&user.user_name), &user)
            },
        },
        Check {
            id: "scim.filter.parameters-in-any-order",
            title: "A filter counts before and after the other parameters",
            requirement: okta_demands(
                "Filter encoding",
                "the filter is sent before startIndex and count as well as after them",
            ),
            needs: &[Filter],
            pitfall: "The query is cut by its position or by a pattern, and a filter behind `count` is not seen.",
            fix: "Read the parameters by their names, in whatever order they come.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::shared(cx)?;
                let filter = component(&user_name_filter(&user.user_name));
                finds_on_first_page(cx, &format!("/Users?filter={filter}&startIndex=1&count=100"), &user)?;
                finds_on_first_page(cx, &format!("/Users?startIndex=1&count=100&filter={filter}"), &user)
            },
        },
        Check {
            id: "scim.filter.count-zero-still-counts",
            title: "A filter with count=0 says how many match",
            requirement: must(Rfc7644, "3.4.2.4", "count=0 leaves out the resources and keeps totalResults"),
            needs: &[Filter],
            pitfall: "totalResults is the length of the page, which is 0.",
            fix: "Count what matches apart from what the page shows.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::shared(cx)?;
                let path = format!("{}&count=0", user_name_query(&user.user_name));
                let list = cx.get_when(&path, |list| list.total() == Some(1))?;
                list.expect_status(200)?.json()?;
                if list.total() == Some(1) {
                    return Ok(());
                }
                if is_uncounted(cx, &list) {
                    let what = "the server pages by cursors and leaves totalResults out".to_owned();
                    return Err(Finding::NotOffered { what });
                }
                Err(Finding::broken("totalResults 1", list.described()))
            },
        },
        Check {
            id: "scim.filter.id-finds-exactly-one",
            title: "A filter for an id finds that user alone",
            // A server may refuse to compare an attribute, with 400 invalidFilter (RFC 7644, table 9); what
            // it answers has to be right.
            requirement: must(Rfc7644, "3.4.2.2", "only resources that match the filter are returned")
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "`id` is a column of its own that the filter's list of attributes does not have.",
            fix: "Let filters compare `id`, or refuse them with 400 and scimType invalidFilter.",
            run: |cx| {
                plain_filters_work(cx)?;
                let user = user::shared(cx)?;
                selects_if_known(cx, &format!("id eq {}", Value::from(user.id.as_str())), &[&user.id])
            },
        },
        Check {
            id: "scim.filter.external-id-finds-exactly-one",
            title: "A filter for an externalId finds that user alone",
            requirement: must(Rfc7644, "3.4.2.2", "only resources that match the filter are returned")
                .entra(Level::Should),
            needs: &[Filter],
            pitfall: "externalId is stored, and a filter for it finds nobody: the client creates a second account.",
            fix: "Let filters compare `externalId`, or refuse them with 400 and scimType invalidFilter.",
            run: |cx| {
                plain_filters_work(cx)?;
                let (user, external_id) = with_external_id(cx)?;
                let filter = format!("externalId eq {}", Value::from(external_id));
                selects_if_known(cx, &filter, &[&user.id])
            },
        },
    ],
};

/// A sound filter is answered with a list that is not empty: whoever refuses or empties everything
/// does so with filters that deserve it, too.
fn filters_work(cx: &mut Cx) -> Result<(), Finding> {
    let user = user::shared(cx)?;
    cx.once("list by a sound filter", |cx| {
        let list = cx.get_when(&user_name_query(&user.user_name), |list| !list.resources().is_empty())?;
        list.expect_status(200)?;
        if list.resources().is_empty() { Err(Finding::broken("a user", list.described())) } else { Ok(()) }
    })
    .map(drop)
}

/// A user that all checks may look for by its externalId; not offered, where none is kept.
pub(crate) fn with_external_id(cx: &mut Cx) -> Result<(User, String), Finding> {
    let user = cx.once("user with an externalId", |cx| {
        let external_id = format!("Ext-{}", cx.name());
        let body = user::body_with(cx, &json!({ "externalId": external_id }))?;
        user::create(cx, body)
    })?;
    let sent = at(&user.sent, "externalId").and_then(Value::as_str).unwrap_or_default();
    if user.answer.text_at("externalId") != Some(sent) {
        return Err(Finding::NotOffered { what: "a new user is answered without its externalId".to_owned() });
    }
    Ok((User::clone(&user), sent.to_owned()))
}

/// Judges that each of these filters is answered 400.
fn refuses(cx: &mut Cx, filters: &[&str]) -> Result<(), Finding> {
    filters_work(cx)?;
    for filter in filters {
        let answer = cx.get(&format!("/Users?filter={}&count=1", component(filter)))?;
        if answer.status() != 400 {
            return Err(Finding::broken(format!("status 400 for the filter {filter}"), answer.described()));
        }
    }
    Ok(())
}

/// Judges that a query finds one user and nobody else.
fn finds(cx: &mut Cx, path: &str, user: &User) -> Result<(), Finding> {
    let found_it = |list: &Answer| list.resources().len() == 1;
    let list = cx.get_when(path, found_it)?;
    list.expect_status(200)?.json()?;
    let ids: Vec<&str> = list.resources().iter().filter_map(|one| at(one, "id")?.as_str()).collect();
    if ids == [user.id.as_str()] && counts(cx, &list, 1) {
        return Ok(());
    }
    Err(Finding::broken(
        format!("the user {} alone, and totalResults 1", user.id),
        format!(
            "{} users, totalResults {:?}: {}",
            ids.len(),
            list.total().unwrap_or_default(),
            list.described()
        ),
    ))
}

/// The same of a first page. One that counts the user and shows nobody has seen the filter.
fn finds_on_first_page(cx: &mut Cx, path: &str, user: &User) -> Result<(), Finding> {
    finds(cx, path, user).or_else(|finding| {
        let list = cx.get(path)?;
        let only_counted = list.total() == Some(1) && list.resources().is_empty();
        Err(if only_counted { finding.as_obstacle("no first page") } else { finding })
    })
}
