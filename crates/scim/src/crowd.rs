//! A few users that queries tell apart, and the clause that keeps everybody else out of the answer.
//!
//! A store may hold 100,000 users of other people: no check reads it whole or depends on an empty one.

use std::sync::Arc;

use oinspect_core::{Cx, Finding};
use serde_json::{Value, json};

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

/// What tells them apart. In byte order `Birch` and `Dogwood` come before `alder` and `cedar`; letters'
/// case ignored, the five follow each other. The last one has no family name and no title.
fn attributes(number: usize) -> Value {
    match number {
        0 => json!({
            "name": { "givenName": "Ida", "familyName": "alder" }, "title": "Carpenter", "nickName": "Quill",
        }),
        1 => json!({
            "name": { "givenName": "Ida", "familyName": "Birch" }, "title": "Carpenter of boats",
        }),
        2 => json!({ "name": { "givenName": "Odd", "familyName": "cedar" }, "title": "Sailor" }),
        3 => json!({ "name": { "givenName": "Una", "familyName": "Dogwood" }, "title": "Boat builder" }),
        _ => json!({ "name": { "givenName": "Una" } }),
    }
}

/// How many there are.
const SIZE: usize = 5;

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
            let mut sent = attributes(number);
            if let Value::Object(members) = &mut sent {
                members.retain(|name, _| schemas.has(Kind::User, name));
            }
            let mut body = user::body_with(cx, &sent)?;
            body["userName"] = Value::from(target.user_name.replace("{name}", &format!("{stem}{number}")));
            users.push(user::create(cx, body)?);
        }
        let (before, _) = target.user_name.split_once("{name}").unwrap_or((&target.user_name, ""));
        let clause = format!("userName sw {}", Value::from(format!("{before}{stem}")));
        Ok(Crowd { users, clause })
    })
}
