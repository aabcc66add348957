//! The users that checks create: their bodies, and the ones that several checks share.

use std::sync::Arc;

use oinspect_core::{Capability, Cx, Finding};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, at, shown};
use crate::verbs::{Scim, await_shown, is_ours, user_path};

/// The schema URN of a user.
pub(crate) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";

/// A user that this run created.
#[expect(clippy::struct_field_names, reason = "SCIM calls it userName")]
#[derive(Debug, Clone)]
pub(crate) struct User {
    /// The server's id.
    pub(crate) id: String,
    /// The path below the base URL.
    pub(crate) path: String,
    /// The name under which it was created.
    pub(crate) user_name: String,
    /// What was sent.
    pub(crate) sent: Value,
    /// What the server answered.
    pub(crate) answer: Answer,
}

/// The body of a new user, with what every server wants and what this one wants besides.
pub(crate) fn new_body(cx: &mut Cx) -> Result<Value, Finding> {
    let target = cx.target()?;
    let name = cx.name();
    let user_name = target.user_name.replace("{name}", &name);
    let email = if user_name.contains('@') { user_name.clone() } else { format!("{name}@example.com") };
    let mut body = json!({
        "schemas": [USER],
        "userName": user_name,
        "name": { "givenName": "Ann", "familyName": "Ox" },
        "emails": [{ "value": email, "type": "work", "primary": true }],
        "displayName": "Ann Ox",
        "active": true,
    });
    merge(&mut body, &target.user_attributes, &name);
    Ok(body)
}

/// Adds configured attributes; `{name}` in their texts stands for the user's unique name.
fn merge(body: &mut Value, attributes: &Map<String, Value>, name: &str) {
    let Some(members) = body.as_object_mut() else { return };
    for (attribute, value) in attributes {
        if attribute.starts_with("urn:")
            && let Some(schemas) = members.get_mut("schemas").and_then(Value::as_array_mut)
            && !schemas.contains(&Value::from(attribute.as_str()))
        {
            schemas.push(Value::from(attribute.as_str()));
        }
        let value = named(value, name);
        match (members.get_mut(attribute).filter(|_| attribute.starts_with("urn:")), value) {
            // What the configuration wants of an extension stays beside what a check wants of it.
            (Some(Value::Object(extension)), Value::Object(more)) => extension.extend(more),
            (_, value) => {
                members.insert(attribute.clone(), value);
            }
        }
    }
}

fn named(value: &Value, name: &str) -> Value {
    match value {
        Value::String(text) => Value::from(text.replace("{name}", name)),
        Value::Array(elements) => elements.iter().map(|element| named(element, name)).collect(),
        Value::Object(members) => {
            members.iter().map(|(member, value)| (member.clone(), named(value, name))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// Creates a user from this body, and waits until it can be read where the server shows changes late.
///
/// # Errors
/// Broken, where the server does not answer with the user's id.
pub(crate) fn create(cx: &mut Cx, body: Value) -> Result<User, Finding> {
    let answer = cx.post_user(&body)?;
    answer.expect_success()?;
    if answer.text_at("userName").is_some() && !is_ours(cx, &answer) {
        // Whatever is done to this user later would be done to somebody else.
        return Err(Finding::broken("the user that was sent", answer.described()));
    }
    let id = answer
        .text_at("id")
        .filter(|id| !id.is_empty())
        .ok_or_else(|| Finding::broken("the new user's id", answer.described()))?
        .to_owned();
    let user_name = at(&body, "userName").and_then(Value::as_str).unwrap_or_default().to_owned();
    let path = user_path(&id);
    await_shown(cx, &path)?;
    Ok(User { path, id, user_name, sent: body, answer })
}

/// A user for one check alone, which may do with it what it likes.
///
/// # Errors
/// Blocked, where it cannot be created.
pub(crate) fn own(cx: &mut Cx) -> Result<User, Finding> {
    let body = new_body(cx)?;
    create(cx, body).map_err(|finding| finding.as_obstacle("no user could be created"))
}

/// A user for one check alone, with these attributes beside or instead of the usual ones.
///
/// # Errors
/// Blocked, where it cannot be created.
pub(crate) fn with(cx: &mut Cx, attributes: &Value) -> Result<User, Finding> {
    let body = body_with(cx, attributes)?;
    create(cx, body).map_err(|finding| finding.as_obstacle("no user could be created"))
}

/// The body of a new user with these attributes beside or instead of the usual ones.
pub(crate) fn body_with(cx: &mut Cx, attributes: &Value) -> Result<Value, Finding> {
    let mut body = new_body(cx)?;
    if let Value::Object(attributes) = attributes {
        merge(&mut body, attributes, "");
    }
    Ok(body)
}

/// A user that all checks may read and none may change.
///
/// # Errors
/// Blocked, where it cannot be created.
pub(crate) fn shared(cx: &mut Cx) -> Result<Arc<User>, Finding> {
    cx.once("user to read", |cx| {
        let body = new_body(cx)?;
        create(cx, body)
    })
}

/// A user that was deactivated, for all checks to read.
///
/// # Errors
/// Blocked, where no user can be created and deactivated.
pub(crate) fn deactivated(cx: &mut Cx) -> Result<Arc<User>, Finding> {
    cx.once("deactivated user", |cx| {
        let body = new_body(cx)?;
        let user = create(cx, body)?;
        let answer = if cx.offers(Capability::Patch) {
            cx.patch(&user.path, json!([{ "op": "replace", "path": "active", "value": false }]))?
        } else {
            let mut body = user.sent.clone();
            body["active"] = Value::Bool(false);
            cx.put(&user.path, &body)?
        };
        answer.expect_success()?;
        Ok(user)
    })
}

/// Judges that a user is shown as inactive.
///
/// # Errors
/// Blocked, where it is not shown at all: that is a requirement of its own.
pub(crate) fn expect_inactive(cx: &mut Cx, user: &User) -> Result<(), Finding> {
    let inactive = |read: &Answer| read.at("active") == Some(&Value::Bool(false));
    let read = cx.get_when(&user.path, inactive)?;
    if inactive(&read) {
        return Ok(());
    }
    if read.status() == 404 {
        return Err(Finding::blocked(
            "the deactivated user cannot be read any more, so that nobody knows what it is",
        ));
    }
    Err(Finding::broken("active false", format!("active {}", shown(read.at("active")))))
}

/// An id of the same form as a known one, which no resource has.
pub(crate) fn unknown_id(cx: &mut Cx, like: &str) -> String {
    let rng = cx.rng();
    like.chars()
        .enumerate()
        .map(|(place, c)| match c {
            // A number must not grow a leading zero.
            '0'..='9' if place == 0 => char::from(b'1' + rng.u8(0..9)),
            '0'..='9' => char::from(b'0' + rng.u8(0..10)),
            'a'..='f' => char::from(b'a' + rng.u8(0..6)),
            'A'..='F' => char::from(b'A' + rng.u8(0..6)),
            'g'..='z' => char::from(b'g' + rng.u8(0..20)),
            'G'..='Z' => char::from(b'G' + rng.u8(0..20)),
            other => other,
        })
        .collect::<String>()
        + if like.len() < 8 { "918273645" } else { "" }
}
