//! What a later read has to show, whichever way a user was changed.

use std::time::Duration;

use jiff::Timestamp;
use oinspect_core::{Cx, Finding};
use serde_json::Value;

use crate::answer::{Answer, shown};
use crate::compare::{is_nothing, lost};
use crate::schema::ENTERPRISE;
use crate::user::{self, User};
use crate::verbs::Scim;

/// The least wait after which a server that counts whole seconds shows another moment.
pub(crate) const SECOND: Duration = Duration::from_millis(1_100);

/// A user that has these attributes from the beginning.
///
/// # Errors
/// Blocked, where it cannot be created or does not keep them.
pub(crate) fn user_with(cx: &mut Cx, attributes: &Value) -> Result<User, Finding> {
    let user = user::with(cx, attributes)?;
    expect_kept(&user, attributes)?;
    Ok(user)
}

/// Makes sure that a new user has what a check needs.
///
/// # Errors
/// Blocked, where it has not.
pub(crate) fn expect_kept(user: &User, needed: &Value) -> Result<(), Finding> {
    match lost(needed, user.answer.any_json()) {
        None => Ok(()),
        Some(difference) => {
            Err(Finding::blocked(format!("a new user does not keep what is needed: {difference}")))
        }
    }
}

/// Judges that a read shows all of this, perhaps among more.
///
/// # Errors
/// Broken, where it does not.
pub(crate) fn expect_shown(cx: &mut Cx, user: &User, wanted: &Value) -> Result<Answer, Finding> {
    let read = cx.get_when(&user.path, |read| lost(wanted, read.any_json()).is_none())?;
    match lost(wanted, read.any_json()) {
        None => Ok(read),
        Some(difference) => Err(Finding::broken(wanted.to_string(), difference)),
    }
}

/// Judges that an attribute of the core schema has no value.
///
/// # Errors
/// Broken, where it has one.
pub(crate) fn expect_unassigned(cx: &mut Cx, user: &User, path: &str) -> Result<Answer, Finding> {
    let gone = |read: &Answer| read.is_success() && read.at(path).is_none_or(is_nothing);
    let read = cx.get_when(&user.path, gone)?;
    if gone(&read) {
        return Ok(read);
    }
    Err(Finding::broken(format!("no value of {path}"), format!("{path} {}", shown(read.at(path)))))
}

/// The enterprise extension of a user, as an answer shows it.
pub(crate) fn enterprise(answer: &Answer) -> Option<&Value> {
    let members = answer.any_json()?.as_object()?;
    members.iter().find(|(name, _)| name.eq_ignore_ascii_case(ENTERPRISE)).map(|(_, value)| value)
}

/// A moment that a read shows.
///
/// # Errors
/// Blocked, where it shows none.
pub(crate) fn moment(answer: &Answer, path: &str) -> Result<Timestamp, Finding> {
    let text = answer.text_at(path);
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| Finding::blocked(format!("{path} is {}, no date with a time", shown(answer.at(path)))))
}

/// Whether two moments are the same, as far as a server that rounds them can tell.
pub(crate) fn same_moment(one: Timestamp, other: Timestamp) -> bool {
    let apart = one.duration_since(other).abs();
    apart.as_millis() == 0 || apart.as_secs() == 0 && (is_whole(one) || is_whole(other))
}

/// Whether a moment was rounded to the second.
pub(crate) fn is_whole(moment: Timestamp) -> bool {
    moment.subsec_nanosecond() == 0
}
