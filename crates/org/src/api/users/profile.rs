//! What a user's profile may and must hold.

use serde_json::{Map, Value};

use crate::api::error::ApiError;
use crate::store::Store;

/// The attributes that every org has.
const BASE: [&str; 31] = [
    "login",
    "firstName",
    "lastName",
    "email",
    "middleName",
    "honorificPrefix",
    "honorificSuffix",
    "title",
    "displayName",
    "nickName",
    "profileUrl",
    "secondEmail",
    "mobilePhone",
    "primaryPhone",
    "streetAddress",
    "city",
    "state",
    "zipCode",
    "countryCode",
    "postalAddress",
    "preferredLanguage",
    "locale",
    "timezone",
    "userType",
    "employeeNumber",
    "costCenter",
    "organization",
    "division",
    "department",
    "managerId",
    "manager",
];

/// The longest value of an attribute.
const LONGEST: usize = 255;

/// Checks what was sent and lays it over what was there; null takes an attribute away.
pub(super) fn merged(
    before: &Map<String, Value>,
    sent: &Map<String, Value>,
) -> Result<Map<String, Value>, ApiError> {
    let mut profile = before.clone();
    for (name, value) in sent {
        if !BASE.contains(&name.as_str()) {
            let cause = format!("The attribute '{name}' is not in the user schema");
            return Err(ApiError::invalid("profile", cause));
        }
        match value {
            Value::Null => {
                profile.remove(name);
            }
            Value::String(text) if text.chars().count() > LONGEST => {
                return Err(ApiError::invalid(name, format!("must have at most {LONGEST} characters")));
            }
            Value::String(_) => {
                profile.insert(name.clone(), value.clone());
            }
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                return Err(ApiError::invalid(name, "must be a string"));
            }
        }
    }
    Ok(profile)
}

/// Checks a whole profile: what is required is there, and nobody else has the login.
pub(super) fn check(
    profile: &Map<String, Value>,
    store: &Store,
    own_id: Option<&str>,
) -> Result<(), ApiError> {
    let text = |name: &str| profile.get(name).and_then(Value::as_str).unwrap_or_default();
    for name in ["login", "email", "firstName", "lastName"] {
        if text(name).trim().is_empty() {
            return Err(ApiError::invalid(name, "The field cannot be left blank"));
        }
    }
    if !is_address(text("login")) {
        return Err(ApiError::invalid("login", "Username must be in the form of an email address"));
    }
    if !is_address(text("email")) {
        return Err(ApiError::invalid("email", "Does not match required pattern"));
    }
    match store.user_of_login(text("login")) {
        Some(other) if own_id != Some(other.id.as_str()) => Err(ApiError::invalid(
            "login",
            "An object with this field already exists in the current organization",
        )),
        Some(_) | None => Ok(()),
    }
}

fn is_address(text: &str) -> bool {
    match text.rsplit_once('@') {
        Some((local, domain)) => {
            !local.is_empty()
                && domain.split('.').count() > 1
                && domain.split('.').all(|label| !label.is_empty())
                && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_names() {
        for good in ["ann@example.test", "o'hara+x@a.b", "ünï@example.test"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["ann", "@a.b", "ann@b", "ann@.b", "a n@b.c", "ann@b."] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
