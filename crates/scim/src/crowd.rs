//! A few users that queries tell apart, and the clause that keeps everybody else out of the answer.
//!
//! A store may hold 100,000 users of other people: no check reads it whole or depends on an empty one.

use std::sync::Arc;

use oinspect_core::{Cx, Finding};
use serde_json::{Value, json};

use crate::answer::at;
use crate::kind::Kind;
use crate::schema::schemas;
use crate::user::{self, User};
use crate::verbs::Scim;

/// Users that queries tell apart. No check may change them.
#[derive(Debug)]
pub(crate) struct Crowd {
    /// Who is in it, in the order of their numbers from 0.
    pub(crate) users: Vec<User>,
    /// A filter that matches them and nobody else: their userNames begin alike.
    pub(crate) clause: String,
}

/// The attributes that a server may have for the label that tells the crowd apart, the first it shows.
pub(crate) const LABELS: [&str; 2] = ["title", "displayName"];

/// The labels of all but the last one, who has none.
const LABELLED: [&str; SIZE - 1] = ["Carpenter", "Carpenter of boats", "Sailor", "Boat builder"];

/// What else tells them apart. In byte order `Birch` and `Dogwood` come before `alder` and `cedar`; letters'
/// case ignored, the five family names follow each other.
fn name(number: usize) -> Value {
    let (given, family) = match number {
        0 => ("Ida", "alder"),
        1 => ("Ida", "Birch"),
        2 => ("Odd", "cedar"),
        3 => ("Una", "Dogwood"),
        _ => ("Una", "elder"),
    };
    json!({ "givenName": given, "familyName": family })
}

/// How many there are.
const SIZE: usize = 5;

/// The label that this server shows of the crowd; none where it keeps neither attribute.
pub(crate) fn label(first: &Value) -> Option<&'static str> {
    let shown = |label: &&str| at(first, label).and_then(Value::as_str) == Some(LABELLED[0]);
    LABELS.into_iter().find(shown)
}

/// The crowd of this run.
///
/// # Errors
/// Blocked, where one of them cannot be created.
pub(crate) fn crowd(cx: &mut Cx) -> Result<Arc<Crowd>, Finding> {
    cx.once("crowd of users", |cx| {
        let schemas = schemas(cx)?;
        let target = cx.target()?;
        // Only the names of the crowd go on after it.
        let stem = format!("{}-crowd", cx.name());
        let mut users = Vec::with_capacity(SIZE);
        for number in 0..SIZE {
            let mut body = user::body_with(cx, &json!({ "name": name(number) }))?;
            for label in LABELS.into_iter().filter(|label| schemas.has(Kind::User, label)) {
                match (LABELLED.get(number), body.as_object_mut()) {
                    (Some(text), _) => body[label] = Value::from(*text),
                    (None, Some(members)) => drop(members.shift_remove(label)),
                    (None, None) => {}
                }
            }
            body["userName"] = Value::from(target.user_name.replace("{name}", &format!("{stem}{number}")));
            users.push(user::create(cx, body)?);
        }
        let (before, _) = target.user_name.split_once("{name}").unwrap_or((&target.user_name, ""));
        let clause = format!("userName sw {}", Value::from(format!("{before}{stem}")));
        Ok(Crowd { users, clause })
    })
}
