//! The settings of an OpenID Connect app and of a service app.

use serde_json::Value;

/// A relying party: a web app with the authorization code flow.
#[derive(Debug, Clone, PartialEq)]
pub struct OidcApp {
    /// Where codes may be sent, compared letter by letter.
    pub redirect_uris: Vec<String>,
    /// Where a user may be sent after signing out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where the tile sends a user; no tile when `None`.
    pub initiate_login_uri: Option<String>,
    /// How the client proves itself at the token endpoint.
    pub token_endpoint_auth_method: ClientAuthentication,
    /// The client's public keys, for `private_key_jwt`.
    pub jwks: Option<Value>,
    /// Whether a request without a code challenge is refused.
    pub pkce_required: bool,
    /// Whether `offline_access` may be asked for, which is no part of OIN.
    pub refresh_tokens: bool,
    /// The client's id; the app's own id when `None`.
    pub client_id: Option<String>,
    /// The client's secret; derived from the identity when `None`.
    pub client_secret: Option<String>,
    /// Back-channel logout, which is no part of OIN.
    pub backchannel_logout_uri: Option<String>,
    /// Front-channel logout, which is no part of OIN.
    pub frontchannel_logout_uri: Option<String>,
}

impl OidcApp {
    /// A web app with one redirect URI and Okta's defaults.
    pub fn web(redirect_uri: &str) -> Self {
        Self {
            redirect_uris: vec![redirect_uri.to_owned()],
            post_logout_redirect_uris: Vec::new(),
            initiate_login_uri: None,
            token_endpoint_auth_method: ClientAuthentication::SecretBasic,
            jwks: None,
            pkce_required: false,
            refresh_tokens: false,
            client_id: None,
            client_secret: None,
            backchannel_logout_uri: None,
            frontchannel_logout_uri: None,
        }
    }
}

/// How a client proves itself at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClientAuthentication {
    /// Id and secret in the `Authorization` header.
    #[default]
    SecretBasic,
    /// Id and secret in the form.
    SecretPost,
    /// A JWT signed with the secret.
    SecretJwt,
    /// A JWT signed with the client's own key.
    PrivateKeyJwt,
    /// Not at all.
    None,
}

impl ClientAuthentication {
    /// The name in discovery and in app settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::SecretBasic => "client_secret_basic",
            Self::SecretPost => "client_secret_post",
            Self::SecretJwt => "client_secret_jwt",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::None => "none",
        }
    }
}

/// A program that gets access tokens for the Management API with a key of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceApp {
    /// Its public keys.
    pub jwks: Value,
    /// What it may ask for, such as `okta.users.manage`.
    pub scopes: Vec<String>,
}
