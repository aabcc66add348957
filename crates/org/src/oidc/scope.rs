//! Scopes that a person's app may ask for.

/// What discovery lists.
pub(super) const SCOPES: [&str; 7] =
    ["openid", "email", "profile", "address", "phone", "offline_access", "groups"];

/// The scopes as tokens and answers write them.
pub(super) fn joined(scopes: &[String]) -> String {
    scopes.join(" ")
}

pub(super) fn has(scopes: &[String], scope: &str) -> bool {
    scopes.iter().any(|one| one == scope)
}
