//! What an expression in an app's settings comes to for a user.

use serde_json::Value;

use crate::store::{Assignment, User};

/// The values of an expression: `user.firstName`, a text with `${user.email}` inside, or a plain text.
/// What is not in the profile has no value.
pub(super) fn values(expression: &str, user: &User, assignment: &Assignment) -> Vec<String> {
    let expression = expression.trim();
    if let Some(reference) = reference(expression) {
        return lookup(reference, user, assignment);
    }
    let text = filled(expression, user, assignment);
    if text.is_empty() { Vec::new() } else { vec![text] }
}

/// The text with each `${...}` replaced by its first value.
pub(super) fn filled(template: &str, user: &User, assignment: &Assignment) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        text.push_str(before);
        match after.split_once('}') {
            Some((name, after)) => {
                text.push_str(&lookup(name.trim(), user, assignment).into_iter().next().unwrap_or_default());
                rest = after;
            }
            None => {
                text.push_str("${");
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

/// The expression as one reference to a profile, bare or in `${}`.
fn reference(expression: &str) -> Option<&str> {
    let bare =
        expression.strip_prefix("${").and_then(|inner| inner.strip_suffix('}')).unwrap_or(expression).trim();
    let (owner, name) = bare.split_once('.')?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (matches!(owner, "user" | "appuser") && is_name).then_some(bare)
}

fn lookup(reference: &str, user: &User, assignment: &Assignment) -> Vec<String> {
    match reference.split_once('.') {
        Some((_, "userName")) => vec![assignment.user_name.clone()],
        Some(("user", "id")) => vec![user.id.clone()],
        Some(("user", name)) => texts(user.profile.get(name)),
        Some(("appuser", name)) => texts(assignment.profile.get(name).or_else(|| user.profile.get(name))),
        Some(_) | None => Vec::new(),
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        None | Some(Value::Null | Value::Object(_)) => Vec::new(),
        Some(Value::String(text)) if text.is_empty() => Vec::new(),
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(several)) => several.iter().flat_map(|one| texts(Some(one))).collect(),
        Some(other @ (Value::Bool(_) | Value::Number(_))) => vec![other.to_string()],
    }
}
