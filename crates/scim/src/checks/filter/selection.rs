//! Which resources a filter selects, and the proofs that filters can be relied on at all.
//!
//! A row that uses more than its own point proves the rest first, once in a run: what is not proved
//! stands in the way of the row, and breaks another one.

use std::sync::Arc;

use oinspect_core::{Cx, Finding};
use serde_json::Value;

use crate::answer::{Answer, at};
use crate::crowd;
use crate::kind::Kind;
use crate::schema::need;
use crate::user;
use crate::verbs::{Scim, query, user_name_filter};

/// More than any of these filters selects, and less than a page.
const PAGE: usize = 20;

/// The ids in a list, in its order.
pub(crate) fn ids(list: &Answer) -> Vec<&str> {
    list.resources().iter().filter_map(|one| at(one, "id")?.as_str()).collect()
}

/// What a filter is answered. 404 for nothing found is another row's finding.
fn answer_to(cx: &mut Cx, kind: Kind, filter: &str, wanted: &[&str]) -> Result<Answer, Finding> {
    let path = format!("{}&count={PAGE}", query(kind, filter));
    let list = cx.get_when(&path, |list| same(&ids(list), wanted))?;
    match list.status() {
        200 => list.json().map(drop)?,
        404 => {}
        _ => return Err(Finding::broken(format!("status 200 for the filter {filter}"), list.described())),
    }
    Ok(list)
}

/// The same, where a server may say that it does not know what the filter asks for.
fn answer_if_known(cx: &mut Cx, kind: Kind, filter: &str, wanted: &[&str]) -> Result<Answer, Finding> {
    let path = format!("{}&count={PAGE}", query(kind, filter));
    let list = cx.get_when(&path, |list| same(&ids(list), wanted))?;
    match list.status() {
        200 => list.json().map(drop)?,
        404 => {}
        400 | 403 | 501 => {
            return Err(Finding::NotOffered {
                what: format!("the server refuses the filter {filter}: {}", list.described()),
            });
        }
        _ => return Err(Finding::broken(format!("status 200 for the filter {filter}"), list.described())),
    }
    Ok(list)
}

fn same(found: &[&str], wanted: &[&str]) -> bool {
    let sorted = |ids: &[&str]| {
        let mut ids: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
        ids.sort_unstable();
        ids
    };
    sorted(found) == sorted(wanted)
}

fn judged(filter: &str, list: &Answer, wanted: &[&str]) -> Result<(), Finding> {
    let found = ids(list);
    if same(&found, wanted) {
        return Ok(());
    }
    Err(Finding::broken(
        format!("{} for the filter {filter}", listed(wanted)),
        format!("{}: {}", listed(&found), list.described()),
    ))
}

fn listed(ids: &[&str]) -> String {
    match ids {
        [] => "nobody".to_owned(),
        ids => format!("{} found ({})", ids.len(), ids.join(", ")),
    }
}

/// Judges that a filter selects these resources and no other.
pub(crate) fn selects(cx: &mut Cx, kind: Kind, filter: &str, wanted: &[&str]) -> Result<(), Finding> {
    let list = answer_to(cx, kind, filter, wanted)?;
    judged(filter, &list, wanted)
}

/// The same of users, where a server may say that it does not know what the filter asks for.
pub(crate) fn selects_if_known(cx: &mut Cx, filter: &str, wanted: &[&str]) -> Result<(), Finding> {
    let list = answer_if_known(cx, Kind::User, filter, wanted)?;
    judged(filter, &list, wanted)
}

/// The same of groups.
pub(crate) fn groups_if_known(cx: &mut Cx, filter: &str, wanted: &[&str]) -> Result<(), Finding> {
    let list = answer_if_known(cx, Kind::Group, filter, wanted)?;
    judged(filter, &list, wanted)
}

/// A filter for a userName finds its user and nobody else: what is asked beyond it means something.
pub(crate) fn plain_filters_work(cx: &mut Cx) -> Result<(), Finding> {
    let user = user::shared(cx)?;
    cx.once("user found by a plain filter", |cx| {
        selects(cx, Kind::User, &user_name_filter(&user.user_name), &[&user.id])
    })
    .map(drop)
}

/// Judges that `and` wants both of two conditions.
pub(crate) fn two_conditions(cx: &mut Cx) -> Result<(), Finding> {
    let user = user::shared(cx)?;
    let same = user_name_filter(&user.user_name);
    let other = user_name_filter(&cx.target()?.user_name.replace("{name}", &cx.name()));
    selects_if_known(cx, &format!("{same} and {same}"), &[&user.id])?;
    selects_if_known(cx, &format!("{same} and {other}"), &[])
}

/// Judges that `or` wants one of two conditions.
pub(crate) fn one_condition_or_another(cx: &mut Cx) -> Result<(), Finding> {
    let crowd = crowd::crowd(cx)?;
    let [one, _, other, ..] = crowd.users.as_slice() else {
        return Err(Finding::blocked("too few users were created"));
    };
    let filter = format!("{} or {}", user_name_filter(&one.user_name), user_name_filter(&other.user_name));
    selects_if_known(cx, &filter, &[&one.id, &other.id])
}

/// Judges that `not` wants its condition to be false.
pub(crate) fn one_condition_without_another(cx: &mut Cx) -> Result<(), Finding> {
    let user = user::shared(cx)?;
    let same = user_name_filter(&user.user_name);
    let other = user_name_filter(&cx.target()?.user_name.replace("{name}", &cx.name()));
    selects_if_known(cx, &format!("{same} and not ({other})"), &[&user.id])?;
    selects_if_known(cx, &format!("{same} and not ({same})"), &[])
}

/// `and` is known and wants both conditions, so that a condition can be tried on one user.
pub(crate) fn and_works(cx: &mut Cx) -> Result<(), Finding> {
    plain_filters_work(cx)?;
    cx.once("user found by two conditions", two_conditions).map(drop)
}

/// `or` is known and wants either condition.
pub(crate) fn or_works(cx: &mut Cx) -> Result<(), Finding> {
    plain_filters_work(cx)?;
    cx.once("users found by one condition or another", one_condition_or_another).map(drop)
}

/// `not` is known and turns a condition round. `and` is proved with it.
pub(crate) fn not_works(cx: &mut Cx) -> Result<(), Finding> {
    and_works(cx)?;
    cx.once("user found by one condition without another", one_condition_without_another).map(drop)
}

/// Judges that a condition is true, or not, of one user; a server may say that it does not know what the
/// condition asks for. `and` has to be proved first.
pub(crate) fn is_true_of_if_known(
    cx: &mut Cx,
    user: &user::User,
    condition: &str,
    wanted: bool,
) -> Result<(), Finding> {
    let filter = format!("{} and {condition}", user_name_filter(&user.user_name));
    let wanted: &[&str] = if wanted { &[&user.id] } else { &[] };
    selects_if_known(cx, &filter, wanted)
}

/// The users of the crowd as a list shows them, in the order of their numbers.
#[derive(Debug)]
pub(crate) struct Seen {
    /// The filter that selects them.
    pub(crate) clause: String,
    pub(crate) users: Vec<Value>,
}

/// The attribute that tells the crowd apart on this server: `title`, or `displayName` where there is none.
///
/// # Errors
/// Not offered, where users have neither; blocked, where they should.
pub(crate) fn label(cx: &mut Cx) -> Result<&'static str, Finding> {
    let seen = seen(cx)?;
    if let Some(label) = seen.users.first().and_then(crowd::label) {
        return Ok(label);
    }
    for label in crowd::LABELS {
        need(cx, Kind::User, label)?;
    }
    Err(Finding::blocked("users are shown with neither the title nor the displayName that was sent"))
}

/// Skips a check on those who have no label.
///
/// # Errors
/// Not offered, where a server gives everybody one.
pub(crate) fn unlabelled(users: &[Value], label: &str) -> Result<(), Finding> {
    if users.iter().all(|user| text(user, label).is_some()) {
        return Err(Finding::NotOffered { what: format!("the server gives everybody a {label}") });
    }
    Ok(())
}

/// The crowd, found by its clause, and told apart by a clause and a condition.
pub(crate) fn seen(cx: &mut Cx) -> Result<Arc<Seen>, Finding> {
    plain_filters_work(cx)?;
    let crowd = crowd::crowd(cx)?;
    cx.once("crowd found by its clause", |cx| {
        let all: Vec<&str> = crowd.users.iter().map(|user| user.id.as_str()).collect();
        let list = answer_if_known(cx, Kind::User, &crowd.clause, &all)?;
        judged(&crowd.clause, &list, &all)?;
        let shown = |id: &&str| {
            list.resources().iter().find(|one| at(one, "id").and_then(Value::as_str) == Some(id)).cloned()
        };
        let users: Vec<Value> = all.iter().filter_map(shown).collect();
        if let [_, second, ..] = crowd.users.as_slice() {
            let one = format!("{} and {}", crowd.clause, user_name_filter(&second.user_name));
            selects_if_known(cx, &one, &[&second.id])?;
        }
        Ok(Seen { clause: crowd.clause.clone(), users })
    })
}

impl Seen {
    /// The ids of those of whom something is true.
    fn ids_of(&self, is_true: impl Fn(&Value) -> bool) -> Vec<&str> {
        let chosen = self.users.iter().filter(|user| is_true(user));
        chosen.filter_map(|user| at(user, "id")?.as_str()).collect()
    }
}

/// Judges that a condition picks those of the crowd of whom it is true, by what the server itself shows
/// of them. One that a server refuses is not offered.
pub(crate) fn picks(cx: &mut Cx, condition: &str, is_true: impl Fn(&Value) -> bool) -> Result<(), Finding> {
    let seen = seen(cx)?;
    let wanted = seen.ids_of(is_true);
    if wanted.is_empty() || wanted.len() == seen.users.len() {
        return Err(Finding::blocked(format!(
            "the users that were created are shown alike in what {condition} asks for"
        )));
    }
    selects_if_known(cx, &format!("{} and {condition}", seen.clause), &wanted)
}

/// The text of an attribute as it is shown.
pub(crate) fn text<'a>(user: &'a Value, path: &str) -> Option<&'a str> {
    at(user, path).and_then(Value::as_str).filter(|text| !text.is_empty())
}
