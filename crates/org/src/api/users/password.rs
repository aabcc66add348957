//! Passwords that come in through the API.

use serde_json::{Map, Value};

use crate::api::body::Members;
use crate::api::error::ApiError;
use crate::store::Password;

/// The shortest password.
const SHORTEST: usize = 8;

/// The password in the body, if one is there and good enough.
pub(super) fn sent(body: &Members, profile: &Map<String, Value>) -> Result<Option<Password>, ApiError> {
    let Some(password) = body.text(&["credentials", "password", "value"]) else { return Ok(None) };
    let has = |test: fn(char) -> bool| password.chars().any(test);
    let strong = (SHORTEST..=72).contains(&password.chars().count())
        && has(char::is_lowercase)
        && has(char::is_uppercase)
        && has(char::is_numeric);
    if !strong {
        let cause = "Password requirements were not met. It needs 8 to 72 characters, a lower case letter, \
                     an upper case letter and a number";
        return Err(ApiError::invalid("password", cause));
    }
    let login = profile.get("login").and_then(Value::as_str).unwrap_or_default();
    let local = login.split('@').next().unwrap_or_default().to_lowercase();
    if local.len() >= 4 && password.to_lowercase().contains(&local) {
        let cause = "Password requirements were not met. It must not hold parts of the username";
        return Err(ApiError::invalid("password", cause));
    }
    Ok(Some(Password::new(password)))
}
