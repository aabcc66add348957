//! A token indented for a reader, without its signature.

use crate::jwt::decode;

/// Header and claims as indented JSON. What is no token comes back as it is.
pub fn pretty(token: &str) -> String {
    match decode(token) {
        Ok(decoded) => format!(
            "{}\n.\n{}",
            serde_json::to_string_pretty(&decoded.header).expect("a map of JSON values is JSON"),
            serde_json::to_string_pretty(&decoded.claims).expect("a map of JSON values is JSON"),
        ),
        Err(_) => token.to_owned(),
    }
}
