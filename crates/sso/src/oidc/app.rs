//! The app under test as an OpenID Connect relying party.

use std::sync::Arc;

use url::Url;

use crate::protocol::Instance;

/// The app under test as an OpenID Connect relying party, as the configuration describes it.
#[derive(Debug, Clone)]
pub struct OidcInstance {
    /// What it has in common with other instances.
    pub instance: Arc<Instance>,
    /// Its client id.
    pub client_id: String,
    /// The redirect URIs, compared letter by letter.
    pub redirect_uris: Vec<String>,
    /// Where the org's tile leads.
    pub initiate_login_uri: Option<Url>,
    /// How it identifies itself at the token endpoint.
    pub client_auth: String,
}
