//! The embedded org: an Okta-shaped server with Management API, pages, SAML IdP and OpenID provider.

mod access;
mod api;
mod app;
mod clock;
mod identity;
mod oidc;
mod pages;
mod parameters;
mod random;
mod router;
mod running;
mod saml;
mod self_posting;
mod settings;
mod setup;
mod sign_in;
mod state;
mod store;
#[cfg(test)]
mod test_bench;

pub use app::{
    AcsEndpoint, App, AttributeStatement, ClientAuthentication, GroupFilter, GroupStatement, LogoutEndpoint,
    OidcApp, SamlApp, ServiceApp, SignOn, SignatureHash,
};
pub use clock::Clock;
pub use identity::{AppIds, Identity, IdentityError, SigningKey, TokenKey};
pub use running::{Running, StartError, start};
pub use settings::{DEFAULT_LISTEN, Settings, SignInSettings};
pub use setup::Setup;
