//! Pages of users that several checks look at, and what has to hold before they can be judged.

use std::sync::Arc;

use oinspect_core::{Capability, Cx, Finding};
use serde_json::Value;

use crate::answer::{Answer, at};
use crate::crowd::crowd;
use crate::kind::Kind;
use crate::user;
use crate::verbs::{Scim, query};

/// The first two pages of one user each, read one right after the other; nothing of them is judged.
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) first: Answer,
    pub(crate) second: Answer,
}

/// A list that shows the crowd of this run and nobody else.
#[derive(Debug)]
pub(crate) struct Confined {
    /// The path of the list; parameters can be added to it.
    pub(crate) path: String,
    /// The filter behind it.
    pub(crate) filter: String,
    /// The ids of those it shows, in the order in which they were created.
    pub(crate) ids: Vec<String>,
}

/// Makes sure that there are more users than one.
pub(crate) fn two_users(cx: &mut Cx) -> Result<(), Finding> {
    user::shared(cx)?;
    cx.once("second user to list", |cx| {
        let body = user::new_body(cx)?;
        user::create(cx, body)
    })
    .map(drop)
}

/// One page of users, whatever comes of it.
pub(crate) fn page(cx: &mut Cx, start_index: u64, count: i64) -> Result<Answer, Finding> {
    cx.get(&format!("/Users?startIndex={start_index}&count={count}"))
}

/// The first two pages of one user.
pub(crate) fn pages(cx: &mut Cx) -> Result<Arc<Pages>, Finding> {
    two_users(cx)?;
    cx.once("pages of one user", |cx| Ok(Pages { first: page(cx, 1, 1)?, second: page(cx, 2, 1)? }))
}

/// How many users a list says there are, where lists can be relied on so far as to count.
///
/// # Errors
/// Blocked, where `count` has no effect or the total is not that of all users.
pub(crate) fn total(cx: &mut Cx) -> Result<u64, Finding> {
    let pages = pages(cx)?;
    listed(&pages.first)?;
    if pages.first.resources().len() > 1 {
        return Err(Finding::blocked("`count` has no effect on a list"));
    }
    match pages.first.total() {
        Some(total) if total >= 2 => Ok(total),
        _ => Err(Finding::blocked(format!(
            "a list does not say how many users there are: {}",
            pages.first.described()
        ))),
    }
}

/// The two pages, where the second one shows somebody else than the first one.
///
/// # Errors
/// Blocked, where `startIndex` has no effect.
pub(crate) fn moving(cx: &mut Cx) -> Result<Arc<Pages>, Finding> {
    let pages = pages(cx)?;
    listed(&pages.first)?;
    listed(&pages.second)?;
    if ids(&pages.first).first() == ids(&pages.second).first() {
        return Err(Finding::blocked("`startIndex` has no effect on a list"));
    }
    Ok(pages)
}

/// Blocked, where this is no page of users: what is wrong with it is another check's finding.
pub(crate) fn listed(answer: &Answer) -> Result<(), Finding> {
    answer.expect_status(200).and_then(Answer::json).map_err(|one| one.as_obstacle("no list of users"))?;
    if ids(answer).is_empty() {
        return Err(Finding::blocked(format!("a list shows nobody: {}", answer.described())));
    }
    Ok(())
}

/// A list of the crowd alone.
///
/// # Errors
/// Blocked, where no filter brings it about.
pub(crate) fn confined(cx: &mut Cx) -> Result<Arc<Confined>, Finding> {
    cx.once("list of this run's users alone", |cx| {
        if !cx.offers(Capability::Filter) {
            return Err(Capability::Filter.missing());
        }
        let crowd = crowd(cx)?;
        let wanted: Vec<String> = crowd.users.iter().map(|user| user.id.clone()).collect();
        let path = query(Kind::User, &crowd.clause);
        let whole = |list: &Answer| list.resources().len() >= wanted.len();
        let list = cx.get_when(&format!("{path}&count=100"), whole)?;
        list.expect_status(200)?.json()?;
        if sorted(ids(&list)) == sorted(wanted.clone()) {
            return Ok(Confined { path, filter: crowd.clause.clone(), ids: wanted });
        }
        Err(Finding::broken(format!("the {} users that the filter names", wanted.len()), list.described()))
    })
}

/// Whether a list says that it is one of this many results. A server that pages by cursors and cannot
/// count may leave that out (RFC 9865, section 2).
pub(crate) fn counts(cx: &mut Cx, list: &Answer, wanted: u64) -> bool {
    list.total() == Some(wanted) || is_uncounted(cx, list)
}

/// Whether a list need not say how many results there are, and does not.
pub(crate) fn is_uncounted(cx: &mut Cx, list: &Answer) -> bool {
    list.at("totalResults").is_none() && cx.offers(Capability::Cursors)
}

/// The ids on a page, in its order.
pub(crate) fn ids(list: &Answer) -> Vec<String> {
    let id = |one: &Value| at(one, "id")?.as_str().map(str::to_owned);
    list.resources().iter().filter_map(id).collect()
}

/// The same ids in an order that can be compared.
pub(crate) fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

/// A number of a list, leniently read: that it is an integer is a requirement of its own.
pub(crate) fn number(list: &Answer, name: &str) -> Option<u64> {
    let number = list.at(name)?;
    number.as_u64().or_else(|| number.as_str()?.trim().parse().ok())
}
