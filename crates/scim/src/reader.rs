//! A second reader for what other protocols made: accounts by name, and their removal.

use oinspect_core::{Cx, Finding};
use serde_json::Value;

use crate::verbs::{Scim, user_name_query, user_path};

/// The ids of the accounts with this userName.
///
/// # Errors
/// Blocked, where the server does not answer with a list.
pub fn accounts_named(cx: &mut Cx, user_name: &str) -> Result<Vec<String>, Finding> {
    let answer = cx.get(&user_name_query(user_name))?;
    if answer.status() == 404 {
        // Okta takes a miss that is answered so for an empty list.
        return Ok(Vec::new());
    }
    answer.expect_success().map_err(|finding| finding.as_obstacle("SCIM cannot be asked for accounts"))?;
    Ok(answer
        .resources()
        .iter()
        .filter(|user| {
            let name = user.get("userName").and_then(Value::as_str);
            name.is_some_and(|name| name.eq_ignore_ascii_case(user_name))
        })
        .filter_map(|user| user.get("id").and_then(Value::as_str).map(str::to_owned))
        .collect())
}

/// Deletes every account with this userName; that there is none is no error.
///
/// # Errors
/// Blocked, where the server does not let them go.
pub fn remove_account(cx: &mut Cx, user_name: &str) -> Result<(), Finding> {
    for id in accounts_named(cx, user_name)? {
        let answer = cx.delete(&user_path(&id))?;
        if !answer.is_success() && answer.status() != 404 {
            return Err(Finding::blocked(format!("SCIM answered its deletion with {}", answer.status())));
        }
    }
    Ok(())
}
