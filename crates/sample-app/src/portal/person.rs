//! Who an identity provider says is there.

/// One person, as asserted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    /// What the user is found by: the NameID or the preferred user name.
    pub user_name: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub email: Option<String>,
    pub groups: Vec<String>,
}
