//! A session: who is signed in, and by what.

/// One signed-in browser.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The user's id in the store.
    pub user_id: String,
    /// The groups that the identity provider named.
    pub groups: Vec<String>,
    pub via: Via,
}

/// How the user signed in, with what signing out there takes.
#[derive(Debug, Clone)]
pub(crate) enum Via {
    Saml { name_id: String, format: Option<String>, session_index: Option<String> },
    Oidc { id_token: String },
}
